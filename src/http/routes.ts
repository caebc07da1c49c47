/** Makes a route of every operation: validate, run, encode; an answer that was compiled before skips all three. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Store } from '../domain/store.js'
import type { LiveCatalog } from '../live-catalog.js'
import type { Operation } from '../operations/operation.js'
import { type Answer, createAnswerCache, matchesEtag } from './answers.js'
import { chooseFormat } from './negotiation.js'
import { responsesOf } from './openapi.js'
import { describeRefusal, InvalidInput } from './problems.js'
import { STYLED_CSP } from './security.js'

const JSON_TYPE = 'application/json; charset=utf-8'
const REVALIDATE = 'public, max-age=0, must-revalidate'

/** `/v1/services/{service}` as Fastify writes it. */
const fastifyPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

interface Parts {
  live: LiveCatalog
  store: Store
  now: () => number
  /** Told of every look-up among the answers compiled before. */
  onLookup?: (hit: boolean) => void
}

export function registerRoutes(
  app: FastifyInstance,
  operations: readonly Operation[],
  { live, store, now, onLookup }: Parts,
): void {
  const answers = createAnswerCache()

  // The schemas of a route are zod's own; they answer with output values (defaults, coercions) or throw.
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (sent) => {
    const parsed = schema.safeParse(sent)
    if (parsed.success) return { value: parsed.data }
    const part = httpPart === 'querystring' ? 'query' : httpPart === 'params' ? 'params' : 'body'
    return { error: new InvalidInput(part, parsed.error.issues, sent) }
  })
  // What an operation returns is checked against its schema by its type and by the tests, not once more per request.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
    reply.header('etag', answer.etag).header('cache-control', REVALIDATE)
    if (answer.varies)
      reply.header('vary', [reply.getHeader('vary') ?? [], 'accept, accept-encoding'].flat().join(', '))
    // A page or a picture brings its style with it.
    if (/^(?:text\/html|image\/svg)/.test(answer.contentType)) reply.header('content-security-policy', STYLED_CSP)
    const known = request.headers['if-none-match']
    if (known !== undefined && matchesEtag(known, answer.etag)) return reply.code(304).send()
    reply.header('content-type', answer.contentType)
    if (answer.disposition) reply.header('content-disposition', answer.disposition)
    const zipped = answer.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? answer.gzip() : null
    if (zipped) return reply.header('content-encoding', 'gzip').header('content-length', zipped.length).send(zipped)
    return reply.header('content-length', answer.length).send(answer.body)
  }

  for (const operation of operations) {
    const { formats } = operation
    const keyOf = (request: FastifyRequest): string => {
      const url = request.raw.url ?? ''
      return formats ? `${chooseFormat(formats, request)} ${url}` : url
    }
    app.route({
      method: operation.method,
      url: fastifyPath(operation.path),
      schema: {
        operationId: operation.id,
        summary: operation.summary,
        description: operation.description,
        tags: [operation.tag],
        params: operation.params,
        querystring: operation.query,
        ...(operation.body ? { body: operation.body } : {}),
        response: responsesOf(operation),
      },
      // After the hooks that may refuse a request (limits, access), before it is validated.
      preValidation(request, reply, next) {
        const answer = operation.method === 'GET' ? answers.get(live.current(), keyOf(request)) : undefined
        onLookup?.(answer !== undefined)
        if (answer) send(request, reply, answer)
        else next()
      },
      async handler(request, reply) {
        const catalog = live.current()
        const { params, query, body } = request
        const output = await operation.run(
          { catalog, describeRefusal, store, actor: null, now },
          { params, query, body },
        )
        const json = operation.encode ?? JSON.stringify
        if (operation.method !== 'GET')
          return reply.type(JSON_TYPE).header('cache-control', 'no-store').send(json(output))
        const name = formats ? chooseFormat(formats, request) : 'json'
        const format = formats?.[name]
        const text = format ? await format.render(output) : json(output)
        const file =
          format && `attachment; filename="${operation.id.replace(/^get/, '').toLowerCase()}.${format.extension}"`
        const compiled = answers.put(catalog, keyOf(request), text, {
          contentType: format?.contentType ?? JSON_TYPE,
          varies: formats !== undefined,
          // A page or a picture is looked at; the rest is saved.
          ...(file && name !== 'html' && name !== 'svg' && name !== 'markdown' ? { disposition: file } : {}),
        })
        return send(request, reply, compiled)
      },
    })
  }
}
