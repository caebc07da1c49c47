/** What `/mcp` refuses before and while it reads a message. */
import { describe, expect, it } from 'vitest'
import { startService, useService } from '../support/app.js'

const ACCEPT = { accept: 'application/json, text/event-stream' }
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
}
const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: META } }
const modern = { ...ACCEPT, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' }

describe('a service on the loopback address', () => {
  const service = useService()
  const send = (body: unknown, headers: Record<string, string> = modern) =>
    service
      .post('/mcp')
      .set(headers)
      .set('content-type', 'application/json')
      .send(body as object)

  it('answers a message with JSON, its limits and its request id', async () => {
    const answer = await send(list)
      .expect(200)
      .expect('content-type', /application\/json/)
    expect(answer.body.result.tools.length).toBeGreaterThan(4)
    expect(answer.headers['x-request-id']).toBeTruthy()
    expect(answer.headers['ratelimit-limit']).toBeTruthy()
  })

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'refuses the host name %s, under which a page could rebind it',
    async (host) => {
      await send(list, { ...modern, host }).expect(403)
    },
  )

  it.each(['http://evil.example', 'null', 'https://localhost.evil.example', 'file://', '::::'])(
    'refuses a page of the origin %s',
    async (origin) => {
      await send(list, { ...modern, origin }).expect(403)
    },
  )

  it('takes a page of this machine', () => send(list, { ...modern, origin: 'http://localhost:5173' }).expect(200))

  it('answers other methods than POST with 405 and says that POST is taken', async () => {
    const { app, stop } = await startService()
    for (const method of ['GET', 'DELETE', 'PUT'] as const) {
      const answer = await app.inject({ method, url: '/mcp' })
      expect(answer.statusCode).toBe(405)
      expect(answer.headers.allow).toBe('POST')
    }
    await stop()
  })

  it('refuses what is no JSON, a batch, and another media type', async () => {
    expect((await send('{"jsonrpc":').expect(400)).body.error.code).toBe(-32_700)
    expect((await send([list, list]).expect(400)).body.error.message).toContain('one message')
    await service.post('/mcp').set(modern).set('content-type', 'text/plain').send('{}').expect(415)
  })

  it('refuses a body over 1 MiB', () =>
    send({ ...list, params: { _meta: META, x: 'x'.repeat(1_100_000) } }).expect(413))

  it('names the versions that it speaks to a client of another', async () => {
    const meta = { ...META, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' }
    const headers = { ...modern, 'mcp-protocol-version': '2099-01-01' }
    const answer = await send({ ...list, params: { _meta: meta } }, headers).expect(400)
    expect(JSON.stringify(answer.body)).toContain('2026-07-28')
  })

  it('opens no stream to a subscriber: nothing changes that it could hear of', async () => {
    const listen = { ...list, method: 'subscriptions/listen', params: { _meta: META, notifications: {} } }
    const answer = await send(listen, { ...modern, 'mcp-method': 'subscriptions/listen' })
    expect(answer.body.error).toBeTruthy()
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a word', '"x"'],
    ['an empty object', {}],
    ['no method', { jsonrpc: '2.0', id: 1 }],
    ['a method that is no string', { ...list, method: { a: 1 } }],
    ['params that are a list', { ...list, params: [1] }],
    ['deep nesting', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['a prototype', '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"__proto__":{"x":1}}}'],
    [
      'arguments that are a list',
      { ...list, method: 'tools/call', params: { _meta: META, name: 'search', arguments: [1] } },
    ],
    ['a tool name of the prototype', { ...list, method: 'tools/call', params: { _meta: META, name: 'constructor' } }],
    [
      'lone surrogates',
      { ...list, method: 'tools/call', params: { _meta: META, name: 'search', arguments: { q: '\ud800' } } },
    ],
  ])('survives %s without a failure of its own', async (_what, body) => {
    for (const headers of [modern, { ...modern, 'mcp-method': 'tools/call', 'mcp-name': 'search' }, ACCEPT]) {
      const answer = await send(body, headers)
      expect(answer.status).toBeLessThan(500)
      expect(JSON.stringify(answer.body) + answer.text).not.toMatch(/node_modules|\/src\/|at \w+ \(/)
    }
  })
})

describe('a service behind a proxy', () => {
  const pages = useService({ HOST: '0.0.0.0', CORS_ORIGINS: 'https://portal.example.com' })
  const named = useService({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'matrix.example.com' })
  const closed = useService({ HOST: '0.0.0.0' })
  const ask = (service: typeof pages, headers: Record<string, string>) =>
    service
      .post('/mcp')
      .set({ ...modern, ...headers })
      .send(list)

  it('takes callers that are no pages, whatever name it goes by', () =>
    ask(closed, { host: 'any.example' }).expect(200))
  it('takes no page where none is configured', () => ask(closed, { origin: 'https://any.example' }).expect(403))
  it('takes the pages of CORS_ORIGINS and no other', async () => {
    await ask(pages, { origin: 'https://portal.example.com' }).expect(200)
    await ask(pages, { origin: 'https://evil.example' }).expect(403)
  })
  it('takes only the names of ALLOWED_HOSTS, and their pages', async () => {
    await ask(named, { host: 'matrix.example.com', origin: 'https://matrix.example.com' }).expect(200)
    await ask(named, { host: 'evil.example' }).expect(403)
    await ask(named, { host: 'localhost' }).expect(403)
  })
})

describe('the limits of the service', () => {
  const service = useService({ RATE_LIMIT_MAX: '2' })
  it('hold for /mcp too', async () => {
    const ask = () => service.post('/mcp').set(modern).send(list)
    await ask().expect(200)
    await ask().expect(200)
    await ask().expect(429).expect('retry-after', /\d+/)
  })
})
