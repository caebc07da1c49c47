/** A connection to an SQLite file. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { sqliteColumns } from './columns.js'
import { type Connection, causes, type Database, type Failure } from './connection.js'
import { LEDGER, type Migration, pendingMigrations, readMigrations } from './migrations.js'
import { createInserts, createLocalWriter, createThreadWriter } from './sqlite-inserts.js'

/** Opens (and creates) the file, brings its tables up to date, and returns a connection. `:memory:` keeps it in memory. */
export function connectSqlite(path: string): Connection {
  const client = path === ':memory:' ? openMemory() : openFile(path)
  const db = drizzle(client) as unknown as Database
  const inserts = createInserts(db)
  const writer = path === ':memory:' ? createLocalWriter(client) : createThreadWriter(path)
  return {
    columns: sqliteColumns,
    db,
    async batch(build) {
      client
        .transaction(() => {
          for (const statement of build(db)) statement.run()
        })
        .immediate()
    },
    insertNew(table, rows) {
      const { insert, bind } = inserts(table)
      return writer.write(insert, rows.map(bind))
    },
    async snapshot(read) {
      client.exec('BEGIN')
      try {
        return await read(db)
      } finally {
        client.exec('ROLLBACK')
      }
    },
    classify,
    // A file tells nobody that it was written.
    watch: () => () => {},
    async close() {
      await writer.close()
      client.close()
    },
  }
}

function openMemory(): Sqlite.Database {
  const client = new Sqlite(':memory:')
  migrate(client)
  return client
}

function openFile(path: string): Sqlite.Database {
  mkdirSync(dirname(path), { recursive: true })
  let client: Sqlite.Database | undefined
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) assertSound(path)
    client = new Sqlite(path)
    client.pragma('busy_timeout = 5000')
    // A commit is acknowledged when it is on the disk, not when it is on its way there.
    client.pragma('synchronous = FULL')
    const pending = pendingIn(client)
    // Not before it is known to be ours.
    if (client.pragma('journal_mode', { simple: true }) !== 'wal') client.pragma('journal_mode = WAL')
    if (pending.length > 0) migrate(client)
    return client
  } catch (error) {
    client?.close()
    if (!(error instanceof Sqlite.SqliteError)) throw error
    throw new Error(`The database file ${path} cannot be used: ${error.message}.`, { cause: error })
  }
}

/** Throws unless the file is a whole database. Read-only, so that a broken one stays as it was found. */
export function assertSound(path: string): void {
  const client = new Sqlite(path, { readonly: true })
  try {
    const found = client.pragma('quick_check(1)', { simple: true })
    if (found !== 'ok') throw new Error(String(found))
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)
    throw new Error(
      `The database file ${path} is corrupt or no SQLite database (${why}). It was left as it is: restore a backup in its place, or move it away to start anew.`,
      { cause: error },
    )
  } finally {
    client.close()
  }
}

function pendingIn(client: Sqlite.Database): Migration[] {
  const tables = client.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  const names = tables.pluck().all()
  if (names.length === 0) return readMigrations('sqlite')
  if (!names.includes(LEDGER))
    throw new Error('The database file belongs to another application: it has tables that are not ours.')
  const applied = client.prepare(`SELECT created_at FROM ${LEDGER}`).pluck().all()
  return pendingMigrations(readMigrations('sqlite'), applied.map(Number))
}

/** Of several processes that start at once, the first does it and the others find it done. */
function migrate(client: Sqlite.Database): void {
  client
    .transaction(() => {
      const pending = pendingIn(client)
      client.exec(
        `CREATE TABLE IF NOT EXISTS ${LEDGER} (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
      )
      for (const { at, hash, statements } of pending) {
        for (const statement of statements) client.exec(statement)
        client.prepare(`INSERT INTO ${LEDGER} (hash, created_at) VALUES (?, ?)`).run(hash, at)
      }
    })
    .immediate()
}

const UNAVAILABLE: readonly [prefix: string, reason: string][] = [
  ['SQLITE_FULL', 'The disk of the database is full.'],
  ['SQLITE_READONLY', 'The database can only be read.'],
  ['SQLITE_BUSY', 'Another process holds the database.'],
  ['SQLITE_LOCKED', 'Another process holds the database.'],
  ['SQLITE_IOERR', 'The disk of the database fails.'],
  ['SQLITE_CANTOPEN', 'The database file cannot be opened.'],
]

function classify(error: unknown): Failure | null {
  for (const cause of causes(error)) {
    if (!(cause instanceof Sqlite.SqliteError)) continue
    const { code, message } = cause
    if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE')
      return { kind: 'collision', table: /failed: (\w+)\./.exec(message)?.[1] ?? '' }
    const found = UNAVAILABLE.find(([prefix]) => code.startsWith(prefix))
    if (found) return { kind: 'unavailable', reason: found[1] }
  }
  return null
}
