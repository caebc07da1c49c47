/** Liveness and readiness, for those who keep the service running. */
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Store, Unavailable } from '../domain/store.js'
import type { LiveCatalog } from '../live-catalog.js'
import { sendProblem } from './problems.js'

/** `/healthz` says that the process answers; `/readyz` that it can be sent requests. */
export function registerHealth(app: FastifyInstance, store: Store, live: LiveCatalog, log: Logger): void {
  app.get('/healthz', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  )
  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    try {
      await store.revision()
    } catch (error) {
      log.error({ err: error, requestId: request.id }, 'the database does not answer')
      const reason = error instanceof Unavailable ? error.message : 'The database does not answer.'
      return sendProblem(request, reply.header('retry-after', '1'), 'unavailable', reason)
    }
    return reply.header('cache-control', 'no-store').send({ status: 'ready', revision: live.current().revision })
  })
}
