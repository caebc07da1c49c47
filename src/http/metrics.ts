/** `GET /metrics`: what the service did, for Prometheus. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

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
  registry: Registry
}

interface Sources {
  revision: () => number
  /** Milliseconds by which the event loop was late of late. */
  delay: () => number
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const ask = new Counter({
    name: 'ask_outcomes_total',
    help: 'Questions by intent.',
    labelNames: ['intent'],
    registers,
  })
  const route = new Counter({
    name: 'routing_outcomes_total',
    help: 'Tickets by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const shed = new Counter({ name: 'requests_shed_total', help: 'Requests refused under overload.', registers })
  // Counted in plain numbers and told when asked: a hit is the hot path.
  const looked = { hit: 0, miss: 0 }
  new Counter({
    name: 'answer_cache_lookups_total',
    help: 'Look-ups of answers compiled before.',
    labelNames: ['result'],
    registers,
    collect() {
      this.reset()
      for (const [result, count] of Object.entries(looked)) this.inc({ result }, count)
    },
  })
  return {
    askOutcome: (intent) => ask.inc({ intent }),
    routeOutcome: (outcome) => route.inc({ outcome }),
    shed: () => shed.inc(),
    cache: (hit) => {
      looked[hit ? 'hit' : 'miss'] += 1
    },
    registry,
  }
}

/** What one operation answered. Plain numbers: prom-client's own counting costs a tenth of the hot path. */
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

/** Observes every answer that leaves, and serves what was observed. Call before the routes are declared. */
export function registerMetrics(app: FastifyInstance, { registry }: Metrics, { revision, delay }: Sources): void {
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('data_revision', 'The revision of the data that is answered from.', revision)
  gauge('event_loop_late_seconds', 'By how much the event loop was late of late.', () => delay() / 1000)
  collectDefaultMetrics({ register: registry })

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
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(`${writeTallies(tallies)}${await registry.metrics()}`),
  )
}

/** In the text format of Prometheus, version 0.0.4. */
function writeTallies(tallies: ReadonlyMap<string, Tally>): string {
  const answered = [...tallies].filter(([, { byStatus }]) => byStatus.size > 0)
  const requests = answered.flatMap(([operation, { byStatus }]) =>
    [...byStatus].map(([status, count]) => `http_requests_total{operation="${operation}",status="${status}"} ${count}`),
  )
  const durations = answered.flatMap(([operation, { byBucket, sum }]) => {
    let below = 0
    const buckets = byBucket.map((count, index) => {
      below += count
      return `http_request_duration_seconds_bucket{operation="${operation}",le="${BUCKETS[index] ?? '+Inf'}"} ${below}`
    })
    const of = `{operation="${operation}"}`
    return [
      ...buckets,
      `http_request_duration_seconds_sum${of} ${sum}`,
      `http_request_duration_seconds_count${of} ${below}`,
    ]
  })
  return [
    '# HELP http_requests_total Requests by operation and status.',
    '# TYPE http_requests_total counter',
    ...requests,
    '# HELP http_request_duration_seconds From the arrival of a request to the sending of its answer, by operation.',
    '# TYPE http_request_duration_seconds histogram',
    ...durations,
    '',
  ].join('\n')
}
