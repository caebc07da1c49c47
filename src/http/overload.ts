/** Load shedding: while more waits than can be answered in time, requests are refused at once, so that the rest are. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendProblem } from './problems.js'

/** How often it is looked at how late the event loop is, and for how long the worst of it stands, in milliseconds. */
const EVERY = 20
const WINDOW = 1000

interface Overload {
  /** Milliseconds of work that may stand before a request in one turn of the event loop; 0 never refuses. */
  maxDelay: number
  exempt: ReadonlySet<string>
  /** Whether an answer costs no more than its refusal. */
  cheap?: (request: FastifyRequest) => boolean
  /** Milliseconds by a steady clock; given in tests. */
  now?: () => number
  onShed: () => void
}

/** Returns how late the event loop was of late, in milliseconds. */
export function registerOverload(
  app: FastifyInstance,
  { maxDelay, exempt, cheap, now = () => performance.now(), onShed }: Overload,
): () => number {
  if (maxDelay > 0) {
    let turning = false
    let began = 0
    let last = 0
    let longest = 0
    const endTurn = (): void => {
      turning = false
    }
    app.addHook('onRequest', (request, reply, next) => {
      const at = now()
      if (!turning) {
        turning = true
        began = at
        longest = 0
        // Runs once all that had arrived when the turn began is dealt with.
        setImmediate(endTurn)
      } else if (at - last > longest) longest = at - last
      last = at
      // Whatever is read in one turn had arrived when it began: it has waited since. The longest piece is left out,
      // because one long answer is no overload; a timer that told of it later would refuse too late, and then too many.
      if (at - began - longest <= maxDelay || exempt.has(request.url) || cheap?.(request)) return next()
      onShed()
      sendProblem(
        request,
        reply.header('retry-after', '1'),
        'unavailable',
        'The service has more to do than it can. Try again in a second.',
      )
    })
  }
  return watchDelay(app)
}

/** The worst by which a timer was late in the last second or two. */
function watchDelay(app: FastifyInstance): () => number {
  let sampledAt = performance.now()
  let windowEnds = sampledAt + WINDOW
  let before = 0
  let worst = 0
  const timer = setInterval(() => {
    const at = performance.now()
    worst = Math.max(worst, at - sampledAt - EVERY)
    sampledAt = at
    if (at < windowEnds) return
    before = worst
    worst = 0
    windowEnds = at + WINDOW
  }, EVERY)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
  return () => Math.max(before, worst)
}
