/** npm run backup -- --to backups/matrix.db: copies the SQLite file of DATABASE_URL while the service runs. */
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backupSqlite } from '../db/backup.js'
import { readConfig } from '../src/config.js'

function main(): void {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
  const from = values.from ?? readConfig(process.env).DATABASE_URL
  if (!values.to) throw new Error('Say where to: npm run backup -- --to <file>')
  if (!from.startsWith('file:'))
    throw new Error(
      'This copies SQLite files. Of PostgreSQL take a backup by pg_dump, or a copy by: npm run move -- --from postgres://… --to file:<path>',
    )
  const to = resolve(values.to)
  mkdirSync(dirname(to), { recursive: true })
  const { revision, bytes } = backupSqlite(resolve(from.slice('file:'.length)), to)
  process.stdout.write(`${to}: revision ${revision}, ${bytes} bytes, checked.\n`)
}

try {
  main()
} catch (error) {
  process.stderr.write(`No backup. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
