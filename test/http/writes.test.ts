import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY, serve, startService } from '../support/app.js'

const OVERRIDE = '/v1/services/rds/layers/runtime/override'
const RULE = '/v1/services/rds/layers/data/rule'
const OURS = { owner: 'customer', customer: 'The platform team runs it.', reason: 'Our contract says so.' }
const TEAM = '/v1/teams/platform'
const platform = { name: 'Platform', queue: 'PLAT' }

let service: Awaited<ReturnType<typeof startService>>
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.stop())

const get = (path: string) => service.request.get(path)
const put = (path: string, headers: Record<string, string> = {}) =>
  service.request.put(path).set({ authorization: KEY, ...headers })
const remove = (path: string, headers: Record<string, string> = {}) =>
  service.request.delete(path).set({ authorization: KEY, ...headers })
const etagOf = async (path: string): Promise<string> => String((await get(path).expect(200)).headers.etag)
const revision = () => service.store.revision()

describe('a write', () => {
  it('creates with 201 and what a GET then answers, byte for byte and with the same ETag', async () => {
    const made = await put(OVERRIDE).send(OURS).expect(201).expect('location', OVERRIDE)
    const read = await get(OVERRIDE).expect(200)
    expect(read.text).toBe(made.text)
    expect(read.headers.etag).toBe(made.headers.etag)
    expect(made.body).toMatchObject({ id: 'organisation/rds/runtime', origin: 'organisation', revision: 2 })
  })

  it('is in the very next answer, also in one that was compiled before', async () => {
    const before = await get('/v1/services/rds/layers/runtime').expect(200)
    expect(before.body.owner).toBe('shared')
    await put(OVERRIDE).send(OURS).expect(201)
    const { body } = await get('/v1/services/rds/layers/runtime').expect(200)
    expect(body).toMatchObject({
      owner: 'customer',
      reason: OURS.reason,
      basis: { scope: 'organisation' },
      revision: 2,
    })
  })

  it('is one change with its actor and its reason', async () => {
    const commits: unknown[] = []
    const { commit } = service.store
    service.store.commit = (change, answered) => {
      commits.push(change)
      return commit(change, answered)
    }
    await put(OVERRIDE).send(OURS).expect(201)
    expect(commits).toMatchObject([
      { base: 1, actor: 'tester', reason: OURS.reason, origin: 'organisation', at: '2026-11-24T12:00:00.000Z' },
    ])
  })

  it('of what stands already is no change', async () => {
    await put(OVERRIDE).send(OURS).expect(201)
    const again = await put(OVERRIDE, { 'if-match': await etagOf(OVERRIDE) })
      .send(OURS)
      .expect(200)
    expect(again.body.revision).toBe(2)
    expect(await revision()).toBe(2)
  })

  it('by a stranger is refused and stores nothing', async () => {
    const refusal = await service.request.put(OVERRIDE).send(OURS).expect(401)
    expect(refusal.body.type).toBe('/problems/unauthorized')
    expect(await revision()).toBe(1)
  })

  it.each([
    ['no reason', { owner: 'customer', customer: 'We do.' }, '/body/reason'],
    ['no duty of the owner', { owner: 'customer', reason: 'r' }, '/body/customer'],
    ['a shared layer that nobody leads', { owner: 'shared', aws: 'a', customer: 'c', reason: 'r' }, '/body/lead'],
  ])('of an override with %s is refused at the field', async (_what, body, pointer) => {
    const refusal = await put(OVERRIDE).send(body).expect(400)
    expect(refusal.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  })

  it('under a known name is redirected to the id', async () => {
    const alias = '/v1/services/Amazon%20RDS/layers/runtime/override'
    for (const headers of [{}, { 'if-match': '*' }])
      await put(alias, headers).send(OURS).expect(308).expect('location', OVERRIDE)
    await remove('/v1/services/Amazon%20RDS', { 'if-match': '*' }).expect(308)
    expect(await revision()).toBe(1)
  })

  it('may be of one variant, and then leaves the others alone', async () => {
    await put(`${OVERRIDE}?variant=rds-custom`).send(OURS).expect(201)
    const verdict = await get('/v1/services/rds/layers/runtime?variant=rds-custom')
    expect(verdict.body.basis).toEqual({ scope: 'organisation', subject: 'rds/rds-custom' })
    expect((await get('/v1/services/rds/layers/runtime')).body.basis.scope).toBe('service')
  })
})

describe('a precondition', () => {
  it('is needed on what exists', async () => {
    const refusal = await put(RULE).send(OURS).expect(428)
    expect(refusal.body.type).toBe('/problems/precondition-required')
    await remove(RULE).expect(428)
    await put('/v1/services/rds').send({ name: 'R', category: 'database', model: 'paas', summary: 's' }).expect(428)
    expect(await revision()).toBe(1)
  })

  it('fails on a version that is not the present one', async () => {
    const old = await etagOf(RULE)
    await put(RULE, { 'if-match': old }).send(OURS).expect(200)
    const refusal = await put(RULE, { 'if-match': old })
      .send({ ...OURS, customer: 'Late.' })
      .expect(412)
    expect(refusal.body.type).toBe('/problems/precondition-failed')
    await remove(RULE, { 'if-match': old }).expect(412)
    expect(await revision()).toBe(2)
  })

  it('holds after an unrelated write, though the answer bears another revision', async () => {
    const old = await etagOf(RULE)
    await put(TEAM).send(platform).expect(201)
    expect(await etagOf(RULE)).not.toBe(old)
    await put(RULE, { 'if-match': old }).send(OURS).expect(200)
  })

  it('takes the ETag of an answer that was compressed', async () => {
    const read = await get('/v1/services/rds').set('accept-encoding', 'gzip').expect('content-encoding', 'gzip')
    const { hasFacts, owners, revision, origin, id, ...body } = read.body
    const variants = body.variants.map(({ differs, ...variant }: { differs: unknown }) => variant)
    await put('/v1/services/rds', { 'if-match': String(read.headers.etag) })
      .send({ ...body, variants, name: 'Our RDS' })
      .expect(200)
    expect((await get('/v1/services/rds')).body).toMatchObject({ name: 'Our RDS', origin: 'organisation' })
  })

  it('with a star takes whatever version there is, and refuses where there is none', async () => {
    await put(TEAM, { 'if-match': '*' }).send(platform).expect(412)
    await put(TEAM).send(platform).expect(201)
    await put(TEAM, { 'if-match': '*' })
      .send({ ...platform, queue: 'OPS' })
      .expect(200)
  })

  it('If-None-Match: * creates, and never replaces', async () => {
    await put(TEAM, { 'if-none-match': '*' }).send(platform).expect(201)
    await put(TEAM, { 'if-none-match': '*' })
      .send({ ...platform, queue: 'OPS' })
      .expect(412)
    expect((await get(TEAM)).body.queue).toBe('PLAT')
    await put(TEAM, { 'if-none-match': '"abc"' }).send(platform).expect(400)
  })
})

describe('two writers at once', () => {
  /** Holds the first commit back until another node has committed. */
  const overtakenBy = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const other = await serve(service.store)
    const { commit } = service.store
    service.store.commit = async (change, answered) => {
      service.store.commit = commit
      await other.request
        .put(path)
        .set({ authorization: KEY, ...headers })
        .send(body)
      return commit(change, answered)
    }
    return other
  }

  it('on one record: the second is told that it lost, and nothing of it is stored', async () => {
    const etag = await etagOf(RULE)
    const other = await overtakenBy(RULE, { ...OURS, customer: 'First.' }, { 'if-match': etag })
    const lost = await put(RULE, { 'if-match': etag })
      .send({ ...OURS, customer: 'Second.' })
      .expect(409)
    expect(lost.body.type).toBe('/problems/lost-race')
    expect(lost.headers['retry-after']).toBe('1')
    expect((await get(RULE)).body.customer).toBe('First.')
    expect(await revision()).toBe(2)
    await other.app.close()
  })

  it('on different records: both are stored, one after the other', async () => {
    const other = await overtakenBy(TEAM, platform)
    await put(RULE, { 'if-match': await etagOf(RULE) })
      .send(OURS)
      .expect(200)
    expect((await get(TEAM).expect(200)).body.queue).toBe('PLAT')
    expect(await revision()).toBe(3)
    await other.app.close()
  })

  it('on one node, all together: each is stored whole or told that it lost', async () => {
    const ids = [...Array(12).keys()].map((index) => `team-${index}`)
    const answers = await Promise.all(ids.map((id) => put(`/v1/teams/${id}`).send(platform)))
    const stored = answers.filter(({ status }) => status === 201).length
    for (const { status } of answers) expect([201, 409]).toContain(status)
    expect((await get('/v1/teams')).body.total).toBe(stored)
    expect(await revision()).toBe(1 + stored)
  })

  it('on two nodes: a write is decided on what the other has written before', async () => {
    const other = await serve(service.store)
    await other.request.put(TEAM).set('authorization', KEY).send(platform).expect(201)
    await put('/v1/assignments/a').send({ team: 'platform', service: 'rds' }).expect(201)
    await other.app.close()
  })
})

