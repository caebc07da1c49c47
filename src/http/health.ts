/** Liveness and readiness, for those who keep the service running. */
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Store, Unavailable } from '../domain/store.js'
import type { LiveCatalog } from '../live-catalog.js'
import { sendProblem } from './problems.js'

interface Parts {
  store: Store
  live: LiveCatalog
  log: Logger
  /** Whether the process is ending. */
  draining: () => boolean
}

/** `/healthz` says that the process answers; `/readyz` that it can be sent requests. */
export function registerHealth(app: FastifyInstance, { store, live, log, draining }: Parts): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }))
  app.get('/readyz', async (request, reply) => {
    if (draining())
      return sendProblem(request, reply.header('retry-after', '1'), 'unavailable', 'The service is stopping.')
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
