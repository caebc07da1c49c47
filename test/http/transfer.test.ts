import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY, startService } from '../support/app.js'

const OURS = { owner: 'customer', customer: 'The platform team runs it.', reason: 'Our contract says so.' }
type Service = Awaited<ReturnType<typeof startService>>

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.stop())

const put = (path: string, body: object, etag?: string) => {
  const request = service.request.put(path).set('authorization', KEY)
  return (etag ? request.set('if-match', etag) : request).send(body)
}
const removeAt = async (path: string) => {
  const { headers } = await service.request.get(path).expect(200)
  await service.request
    .delete(path)
    .set({ authorization: KEY, 'if-match': String(headers.etag) })
    .expect(200)
}
const bring = (on: Service, body: object, query = '') =>
  on.request.post(`/v1/import${query}`).set('authorization', KEY).send(body)
const exported = async (from: Service) => (await from.request.get('/v1/export').expect(200)).body

/** Overrides, replaces and removes something of everything that an organisation may. */
async function decideMuch(): Promise<void> {
  await put('/v1/services/rds/layers/runtime/override', OURS).expect(201)
  const rule = await service.request.get('/v1/services/rds/layers/data/rule')
  await put('/v1/services/rds/layers/data/rule', OURS, String(rule.headers.etag)).expect(200)
  await removeAt('/v1/services/s3/layers/data/rule')
  await removeAt('/v1/services/cloud9')
  await put('/v1/services/acme-vault', { name: 'Acme Vault', category: 'security', model: 'saas', summary: 'Ours.' })
  await put('/v1/teams/platform', { name: 'Platform', queue: 'PLAT' }).expect(201)
  await put('/v1/assignments/a', { team: 'platform', service: 'acme-vault', tags: { app: 'pay' } }).expect(201)
  // biome-ignore lint/suspicious/noThenProperty: the word of the contract
  await put('/v1/routing-rules/r', { position: 1, when: {}, then: { team: 'platform' } }).expect(201)
}

describe('an export', () => {
  it.each(['replace', 'merge'])('that is imported elsewhere (%s) makes both the same', async (mode) => {
    await decideMuch()
    const { revision: _revision, at: _at, ...file } = await exported(service)
    const other = await startService()
    await bring(other, await exported(service), `?mode=${mode}`).expect(200)
    const { revision: _r, at: _a, ...copy } = await exported(other)
    expect(copy).toEqual(file)
    const path = '/v1/services/s3/layers'
    const [one, two] = [await service.request.get(path), await other.request.get(path)]
    const owners = ({ body }: typeof one) =>
      body.items.map(({ basis, owner }: { basis: object; owner: string }) => [basis, owner])
    expect(owners(two)).toEqual(owners(one))
    await other.stop()
  })

  it('that is imported where it came from changes nothing', async () => {
    await decideMuch()
    const before = await service.store.revision()
    const { body } = await bring(service, await exported(service), '?mode=replace').expect(200)
    expect(body).toMatchObject({ committed: false, revision: before })
    expect(body.changes.rules.replaced).toEqual([])
    expect(body.changes.rules.unchanged.length).toBeGreaterThan(1000)
  })

  it('is larger than what other operations read, and is taken all the same', async () => {
    const file = await exported(service)
    expect(JSON.stringify(file).length).toBeGreaterThan(1024 * 1024)
    await bring(service, file, '?dryRun=true').expect(200)
  })
})

