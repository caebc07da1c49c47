/** The store: reads the records that are true now, commits a change as one batch. The same for every dialect. */
import { and, desc, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Dataset, Records } from '../src/domain/model.js'
import { type Change, LostRace, RECORD_KINDS, type RecordKind, type Store } from '../src/domain/store.js'
import type { Columns } from './columns.js'
import { declareTables } from './tables.js'

/** What the store asks of a database beside its queries. */
export interface Connection {
  columns: Columns
  db: Database
  /** Runs all statements in one transaction, or none of them. */
  batch(build: (db: Database) => Statement[]): Promise<void>
  /** Whether an error says that a primary key is already taken. */
  isCollision(error: unknown): boolean
  close(): Promise<void>
}
export type Database = BaseSQLiteDatabase<'sync' | 'async', unknown>
/** A statement that the connection can run; built against the database or transaction that it is given. */
export interface Statement {
  run(): unknown
}

/** SQLite binds at most 32,766 values a statement; the widest table has 18 columns. */
const ROWS_PER_INSERT = 500

export function createStore(connection: Connection): Store {
  const { db } = connection
  const tables = declareTables(connection.columns)
  const { changes } = tables

  const last = async () =>
    (
      await db
        .select({ revision: changes.revision, at: changes.at })
        .from(changes)
        .orderBy(desc(changes.revision))
        .limit(1)
    )[0]

  const current = async <K extends RecordKind>(kind: K): Promise<readonly Records[K][]> => {
    const table = tables[kind]
    const rows = await db.select().from(table).where(isNull(table.until))
    // A row is its record plus the two revisions it is true between: the columns are declared to be so.
    return rows.map(({ since: _since, until: _until, ...record }) => record) as unknown as Records[K][]
  }

  const edit = (target: Database, kind: RecordKind, edits: Change['edits'], revision: number): Statement[] => {
    const table = tables[kind]
    const mine = edits.filter((edit) => edit.kind === kind)
    const rows = mine.flatMap(({ id, record }) => (record ? [{ ...record, id, since: revision }] : []))
    const statements: Statement[] = []
    for (const part of chunks(mine, ROWS_PER_INSERT)) {
      const ids = part.map(({ id }) => id)
      statements.push(
        target
          .update(table)
          .set({ until: revision })
          .where(and(inArray(table.id, ids), isNull(table.until))),
      )
    }
    // The rows of a kind have the columns of its table; drizzle cannot follow that through a union of tables.
    type Row = typeof table.$inferInsert
    for (const part of chunks(rows, ROWS_PER_INSERT)) statements.push(target.insert(table).values(part as Row[]))
    return statements
  }

  return {
    revision: async () => (await last())?.revision ?? 0,
    async load(): Promise<Dataset> {
      for (;;) {
        const before = await last()
        const [layers, models, services, rules, articles, signals] = await Promise.all([
          current('layers'),
          current('models'),
          current('services'),
          current('rules'),
          current('articles'),
          current('signals'),
        ])
        const after = await last()
        // A commit between two of the reads would mix revisions: read again.
        if (before?.revision === after?.revision)
          return {
            layers,
            models,
            services,
            rules,
            articles,
            signals,
            revision: after?.revision ?? 0,
            at: after?.at ?? EPOCH,
          }
      }
    },
    async release() {
      const [row] = await db
        .select({ release: changes.release })
        .from(changes)
        .where(isNotNull(changes.release))
        .orderBy(desc(changes.revision))
        .limit(1)
      return row?.release ?? null
    },
    async commit(change) {
      const revision = change.base + 1
      const { at, actor, reason, origin, release } = change
      if ((await last())?.revision !== (change.base || undefined)) throw new LostRace(change.base)
      try {
        await connection.batch((target) => [
          target.insert(changes).values({ revision, at, actor, reason, origin, release }),
          ...RECORD_KINDS.flatMap((kind) => edit(target, kind, change.edits, revision)),
        ])
      } catch (error) {
        if (connection.isCollision(error)) throw new LostRace(change.base)
        throw error
      }
      return revision
    },
    close: () => connection.close(),
  }
}

const EPOCH = '1970-01-01T00:00:00.000Z'

function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
