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

  const inner = async (method: 'GET' | 'HEAD', url: string, headers: FastifyRequest['headers']) => {
    made ??= open().catch((error) => {
      made = undefined
      throw error
    })
    return (await made).inject({ method, url, headers })
  }
  const send = (reply: FastifyReply, { statusCode, headers, rawPayload }: Awaited<ReturnType<typeof inner>>) => {
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined && !OF_CONNECTION.has(name)) reply.header(name, value)
    return reply.code(statusCode).send(rawPayload)
  }

  // The texts are long, and the same for everyone: each is asked of the inner application once.
  for (const url of ['/openapi.json', '/openapi.yaml']) {
    let text: ReturnType<typeof inner> | undefined
    app.get(url, async (_request, reply) => {
      text ??= inner('GET', url, {}).catch((error) => {
        text = undefined
        throw error
      })
      return send(reply, await text)
    })
  }
  for (const path of ['/docs', '/docs/*'])
    app.get(path, async ({ method, url, headers }, reply) => {
      const answer = await inner(method as 'GET' | 'HEAD', url, headers)
      if (answer.statusCode !== 404) return send(reply, answer)
      reply.callNotFound()
      return reply
    })
}