describe('removing', () => {
  it('an override says what holds now', async () => {
    await put(OVERRIDE).send(OURS).expect(201)
    const { body } = await remove(OVERRIDE, { 'if-match': await etagOf(OVERRIDE) }).expect(200)
    expect(body).toMatchObject({
      removed: 'organisation/rds/runtime',
      restored: false,
      verdict: { owner: 'shared', basis: { scope: 'service', subject: 'rds' }, revision: 3 },
      revision: 3,
    })
    const gone = await get(OVERRIDE).expect(404)
    expect(gone.body.detail).toContain('scope "service"')
  })

  it('a replaced rule brings the shipped one back, and removing that falls to the model', async () => {
    await put(RULE, { 'if-match': await etagOf(RULE) })
      .send({ ...OURS, customer: 'Other.' })
      .expect(200)
    const first = await remove(RULE, { 'if-match': await etagOf(RULE) }).expect(200)
    expect(first.body).toMatchObject({ restored: true, verdict: { basis: { scope: 'service' } } })
    const second = await remove(RULE, { 'if-match': await etagOf(RULE) }).expect(200)
    expect(second.body).toMatchObject({ restored: false, verdict: { basis: { scope: 'model', subject: 'paas' } } })
  })

  it('a service takes its rules with it in one change', async () => {
    await put(OVERRIDE).send(OURS).expect(201)
    const parts = (await get('/v1/export')).body.services.filter(({ partOf }: { partOf: string }) => partOf === 'rds')
    for (const { id } of parts)
      await remove(`/v1/services/${id}`, { 'if-match': await etagOf(`/v1/services/${id}`) }).expect(200)
    const before = await revision()
    const { body } = await remove('/v1/services/rds', { 'if-match': await etagOf('/v1/services/rds') }).expect(200)
    expect(body.rules).toContain('organisation/rds/runtime')
    expect(body.rules).toContain('variant/rds/rds-custom/operating-system')
    expect(await revision()).toBe(before + 1)
    await get('/v1/services/rds').expect(404)
    const left = (await get('/v1/export')).body.rules.map(({ subject }: { subject: string }) => subject)
    expect(left.filter((subject: string) => /^rds(?:\/|$)/.test(subject))).toEqual([])
  })

  it('a service that another is part of is refused, naming it', async () => {
    const refusal = await remove('/v1/services/workmail', { 'if-match': await etagOf('/v1/services/workmail') }).expect(
      409,
    )
    expect(refusal.body.type).toBe('/problems/conflict')
    expect(refusal.body.detail).toContain('workmail-message-flow')
  })

  it('what is not there is refused', async () => {
    await remove(OVERRIDE).expect(404)
    await remove(TEAM).expect(404)
    await remove('/v1/services/nosuch').expect(404)
  })
})

