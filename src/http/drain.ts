/** The end of the connections when the service closes. */
import type { FastifyInstance } from 'fastify'

/** How often connections that have had their last answer are looked for, in milliseconds. */
const EVERY = 50

/** Closes each connection once its last answer is sent: kept alive, it would hold the end up until its timeout. */
export function registerDrain(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), EVERY)
    app.server.once('close', () => clearInterval(timer))
    timer.unref()
  })
}
