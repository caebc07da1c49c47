/** The composition: what the service is made of, in the order in which a request meets it. */
import fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { createAuthenticator } from './access/authenticator.js'
import { createKeyring } from './access/keyring.js'
import { createOidc } from './access/oidc.js'
import { type Config, listed } from './config.js'
import { includes } from './domain/access.js'
import type { Store } from './domain/store.js'
import { createHistory } from './history.js'
import { createSnsSignatureCheck, type SnsSignatureCheck } from './hooks/sns.js'
import { createGate } from './http/access.js'
import { registerAccessLog } from './http/access-log.js'
import { registerHealth } from './http/health.js'
import { type RouteInbound, registerHooks } from './http/hooks.js'
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
    trustProxy: config.TRUST_PROXY ?? false,
    routerOptions: { maxParamLength: 200 },
    genReqId: createRequestId(),
    // A path that cannot be decoded never meets the error handler; it is told the same way.
    frameworkErrors: sendError(log),
  })
  const live = await openLiveCatalog(store, {
    onError: (error) => log.error({ err: error }, 'the catalog was not refreshed'),
  })
  app.addHook('onClose', async () => live.close())

  const onError = (error: unknown): void => log.error({ err: error }, 'a caller could not be checked')
  const keyring = createKeyring({ keys: store.keys, now, onError })
  app.addHook('onClose', () => keyring.close())
  const oidc = config.OIDC_ISSUER
    ? createOidc({
        issuer: config.OIDC_ISSUER,
        audience: config.OIDC_AUDIENCE ?? '',
        scopeClaim: config.OIDC_SCOPE_CLAIM ?? null,
        scopePrefix: config.OIDC_SCOPE_PREFIX,
        now,
        onError,
      })
    : null
  const gate = createGate(createAuthenticator(keyring, oidc), { closed: config.REQUIRE_AUTH_FOR_READS === 'true' })

  registerLimits(app, { max: config.RATE_LIMIT_MAX, now, exempt: new Set(['/healthz', '/readyz']) })
  registerAccessLog(app, log)
  registerProblems(app, log)
  registerHealth(app, store, live, log)
  await registerOpenapi(app, [...operations, receiveEvent], { catalog: () => live.current(), gate })
  const routing = { threshold: config.ROUTE_THRESHOLD, defaultTeam: config.DEFAULT_TEAM ?? null }
  registerRoutes(app, operations, { live, store, history: createHistory(store, live, now), gate, now, log, routing })
  registerHooks(app, {
    secrets: config,
    sns: { ...sns, topics: listed(config.SNS_TOPIC_ARNS ?? ''), now },
    routeInbound: routeInbound ?? ((inbound) => decide(live.current(), inbound, routing)),
    now,
    mayRoute: async ({ headers }) =>
      includes((await gate.admit(headers.authorization, 'route'))?.scope ?? null, 'route'),
    open: gate.needs('route') === null,
    gate,
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
  return app
}
