/** `POST /mcp`: guards the door and hands the message to the MCP server. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Config, listed } from '../config.js'

/** The MCP server as web standards have it. */
interface Mcp {
  fetch(request: Request, message: unknown, caller: FastifyRequest): Promise<Response>
  close(): Promise<void>
}

interface Door {
  /** Makes the server, at the first message: its library takes memory that nobody needs who has no assistant. */
  open(): Promise<Mcp>
  config: Pick<Config, 'HOST' | 'CORS_ORIGINS' | 'ALLOWED_HOSTS'>
}

/** A protocol error, for what is refused before the server has read the message (JSON-RPC 2.0, section 5.1). */
const refuse = (reply: FastifyReply, status: number, code: number, message: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }))

/** Whether only this machine can reach an address; a page in its browser still could, by DNS rebinding. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host)

export function registerMcp(app: FastifyInstance, { open, config }: Door): void {
  const unlock = async () => {
    const { localhostAllowedHostnames, validateHostHeader, validateOriginHeader } = await import(
      '@modelcontextprotocol/server'
    )
    const own = [...listed(config.ALLOWED_HOSTS), ...(isLoopback(config.HOST) ? [...localhostAllowedHostnames()] : [])]
    const origins = listed(config.CORS_ORIGINS)
    const pages = [...own, ...origins.flatMap((origin) => (origin === '*' ? [] : [new URL(origin).hostname]))]
    return {
      mcp: await open(),
      takesHost: (host: string | undefined) => own.length === 0 || validateHostHeader(host, own).ok,
      takesOrigin: (origin: string | undefined) => origins.includes('*') || validateOriginHeader(origin, pages).ok,
    }
  }
  let door: ReturnType<typeof unlock> | undefined

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // What does not parse is answered in the caller's protocol, not as a problem.
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, parse(String(body))),
    )
    scope.route({
      method: 'POST',
      url: '/mcp',
      async handler(request, reply) {
        const { host, origin } = request.headers
        door ??= unlock()
        const { mcp, takesHost, takesOrigin } = await door
        if (!takesHost(host)) return refuse(reply, 403, -32_000, 'This host name is not one of ALLOWED_HOSTS.')
        if (!takesOrigin(origin))
          return refuse(reply, 403, -32_000, 'Pages of this origin may not call; CORS_ORIGINS names those that may.')
        const message = request.body
        if (message === undefined) return refuse(reply, 400, -32_700, 'The body is no JSON.')
        if (Array.isArray(message))
          return refuse(reply, 400, -32_600, 'Batches are not taken: send one message in each request.')
        return reply.send(await mcp.fetch(toWebRequest(request), message, request))
      },
    })
  })
  app.addHook('preClose', async () => (await door)?.mcp.close())
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The request without its body, which was read already. */
function toWebRequest({ headers }: FastifyRequest): Request {
  const copied = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  return new Request('http://mcp.invalid/mcp', { method: 'POST', headers: copied })
}
