/** The composition: what the service is made of, in the order in which a request meets it. */
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config.js'
import type { Store } from './domain/store.js'
import { registerAccessLog } from './http/access-log.js'
import { registerDrain } from './http/drain.js'
import { registerHealth } from './http/health.js'
import { registerLimits } from './http/limits.js'
import { registerLlms } from './http/llms.js'
import { registerMcp } from './http/mcp.js'
import { createMetrics, registerMetrics } from './http/metrics.js'
import { registerOpenapi } from './http/openapi.js'
import { registerOverload } from './http/overload.js'
import { describeRefusal, registerProblems, sendError } from './http/problems.js'
import { createRequestId } from './http/request-id.js'
import { registerRoutes } from './http/routes.js'
import { registerSecurity } from './http/security.js'
import { openLiveCatalog } from './live-catalog.js'
import { createMcp } from './mcp/server.js'
import { operations } from './operations/index.js'

interface Parts {
  config: Config
  store: Store
  log: Logger
  /** Milliseconds since the epoch. */
  now: () => number
  /** Whether the process is ending: it then still answers, and says that it is not ready. */
  draining?: () => boolean
}

/** Never refused and never counted against a caller: an orchestrator must not lose sight of us because others are loud. */
const EXEMPT = new Set(['/healthz', '/readyz', '/metrics'])

/** Whose X-Forwarded-For is believed: so many hops, or addresses and networks; nobody's where it is empty. */
function trustedProxies(setting: string): boolean | string | ((address: string, hop: number) => boolean) {
  if (!/^\d+$/.test(setting)) return setting === '' ? false : setting
  const hops = Number(setting)
  return (_address, hop) => hop < hops
}

export async function createApp({ config, store, log, now, draining = () => false }: Parts): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    bodyLimit: 1024 * 1024,
    // A client that trickles its request in, or opens a connection and says nothing, is let go.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    trustProxy: trustedProxies(config.TRUST_PROXY),
    routerOptions: { maxParamLength: 200 },
    genReqId: createRequestId(),
    // A path that cannot be decoded never meets the error handler; it is told the same way.
    frameworkErrors: sendError(log),
  })
  const live = await openLiveCatalog(store, {
    onError: (error) => log.error({ err: error }, 'the catalog was not refreshed'),
  })
  app.addHook('onClose', async () => live.close())
  registerDrain(app)

  app.server.headersTimeout = 10_000
  const metrics = createMetrics()
  const delay = registerOverload(app, { maxDelay: config.MAX_EVENT_LOOP_DELAY, exempt: EXEMPT, onShed: metrics.shed })
  registerMetrics(app, metrics, { revision: () => live.current().revision, delay })
  await registerSecurity(app, config)
  registerLimits(app, { max: config.RATE_LIMIT_MAX, now, exempt: EXEMPT })
  registerAccessLog(app, log)
  registerProblems(app, log)
  registerHealth(app, { store, live, log, draining })
  await registerOpenapi(app, operations, () => live.current())
  registerRoutes(app, operations, { live, store, now, onLookup: metrics.cache })
  const mcp = createMcp<FastifyRequest>({
    operations,
    contextFor: () => ({ catalog: live.current(), store, now, describeRefusal, actor: null }),
    onError: (error) => log.warn({ err: error }, 'an MCP message was not answered'),
  })
  registerLlms(app, operations)
  registerMcp(app, { mcp, config })
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
  return app
}