describe('teams, assignments and routing rules', () => {
  it('are none in a fresh database', async () => {
    for (const path of ['/v1/teams', '/v1/assignments', '/v1/routing-rules'])
      expect((await get(path).expect(200)).body).toEqual({ items: [], nextCursor: null, total: 0, revision: 1 })
  })

  it('keep what was written, across a new start', async () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the contract
    const rule = { position: 1, when: { owner: ['aws'], tags: { app: 'pay' } }, then: { awsSupport: true } }
    await put(TEAM)
      .send({ ...platform, contact: 'platform@example.com' })
      .expect(201)
    await put('/v1/assignments/a')
      .send({ team: 'platform', service: 'rds', tags: { app: 'pay' } })
      .expect(201)
    await put('/v1/routing-rules/b')
      .send({ ...rule, position: 2 })
      .expect(201)
    await put('/v1/routing-rules/c').send(rule).expect(201)
    const again = await serve(service.store)
    for (const path of ['/v1/teams', '/v1/assignments', '/v1/routing-rules'])
      expect((await again.request.get(path)).text).toBe((await get(path)).text)
    const { body } = await again.request.get('/v1/routing-rules')
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['c', 'b'])
    expect(body.items[0]).toEqual({ id: 'c', ...rule, note: null })
    await again.app.close()
  })

  it('a tie between two teams is refused when it is written, naming the other', async () => {
    await put(TEAM).send(platform).expect(201)
    await put('/v1/teams/data').send({ name: 'Data', queue: 'DATA' }).expect(201)
    await put('/v1/assignments/first').send({ team: 'platform', service: 'rds' }).expect(201)
    const refusal = await put('/v1/assignments/second').send({ team: 'data', service: 'rds' }).expect(409)
    expect(refusal.body.detail).toContain('"first" (team "platform")')
    expect(refusal.body.errors[0].pointer).toBe('/body/team')
  })

  it('a team that is used is not removed, and the refusal names what uses it', async () => {
    await put(TEAM).send(platform).expect(201)
    await put('/v1/assignments/first').send({ team: 'platform' }).expect(201)
    const refusal = await remove(TEAM, { 'if-match': await etagOf(TEAM) }).expect(409)
    expect(refusal.body.detail).toContain('"first"')
    await get(TEAM).expect(200)
  })
})
