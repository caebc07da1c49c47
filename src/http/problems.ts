/** Every way a request can fail, as RFC 9457 problems: one translation from errors to the kinds that there are. */
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Fault } from '../domain/integrity.js'
import { Id, Label } from '../domain/model.js'
import { Refusal } from '../domain/refusal.js'
import { TooLarge, Unavailable } from '../domain/store.js'
import type { RefusalNote } from '../operations/operation.js'
import { KIND_OF_REFUSAL, type Kind, PROBLEMS, type ProblemKind } from './problem-kinds.js'

const Named = z.array(z.strictObject({ id: Id, name: Label })).max(50)

export const Problem = z
  .strictObject({
    type: z.string().max(100).describe('A path that serves what this kind of problem means and how to mend it.'),
    title: Label,
    status: z.int().min(400).max(599),
    detail: z.string().max(4000),
    instance: z.string().max(4000).describe('The path that was asked for.'),
    requestId: z.string().max(128),
    errors: z
      .array(z.strictObject({ pointer: z.string().max(300), message: z.string().max(2000) }))
      .max(100)
      .optional(),
    suggestions: Named.optional(),
    candidates: Named.optional().describe('What could be meant.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

type Extras = Pick<Problem, 'errors' | 'suggestions' | 'candidates'>

/** A refusal as it is told to a caller, whole or as an item of an answer. */
export function describeRefusal({ kind, message, details }: Refusal): RefusalNote {
  const type = kind === 'alias' ? 'unknown' : KIND_OF_REFUSAL[kind]
  const { status, title } = PROBLEMS[type]
  return {
    type: `/problems/${type}`,
    title,
    status,
    detail: message,
    ...(details.suggestions ? { suggestions: [...details.suggestions] } : {}),
    ...(details.candidates ? { candidates: [...details.candidates] } : {}),
  }
}

/** What HTTP asks of an answer of this kind, where whoever refuses knows nothing better. */
const DEFAULT_HEADERS: Partial<Record<ProblemKind, Record<string, string>>> = {
  unauthorized: { 'www-authenticate': 'Bearer' },
  unavailable: { 'retry-after': '1' },
}

/** Sends a problem. Errors are not to be stored: what was wrong a second ago may be right now. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: ProblemKind,
  detail: string,
  extras: Extras = {},
): FastifyReply {
  const { status, title } = PROBLEMS[kind]
  for (const [name, value] of Object.entries(DEFAULT_HEADERS[kind] ?? {}))
    if (!reply.hasHeader(name)) reply.header(name, value)
  const body = {
    type: `/problems/${kind}`,
    title,
    status,
    // Fastify's own messages quote the whole address.
    detail: clip(detail, 4000),
    instance: clip(request.url, 2000),
    requestId: request.id,
    ...extras,
  }
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body))
}

const clip = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** Thrown by the validators: which part of the request is at fault, and every fault in it. */
export class InvalidInput extends Error {
  constructor(
    readonly part: 'params' | 'query' | 'body' | 'arguments',
    readonly issues: readonly z.core.$ZodIssue[],
    readonly sent: unknown,
  ) {
    super(`The ${part} of the request is not valid.`)
    this.name = 'InvalidInput'
  }
}

/** A fault of the input in words: where, what was sent, what is taken. */
export function explain({ part, issues, sent }: InvalidInput): NonNullable<Problem['errors']> {
  return issues.slice(0, 50).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.slice(0, 20).map((key) => ({
        pointer: `/${part}/${pointer([...issue.path, clip(key, 80)])}`,
        message: `There is no ${part === 'query' ? 'query parameter' : 'field'} "${clip(key, 80)}". Leave it out.`,
      }))
    const value = issue.path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
      sent,
    )
    const quoted = value === undefined ? 'Nothing was sent' : `You sent ${quote(value)}`
    return [{ pointer: `/${part}/${pointer(issue.path)}`, message: `${issue.message}. ${quoted}.` }]
  })
}

/** The beginning of a value; JSON that is nested some thousand times can be read and not be written. */
function quote(value: unknown): string {
  try {
    return clip(JSON.stringify(value) ?? 'null', 120)
  } catch {
    return 'something that is nested too deep to be quoted'
  }
}

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')

/** Where a field of the input (`service`, `context/service`) stands in the request: in the path, else in the query or the body. */
function pointerTo(field: string, { params, body }: FastifyRequest): string {
  const [first = field] = field.split('/')
  const within = (part: unknown): boolean => typeof part === 'object' && part !== null && Object.hasOwn(part, first)
  return `/${within(params) ? 'params' : within(body) ? 'body' : 'query'}/${field}`
}

/** Where a record at fault stands in the body: at its place in a data set, else as the body itself. */
function pointerToRecord({ kind, id, field }: Fault, { body }: FastifyRequest): string {
  const list: unknown = (body as Record<string, unknown> | undefined)?.[kind]
  if (!Array.isArray(list)) return `/body/${field}`
  const index = list.findIndex((record: { id?: unknown }) => record.id === id)
  return index < 0 ? `/body/${kind}` : `/body/${kind}/${index}/${field}`
}

