/** The composition: what the service is made of, in the order in which a request meets it. */
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { createAuthenticator } from './access/authenticator.js'
import { createKeyring } from './access/keyring.js'
import { keyIdOf } from './access/keys.js'
import { type Config, listed } from './config.js'
import { createDecisionLog } from './decisions.js'
import { includes } from './domain/access.js'
import type { AskAnswer } from './domain/ask/answer.js'
import type { Store } from './domain/store.js'
import { createHistory } from './history.js'
import { answerSlack, asksForHelp, helpSlack } from './hooks/slack-answer.js'
import { createSnsSignatureCheck, type SnsSignatureCheck } from './hooks/sns.js'
import { createGate, identityOf } from './http/access.js'
import { registerAccessLog } from './http/access-log.js'
import { createAnswerCache } from './http/answers.js'
import { COMPILERS } from './http/compilers.js'
import { registerDrain } from './http/drain.js'
import { registerExpress } from './http/express.js'
import { registerHead } from './http/head.js'
import { registerHealth } from './http/health.js'
import { type RouteInbound, registerHooks } from './http/hooks.js'
import { registerLimits } from './http/limits.js'
import { registerLlms } from './http/llms.js'
import { registerMcp } from './http/mcp.js'
import { createMetrics, registerMetrics } from './http/metrics.js'
import { registerOpenapi } from './http/openapi.js'
import { registerOverload } from './http/overload.js'
import { answerBrokenRequest, describeRefusal, registerProblems, sendError } from './http/problems.js'
import { createRequestId } from './http/request-id.js'
import { registerRoutes } from './http/routes.js'
import { headersOfHelmet, registerCors } from './http/security.js'
import { createSendWhole, sendsWhole } from './http/whole.js'
import { openLiveCatalog } from './live-catalog.js'
import { askQuestion } from './operations/ask.js'
import { receiveEvent } from './operations/hooks.js'
import { operations } from './operations/index.js'
import type { Context } from './operations/operation.js'
import { decide, loadRouter } from './operations/tickets.js'
import { packageVersion } from './paths.js'
import { registerPortal } from './portal/routes.js'
import type { RequestSpans } from './telemetry/request-spans.js'

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
  /** Whether the process is ending: it then still answers, and says that it is not ready. */
  draining?: () => boolean
  /** Traces requests, where that is asked for. */
  tracing?: RequestSpans | null
}

/** Never refused and never counted against a caller: an orchestrator must not lose sight of us because others are loud. */
const EXEMPT = new Set(['/healthz', '/readyz', '/metrics'])

/** The page and what it loads are kept ready: refusing them would cost as much and leave a blank page. */
const isOfThePage = (url: string): boolean => url === '/' || url === '/embed.js' || url.startsWith('/portal/')

/** Whose X-Forwarded-For is believed: so many hops, or addresses and networks; nobody's where it is empty. */
function trustedProxies(setting = ''): boolean | string | ((address: string, hop: number) => boolean) {
  if (!/^\d+$/.test(setting)) return setting === '' ? false : setting
  const hops = Number(setting)
  return (_address, hop) => hop < hops
}

