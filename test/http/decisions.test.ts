/** The log of decisions over a real socket: what is kept, of whom, and what can be done with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Unavailable } from '../../src/domain/store.js'
import { KEY, serve, startService } from '../support/app.js'

const TICKET = {
  title: 'S3 bucket is public',
  description: 'Found by robin.beispiel@example.com, password=Geheim-4711, key AKIAIOSFODNN7EXAMPLE',
  source: { system: 'desk' },
}
const SECRETS = /robin\.beispiel|Geheim-4711|AKIAIOSFODNN7EXAMPLE/

let service: Awaited<ReturnType<typeof startService>>
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

const read = (path: string) => service.request.get(path).set('authorization', KEY)
const send = (path: string, body: object) => service.request.post(path).set('authorization', KEY).send(body)
const rows = async () => service.store.decisions.count({})

describe('the log of decisions', () => {
  it('keeps nothing of strangers, and shows them nothing', async () => {
    const before = await rows()
    const { body } = await service.request.post('/v1/tickets/route').send(TICKET).expect(200)
    expect(body.decisionId).toBeNull()
    expect(await rows()).toBe(before)
    for (const path of ['', '/accuracy', '/0199f2a0-5c00-7000-8000-000000000001'])
      await service.request.get(`/v1/decisions${path}`).expect(401)
  })

  it('has a decision once it is answered, without a secret in it, and replays it', async () => {
    const { body: answer } = await send('/v1/tickets/route', TICKET).expect(200)
    const { body: kept } = await read(`/v1/decisions/${answer.decisionId}?explain=true`).expect(200)
    expect(kept.decision).toEqual(answer)
    expect(kept).toMatchObject({ actor: 'tester', source: 'desk', corrected: null })
    expect(kept.replay).toMatchObject({ different: false, differences: [] })
    expect(JSON.stringify([answer, kept, await service.store.decisions.find(answer.decisionId)])).not.toMatch(SECRETS)
  })

  it('tells what would be decided otherwise today', async () => {
    const { body } = await send('/v1/tickets/route', { ...TICKET, service: 's3', layer: 'network-controls' })
    await service.request.put('/v1/teams/data').set('authorization', KEY).send({ name: 'Data', queue: 'D' }).expect(201)
    await service.request
      .put('/v1/assignments/buckets')
      .set('authorization', KEY)
      .send({ team: 'data', service: 's3' })
      .expect(201)
    const { body: kept } = await read(`/v1/decisions/${body.decisionId}?explain=true`).expect(200)
    expect(kept.replay.before.destination.team).toBeNull()
    expect(kept.replay.differences).toContainEqual({ field: 'team', before: 'none', today: 'data' })
    const { body: verdict } = await service.request.get('/v1/services/s3/layers/network-controls').expect(200)
    expect(verdict.team).toEqual({ id: 'data', name: 'Data', queue: 'D' })
  })

  it('keeps each ticket of a batch, lists by filter, and pages without a gap', async () => {
    const items = [1, 2, 3].map((n) => ({ ticket: { ...TICKET, title: `S3 ${n}`, source: { system: 'batch' } } }))
    const { body } = await send('/v1/tickets/route/batch', { items }).expect(200)
    const ids = body.items.map((item: { decision: { decisionId: string } }) => item.decision.decisionId)
    const first = await read('/v1/decisions?source=batch&limit=2').expect(200)
    const second = await read(`/v1/decisions?source=batch&limit=2&cursor=${first.body.nextCursor}`).expect(200)
    const listed = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)
    expect(listed.toSorted()).toEqual(ids.toSorted())
    expect(first.body.total).toBe(3)
    expect(second.body.nextCursor).toBeNull()
  })

  it('takes feedback of which the last counts, and sums it up', async () => {
    const { body } = await send('/v1/tickets/route', { ...TICKET, source: { system: 'judged' } })
    const url = `/v1/decisions/${body.decisionId}`
    await send(`${url}/feedback`, { correct: true }).expect(200)
    await send(`${url}/feedback`, { correct: false, layer: 'data', note: 'ask robin.beispiel@example.com' }).expect(200)
    const { body: kept } = await read(url).expect(200)
    expect(kept.corrected).toBe(true)
    expect(kept.feedback.map(({ correct }: { correct: boolean }) => correct)).toEqual([true, false])
    expect(JSON.stringify(kept)).not.toMatch(SECRETS)
    const { body: sum } = await read('/v1/decisions/accuracy').expect(200)
    expect(sum.bySource[0]).toEqual({ value: 'judged', judged: 1, corrected: 1, accuracy: 0 })
    expect((await read('/v1/decisions?corrected=true')).body.total).toBe(1)
  })

  it('forgets what is older than its retention, with the feedback', async () => {
    const count = await rows()
    await service.store.decisions.sweep('2026-11-24T12:00:00.000Z')
    expect(await rows()).toBe(count)
    await service.store.decisions.sweep('2026-11-24T12:00:00.001Z')
    expect(await rows()).toBe(0)
  })

  it('answers without an id and says so while it cannot be written', async () => {
    const decisions = {
      ...service.store.decisions,
      append: () => Promise.reject(new Unavailable('The disk of the database is full.')),
    }
    const { app, request } = await serve({ ...service.store, decisions })
    const { body } = await request.post('/v1/tickets/route').set('authorization', KEY).send(TICKET).expect(200)
    expect(body).toMatchObject({ outcome: 'routed', decisionId: null, note: expect.stringContaining('not stored') })
    await app.close()
  })
})

describe('the same event again', () => {
  it('is answered from the log by another node, only where its sender is trusted', async () => {
    const first = await serve(service.store)
    const second = await serve(service.store)
    const event = {
      version: '0',
      id: '9f3f2fd3-034b-4e7f-aa78-5ee36bf0078d',
      'detail-type': 'Config Rules Compliance Change',
      source: 'aws.config',
      account: '111122223333',
      region: 'eu-central-1',
      detail: {
        configRuleName: 'rds-instance-public-access-check',
        awsAccountId: '111122223333',
        awsRegion: 'eu-central-1',
        resourceType: 'AWS::RDS::DBInstance',
        resourceId: 'db-QRSTUVWXYZ',
        newEvaluationResult: { complianceType: 'NON_COMPLIANT', resultRecordedTime: '2026-11-18T08:10:11.204Z' },
      },
    }
    const ask = (node: typeof first, headers: Record<string, string>) =>
      node.request.post('/v1/hooks/eventbridge').set(headers).send(event).expect(200)
    const before = await rows()
    expect((await ask(first, {})).body.decisionId).toBeNull()
    expect(await rows()).toBe(before)
    const [one, two] = await Promise.all([ask(first, { authorization: KEY }), ask(second, { authorization: KEY })])
    expect(one.body.decisionId).toBe(two.body.decisionId)
    expect([one.body.duplicate, two.body.duplicate].toSorted()).toEqual([false, true])
    expect((await ask(second, { authorization: KEY })).body).toMatchObject({
      duplicate: true,
      decisionId: one.body.decisionId,
    })
    expect((await ask(second, {})).body).toMatchObject({ duplicate: false, decisionId: null })
    expect(await rows()).toBe(before + 1)
    await first.app.close()
    await second.app.close()
  })
})
