/** `/openapi.json`, `/openapi.yaml` and `/docs`: served by an application of their own, made when it is first asked. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalog } from '../domain/catalog.js'
import type { Operation } from '../operations/operation.js'
import type { Gate } from './access.js'

/** Said by the connection that the answer leaves on. */
const OF_CONNECTION = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])

interface Parts {
  catalog: () => Catalog
  gate: Gate
}

/** The libraries that make the document and its pages take 5 MiB, which nobody needs who only asks for verdicts. */
export function registerOpenapi(
  app: FastifyInstance,
  operations: readonly Operation[],
  { catalog, gate }: Parts,
): void {
  const open = async (): Promise<FastifyInstance> => {
    const { createDocumentation } = await import('./documentation.js')
    return createDocumentation(operations, { catalog: catalog(), gate })
  }
  let made: Promise<FastifyInstance> | undefined
  app.addHook('onClose', async () => (await made)?.close())

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    made ??= open().catch((error) => {
      made = undefined
      throw error
    })
    const { url, headers } = request
    const inner = await (await made).inject({ method: request.method as 'GET' | 'HEAD', url, headers })
    if (inner.statusCode === 404) {
      reply.callNotFound()
      return reply
    }
    for (const [name, value] of Object.entries(inner.headers))
      if (value !== undefined && !OF_CONNECTION.has(name)) reply.header(name, value)
    return reply.code(inner.statusCode).send(inner.rawPayload)
  }
  for (const url of ['/openapi.json', '/openapi.yaml', '/docs', '/docs/*']) app.get(url, answer)
}
