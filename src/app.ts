/** The composition: what the service is made of, in the order in which a request meets it. */
import fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Config, listed } from './config.js'
import type { Store } from './domain/store.js'
import type { RouteInbound } from './hooks/decision.js'
import { createSnsSignatureCheck, type SnsSignatureCheck } from './hooks/sns.js'
import { registerAccessLog } from './http/access-log.js'
import { registerHealth } from './http/health.js'
import { registerHooks } from './http/hooks.js'
import { registerLimits } from './http/limits.js'
import { registerOpenapi } from './http/openapi.js'
import { registerProblems, sendError } from './http/problems.js'
import { createRequestId } from './http/request-id.js'
import { registerRoutes } from './http/routes.js'
import { openLiveCatalog } from './live-catalog.js'
import { receiveEvent } from './operations/hooks.js'
import { operations } from './operations/index.js'
import { decide } from './operations/tickets.js'

interface Parts {
  config: Config
  store: Store
  log: Logger
  /** Milliseconds since the epoch. */
  now: () => number
  /** Decides on the events that come in. */
  routeInbound?: RouteInbound
  /** How SNS is asked, where it is not over the network. */
  sns?: { check: SnsSignatureCheck; fetch: typeof fetch }
}

export async function createApp({
  config,
  store,
  log,
  now,
  routeInbound,
  sns = { check: createSnsSignatureCheck(), fetch },
}: Parts): Promise<FastifyInstance> {
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
  await registerOpenapi(app, [...operations, receiveEvent], () => live.current())
  const routing = { threshold: config.ROUTE_THRESHOLD, defaultTeam: config.DEFAULT_TEAM ?? null }
  registerRoutes(app, operations, { live, store, now, routing })
  registerHooks(app, {
    secrets: config,
    sns: { ...sns, topics: listed(config.SNS_TOPIC_ARNS ?? ''), now },
    routeInbound: routeInbound ?? ((inbound) => decide(live.current(), inbound, routing)),
    now,
    mayRoute: async () => false,
    open: true,
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
  return app
}
