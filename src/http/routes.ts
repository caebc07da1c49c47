/** Makes a route of every operation: validate, run, encode; an answer that was compiled before skips all three. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { History } from '../domain/history.js'
import type { Store } from '../domain/store.js'
import type { LiveCatalog } from '../live-catalog.js'
import { asOfIn, type Context, type Operation, type RoutingSettings } from '../operations/operation.js'
import { versionOf } from '../operations/write.js'
import { type Gate, guard, identityOf } from './access.js'
import { type Answer, type AnswerCache, compileAnswer, matchesEtag, REVALIDATE, zippedEtag } from './answers.js'
import { fastifyPath } from './compilers.js'
import type { HeadOf } from './head.js'
import { chooseFormat } from './negotiation.js'
import { describeRefusal } from './problems.js'
import { createRecurring } from './recurring.js'
import { STYLED_CSP } from './security.js'
import { mayLeaveWhole, type SendWhole } from './whole.js'
import { answerWrite } from './write.js'

const DAY_MS = 24 * 60 * 60 * 1000
const JSON_TYPE = 'application/json; charset=utf-8'

interface Parts {
  answers: AnswerCache
  live: LiveCatalog
  store: Store
  history: History
  gate: Gate
  now: () => number
  log: Logger
  routing?: RoutingSettings
  record?: Context['record']
  /** The headers of every answer and how one leaves whole; none leaves so where it is not given. */
  whole?: { headOf: HeadOf; send: SendWhole }
  /** Told of every look-up among the answers compiled before. */
  onLookup?: (hit: boolean) => void
  /** Told what an operation answered that keeps no answers. */
  onAnswer?: (operation: Operation, output: unknown) => void
}

const leavesWhole = ({ method, headers, raw }: FastifyRequest, reply: FastifyReply): boolean =>
  method === 'GET' && headers['if-none-match'] === undefined && mayLeaveWhole(raw, reply.raw)

export function registerRoutes(
  app: FastifyInstance,
  operations: readonly Operation[],
  { answers, live, store, history, gate, now, log, routing, record, whole, onLookup, onAnswer }: Parts,
): void {
  app.decorateRequest('caller', null)
  // What only some may read, nobody on the way may keep for others.
  const caching = `${gate.needs('read') === null ? 'public' : 'private'}, ${REVALIDATE}`

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
    const zips = answer.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    reply.header('etag', zips ? zippedEtag(answer.etag) : answer.etag).header('cache-control', caching)
    const varies = answer.varies ? 'accept, accept-encoding' : answer.gzip ? 'accept-encoding' : null
    if (varies) reply.header('vary', [reply.getHeader('vary') ?? [], varies].flat().join(', '))
    // A page or a picture brings its style with it.
    if (/^(?:text\/html|image\/svg)/.test(answer.contentType)) reply.header('content-security-policy', STYLED_CSP)
    const known = request.headers['if-none-match']
    if (known !== undefined && matchesEtag(known, answer.etag)) return reply.code(304).send()
    reply.header('content-type', answer.contentType)
    if (answer.disposition) reply.header('content-disposition', answer.disposition)
    const zipped = zips ? answer.gzip?.() : null
    if (zipped) return reply.header('content-encoding', 'gzip').header('content-length', zipped.length).send(zipped)
    return reply.header('content-length', answer.length).send(answer.body)
  }

  for (const operation of operations) {
    const { formats, access } = operation
    const onRequest = guard(gate, access)
    const kept = operation.method === 'GET' && !operation.volatile
    const recurring = operation.recurring ? createRecurring() : null
    const writes = operation.method !== 'GET' && access !== 'read'
    const keyOf = (request: FastifyRequest): string => {
      const path = request.raw.url ?? ''
      const url = operation.dated ? `${path} ${Math.floor(now() / DAY_MS)}` : path
      return formats ? `${chooseFormat(formats, request)} ${url}` : url
    }
    app.route({
      method: operation.method,
      url: fastifyPath(operation.path),
      schema: {
        operationId: operation.id,
        params: operation.params,
        querystring: operation.query,
        ...(operation.body ? { body: operation.body } : {}),
      },
      ...(onRequest ? { onRequest } : {}),
      ...(operation.bodyLimit === undefined ? {} : { bodyLimit: operation.bodyLimit }),
      // After the hooks that may refuse a request (limits, access), before it is validated.
      preValidation(request, reply, next) {
        // What is asked of the query is still refused by its name.
        const again = request.raw.url === operation.path ? recurring?.get(live.current(), request.body) : undefined
        if (again) {
          onLookup?.(true)
          onAnswer?.(operation, again.output)
          return void reply.type(JSON_TYPE).header('cache-control', 'no-store').send(again.text)
        }
        const answer = kept ? answers.get(live.current(), keyOf(request)) : undefined
        if (kept) onLookup?.(answer !== undefined)
        if (!answer) next()
        else if (whole && answer.plain && leavesWhole(request, reply)) {
          reply.hijack()
          whole.send(reply.raw, answer.plain, whole.headOf(request))
        } else send(request, reply, answer)
      },
      async handler(request, reply) {
        const { params, body, caller } = request
        // Resolved here rather than by the operation, for the ETag: it names the revision of the answer.
        const asOf = operation.history && asOfIn(request.query)
        const query = asOf === undefined ? request.query : { ...(request.query as object), asOf: undefined }
        const catalog = asOf === undefined ? live.current() : await history.at(asOf)
        const context = {
          catalog,
          describeRefusal,
          store,
          history,
          now,
          ...identityOf(caller),
          ...(routing && { routing }),
          ...(record && { record }),
        }
        if (writes) return answerWrite(operation, request, reply, context, { live, log })
        const output = await operation.run(context, { params, query, body })
        if (!kept) onAnswer?.(operation, output)
        const json = operation.encode ?? JSON.stringify
        if (recurring) {
          onLookup?.(false)
          const text = Buffer.from(json(output))
          recurring.put(catalog, body, { output, text })
          return reply.type(JSON_TYPE).header('cache-control', 'no-store').send(text)
        }
        if (!kept) return reply.type(JSON_TYPE).header('cache-control', 'no-store').send(json(output))
        const resource = operation.resource?.(catalog, { params, query })
        const name = formats ? chooseFormat(formats, request) : 'json'
        const format = formats?.[name]
        const text = format ? await format.render(output) : String(json(output))
        const file =
          format && `attachment; filename="${operation.id.replace(/^get/, '').toLowerCase()}.${format.extension}"`
        const head = {
          contentType: format?.contentType ?? JSON_TYPE,
          varies: formats !== undefined,
          ...(access === 'read' && gate.needs(access) === null ? { open: operation.id } : {}),
          ...(resource ? { version: versionOf(resource) } : {}),
          // A page or a picture is looked at; the rest is saved.
          ...(file && name !== 'html' && name !== 'svg' && name !== 'markdown' ? { disposition: file } : {}),
        }
        // The past is not kept: it would crowd out what everybody asks.
        const past = catalog !== live.current()
        return send(
          request,
          reply,
          past ? compileAnswer(catalog, text, head) : answers.put(catalog, keyOf(request), text, head),
        )
      },
    })
  }
}
