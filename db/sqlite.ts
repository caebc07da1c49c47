/** A connection to an SQLite file. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { packageRoot } from '../src/paths.js'
import { sqliteColumns } from './columns.js'
import type { Connection, Database } from './store.js'

/** Opens (and creates) the file, brings its tables up to date, and returns a connection. `:memory:` keeps it in memory. */
export function connectSqlite(path: string): Connection {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const client = new Sqlite(path)
  client.pragma('journal_mode = WAL')
  // A commit is acknowledged when it is on the disk, not when it is on its way there.
  client.pragma('synchronous = FULL')
  client.pragma('busy_timeout = 5000')
  const db = drizzle(client)
  migrate(db, { migrationsFolder: join(packageRoot, 'migrations/sqlite') })
  return {
    columns: sqliteColumns,
    db: db as unknown as Database,
    async batch(build) {
      client.transaction(() => {
        for (const statement of build(db as unknown as Database)) statement.run()
      })()
    },
    isCollision: (error) =>
      [error, error instanceof Error ? error.cause : null].some(
        (e) => e instanceof Sqlite.SqliteError && e.code === 'SQLITE_CONSTRAINT_PRIMARYKEY',
      ),
    async close() {
      client.close()
    },
  }
}
