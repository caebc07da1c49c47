/** Rate limits: so many requests a minute for each caller, told in every answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Quota } from './head.js'
import { sendProblem } from './problems.js'

const WINDOW_SECONDS = 60
/** Callers counted apart in one window; those beyond share one count, so that inventing callers fills no memory. */
const MOST_CALLERS = 50_000
const OTHERS = ''

/** Headers that are known to hold; beyond as many, all are checked anew. */
const MOST_HEADERS = 2000

interface Limits {
  /** Requests a caller may make in a window. */
  max: number
  now: () => number
  /** Paths that are never refused: an orchestrator's probes must not fail because others are loud. */
  exempt: ReadonlySet<string>
  /** Whose key or token an `Authorization` header carries; null where it does not hold. Never rejects. */
  holderOf: (header: string) => Promise<string | null>
}

/**
 * Counts callers in fixed windows: by their key or token where it holds, else by their address. 429 beyond `max`, with
 * the seconds until the next window. Returns how to count an address beside this; null, uncounted, where it has none left.
 */
export function registerLimits(
  app: FastifyInstance,
  { max, now, exempt, holderOf }: Limits,
): (address: string) => Quota | null {
  const limit = String(max)
  let counts = new Map<string, number>()
  // Whoever held a valid header once has it checked again however loud their address is.
  let holders = new Map<string, { caller: string; window: number }>()
  let windowEnds = 0

  const countOf = (wanted: string): number => {
    const caller = counts.size < MOST_CALLERS || counts.has(wanted) ? wanted : OTHERS
    const count = (counts.get(caller) ?? 0) + 1
    counts.set(caller, count)
    return count
  }

  const quotaAt = (count: number): Quota => ({
    limit,
    remaining: String(Math.max(0, max - count)),
    reset: String(Math.max(0, windowEnds - Math.floor(now() / 1000))),
  })

  const turnWindow = (): void => {
    const seconds = Math.floor(now() / 1000)
    if (seconds < windowEnds) return
    counts = new Map()
    windowEnds = seconds + WINDOW_SECONDS
  }

  const settle = (request: FastifyRequest, reply: FastifyReply, count: number, next: () => void): void => {
    const quota = quotaAt(count)
    request.quota = quota
    if (count <= max) {
      next()
      return
    }
    sendProblem(
      request,
      reply.header('retry-after', quota.reset),
      'too-many-requests',
      `More than ${max} requests in a minute. Try again in ${quota.reset} seconds.`,
    )
  }

  /** Counts by the holder where the header holds, and by the address where it does not. */
  const check = async (header: string, address: string): Promise<number> => {
    const known = holders.get(header)
    // Guessing keys is what the address is limited for: beyond its limit nothing is looked up that was never valid.
    if (!known && (counts.get(address) ?? 0) >= max) return countOf(address)
    const holder = await holderOf(header)
    if (holder === null) {
      holders.delete(header)
      return countOf(address)
    }
    if (holders.size >= MOST_HEADERS) holders = new Map()
    const caller = `holder ${holder}`
    holders.set(header, { caller, window: windowEnds })
    return countOf(caller)
  }

  app.addHook('onRequest', (request, reply, next) => {
    if (exempt.has(request.url)) return next()
    turnWindow()
    const header = request.headers.authorization
    if (header === undefined) return settle(request, reply, countOf(request.ip), next)
    const known = holders.get(header)
    // Checked once in a window; the gate checks each time.
    if (known?.window === windowEnds) return settle(request, reply, countOf(known.caller), next)
    check(header, request.ip).then((count) => settle(request, reply, count, next), next)
  })
  return (address) => {
    turnWindow()
    return (counts.get(address) ?? 0) < max ? quotaAt(countOf(address)) : null
  }
}
