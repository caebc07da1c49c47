/** The store: reads the records that are true now, commits a change as one batch. The same for every dialect. */
import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Records } from '../src/domain/model.js'
import { Refusal } from '../src/domain/refusal.js'
import {
  type Change,
  LostRace,
  RECORD_KINDS,
  type RecordKind,
  type Store,
  TooLarge,
  Unavailable,
} from '../src/domain/store.js'
import { createChangeLog } from './change-log.js'
import type { Connection, Database, Statement } from './connection.js'
import { createDecisionStore } from './decisions.js'
import { createKeyStore } from './keys.js'
import { createReplies } from './replies.js'
import { declareTables } from './tables.js'

/** SQLite binds at most 32,766 values a statement, PostgreSQL 65,535; the widest table has 18 columns. */
export const ROWS_PER_INSERT = 500

/** How often a commit is tried that an optimistic engine has undone without saying who came first. */
const ATTEMPTS = 5

/** A store on any connection; what a database fails in is told in the domain's words. */
export function createStore(connection: Connection): Store {
  return translateFailures(connection, readAndCommit(connection))
}

function readAndCommit(connection: Connection): Store {
  const { db } = connection
  const tables = declareTables(connection.columns)
  const { changes } = tables
  const { replies, settling } = createReplies(connection, tables)

  const last = async () =>
    (
      await db
        .select({ revision: changes.revision, at: changes.at })
        .from(changes)
        .orderBy(desc(changes.revision))
        .limit(1)
    )[0]

  /** The records that are true now, or that were at a revision. */
  const recordsAt = async <K extends RecordKind>(
    kind: K,
    at: number | undefined,
    once: (value: unknown) => unknown,
  ): Promise<readonly Records[K][]> => {
    const table = tables[kind]
    const stillTrue = isNull(table.until)
    const rows = await db
      .select()
      .from(table)
      .where(at === undefined ? stillTrue : and(lte(table.since, at), or(stillTrue, gt(table.until, at))))
    // A row is its record plus the two revisions it is true between: the columns are declared to be so.
    const records = rows.map(({ since: _since, until: _until, ...record }) => {
      const fields = record as Record<string, unknown>
      for (const name in fields) fields[name] = once(fields[name])
      return record
    }) as unknown as Records[K][]
    // Sorted here: engines return rows in orders of their own, and collate text by rules of their own.
    return records.sort((a, b) => (a.id < b.id ? -1 : 1))
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
    keys: createKeyStore(connection, tables),
    log: createChangeLog(connection, tables),
    decisions: createDecisionStore(connection, tables),
    revision: async () => (await last())?.revision ?? 0,
    async load(at) {
      for (;;) {
        const [before] =
          at === undefined ? [await last()] : await db.select().from(changes).where(eq(changes.revision, at))
        if (at !== undefined && !before) throw new Error(`There is no revision ${at}.`)
        const once = createOnce()
        const records = await Promise.all(
          RECORD_KINDS.map(async (kind) => [kind, await recordsAt(kind, at, once)] as const),
        )
        // A commit between two of the reads would mix revisions: read again. What stood then no commit moves.
        const after = at === undefined ? await last() : before
        if (before?.revision === after?.revision)
          return {
            ...(Object.fromEntries(records) as { [K in RecordKind]: readonly Records[K][] }),
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
    async commit(change, answered) {
      const revision = change.base + 1
      const { at, actor, reason, origin, release } = change
      assertFit(change)
      for (let attempt = 1; ; attempt++) {
        if ((await last())?.revision !== (change.base || undefined)) throw new LostRace(change.base)
        try {
          await connection.batch(
            (target) => [
              target.insert(changes).values({ revision, at, actor, reason, origin, release }),
              ...RECORD_KINDS.flatMap((kind) => edit(target, kind, change.edits, revision)),
              ...(answered ? [settling(target, answered.claim, answered.reply)] : []),
            ],
            { announce: true },
          )
          return revision
        } catch (error) {
          const failure = connection.classify(error)
          if (failure?.kind === 'collision' && failure.table === 'changes') throw new LostRace(change.base)
          if (failure?.kind === 'too-large') throw new TooLarge(change.edits.length, { cause: error })
          // Undone by an optimistic engine in favour of another transaction: the next look says whether we have lost.
          if (failure?.kind !== 'conflict' || attempt === ATTEMPTS) throw error
        }
      }
    },
    watch: (moved) => connection.watch(moved),
    replies,
    close: () => connection.close(),
  }
}

/** Layers, owners, dates and sources stand in thousands of rows, and each row brings a copy: one of each is kept. */
function createOnce(): (value: unknown) => unknown {
  const kept = new Map<string, string>()
  const keep = (text: string): string => {
    const known = kept.get(text)
    if (known !== undefined) return known
    kept.set(text, text)
    return text
  }
  return (value) => {
    if (typeof value === 'string') return keep(value)
    if (!Array.isArray(value)) return value
    return value.map((entry: unknown) => (typeof entry === 'string' ? keep(entry) : entry))
  }
}

/** Wraps each method so that what the database fails in is told in the domain's words. */
export function translateFailures<T extends object>(connection: Pick<Connection, 'classify'>, methods: T): T {
  const translate = (error: unknown): never => {
    const failure = connection.classify(error)
    if (failure?.kind === 'unavailable') throw new Unavailable(failure.reason, { cause: error })
    if (failure?.kind === 'unfit') throw unfit()
    if (failure?.kind === 'conflict')
      throw new Unavailable('Too many changes were committed at once.', { cause: error })
    throw error
  }
  const wrap = (member: unknown): unknown => {
    // What a store groups by subject is wrapped as the store is.
    if (typeof member === 'object' && member !== null) return translateFailures(connection, member)
    if (typeof member !== 'function') return member
    return (...values: unknown[]) => {
      const result: unknown = member(...values)
      return result instanceof Promise ? result.catch(translate) : result
    }
  }
  return Object.fromEntries(Object.entries(methods).map(([name, member]) => [name, wrap(member)])) as T
}

const unfit = (): Refusal =>
  new Refusal('invalid', 'A text holds the character U+0000, which a database cannot keep. Leave it out.')

/** Refuses on every engine what PostgreSQL cannot hold; JSON escapes it, so only plain texts are looked at. */
function assertFit({ actor, reason, edits }: Change): void {
  const holdsNul = (value: unknown): boolean => typeof value === 'string' && value.includes('\u0000')
  const texts = [actor, reason, ...edits.flatMap(({ id, record }) => [id, ...Object.values(record ?? {})])]
  if (texts.some(holdsNul)) throw unfit()
}

const EPOCH = '1970-01-01T00:00:00.000Z'

function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
