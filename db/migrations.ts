/** Which migrations there are, and which a database still lacks. */

import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { packageRoot } from '../src/paths.js'

/** The table in which a database keeps what was done to it; the name is drizzle's. */
export const LEDGER = '__drizzle_migrations'

export interface Migration {
  /** Milliseconds since the epoch, when it was generated: its identity and its place in the order. */
  at: number
  hash: string
  statements: readonly string[]
}

/** The migrations of a dialect, oldest first. */
export function readMigrations(dialect: 'sqlite' | 'postgres'): Migration[] {
  return readMigrationFiles({ migrationsFolder: join(packageRoot, 'migrations', dialect) }).map(
    ({ sql, hash, folderMillis }) => ({ at: folderMillis, hash, statements: sql }),
  )
}

/** What is still to be done. Throws where the database has been through a migration that this release does not know. */
export function pendingMigrations(known: readonly Migration[], applied: readonly number[]): Migration[] {
  const newest = known.at(-1)?.at ?? 0
  for (const at of applied) {
    if (known.some((migration) => migration.at === at)) continue
    throw new Error(
      `The database was written by ${at > newest ? 'a newer' : 'another'} release of this service: it holds a change of its tables of ${new Date(at).toISOString()} that this release does not know. Start that release, or restore a backup that was made before it.`,
    )
  }
  return known.filter(({ at }) => !applied.includes(at))
}
