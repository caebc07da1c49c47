/** One line for each answer, where the log level asks for it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { maskUrl } from './mask-url.js'

/**
 * Fastify's own request logger hangs two listeners on every response, which takes a quarter off the rate of the hot
 * path even when nothing is logged. This hook is only there when its lines are wanted; null where they are not. Where
 * requests are traced, `idsOf` names the span of one.
 */
export function registerAccessLog(
  app: FastifyInstance,
  log: Logger,
  idsOf?: (request: FastifyRequest) => { traceId: string; spanId: string } | null,
): LogAnswer | null {
  if (!log.isLevelEnabled('info')) return null
  const answered = (
    { method, url = '', headers }: IncomingMessage,
    id: string,
    status: number,
    ms: number,
    ids?: { traceId: string; spanId: string } | null,
  ): void =>
    log.info(
      {
        requestId: id,
        ...traceOf(headers.traceparent),
        ...ids,
        method,
        url: maskUrl(url),
        status,
        ms: Math.round(ms * 1000) / 1000,
      },
      'answered',
    )
  app.addHook('onResponse', (request, reply, next) => {
    answered(request.raw, request.id, reply.statusCode, reply.elapsedTime, idsOf?.(request))
    next()
  })
  return (request, response, id) => {
    const at = performance.now()
    response.once('finish', () => answered(request, id, response.statusCode, performance.now() - at))
  }
}

/** Writes the line of a request that no hook sees, once it is answered. */
type LogAnswer = (request: IncomingMessage, response: ServerResponse, id: string) => void

/** Version, trace, caller's span and flags, all in small hexadecimals (W3C Trace Context, section 3.2). */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(?:-|$)/

/** The trace that a request belongs to; nothing where it names none, or one that is not well formed. */
function traceOf(header: unknown): { traceId?: string; parentSpanId?: string } {
  const [, traceId, parentSpanId] = typeof header === 'string' ? (TRACEPARENT.exec(header) ?? []) : []
  if (!traceId || !parentSpanId || /^0+$/.test(traceId) || /^0+$/.test(parentSpanId)) return {}
  return { traceId, parentSpanId }
}
