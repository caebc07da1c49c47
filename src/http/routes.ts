/** Makes a route of every operation: validate, run, encode; an answer that was compiled before skips all three. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { z } from 'zod'
import type { LiveCatalog } from '../live-catalog.js'
import type { Operation } from '../operations/operation.js'
import { type Answer, createAnswerCache, matchesEtag } from './answers.js'
import { responsesOf } from './openapi.js'
import { InvalidInput } from './problems.js'

const JSON_TYPE = 'application/json; charset=utf-8'
const REVALIDATE = 'public, max-age=0, must-revalidate'

/** `/v1/services/{service}` as Fastify writes it. */
const fastifyPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

export function registerRoutes(app: FastifyInstance, operations: readonly Operation[], live: LiveCatalog): void {
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
    const known = request.headers['if-none-match']
    if (known !== undefined && matchesEtag(known, answer.etag)) return reply.code(304).send()
    return reply.header('content-type', answer.contentType).header('content-length', answer.length).send(answer.body)
  }

  for (const operation of operations) {
    const route: RouteOptions = {
      method: operation.method,
      url: fastifyPath(operation.path),
      schema: {
        operationId: operation.id,
        summary: operation.summary,
        description: operation.description,
        tags: [operation.tag],
        params: operation.params,
        querystring: operation.query,
        response: responsesOf(operation),
      },
      // After the hooks that may refuse a request (limits, access), before it is validated.
      preValidation(request, reply, next) {
        const answer = answers.get(live.current(), request.raw.url ?? '')
        if (answer) send(request, reply, answer)
        else next()
      },
      handler(request, reply) {
        const catalog = live.current()
        const output = operation.run({ catalog }, { params: request.params, query: request.query })
        return send(request, reply, answers.put(catalog, request.raw.url ?? '', JSON.stringify(output), JSON_TYPE))
      },
    }
    app.route(route)
  }
}
