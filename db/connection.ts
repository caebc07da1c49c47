/** What the store asks of a database beside its queries; each dialect has its own way to give it. */
import type { BaseSQLiteDatabase, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Columns } from './columns.js'

/** A query builder; typed as SQLite's, since the tables of both dialects are told in SQLite's types. */
export type Database = BaseSQLiteDatabase<'sync' | 'async', unknown>

/** A statement that the connection can run; built against the database or transaction that it is given. */
export interface Statement {
  run(): unknown
}

/**
 * What a database's error means for whoever asked. `collision`: a key of `table` is taken; `conflict`: undone in
 * favour of another transaction, worth another try; `too-large`: more rows than a transaction takes; `unfit`: a text
 * that it cannot hold; `unavailable`: it cannot do this now, for a `reason` that a caller may read.
 */
export type Failure =
  | { kind: 'collision'; table: string }
  | { kind: 'conflict' | 'too-large' | 'unfit' }
  | { kind: 'unavailable'; reason: string }

export interface Connection {
  columns: Columns
  db: Database
  /** Runs all statements in one transaction, or none of them; `announce` tells those who {@link watch} of it. */
  batch(build: (db: Database) => Statement[], options?: { announce?: boolean }): Promise<void>
  /** Inserts all rows in one transaction, or none; but for those of which a key is taken, which stays as it is. */
  insertNew<T extends SQLiteTable>(table: T, rows: readonly T['$inferInsert'][]): Promise<void>
  /**
   * Reads several times from one snapshot. For tools that have the connection to themselves: SQLite has only one,
   * and whatever else awaits on it would run inside.
   */
  snapshot<T>(read: (db: Database) => Promise<T>): Promise<T>
  /** What an error means; null where it means a fault of ours. */
  classify(error: unknown): Failure | null
  /** Calls `moved` after announced batches, where the database can tell of them; returns how to stop. */
  watch(moved: () => void): () => void
  close(): Promise<void>
}

/** An error and what caused it, outermost first: drizzle wraps what the driver threw. */
export function* causes(error: unknown): Generator<unknown> {
  for (let at = error; at !== undefined && at !== null; at = at instanceof Error ? at.cause : undefined) yield at
}
