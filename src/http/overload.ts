/** Load shedding: while the process is behind, requests are refused at once, so that the rest are answered in time. */
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problems.js'

/** How often it is looked at how late the event loop is, and for how long the worst of it stands, in milliseconds. */
const EVERY = 20
const WINDOW = 100

interface Overload {
  /** Milliseconds by which the event loop may be late, twice in a row, before requests are refused; 0 never refuses. */
  maxDelay: number
  exempt: ReadonlySet<string>
  /** Milliseconds by which the loop was late of late; given in tests. */
  delay?: () => number
  onShed: () => void
}

/** Returns how late the event loop was of late, in milliseconds. */
export function registerOverload(app: FastifyInstance, { maxDelay, exempt, delay, onShed }: Overload): () => number {
  let sampledAt = performance.now()
  let windowEnds = sampledAt + WINDOW
  let worst = 0
  let before = 0
  let late = 0
  const sample = (): void => {
    const now = performance.now()
    worst = Math.max(worst, delay ? delay() : now - sampledAt - EVERY)
    sampledAt = now
    if (now < windowEnds) return
    // Twice in a row: one long answer, or the start, is no overload.
    late = Math.min(before, worst)
    before = worst
    worst = 0
    windowEnds = now + WINDOW
  }
  const timer = setInterval(sample, EVERY)
  timer.unref()
  app.addHook('onClose', async () => clearInterval(timer))
  if (maxDelay > 0)
    app.addHook('onRequest', (request, reply, next) => {
      if (late <= maxDelay || exempt.has(request.url)) return next()
      onShed()
      sendProblem(
        request,
        reply.header('retry-after', '1'),
        'unavailable',
        'The service has more to do than it can. Try again in a second.',
      )
    })
  return () => late
}
