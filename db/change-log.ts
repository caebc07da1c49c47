/** The change log, read off the versions of the records: a version's two revisions are where it came and went. */
import { and, desc, eq, gt, inArray, like, lte, or } from 'drizzle-orm'
import type { Records } from '../src/domain/model.js'
import {
  type ChangeLog,
  type LoggedChange,
  type LoggedEdit,
  RECORD_KINDS,
  type RecordKind,
} from '../src/domain/store.js'
import type { Connection } from './store.js'
import type { Tables } from './tables.js'

/** An answer has at most 200 items, so no statement binds more values than this. */
const MOST_ASKED = 500

export function createChangeLog({ db }: Connection, tables: Tables): ChangeLog {
  const { changes } = tables

  /** Ids of a kind that these revisions touched, each once for each of them. */
  const touchedBy = async (kind: RecordKind, revisions: readonly number[]): Promise<Map<number, Set<string>>> => {
    const { id, since, until } = tables[kind]
    const rows = await db
      .select({ id, since, until })
      .from(tables[kind])
      .where(or(inArray(since, [...revisions]), inArray(until, [...revisions])))
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
      const asked = revisions.slice(0, MOST_ASKED)
      const rows = await db
        .select()
        .from(changes)
        .where(inArray(changes.revision, asked))
        .orderBy(desc(changes.revision))
      const touched = await Promise.all(RECORD_KINDS.map(async (kind) => [kind, await touchedBy(kind, asked)] as const))
      return rows.map((row) => {
        const counts = touched.map(([kind, by]) => [kind, by.get(row.revision)?.size ?? 0] as const)
        // The origin is one of two words, which a database takes for any text.
        return { ...row, counts: Object.fromEntries(counts.filter(([, count]) => count > 0)) } as LoggedChange
      })
    },
    async touched(revision) {
      const touched = await Promise.all(
        RECORD_KINDS.map(async (kind) => {
          const ids = (await touchedBy(kind, [revision])).get(revision) ?? []
          return [...ids].toSorted().map((id) => ({ kind, id }))
        }),
      )
      return touched.flat()
    },
    async edits(revision, of) {
      const asked = of.slice(0, MOST_ASKED)
      const edits = new Map<string, LoggedEdit>(
        asked.map(({ kind, id }) => [`${kind} ${id}`, { kind, id, before: null, after: null }]),
      )
      for (const kind of RECORD_KINDS) {
        const ids = asked.filter((edit) => edit.kind === kind).map(({ id }) => id)
        if (ids.length === 0) continue
        const table = tables[kind]
        const rows = await db
          .select()
          .from(table)
          .where(and(inArray(table.id, ids), or(eq(table.since, revision), eq(table.until, revision))))
        for (const { since, until: _until, ...record } of rows) {
          const edit = edits.get(`${kind} ${record.id}`)
          // A row is its record plus the two revisions it is true between: the columns are declared to be so.
          if (edit) edit[since === revision ? 'after' : 'before'] = record as unknown as Records[RecordKind]
        }
      }
      return [...edits.values()]
    },
  }
}
