import { describe, expect, it } from 'vitest'
import { PROBLEMS } from '../../src/http/problem-kinds.js'
import { Problem } from '../../src/http/problems.js'
import { useService } from '../support/app.js'

describe('a problem', () => {
  const service = useService()

  it.each([
    ['an unknown service', '/v1/services/nosuch', 404, 'unknown'],
    ['an unknown layer', '/v1/services/rds/layers/nosuch', 404, 'unknown'],
    ['an unknown variant', '/v1/services/rds/layers/runtime?variant=nosuch', 404, 'unknown'],
    ['an unknown stage', '/v1/stages/nosuch', 404, 'unknown'],
    ['an unknown path', '/nosuch', 404, 'not-found'],
    ['a model that there is not', '/v1/services?model=xaas', 400, 'invalid-request'],
    ['a limit of nothing', '/v1/services?limit=0', 400, 'invalid-request'],
    ['a limit that is no number', '/v1/services?limit=ten', 400, 'invalid-request'],
    ['a parameter sent twice', '/v1/services?model=iaas&model=paas', 400, 'invalid-request'],
    ['a cursor of no page', '/v1/services?cursor=abc', 400, 'invalid-request'],
    ['a path that cannot be decoded', '/v1/services/%zz', 400, 'invalid-request'],
    ['a name that is too long', `/v1/services/${'a'.repeat(300)}`, 400, 'invalid-request'],
  ])('for %s has the published shape and is not stored', async (_what, path, status, kind) => {
    const answer = await service.get(path).set('x-request-id', 'test-1')
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(Problem.parse(answer.body)).toMatchObject({ type: `/problems/${kind}`, status, requestId: 'test-1' })
  })

  it('quotes what was sent and points at the field', async () => {
    const { body } = await service.get('/v1/services?model=xaas')
    expect(body.errors).toEqual([{ pointer: '/query/model', message: expect.stringContaining('"xaas"') }])
  })

  it.each([100, 5000, 100_000])(
    'tells of a body that is nested %i times, though it cannot be quoted',
    async (depth) => {
      const nested = '['.repeat(depth) + ']'.repeat(depth)
      for (const body of [nested, `{"team":${nested}}`]) {
        const answer = await service.put('/v1/assignments/x').type('json').send(body).expect(400)
        expect(answer.body.type).toBe('/problems/invalid-request')
      }
    },
  )

  it('suggests the service that a misspelt id probably means', async () => {
    const { body } = await service.get('/v1/services/rdss/layers/operating-system')
    expect(body.detail).toContain('"rdss"')
    expect(body.suggestions[0]).toEqual({ id: 'rds', name: 'Amazon RDS' })
  })

  it('lists the variants that there are', async () => {
    const { body } = await service.get('/v1/services/rds/layers/runtime?variant=nosuch')
    expect(body.suggestions.map(({ id }: { id: string }) => id)).toContain('rds-custom')
  })

  it('never tells a stack, whatever the path', async () => {
    for (const path of [
      '/v1/services/__proto__',
      '/v1/services/constructor/layers/toString',
      '/v1/stages/hasOwnProperty',
    ]) {
      const { status, text } = await service.get(path)
      expect([400, 404]).toContain(status)
      expect(text).not.toMatch(/\.[jt]s:\d+|node_modules/)
    }
  })

  it.each(Object.keys(PROBLEMS))('of kind %s has a page that says what it means and how to mend it', async (kind) => {
    const page = await service.get(`/problems/${kind}`).expect(200).expect('content-type', /html/)
    expect(page.text).toContain(PROBLEMS[kind as keyof typeof PROBLEMS].fix)
  })

  it('of a kind that there is not has no page', () => service.get('/problems/toString').expect(404))
})

describe('a method that a path does not answer', () => {
  it('is told which it does', async () => {
    const { startService } = await import('../support/app.js')
    const service = await startService()
    const answer = await service.request.post('/v1/services').send({}).expect(405)
    expect(answer.headers.allow).toBe('GET')
    await service.stop()
  })
})

describe('too many requests', () => {
  const service = useService({ RATE_LIMIT_MAX: '2' })

  it('are refused with the time to wait, the limits and a problem', async () => {
    const first = await service.get('/v1/layers').expect(200)
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' })
    await service.get('/v1/layers').expect(200)
    const third = await service.get('/v1/layers').expect(429)
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
    expect(Problem.parse(third.body).type).toBe('/problems/too-many-requests')
    await service.get('/healthz').expect(200)
  })
})
