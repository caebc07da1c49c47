/** The composition: what the service is made of, in the order in which a request meets it. */
import fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config.js'
import type { Store } from './domain/store.js'
import { registerAccessLog } from './http/access-log.js'
import { registerHealth } from './http/health.js'
import { registerLimits } from './http/limits.js'
import { registerOpenapi } from './http/openapi.js'
import { registerProblems, sendError } from './http/problems.js'
import { createRequestId } from './http/request-id.js'
import { registerRoutes } from './http/routes.js'
import { openLiveCatalog } from './live-catalog.js'
import { operations } from './operations/index.js'
import { registerPortal } from './portal/routes.js'

interface Parts {
  config: Config
  store: Store
  log: Logger
  /** Milliseconds since the epoch. */
  now: () => number
}

export async function createApp({ config, store, log, now }: Parts): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    bodyLimit: 1024 * 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    genReqId: createRequestId(),
    // A path that cannot be decoded never meets the error handler; it is told the same way.
    frameworkErrors: sendError(log),
  })
  const live = await openLiveCatalog(store, {
    onError: (error) => log.error({ err: error }, 'the catalog was not refreshed'),
  })
  app.addHook('onClose', async () => live.close())

  registerLimits(app, { max: config.RATE_LIMIT_MAX, now, exempt: new Set(['/healthz', '/readyz']) })
  registerAccessLog(app, log)
  registerProblems(app, log)
  registerHealth(app, store, live, log)
  await registerOpenapi(app, operations, () => live.current())
  registerRoutes(app, operations, { live, store, now })
  registerPortal(app, live)
  return app
}
