/** Takes a consistent copy of an SQLite file while a service writes to it. */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { assertSound } from './sqlite.js'

/**
 * Copies the database at `from` as it stands at one moment to the new file `to`. Returns what the copy holds. The name
 * `to` only ever stands for a whole copy that was checked; what is cut short leaves `to` with `.partial` behind it.
 */
export function backupSqlite(from: string, to: string): { revision: number; bytes: number } {
  if (!existsSync(from)) throw new Error(`There is no database file ${from}.`)
  if (existsSync(to)) throw new Error(`${to} exists. A backup never replaces a file: give it a new name.`)
  const partial = `${to}.partial`
  rmSync(partial, { force: true })
  const client = new Sqlite(from, { readonly: true })
  try {
    client.pragma('busy_timeout = 5000')
    // One read transaction: writers go on beside it, and what they commit from now on is not in the copy.
    client.prepare('VACUUM INTO ?').run(partial)
  } finally {
    client.close()
  }
  const revision = revisionOf(partial)
  renameSync(partial, to)
  return { revision, bytes: statSync(to).size }
}

function revisionOf(path: string): number {
  assertSound(path)
  const copy = new Sqlite(path, { readonly: true })
  try {
    return Number(copy.prepare('SELECT coalesce(max(revision), 0) FROM changes').pluck().get())
  } finally {
    copy.close()
  }
}
