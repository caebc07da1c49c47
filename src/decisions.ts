/** Keeps decisions: gathers what comes while the last commit runs into the next, and answers once it is on the disk. */
import type { Store } from './domain/store.js'
import type { Inbound } from './domain/ticket.js'
import type { Decision } from './domain/tickets/decision.js'
import type { LoggedDecision } from './domain/tickets/log.js'
import { maskAll } from './domain/tickets/mask.js'
import { createId } from './ids.js'

const MOST_IN_BATCH = 500
/** Beyond this many in line, decisions are answered and not kept. */
const MOST_WAITING = 20_000
const SWEEP_MS = 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000
const NOT_KEPT = 'The decision was not stored: the log of decisions cannot be written now.'

export interface DecisionLog {
  /**
   * Keeps a decision and returns it as it is answered: with its id once it is committed; as it was decided before
   * where the event is known; without an id and with a note where the log cannot be written.
   */
  keep(inbound: Inbound, decision: Decision, actor: string): Promise<Decision>
  /** Commits what waits. */
  close(): Promise<void>
}

interface Parts {
  store: Store
  /** Milliseconds since the epoch. */
  now: () => number
  onError(error: unknown): void
  router: LoggedDecision['router']
  /** For so many days decisions are kept. */
  retention: number
}

interface Waiting {
  entry: LoggedDecision
  settle(answer: Decision): void
}

export function createDecisionLog({ store, now, onError, router, retention }: Parts): DecisionLog {
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null
  let length = 0
  let swept = 0

  const commit = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const known = await store.decisions.append(batch.map(({ entry }) => entry))
      for (const { entry, settle } of batch) {
        const kept = entry.event === null ? undefined : known.get(entry.event)
        settle(kept && kept.id !== entry.id ? asDuplicate(kept) : entry.decision)
      }
    } catch (error) {
      onError(error)
      for (const { entry, settle } of batch) settle({ ...entry.decision, decisionId: null, note: NOT_KEPT })
    } finally {
      length -= batch.length
    }
  }
  const sweep = async (): Promise<void> => {
    if (now() - swept < SWEEP_MS) return
    swept = now()
    await store.decisions.sweep(new Date(now() - retention * DAY_MS).toISOString()).catch(onError)
  }
  /** Commits until nothing waits. Under load each commit is as large as what came during the one before it. */
  const drain = async (): Promise<void> => {
    try {
      // What comes in the same turn shares the first commit.
      await new Promise((turn) => setImmediate(turn))
      while (waiting.length > 0) {
        const batch = waiting.slice(0, MOST_IN_BATCH)
        waiting = waiting.slice(MOST_IN_BATCH)
        await commit(batch)
        await sweep()
      }
    } finally {
      running = null
    }
  }

  return {
    async keep(inbound, decision, actor) {
      const masked = maskAll(inbound)
      const source = masked.ticket.source?.system ?? null
      const event = masked.eventId === null ? null : `${source ?? ''} ${masked.eventId}`
      if (event !== null) {
        const before = await store.decisions.findEvent(event).catch(onError)
        if (before) return asDuplicate(before)
      }
      if (length >= MOST_WAITING) return { ...decision, note: NOT_KEPT }
      length += 1
      const at = now()
      const id = createId(at)
      const answer: Decision = { ...decision, decisionId: id }
      return new Promise((settle) => {
        const entry: LoggedDecision = {
          id,
          at: new Date(at).toISOString(),
          actor,
          source,
          event,
          outcome: decision.outcome,
          owner: decision.owner,
          service: decision.service?.id ?? null,
          layer: decision.layer?.id ?? null,
          team: decision.destination.team?.id ?? null,
          revision: decision.revision,
          corrected: null,
          inbound: masked,
          decision: answer,
          router,
        }
        waiting.push({ entry, settle })
        running ??= drain()
      })
    },
    async close() {
      await running
    },
  }
}

const asDuplicate = ({ decision }: LoggedDecision): Decision => ({ ...decision, duplicate: true })
