/** `GET /metrics`: what the service did, for Prometheus. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { counter, EXPOSITION, type Family, gauge, processFamilies, writeFamilies } from './exposition.js'

/** Seconds. Most answers take well under a millisecond; the last buckets are for trouble. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export interface Metrics {
  /** One question answered: its intent, or `not-about-this`. */
  askOutcome(intent: string): void
  /** One ticket routed: `routed`, `needs-triage` or `not-aws`. */
  routeOutcome(outcome: string): void
  /** One request refused because the process was behind. */
  shed(): void
  /** One answer looked up among those compiled before. */
  cache(hit: boolean): void
  /** What was counted so far. */
  families(): Family[]
}

interface Sources {
  revision: () => number
  /** Milliseconds by which the event loop was late of late. */
  delay: () => number
}

/** Counts in plain numbers that are written out when they are asked for: a library's counters cost the hot path a tenth. */
export function createMetrics(): Metrics {
  const asked = new Map<string, number>()
  const routed = new Map<string, number>()
  const looked = { hit: 0, miss: 0 }
  let shed = 0
  const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  const labelled = (label: string, counts: Iterable<[string, number]>): Family['samples'] =>
    [...counts].map(([value, count]) => [`{${label}="${value}"}`, count])
  return {
    askOutcome: (intent) => add(asked, intent),
    routeOutcome: (outcome) => add(routed, outcome),
    shed() {
      shed += 1
    },
    cache(hit) {
      if (hit) looked.hit += 1
      else looked.miss += 1
    },
    families: () => [
      counter('ask_outcomes_total', 'Questions by intent.', labelled('intent', asked)),
      counter('routing_outcomes_total', 'Tickets by outcome.', labelled('outcome', routed)),
      counter('requests_shed_total', 'Requests refused under overload.', [['', shed]]),
      counter(
        'answer_cache_lookups_total',
        'Look-ups of answers compiled before.',
        labelled('result', Object.entries(looked)),
      ),
    ],
  }
}

/** What one operation answered. */
interface Tally {
  byStatus: Map<number, number>
  /** How many answers fell into each bucket, the last beyond all bounds. */
  byBucket: number[]
  /** Seconds. */
  sum: number
}

const ARRIVAL = Symbol('arrival')
/** A request that knows whose tally it goes to, and when it came (milliseconds of the process's own clock). */
type Counted = IncomingMessage & { [ARRIVAL]?: { tally: Tally; at: number } }

/**
 * Observes every answer that leaves, and serves what was observed. Call before the routes are declared. Returns how to
 * tell of a request that no route sees.
 */
export function registerMetrics(
  app: FastifyInstance,
  metrics: Metrics,
  { revision, delay }: Sources,
): (request: IncomingMessage, operation: string) => void {
  const tallies = new Map<string, Tally>()
  const tallyOf = (operation: string): Tally => {
    const known = tallies.get(operation)
    if (known) return known
    const tally = { byStatus: new Map(), byBucket: Array.from({ length: BUCKETS.length + 1 }, () => 0), sum: 0 }
    tallies.set(operation, tally)
    return tally
  }
  const unmatched = tallyOf('none')
  app.addHook('onRoute', (route) => {
    const tally = tallyOf((route.schema as { operationId?: string } | undefined)?.operationId ?? route.url)
    const arrive: onRequestHookHandler = (request, _reply, next) => {
      const raw: Counted = request.raw
      raw[ARRIVAL] = { tally, at: performance.now() }
      next()
    }
    route.onRequest = [arrive, ...[route.onRequest ?? []].flat()]
  })
  // Node tells of every response that has left; hooks of Fastify on each answer would take a fifth off the hot path.
  const finished = (message: unknown): void => {
    const { request, response, server } = message as { request: Counted; response: ServerResponse; server: unknown }
    if (server !== app.server) return
    const { tally, at } = request[ARRIVAL] ?? { tally: unmatched, at: null }
    const seconds = at === null ? 0 : (performance.now() - at) / 1000
    const bucket = BUCKETS.findIndex((bound) => seconds <= bound)
    const index = bucket < 0 ? BUCKETS.length : bucket
    tally.byBucket[index] = (tally.byBucket[index] ?? 0) + 1
    tally.byStatus.set(response.statusCode, (tally.byStatus.get(response.statusCode) ?? 0) + 1)
    tally.sum += seconds
  }
  subscribe('http.server.response.finish', finished)
  app.addHook('onClose', async () => {
    unsubscribe('http.server.response.finish', finished)
  })
  app.get('/metrics', (_request, reply) =>
    reply
      .type(EXPOSITION)
      .header('cache-control', 'no-store')
      .send(
        writeFamilies([
          ...tallyFamilies(tallies),
          ...metrics.families(),
          gauge('data_revision', 'The revision of the data that is answered from.', revision()),
          gauge('event_loop_late_seconds', 'By how much the event loop was late of late.', delay() / 1000),
          ...processFamilies(),
        ]),
      ),
  )
  return (request: Counted, operation) => {
    request[ARRIVAL] = { tally: tallyOf(operation), at: performance.now() }
  }
}

function tallyFamilies(tallies: ReadonlyMap<string, Tally>): Family[] {
  const answered = [...tallies].filter(([, { byStatus }]) => byStatus.size > 0)
  return [
    counter(
      'http_requests_total',
      'Requests by operation and status.',
      answered.flatMap(([operation, { byStatus }]) =>
        [...byStatus].map(([status, count]) => [`{operation="${operation}",status="${status}"}`, count] as const),
      ),
    ),
    {
      name: 'http_request_duration_seconds',
      help: 'From the arrival of a request to the sending of its answer, by operation.',
      type: 'histogram',
      samples: answered.flatMap(([operation, { byBucket, sum }]) => {
        let below = 0
        const buckets = byBucket.map((count, index): [string, number] => {
          below += count
          return [`_bucket{operation="${operation}",le="${BUCKETS[index] ?? '+Inf'}"}`, below]
        })
        const of = `{operation="${operation}"}`
        return [...buckets, [`_sum${of}`, sum] as const, [`_count${of}`, below] as const]
      }),
    },
  ]
}
