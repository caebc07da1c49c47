import { describe, expect, it } from 'vitest'
import { useService } from '../support/app.js'
import { seeded } from '../support/catalog.js'

const ids = (body: { items: { id: string }[] }): string[] => body.items.map(({ id }) => id)

describe('services', () => {
  const service = useService()

  it('with facts of their own come first, each part in the order of ids, page by page, none twice and none left out', async () => {
    const whole = await service.get('/v1/services?limit=200')
    const seen: string[] = []
    let cursor: string | null = ''
    let page: { body: { items: { id: string }[]; nextCursor: string | null } }
    while (cursor !== null) {
      page = await service.get(`/v1/services?limit=7${cursor && `&cursor=${cursor}`}`).expect(200)
      seen.push(...ids(page.body))
      cursor = page.body.nextCursor
    }
    const parts = [true, false].map((own) =>
      seeded.services.filter((one) => (one.partOf === null && seeded.hasFacts(one)) === own),
    )
    expect(seen).toEqual(parts.flat().map(({ id }) => id))
    expect(new Set(seen).size).toBe(whole.body.total)
  })

  it('filter by model, category and text together', async () => {
    const { body } = await service.get('/v1/services?model=paas&category=database&q=postgres')
    expect(ids(body)).toContain('rds')
    for (const item of body.items) expect(item).toMatchObject({ model: 'paas', category: 'database' })
  })

  it('tell one with aliases, identifiers, variants, pitfalls and the count of owners', async () => {
    const { body } = await service.get('/v1/services/rds').expect(200)
    expect(body.aliases).toContain('relational database service')
    expect(body.identifiers.asffResourceTypes).toContain('AwsRdsDbInstance')
    expect(body.pitfalls.length).toBeGreaterThan(0)
    const { owners } = body
    expect(owners.aws + owners.customer + owners.shared + owners['not-applicable']).toBe(21)
    const custom = body.variants.find(({ id }: { id: string }) => id === 'rds-custom')
    expect(custom.differs).toContain('operating-system')
  })

  it('are found under a known name by a redirect that keeps the rest of the address', async () => {
    await service.get('/v1/services/Amazon%20RDS').expect(308).expect('location', '/v1/services/rds')
    await service
      .get('/v1/services/Amazon%20RDS/layers/runtime?variant=rds-custom')
      .expect(308)
      .expect('location', '/v1/services/rds/layers/runtime?variant=rds-custom')
  })
})

describe('the verdicts of a service', () => {
  const service = useService()

  it('are 21, from the bottom of the stack to its top', async () => {
    const { body } = await service.get('/v1/services/rds/layers').expect(200)
    expect(body.items).toHaveLength(21)
    expect(body.items[0].layer.id).toBe('physical')
    expect(body.items[20].layer.id).toBe('client-devices')
  })

  it('filter by owner and follow the variant', async () => {
    const shared = await service.get('/v1/services/rds/layers?owner=shared')
    for (const { owner } of shared.body.items) expect(owner).toBe('shared')
    const oracle = await service.get('/v1/services/rds/layers?variant=rds-custom-oracle&owner=customer')
    expect(oracle.body.items.map((item: { layer: { id: string } }) => item.layer.id)).toContain('operating-system')
  })

  it('each equal the verdict that is asked for alone', async () => {
    const { body } = await service.get('/v1/services/eks/layers?variant=auto-mode')
    for (const item of body.items) {
      const alone = await service.get(`/v1/services/eks/layers/${item.layer.id}?variant=auto-mode`)
      expect(alone.body).toEqual(item)
    }
  })

  it('on RDS and its OS say that AWS owns it, why, and which variants differ', async () => {
    const { body } = await service.get('/v1/services/rds/layers/operating-system')
    expect(body).toMatchObject({
      service: { id: 'rds', name: 'Amazon RDS', model: 'paas' },
      owner: 'aws',
      lead: 'aws',
      basis: { scope: 'service', subject: 'rds' },
      statement: 'AWS owns the operating system of Amazon RDS.',
    })
    expect(body.overruled).toContainEqual({ scope: 'model', subject: 'paas', owner: 'aws' })
    expect(body.otherVariants).toContainEqual({ id: 'rds-custom', name: 'Amazon RDS Custom', owner: 'shared' })
    expect(body.sources[0].url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
  })

  it('carry the end of a service that ends', async () => {
    const { body } = await service.get('/v1/services/workmail/layers/data')
    expect(body.lifecycle).toMatchObject({ status: 'ending', endsOn: '2027-03-31' })
  })
})

describe('layers and models', () => {
  const service = useService()

  it('show one layer across all services', async () => {
    const { body } = await service.get('/v1/layers/operating-system').expect(200)
    const owners = Object.fromEntries(body.services.map((item: { id: string; owner: string }) => [item.id, item.owner]))
    expect(owners).toMatchObject({ ec2: 'customer', rds: 'aws', lambda: 'aws' })
    expect(body.nistControls).toContain('si-2')
  })

  it('show one model with its default on each layer', async () => {
    const { body } = await service.get('/v1/models/iaas').expect(200)
    expect(body.defaults).toHaveLength(21)
    expect(body.examples).toContain('ec2')
  })
})

describe('the knowledge', () => {
  const service = useService()

  it('is found by the service and the layer that it is about', async () => {
    const { body } = await service.get('/v1/misconceptions?service=s3&layer=encryption-at-rest').expect(200)
    expect(ids(body)).toContain('aws-encrypts-everything')
    for (const item of body.items) expect(item.services).toContain('s3')
  })
})

describe('the system', () => {
  const service = useService()

  it('says that it lives and that it is ready, at which revision', async () => {
    await service.get('/healthz').expect(200, { status: 'live' })
    await service.get('/readyz').expect(200, { status: 'ready', revision: 1 })
  })

  it('echoes a fit request id and makes one where it is not', async () => {
    await service.get('/v1/layers').set('x-request-id', 'abc-1').expect('x-request-id', 'abc-1')
    const made = await service.get('/v1/layers').set('x-request-id', 'a b\u00e9'.replace('\u00e9', ';'))
    expect(made.headers['x-request-id']).toMatch(/^[\w-]+$/)
  })
})
