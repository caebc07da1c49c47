/** Load shedding: while the process is behind, requests are refused at once, so that the rest are answered in time. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problems.js'

/** How often the delay is read, and how finely it is measured, in milliseconds. */
const EVERY = 200
const RESOLUTION = 10

interface Overload {
  /** Milliseconds by which the event loop may be late on average before requests are refused; 0 never refuses. */
  maxDelay: number
  exempt: ReadonlySet<string>
  /** Milliseconds by which the loop was late of late; given in tests. */
  delay?: () => number
  onShed: () => void
}

/** Returns how late the event loop was of late, in milliseconds. */
export function registerOverload(app: FastifyInstance, { maxDelay, exempt, delay, onShed }: Overload): () => number {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION })
  histogram.enable()
  let late = 0
  let before = 0
  const read = (): void => {
    const mean = histogram.mean / 1e6
    const now = delay ? delay() : Number.isNaN(mean) ? 0 : Math.max(0, mean - RESOLUTION)
    // Twice in a row: one long answer, or the start, is no overload.
    late = Math.min(before, now)
    before = now
    histogram.reset()
  }
  const timer = setInterval(read, EVERY)
  timer.unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    histogram.disable()
  })
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