const FASTIFY_ERRORS: Record<string, ProblemKind> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
}

/** Translates whatever was thrown. What is not foreseen is logged whole and told the caller only by its request id. */
export const sendError =
  (log: Logger) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof Refusal) {
      if (error.kind === 'alias') return redirectToId(error, request, reply)
      const { field, faults } = error.details
      const { suggestions, candidates } = describeRefusal(error)
      const errors = faults
        ? { errors: faults.map((fault) => ({ pointer: pointerToRecord(fault, request), message: fault.message })) }
        : field === undefined
          ? {}
          : { errors: [{ pointer: pointerTo(field, request), message: error.message }] }
      if (error.kind === 'lost-race' || error.kind === 'in-progress') reply.header('retry-after', '1')
      return sendProblem(request, reply, KIND_OF_REFUSAL[error.kind], error.message, {
        ...errors,
        ...(suggestions ? { suggestions } : {}),
        ...(candidates ? { candidates } : {}),
      })
    }
    if (error instanceof InvalidInput) {
      const errors = explain(error)
      return sendProblem(
        request,
        reply,
        'invalid-request',
        errors
          .map(({ message }) => message)
          .join(' ')
          .slice(0, 2000),
        { errors },
      )
    }
    if (error instanceof Unavailable) {
      log.error({ err: error, requestId: request.id }, 'the database cannot do it now')
      return sendProblem(request, reply.header('retry-after', '1'), 'unavailable', error.message)
    }
    if (error instanceof TooLarge) return sendProblem(request, reply, 'payload-too-large', error.message)
    const known = FASTIFY_ERRORS[error.code]
    if (known) return sendProblem(request, reply, known, error.message)
    if (error.statusCode === 429) return sendProblem(request, reply, 'too-many-requests', error.message)
    if (error.statusCode === 503) return sendProblem(request, reply, 'unavailable', error.message)
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
      return sendProblem(request, reply, 'invalid-request', error.message)
    log.error({ err: error, requestId: request.id }, 'unforeseen error')
    return sendProblem(request, reply, 'internal', PROBLEMS.internal.meaning)
  }

const BROKEN: Record<string, ProblemKind> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
}

/** Tells of what could not be read as a request at all. There is then no request and no reply, only the socket. */
export function answerBrokenRequest({ code }: { code?: string }, socket: Socket): void {
  // Somebody who has gone, or who was half answered, is told nothing.
  if (code === 'ECONNRESET' || socket.destroyed || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  const kind = BROKEN[code ?? ''] ?? 'invalid-request'
  const { status, title, meaning } = PROBLEMS[kind]
  const detail = kind === 'invalid-request' ? 'This cannot be read as a request of HTTP.' : meaning
  const requestId = randomUUID()
  const body = JSON.stringify({ type: `/problems/${kind}`, title, status, detail, instance: '', requestId })
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

/** 308 to the same path with the id in the place of the alias; the query stays. */
function redirectToId({ details }: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { field = '', id = '' } = details
  const template = request.routeOptions.url ?? ''
  const params = request.params as Record<string, string>
  const path = template.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(name === field ? id : (params[name] ?? '')),
  )
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''
  return reply
    .code(308)
    .header('location', path + query)
    .header('cache-control', 'no-store')
    .send()
}

/** Installs the translation, the answer to unknown paths, and the page of each kind of problem. */
export function registerProblems(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler<FastifyError>(sendError(log))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const allowed = (['GET', 'POST', 'PUT', 'DELETE'] as const).filter(
      (method) => app.findRoute({ method, url: path }) !== null,
    )
    if (allowed.length > 0 && !allowed.some((method) => method === request.method))
      return sendProblem(
        request,
        reply.header('allow', allowed.join(', ')),
        'method-not-allowed',
        `${request.method} is not answered here; ${allowed.join(', ')} is.`,
      )
    return sendProblem(
      request,
      reply,
      'not-found',
      `Nothing is served under "${clip(path, 200)}". See /docs for what is.`,
    )
  })
  app.get<{ Params: { kind: string } }>('/problems/:kind', (request, reply) => {
    const kind = Object.hasOwn(PROBLEMS, request.params.kind) ? (request.params.kind as ProblemKind) : null
    if (!kind)
      return sendProblem(
        request,
        reply,
        'not-found',
        `There is no kind of problem "${clip(request.params.kind, 80)}". There are: ${Object.keys(PROBLEMS).join(', ')}.`,
      )
    return reply.type('text/html; charset=utf-8').send(pageOf(PROBLEMS[kind]))
  })
}

const pageOf = ({ status, title, meaning, fix }: Kind): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body>
<main>
<h1>${title}</h1>
<p>Status ${status} ${STATUS_CODES[status] ?? ''}</p>
<h2>What it means</h2><p>${meaning}</p>
<h2>How to mend it</h2><p>${fix}</p>
<p><a href="/docs">The documentation</a></p>
</main>
</body>
</html>
`
