import { describe, expect, it } from 'vitest'
import { useService } from '../support/app.js'

describe('the forgiving form', () => {
  const service = useService()
  const ask = (query: Record<string, string>) => service.get(`/v1/owner?${new URLSearchParams(query)}`)

  it('equals the exact form, and adds how each part was recognised', async () => {
    const exact = await service.get('/v1/services/rds/layers/operating-system')
    const { body } = await ask({ service: 'AWS::RDS::DBInstance', layer: 'operating system' }).expect(200)
    const { matched, ...verdict } = body
    expect(verdict).toEqual(exact.body)
    expect(matched.service).toEqual({ input: 'AWS::RDS::DBInstance', by: 'cloudformation-type' })
    expect(matched.layer).toMatchObject({ input: 'operating system', by: 'name' })
  })

  it('answers a general question where no service is named', async () => {
    const { body } = await ask({ layer: 'physical' }).expect(200)
    expect(body).toMatchObject({ service: null, owner: 'aws', basis: { scope: 'layer' }, matched: { service: null } })
  })

  it('refuses what could be several services, with the candidates', async () => {
    const { body } = await ask({ service: 'database', layer: 'data' }).expect(422)
    expect(body.candidates.length).toBeGreaterThan(1)
    expect(body.errors[0].pointer).toBe('/query/service')
  })

  it('refuses what is no service, quoting it', async () => {
    const { body } = await ask({ service: 'flux capacitor', layer: 'data' }).expect(404)
    expect(body.detail).toContain('"flux capacitor"')
  })

  it('refuses a variant without its service', () => ask({ layer: 'data', variant: 'rds-custom' }).expect(400))

  it('refuses a question without a layer', async () => {
    const { body } = await ask({ service: 'rds' }).expect(400)
    expect(body.errors[0]).toMatchObject({
      pointer: '/query/layer',
      message: expect.stringContaining('Nothing was sent'),
    })
  })
})

describe('a batch', () => {
  const service = useService()
  const send = (items: unknown[]) => service.post('/v1/owner/batch').send({ items })

  it('answers each item in its order, and lets one fail alone', async () => {
    const { body } = await send([
      { id: 'a', service: 'rds', layer: 'operating-system' },
      { id: 'b', service: 'nosuch-thing', layer: 'data' },
      { layer: 'physical' },
    ]).expect(200)
    expect(body.items.map(({ id, status }: { id?: string; status: number }) => [id, status])).toEqual([
      ['a', 200],
      ['b', 404],
      [undefined, 200],
    ])
    expect(body.items[0].verdict.owner).toBe('aws')
    expect(body.items[1].problem.detail).toContain('"nosuch-thing"')
  })

  it('takes 1000 items and no more, and not none', async () => {
    const item = { service: 'ec2', layer: 'operating-system' }
    const { body } = await send(Array.from({ length: 1000 }, () => item)).expect(200)
    expect(body.items).toHaveLength(1000)
    await send(Array.from({ length: 1001 }, () => item)).expect(400)
    await send([]).expect(400)
  })

  it('is told which field of which item is at fault', async () => {
    const { body } = await send([{ layer: 'data' }, { layer: 7 }]).expect(400)
    expect(body.errors[0].pointer).toBe('/body/items/1/layer')
  })

  it.each(['{', '', 'null', '[]'])('of the body %s is refused as a problem', async (text) => {
    const answer = await service.post('/v1/owner/batch').set('content-type', 'application/json').send(text)
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})

describe('search', () => {
  const service = useService()

  it('ranks across services, layers and knowledge, and marks the words that fit', async () => {
    const { body } = await service.get('/v1/search?q=encrypts%20everything').expect(200)
    const hit = body.items.slice(0, 3).find(({ id }: { id: string }) => id === 'aws-encrypts-everything')
    const { text, marks } = hit.highlight
    expect(
      marks.map(({ start, end }: { start: number; end: number }) => text.slice(start, end).toLowerCase()),
    ).toContain('encrypts')
  })

  it('finds a service by a nickname and through a typo', async () => {
    for (const q of ['dynamo', 'dynamobd']) {
      const { body } = await service.get(`/v1/search?q=${q}`)
      expect(body.items.map(({ id }: { id: string }) => id)).toContain('dynamodb')
    }
  })

  it('leads only to what is served', async () => {
    const { body } = await service.get('/v1/search?q=security&limit=100')
    expect(body.items.length).toBeGreaterThan(10)
    for (const path of new Set<string>(body.items.map((item: { path: string }) => item.path)))
      await service.get(path).expect(200)
  })
})
