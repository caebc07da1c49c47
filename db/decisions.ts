/** Where decisions are kept, and what people said of them. */
import { and, asc, count, desc, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import type { DecisionFilter, DecisionStore, Feedback, LoggedDecision } from '../src/domain/tickets/log.js'
import type { Connection } from './connection.js'
import type { Tables } from './tables.js'

export function createDecisionStore(connection: Connection, { decisions, feedback }: Tables): DecisionStore {
  const { db } = connection
  type Row = typeof decisions.$inferSelect

  const write = ({ inbound, decision, router, corrected, ...rest }: LoggedDecision): Row => ({
    ...rest,
    corrected: corrected === null ? null : Number(corrected),
    document: { inbound, decision, router },
  })
  // The document is what `write` put there.
  const read = ({ document, corrected, ...rest }: Row): LoggedDecision =>
    ({ ...rest, corrected: corrected === null ? null : corrected === 1, ...(document as object) }) as LoggedDecision

  const matching = ({ since, outcome, service, layer, team, source, corrected }: DecisionFilter) =>
    and(
      since === undefined ? undefined : gte(decisions.at, since),
      outcome === undefined ? undefined : eq(decisions.outcome, outcome),
      service === undefined ? undefined : eq(decisions.service, service),
      layer === undefined ? undefined : eq(decisions.layer, layer),
      team === undefined ? undefined : eq(decisions.team, team),
      source === undefined ? undefined : eq(decisions.source, source),
      corrected === undefined ? undefined : eq(decisions.corrected, Number(corrected)),
    )

  return {
    async append(batch) {
      const rows = batch.map(write)
      await connection.insertNew(decisions, rows)
      const events = rows.flatMap(({ event }) => event ?? [])
      if (events.length === 0) return new Map()
      const kept = await db.select().from(decisions).where(inArray(decisions.event, events))
      return new Map(kept.map((row) => [row.event ?? '', read(row)]))
    },
    async find(id) {
      const [row] = await db.select().from(decisions).where(eq(decisions.id, id))
      return row && read(row)
    },
    async findEvent(event) {
      const [row] = await db.select().from(decisions).where(eq(decisions.event, event))
      return row && read(row)
    },
    async list(filter, { limit, before }) {
      const rows = await db
        .select()
        .from(decisions)
        .where(and(matching(filter), before === undefined ? undefined : lt(decisions.id, before)))
        .orderBy(desc(decisions.id))
        .limit(limit)
      return rows.map(read)
    },
    async count(filter) {
      const [row] = await db.select({ all: count() }).from(decisions).where(matching(filter))
      return Number(row?.all ?? 0)
    },
    async judge({ correct, ...rest }) {
      await connection.batch((target) => [
        target.insert(feedback).values({ ...rest, correct: Number(correct) }),
        target
          .update(decisions)
          .set({ corrected: Number(!correct) })
          .where(eq(decisions.id, rest.decision)),
      ])
    },
    async feedbackOn(decision) {
      const rows = await db.select().from(feedback).where(eq(feedback.decision, decision)).orderBy(asc(feedback.id))
      return rows.map(({ correct, said, ...rest }) => ({
        ...rest,
        correct: correct === 1,
        said: said as Feedback['said'],
      }))
    },
    async accuracy(field) {
      const column = decisions[field]
      const rows = await db
        .select({ value: column, judged: count(), corrected: sql<number>`sum(${decisions.corrected})` })
        .from(decisions)
        .where(isNotNull(decisions.corrected))
        .groupBy(column)
      return rows.map(({ value, judged, corrected }) => ({
        value,
        judged: Number(judged),
        corrected: Number(corrected),
      }))
    },
    async sweep(before) {
      const old = db.select({ id: decisions.id }).from(decisions).where(lt(decisions.at, before))
      await connection.batch((target) => [
        target.delete(feedback).where(inArray(feedback.decision, old)),
        target.delete(decisions).where(lt(decisions.at, before)),
      ])
    },
  }
}
