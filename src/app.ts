/** The composition: what the service is made of, in the order in which a request meets it. */
import fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from './config.js'
import type { Store } from './domain/store.js'
import { registerHealth } from './http/health.js'
import { registerLimits } from './http/limits.js'
import { registerOpenapi } from './http/openapi.js'
import { registerProblems, sendError } from './http/problems.js'
import { createRequestId } from './http/request-id.js'
import { registerRoutes } from './http/routes.js'
import { openLiveCatalog } from './live-catalog.js'
import { operations } from './operations/index.js'

interface Parts {
  config: Config
  store: Store
  /** Milliseconds since the epoch. */
  now: () => number
}

export async function createApp({ config, store, now }: Parts): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    logger: config.LOG_LEVEL === 'silent' ? false : { level: config.LOG_LEVEL },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    genReqId: createRequestId(),
    // A child logger for each request costs more than most answers do; what is logged names its request itself.
    childLoggerFactory: (logger) => logger,
    // A path that cannot be decoded never meets the error handler; it is told the same way.
    frameworkErrors: sendError,
  })
  const live = await openLiveCatalog(store, {
    onError: (error) => app.log.error({ err: error }, 'the catalog was not refreshed'),
  })
  app.addHook('onClose', async () => live.close())

  registerLimits(app, { max: config.RATE_LIMIT_MAX, now, exempt: new Set(['/healthz', '/readyz']) })
  registerProblems(app)
  registerHealth(app, store, live)
  await registerOpenapi(app, operations, () => live.current())
  registerRoutes(app, operations, live)
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
  return app
}
