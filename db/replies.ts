/** The answers of requests that must not be done twice, kept in the database that all nodes share. */
import { and, eq, isNull, lte, or } from 'drizzle-orm'
import type { Claim, Replies, Reply } from '../src/domain/store.js'
import type { Connection, Database, Statement } from './connection.js'
import type { Tables } from './tables.js'

const SWEEP_MS = 10 * 60 * 1000
const KEPT_MS = 24 * 60 * 60 * 1000
/** Longer than any request may take: what is not settled by then was cut off, and committed nothing. */
const LAPSES_MS = 60 * 1000

export function createReplies(
  connection: Connection,
  { replies }: Tables,
): { replies: Replies; settling(target: Database, claim: Claim, reply: Reply): Statement } {
  const { db } = connection
  const mine = ({ actor, key }: Claim) => and(eq(replies.actor, actor), eq(replies.key, key))
  const unsettled = (claim: Claim) => and(mine(claim), isNull(replies.status))
  const settling = (target: Database, claim: Claim, reply: Reply): Statement =>
    target.update(replies).set(reply).where(unsettled(claim))
  let swept = 0
  /** Forgets everybody's old answers, now and then. */
  const sweep = async (at: string): Promise<void> => {
    if (Date.parse(at) - swept < SWEEP_MS) return
    swept = Date.parse(at)
    await connection.batch((target) => [target.delete(replies).where(lte(replies.at, before(at, KEPT_MS)))])
  }
  const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString()

  return {
    settling,
    replies: {
      async claim(claim, at) {
        await sweep(at)
        try {
          await connection.batch((target) => [
            // What is left under this key of yesterday, and a claim that was abandoned.
            target
              .delete(replies)
              .where(
                and(
                  mine(claim),
                  or(
                    lte(replies.at, before(at, KEPT_MS)),
                    and(isNull(replies.status), lte(replies.at, before(at, LAPSES_MS))),
                  ),
                ),
              ),
            target.insert(replies).values({ ...claim, at }),
          ])
          return 'claimed'
        } catch (error) {
          if (connection.classify(error)?.kind !== 'collision') throw error
        }
        const [row] = await db.select().from(replies).where(mine(claim))
        // Given back between the two statements: whoever held it was refused, and this caller may try again.
        if (!row) return 'pending'
        if (row.fingerprint !== claim.fingerprint) return 'differs'
        if (row.status === null || row.body === null) return 'pending'
        return { status: row.status, etag: row.etag, body: row.body }
      },
      async settle(claim, reply) {
        await connection.batch((target) => [settling(target, claim, reply)])
      },
      async release(claim) {
        await connection.batch((target) => [target.delete(replies).where(unsettled(claim))])
      },
    },
  }
}
