/** Rate limits: so many requests a minute for each caller, told in every answer. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendProblem } from './problems.js'

const WINDOW_SECONDS = 60
/** Callers counted apart in one window; those beyond share one count, so that inventing callers fills no memory. */
const MOST_CALLERS = 50_000
const OTHERS = ''

interface Limits {
  /** Requests a caller may make in a window. */
  max: number
  now: () => number
  /** Paths that are never refused: an orchestrator's probes must not fail because others are loud. */
  exempt: ReadonlySet<string>
}

/** Counts callers by address in fixed windows. 429 beyond `max`, with the seconds until the next window. */
export function registerLimits(app: FastifyInstance, { max, now, exempt }: Limits): void {
  const limit = String(max)
  let counts = new Map<string, number>()
  let windowEnds = 0

  const countOf = (request: FastifyRequest): number => {
    const caller = counts.size < MOST_CALLERS || counts.has(request.ip) ? request.ip : OTHERS
    const count = (counts.get(caller) ?? 0) + 1
    counts.set(caller, count)
    return count
  }

  app.addHook('onRequest', (request, reply, next) => {
    reply.header('x-request-id', request.id)
    if (exempt.has(request.url)) return next()
    const seconds = Math.floor(now() / 1000)
    if (seconds >= windowEnds) {
      counts = new Map()
      windowEnds = seconds + WINDOW_SECONDS
    }
    const count = countOf(request)
    const reset = String(windowEnds - seconds)
    reply.header('ratelimit-limit', limit)
    reply.header('ratelimit-remaining', String(Math.max(0, max - count)))
    reply.header('ratelimit-reset', reset)
    if (count <= max) return next()
    sendProblem(
      request,
      reply.header('retry-after', reset),
      'too-many-requests',
      `More than ${max} requests in a minute. Try again in ${reset} seconds.`,
    )
  })
}
