/** One span for each request, by the HTTP conventions of OpenTelemetry and with what this service knows of the answer. */
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Attributes,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mask } from '../domain/tickets/mask.js'
import { maskQuery } from '../http/mask-url.js'

/** Methods that conventions know; any other is told as `_OTHER`, so that inventing methods makes no new names. */
const METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE'])

interface Traced {
  span: Span
  /** What the domain decided, such as `routed`; several for a batch. */
  outcomes: Set<string>
  error: Error | null
}

export interface RequestSpans {
  /** Traces every request but those to exempt paths. Call before all other hooks: what they refuse is traced too. */
  register(app: FastifyInstance, parts: { exempt: ReadonlySet<string>; revision: () => number }): void
  /** Notes what the request under way came to in the domain. */
  outcome(what: string): void
  /** The span of a request, as the log names it; null where none is made. */
  idsOf(request: FastifyRequest): { traceId: string; spanId: string } | null
}

export function createRequestSpans(tracer: Tracer): RequestSpans {
  const propagator = new W3CTraceContextPropagator()
  const underWay = new AsyncLocalStorage<Traced>()
  const traces = new WeakMap<FastifyRequest, Traced>()

  const begin = (request: FastifyRequest): Traced => {
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter)
    const attributes = describeRequest(request)
    const route = attributes['http.route']
    const method = METHODS.has(request.method) ? request.method : 'HTTP'
    const span = tracer.startSpan(
      route ? `${method} ${route}` : method,
      { kind: SpanKind.SERVER, attributes },
      // Names no parent where the header is missing or ill-formed; the span then begins a trace of its own.
      parent,
    )
    return { span, outcomes: new Set(), error: null }
  }

  return {
    register(app, { exempt, revision }) {
      app.addHook('onRequest', (request, reply, next) => {
        if (!exempt.has(request.routeOptions.url ?? '')) {
          const traced = begin(request)
          traces.set(request, traced)
          // Comes once, whether the answer was sent or its reader has gone.
          reply.raw.once('close', () => end(traced, reply, revision()))
        }
        next()
      })
      // Entered after the body was read: what comes of a socket does not remember who asked for it.
      app.addHook('preValidation', (request, _reply, next) => {
        const traced = traces.get(request)
        if (traced) underWay.run(traced, next)
        else next()
      })
      app.addHook('onError', (request, _reply, error, next) => {
        const traced = traces.get(request)
        if (traced) traced.error = error
        next()
      })
    },
    outcome: (what) => void underWay.getStore()?.outcomes.add(what),
    idsOf(request) {
      const context = traces.get(request)?.span.spanContext()
      return context ? { traceId: context.traceId, spanId: context.spanId } : null
    },
  }
}

function describeRequest(request: FastifyRequest): Attributes {
  const { method, url, routeOptions, protocol, hostname, port, ip, headers, raw } = request
  const known = METHODS.has(method)
  const [path = '/', query] = splitOnce(url)
  const operation = (routeOptions.schema as { operationId?: string } | undefined)?.operationId
  return {
    'http.request.method': known ? method : '_OTHER',
    ...(known ? {} : { 'http.request.method_original': method }),
    // As the document writes it: /v1/services/{service}.
    ...(routeOptions.url ? { 'http.route': routeOptions.url.replaceAll(/:(\w+)/g, '{$1}') } : {}),
    'url.scheme': protocol,
    'url.path': path,
    ...(query === undefined ? {} : { 'url.query': maskQuery(query) }),
    'server.address': hostname,
    ...(port ? { 'server.port': port } : {}),
    'client.address': ip,
    'network.protocol.version': raw.httpVersion,
    ...(headers['user-agent'] ? { 'user_agent.original': headers['user-agent'] } : {}),
    ...(operation ? { 'responsibility.operation.id': operation } : {}),
  }
}

function splitOnce(url: string): [string, string?] {
  const at = url.indexOf('?')
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)]
}

function end({ span, outcomes, error }: Traced, { raw, statusCode }: FastifyReply, revision: number): void {
  const gone = !raw.writableFinished
  const failed = !gone && statusCode >= 500
  const general = gone ? 'abandoned' : failed ? 'failed' : statusCode >= 400 ? 'refused' : 'answered'
  if (!gone) span.setAttribute('http.response.status_code', statusCode)
  span.setAttribute('responsibility.revision', revision)
  span.setAttribute(
    'responsibility.outcome',
    general === 'answered' && outcomes.size > 0 ? [...outcomes].join(',') : general,
  )
  if (failed) {
    // A refusal is an answer; only what the service could not do is an error of its own (HTTP conventions, servers).
    span.setAttribute('error.type', error?.name ?? String(statusCode))
    const message = mask(error?.message ?? '')
    if (error) span.recordException({ name: error.name, message, ...(error.stack && { stack: mask(error.stack) }) })
    span.setStatus({ code: SpanStatusCode.ERROR, ...(message && { message }) })
  }
  span.end()
}
