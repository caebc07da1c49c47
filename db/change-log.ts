/** The change log, read off the versions of the records: a version's two revisions are where it came and went. */
import { and, desc, eq, gt, inArray, like, lte, or } from 'drizzle-orm'
import type { Records } from '../src/domain/model.js'
import {
  type ChangeLog,
  type LoggedChange,
  type LoggedEdit,
  RECORD_KINDS,
  type RecordKind,
  type Touch,
} from '../src/domain/store.js'
import type { Connection } from './connection.js'
import type { Tables } from './tables.js'

/** Each binds up to three values; SQLite takes 32,766 a statement, PostgreSQL 65,535. */
const MOST_BOUND = 500

export function createChangeLog({ db }: Connection, tables: Tables): ChangeLog {
  const { changes } = tables

  /** Ids of a kind that these revisions touched, each once for each of them. */
  const touchedBy = async (kind: RecordKind, revisions: readonly number[]): Promise<Map<number, Set<string>>> => {
    const { id, since, until } = tables[kind]
    const rows = await inChunks(revisions, (part) =>
      db
        .select({ id, since, until })
        .from(tables[kind])
        .where(or(inArray(since, part), inArray(until, part))),
    )
    const touched = new Map(revisions.map((revision) => [revision, new Set<string>()]))
    for (const row of rows) {
      touched.get(row.since)?.add(row.id)
      if (row.until !== null) touched.get(row.until)?.add(row.id)
    }
    return touched
  }

  /** The revisions that touched a record with this subject in its id. */
  const revisionsOn = async (subject: string): Promise<Set<number>> => {
    const found = new Set<number>()
    for (const kind of RECORD_KINDS) {
      const { id, since, until } = tables[kind]
      const rows = await db
        .select({ since, until })
        .from(tables[kind])
        // Between slashes: `rds` is in `service/rds/data` and not in `service/rds-data/data`.
        .where(or(eq(id, subject), like(id, `${subject}/%`), like(id, `%/${subject}`), like(id, `%/${subject}/%`)))
      for (const row of rows) {
        found.add(row.since)
        if (row.until !== null) found.add(row.until)
      }
    }
    return found
  }

  return {
    async revisionAt(instant) {
      const [row] = await db
        .select({ revision: changes.revision })
        .from(changes)
        .where(lte(changes.at, instant))
        .orderBy(desc(changes.revision))
        .limit(1)
      return row?.revision ?? 0
    },
    async find({ after, upTo, actor, subject }) {
      const rows = await db
        .select({ revision: changes.revision })
        .from(changes)
        .where(
          and(
            gt(changes.revision, after),
            lte(changes.revision, upTo),
            actor === undefined ? undefined : eq(changes.actor, actor),
          ),
        )
        .orderBy(desc(changes.revision))
      const all = rows.map(({ revision }) => revision)
      if (subject === undefined) return all
      const touched = await revisionsOn(subject)
      return all.filter((revision) => touched.has(revision))
    },
    async read(revisions) {
      const rows = await inChunks(revisions, (part) => db.select().from(changes).where(inArray(changes.revision, part)))
      const touched = await Promise.all(RECORD_KINDS.map((kind) => touchedBy(kind, revisions)))
      return rows
        .sort((a, b) => b.revision - a.revision)
        .map((row) => ({
          ...row,
          // One of two words, which a database takes for any text.
          origin: row.origin as LoggedChange['origin'],
          touched: touched.flatMap((by, i) => {
            const kind = RECORD_KINDS[i] as RecordKind
            return [...(by.get(row.revision) ?? [])].sort().map((id) => ({ revision: row.revision, kind, id }))
          }),
        }))
    },
    async edits(of) {
      const edits = new Map<string, LoggedEdit>(
        of.map((touch) => [keyOf(touch), { ...touch, before: null, after: null }]),
      )
      for (const kind of RECORD_KINDS) {
        const table = tables[kind]
        const rows = await inChunks(
          of.filter((touch) => touch.kind === kind),
          (part) => {
            const revisions = part.map(({ revision }) => revision)
            const ids = part.map(({ id }) => id)
            return db
              .select()
              .from(table)
              .where(and(inArray(table.id, ids), or(inArray(table.since, revisions), inArray(table.until, revisions))))
          },
        )
        for (const { since, until, ...rest } of rows) {
          // A row is its record plus the two revisions it is true between: the columns are declared to be so.
          const record = rest as unknown as Records[RecordKind]
          const came = edits.get(keyOf({ revision: since, kind, id: rest.id }))
          if (came) came.after = record
          const went = until === null ? undefined : edits.get(keyOf({ revision: until, kind, id: rest.id }))
          if (went) went.before = record
        }
      }
      return [...edits.values()]
    },
  }
}

const keyOf = ({ revision, kind, id }: Touch): string => `${revision} ${kind} ${id}`

/** What is asked of many things, asked of so few at once that a statement can bind them. */
async function inChunks<T, R>(things: readonly T[], ask: (part: T[]) => PromiseLike<R[]>): Promise<R[]> {
  const answers: R[][] = []
  for (let start = 0; start < things.length; start += MOST_BOUND)
    answers.push(await ask(things.slice(start, start + MOST_BOUND)))
  return answers.flat()
}