export async function createApp({
  config,
  store,
  log,
  now,
  routeInbound,
  sns = { check: createSnsSignatureCheck(), fetch },
  draining = () => false,
  tracing = null,
}: Parts): Promise<FastifyInstance> {
  const requestId = createRequestId()
  const app: FastifyInstance = fastify({
    bodyLimit: 1024 * 1024,
    // A client that trickles its request in, or opens a connection and says nothing, is let go.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    trustProxy: trustedProxies(config.TRUST_PROXY),
    routerOptions: { maxParamLength: 200 },
    schemaController: COMPILERS,
    genReqId: requestId,
    // A path that cannot be decoded never meets the error handler; it is told the same way.
    frameworkErrors: sendError(log),
    clientErrorHandler: answerBrokenRequest,
  })
  const live = await openLiveCatalog(store, {
    onError: (error) => log.error({ err: error }, 'the catalog was not refreshed'),
  })
  app.addHook('onClose', async () => live.close())
  registerDrain(app)

  const onError = (error: unknown): void => log.error({ err: error }, 'a caller could not be checked')
  const keyring = createKeyring({ keys: store.keys, now, onError })
  app.addHook('onClose', () => keyring.close())
  // What only some need is loaded when it is needed: libraries take memory from the day they are imported.
  const oidc = config.OIDC_ISSUER
    ? (await import('./access/oidc.js')).createOidc({
        issuer: config.OIDC_ISSUER,
        audience: config.OIDC_AUDIENCE ?? '',
        scopeClaim: config.OIDC_SCOPE_CLAIM ?? null,
        scopePrefix: config.OIDC_SCOPE_PREFIX,
        now,
        onError,
      })
    : null
  const authenticator = createAuthenticator(keyring, oidc)
  const gate = createGate(authenticator, { closed: config.REQUIRE_AUTH_FOR_READS === 'true' })

  const history = createHistory(store, live, now)
  const onAnswer = ({ id }: { id: string }, output: unknown): void => {
    if (id !== askQuestion.id) return
    const { intent } = output as AskAnswer
    metrics.askOutcome(intent)
    tracing?.outcome(intent)
  }
  const routing = { threshold: config.ROUTE_THRESHOLD, defaultTeam: config.DEFAULT_TEAM ?? null }

  const decisions = createDecisionLog({
    store,
    now,
    router: { version: packageVersion, ...routing },
    retention: config.DECISION_RETENTION_DAYS,
    onError: (error) => log.error({ err: error }, 'decisions were not stored'),
  })
  // Fastify answers what is under way before it closes; what is left then is nobody's answer.
  app.addHook('onClose', () => decisions.close())
  const record: NonNullable<Context['record']> = (inbound, decision, { actor, may }) => {
    metrics.routeOutcome(decision.outcome)
    tracing?.outcome(decision.outcome)
    return actor !== null && may('route') ? decisions.keep(inbound, decision, actor) : decision
  }

  app.server.headersTimeout = 10_000
  const metrics = createMetrics()
  tracing?.register(app, { exempt: EXEMPT, revision: () => live.current().revision })
  const answers = createAnswerCache()
  const delay = registerOverload(app, {
    maxDelay: config.MAX_EVENT_LOOP_DELAY,
    exempt: EXEMPT,
    cheap: ({ method, url }) =>
      method === 'GET' && (isOfThePage(url) || answers.get(live.current(), url)?.plain !== undefined),
    onShed: metrics.shed,
  })
  const arrive = registerMetrics(app, metrics, { revision: () => live.current().revision, delay })
  const cors = await registerCors(app, config)
  const headOf = registerHead(app, await headersOfHelmet())
  const quotaOf = registerLimits(app, {
    max: config.RATE_LIMIT_MAX,
    now,
    exempt: EXEMPT,
    // What does not hold, or cannot be checked now, is counted as a stranger; the gate says why.
    holderOf: async (header) => {
      const caller = await authenticator.callerOf(header).catch(() => null)
      return caller && (keyIdOf(header.replace(/^bearer +/i, '').trim()) ?? caller.actor)
    },
  })
  const logAnswer = registerAccessLog(app, log, tracing?.idsOf)
  // Whose page may read an answer is said in headers that depend on who asks.
  const sendWhole = !cors && sendsWhole() ? createSendWhole(app.server.keepAliveTimeout) : null
  // A span is made by Fastify's hooks.
  if (sendWhole && !tracing)
    registerExpress(app, {
      find: (url) => answers.get(live.current(), url),
      quotaOf,
      requestId,
      headOf,
      sendWhole,
      onAnswer(request, response, { id, operation }) {
        arrive(request, operation)
        metrics.cache(true)
        logAnswer?.(request, response, id)
      },
      trusting: config.TRUST_PROXY !== undefined,
    })
  registerProblems(app, log)
  registerHealth(app, { store, live, log, draining })
  registerOpenapi(app, [...operations, receiveEvent], { catalog: () => live.current(), gate })
  registerRoutes(app, operations, {
    answers,
    live,
    store,
    history,
    gate,
    now,
    log,
    routing,
    record,
    ...(sendWhole && { whole: { headOf, send: sendWhole } }),
    onLookup: metrics.cache,
    onAnswer,
  })
  registerHooks(app, {
    secrets: config,
    sns: { ...sns, topics: listed(config.SNS_TOPIC_ARNS ?? ''), now },
    routeInbound:
      routeInbound ??
      (async (inbound, trusted) => {
        await loadRouter()
        return record(inbound, decide(live.current(), inbound, routing), {
          actor: `hook:${inbound.ticket.source?.system ?? 'unknown'}`.slice(0, 200),
          may: () => trusted,
        })
      }),
    now,
    mayRoute: async ({ headers }) =>
      includes((await gate.admit(headers.authorization, 'route'))?.scope ?? null, 'route'),
    open: gate.needs('route') === null,
    gate,
    async answerSlack({ command, text }) {
      if (asksForHelp(text)) return helpSlack(command)
      const { ask } = await import('./domain/ask/ask.js')
      return answerSlack(ask(live.current(), text.slice(0, 2000)), command)
    },
  })
  const openMcp = async () => {
    const { createMcp } = await import('./mcp/server.js')
    return createMcp<FastifyRequest>({
      operations,
      async contextFor({ headers }, operation) {
        const caller = await gate.admit(headers.authorization, operation?.access ?? 'read')
        return { catalog: live.current(), store, history, now, routing, record, describeRefusal, ...identityOf(caller) }
      },
      onError: (error) => log.warn({ err: error }, 'an MCP message was not answered'),
    })
  }
  registerLlms(app, operations)
  registerMcp(app, { open: openMcp, config })
  registerPortal(app, live)
  return app
}
