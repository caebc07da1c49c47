/** What a browser may do with an answer, whose address is believed, and what an overloaded process does. */
import { connect } from 'node:net'
import fastify from 'fastify'
import { pino } from 'pino'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { registerAccessLog } from '../../src/http/access-log.js'
import { registerOverload } from '../../src/http/overload.js'
import { KEY, useService } from '../support/app.js'

describe('every answer', () => {
  const service = useService()
  it.each(['/v1/services/rds', '/v1/services/nosuch', '/nosuch', '/healthz', '/openapi.json', '/llms.txt'])(
    'of %s lets no page frame it, run it or sniff its type',
    async (path) => {
      const { headers } = await service.get(path)
      expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['strict-transport-security']).toContain('max-age=31536000')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it('that is a page brings its style and no script', async () => {
    for (const format of ['html', 'svg']) {
      const { headers } = await service.get(`/v1/matrix?service=rds&format=${format}`).expect(200)
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
    }
  })

  it('of the documentation keeps the policy that its scripts need', async () => {
    const { headers } = await service.get('/docs/').expect(200)
    expect(headers['content-security-policy']).toContain("script-src 'self'")
  })
})

describe('pages of other origins', () => {
  const closed = useService()
  const some = useService({ CORS_ORIGINS: 'https://a.example, https://b.example' })
  const all = useService({ CORS_ORIGINS: '*' })
  const read = async (service: typeof some, origin: string) =>
    (await service.get('/v1/services/rds').set({ origin })).headers

  it('read nothing unless configured', async () => {
    expect((await read(closed, 'https://a.example'))['access-control-allow-origin']).toBeUndefined()
  })
  it('read where they are named, and an answer says that it depends on who asks', async () => {
    const headers = await read(some, 'https://b.example')
    expect(headers['access-control-allow-origin']).toBe('https://b.example')
    expect(headers.vary).toMatch(/origin/i)
    expect((await read(some, 'https://c.example'))['access-control-allow-origin']).toBeUndefined()
    const matrix = await some.get('/v1/matrix?service=rds').set({ origin: 'https://a.example' })
    expect(matrix.headers.vary).toMatch(/origin, accept, accept-encoding/i)
  })
  it('read everywhere with a star', async () => {
    expect((await read(all, 'https://any.example'))['access-control-allow-origin']).toBe('*')
  })
})

describe('the address of a caller', () => {
  const ask = (service: ReturnType<typeof useService>, forwarded: string) =>
    service.get('/v1/models').set('x-forwarded-for', forwarded)
  const plain = useService({ RATE_LIMIT_MAX: '2' })
  const hop = useService({ RATE_LIMIT_MAX: '1', TRUST_PROXY: '1' })
  const network = useService({ RATE_LIMIT_MAX: '1', TRUST_PROXY: '127.0.0.0/8, ::ffff:127.0.0.0/104' })

  it('is that of the connection where no proxy is trusted: inventing addresses evades no limit', async () => {
    await ask(plain, '192.0.2.1').expect(200)
    await ask(plain, '192.0.2.2').expect(200)
    await ask(plain, '192.0.2.3').expect(429)
  })
  it.each([
    ['a number of proxies', () => hop],
    ['a network of proxies', () => network],
  ])('is what %s says of it, and nothing that the caller put before', async (_what, of) => {
    await ask(of(), '192.0.2.1').expect(200)
    await ask(of(), '192.0.2.2').expect(200)
    await ask(of(), '198.51.100.9, 192.0.2.1').expect(429)
  })
})

describe('an overloaded process', () => {
  /** Each request takes as many milliseconds of an invented clock as its path says. */
  const build = async () => {
    let clock = 0
    let shed = 0
    const app = fastify()
    registerOverload(app, {
      maxDelay: 100,
      exempt: new Set(['/healthz']),
      cheap: ({ url }) => url === '/compiled',
      now: () => clock,
      onShed: () => (shed += 1),
    })
    app.get<{ Params: { ms: string } }>('/takes/:ms', (request, reply) => {
      clock += Number(request.params.ms)
      reply.send('x')
    })
    for (const path of ['/healthz', '/compiled']) app.get(path, (_request, reply) => reply.send('x'))
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as { port: number }
    /** The answers to requests that are read in one turn: they come in one piece. */
    const askAtOnce = (paths: readonly string[]): Promise<string[]> =>
      new Promise((done, fail) => {
        let text = ''
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`).join('')),
        )
        socket.on('error', fail)
        socket.on('data', (chunk) => {
          text += chunk
          const answers = text.split(/(?=HTTP\/1\.1 )/)
          if (answers.length < paths.length || !/\r\n\r\n./.test(answers.at(-1) ?? '')) return
          socket.destroy()
          done(answers)
        })
      })
    const statuses = async (paths: readonly string[]) =>
      (await askAtOnce(paths)).map((answer) => Number(answer.slice(9, 12)))
    return { app, askAtOnce, statuses, shed: () => shed }
  }
  const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

  it('refuses with 503 and Retry-After what has waited too long, keeps its probes and what costs no more, and comes back by itself', async () => {
    const { app, askAtOnce, statuses, shed } = await build()
    // The last of those that are served has 110 ms before it, the longest piece of which is left out.
    expect(await statuses([...times(20, '/takes/10'), '/healthz', '/compiled'])).toEqual([
      ...times(12, 200),
      ...times(8, 503),
      ...times(2, 200),
    ])
    expect(shed()).toBe(8)
    expect((await askAtOnce(times(13, '/takes/10'))).at(-1)).toMatch(
      /^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n[\s\S]*problem\+json/,
    )
    expect(await statuses(['/takes/10'])).toEqual([200])
    await app.close()
  })

  it('takes one long answer for no overload', async () => {
    const { app, statuses } = await build()
    expect(await statuses(['/takes/5000', ...times(8, '/takes/10')])).toEqual(times(9, 200))
    await app.close()
  })
})

describe('the access log', () => {
  const logged = async (headers: Record<string, string>, url = '/x') => {
    const lines: string[] = []
    const app = fastify()
    registerAccessLog(app, pino({ level: 'info' }, { write: (line: string) => lines.push(line) }))
    app.get('/x', async () => 'x')
    await app.ready()
    await supertest(app.server).get(url).set(headers)
    await app.close()
    return lines.join('')
  }
  it('names the trace that a request belongs to', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    expect(await logged({ traceparent })).toContain('"traceId":"0af7651916cd43dd8448eb211c80319c"')
  })
  it.each(['00-0-0-01', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, 'x"}\\n{"level":60'])(
    'writes no trace for %j',
    async (traceparent) => {
      expect(await logged({ traceparent })).not.toContain('traceId')
    },
  )
  it('writes no key and no cookie', async () => {
    const text = await logged({ authorization: 'Bearer secret-key', cookie: 'session=secret-key' })
    expect(text).toContain('"status":200')
    expect(text).not.toContain('secret-key')
  })
  it.each([
    '/x?q=password%3Dhunter2-and-more',
    '/x?password=hunter2-and-more',
    '/x?url=postgres://me:hunter2-and-more@db/x',
    '/x?q=Bearer+hunter2-and-more',
  ])('writes no secret that stands in the query of %s', async (url) => {
    const text = await logged({}, url)
    expect(text).toContain('"url":"/x?')
    expect(text).not.toContain('hunter2')
  })
  it('writes a query without a secret as it was sent', async () =>
    expect(await logged({}, '/x?service=a%20b&layer=os+patching')).toContain('"/x?service=a%20b&layer=os+patching"'))
})

describe('an answer that was compiled before', () => {
  const service = useService()
  const trusting = useService({ TRUST_PROXY: '1', RATE_LIMIT_MAX: '3' })
  const few = useService({ RATE_LIMIT_MAX: '3' })
  const closed = useService({ REQUIRE_AUTH_FOR_READS: 'true' })
  const path = '/v1/services/rds/layers/operating-system'
  const told = async (sent: Record<string, string> = {}, method: 'get' | 'head' = 'get') => {
    const answer = await service.running().request[method](path).set(sent)
    const { date: _date, 'x-request-id': id, 'ratelimit-remaining': left, ...headers } = answer.headers
    return { status: answer.status, text: answer.text, headers, id, left: Number(left) }
  }

  it('says all that the first one said, and counts like it', async () => {
    const first = await told()
    const second = await told()
    expect({ ...second, id: first.id, left: first.left }).toEqual(first)
    expect(second.left).toBe(first.left - 1)
    expect(second.id).not.toBe(first.id)
    expect((await told({ 'x-request-id': 'mine' })).id).toBe('mine')
  })

  it('says it to whoever brings a key, and behind a proxy that speaks for others', async () => {
    const { headers } = await told()
    expect((await told({ authorization: KEY })).headers).toEqual(headers)
    const proxied = trusting.running().request.get(path)
    await trusting.get(path)
    expect((await proxied.set('x-forwarded-for', '192.0.2.7')).headers['content-length']).toBe(
      headers['content-length'],
    )
  })

  it('is counted for its caller, and refused to whoever has none left', async () => {
    const ask = (service: typeof trusting, from: string) => service.get(path).set('x-forwarded-for', from)
    for (const [at, from] of ['192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.2'].entries())
      expect((await ask(trusting, from)).headers['ratelimit-remaining']).toBe(at < 2 ? '2' : '1')
    for (let left = 2; left >= 0; left--)
      expect((await few.get(path)).headers['ratelimit-remaining']).toBe(String(left))
    await few.get(path).expect(429).expect('retry-after', /^\d+$/)
  })

  it('is told in the metrics under its operation', async () => {
    const { text } = await few.get('/metrics')
    expect(text).toContain('http_requests_total{operation="getVerdict",status="200"} 3')
    expect(text).toContain('answer_cache_lookups_total{result="hit"} 2')
  })

  it('is kept from strangers where reads are closed', async () => {
    await closed.get(path).set('authorization', KEY).expect(200)
    await closed.get(path).set('authorization', KEY).expect(200)
    await closed.get(path).expect(401)
  })

  it('is still asked for by HEAD and under conditions', async () => {
    const { headers } = await told()
    const head = await told({}, 'head')
    expect(head.status).toBe(200)
    expect(head.headers).toEqual(headers)
    const known = await told({ 'if-none-match': String(headers.etag) })
    expect(known.status).toBe(304)
    expect(known.text).toBe('')
    expect((await told({ 'if-none-match': '"another"' })).status).toBe(200)
  })
})