describe('an import', () => {
  const FILE = {
    format: 'responsibility-matrix/1',
    teams: [{ id: 'platform', name: 'Platform', queue: 'PLAT' }],
    rules: [
      {
        id: 'organisation/rds/runtime',
        scope: 'organisation',
        subject: 'rds',
        layer: 'runtime',
        aws: null,
        sources: [],
        ...OURS,
      },
    ],
  }

  it('with one bad record at its end stores nothing, and names it', async () => {
    const bad = {
      ...FILE,
      assignments: [
        { id: 'one', team: 'platform' },
        { id: 'two', team: 'nosuch', service: 'rds' },
      ],
    }
    const refusal = await bring(service, bad).expect(409)
    expect(refusal.body.errors).toEqual([
      { pointer: '/body/assignments/1/team', message: expect.stringContaining('"nosuch"') },
    ])
    const misshapen = await bring(service, { ...FILE, routingRules: [{ id: 'r', position: -1 }] }).expect(400)
    expect(misshapen.body.errors[0].pointer).toBe('/body/routingRules/0/position')
    expect(await service.store.revision()).toBe(1)
    expect((await service.request.get('/v1/teams')).body.total).toBe(0)
  })

  it('is one change, whatever it holds', async () => {
    const { body } = await bring(service, FILE, '?reason=Moving%20in').expect(200)
    expect(body).toMatchObject({ mode: 'merge', dryRun: false, committed: true, revision: 2 })
    expect(body.changes.rules).toMatchObject({ created: ['organisation/rds/runtime'], replaced: [], removed: [] })
    const verdict = await service.request.get('/v1/services/rds/layers/runtime')
    expect(verdict.body).toMatchObject({ owner: 'customer', reason: OURS.reason, revision: 2 })
  })

  it('gives a rule that came without its ground the one that it has here', async () => {
    await bring(service, FILE).expect(200)
    const { body } = await service.request.get('/v1/services/rds/layers/runtime/override').expect(200)
    expect(body.ground).toMatchObject({ scope: 'service', subject: 'rds', owner: 'shared' })
    expect((await service.request.get('/v1/overrides/stale')).body.total).toBe(0)
  })

  it('as a dry run shows what would come, change, go and stay, and stores nothing', async () => {
    await bring(service, FILE).expect(200)
    const file = {
      format: 'responsibility-matrix/1',
      teams: [
        { id: 'platform', name: 'Platform', queue: 'OPS' },
        { id: 'data', name: 'Data', queue: 'DATA' },
      ],
      assignments: [],
    }
    const { body } = await bring(service, file, '?mode=replace&dryRun=true').expect(200)
    expect(body).toMatchObject({
      dryRun: true,
      committed: false,
      revision: 2,
      changes: { teams: { created: ['data'], replaced: ['platform'], removed: [], unchanged: [], skipped: [] } },
    })
    expect((await service.request.get('/v1/teams')).body.items).toMatchObject([{ id: 'platform', queue: 'PLAT' }])
    expect(await service.store.revision()).toBe(2)
  })

  it('that replaces leaves alone the kinds that its file does not name', async () => {
    await bring(service, FILE).expect(200)
    const { body } = await bring(service, { format: FILE.format, teams: [] }, '?mode=replace').expect(200)
    expect(body.changes).toEqual({
      teams: { created: [], replaced: [], removed: ['platform'], unchanged: [], skipped: [] },
    })
    await service.request.get('/v1/services/rds/layers/runtime/override').expect(200)
  })

  it('that merges skips the shipped records of its file', async () => {
    const { services, rules } = await exported(service)
    const altered = services.map((one: { id: string }) => (one.id === 'rds' ? { ...one, name: 'Older name' } : one))
    const { body } = await bring(service, { format: FILE.format, services: altered, rules }).expect(200)
    expect(body.committed).toBe(false)
    expect(body.changes.services.skipped).toContain('rds')
    expect((await service.request.get('/v1/services/rds')).body.name).toBe('Amazon RDS')
  })

  it.each([
    ['a layer without its default', 'layers', '/body/layers/0/id', 'has no default rule'],
    ['a model', 'models', '/body/models', 'is missing'],
  ])('that would take away %s is refused: every question keeps an answer', async (_what, kind, pointer, message) => {
    const file = await exported(service)
    const body =
      kind === 'models'
        ? { format: file.format, models: file.models.slice(1) }
        : {
            ...file,
            rules: file.rules.filter(
              ({ id }: { id: string }) => id !== `layer/${file.layers[0].id}/${file.layers[0].id}`,
            ),
          }
    const refusal = await bring(service, body, '?mode=replace').expect(409)
    expect(refusal.body.errors[0]).toEqual({ pointer, message: expect.stringContaining(message) })
  })
})
