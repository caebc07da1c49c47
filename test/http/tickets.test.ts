/** Routing over HTTP: one ticket, a batch in which a ticket fails alone, the dry run of rules, and a native event. */
import { expect, it } from 'vitest'
import { useService } from '../support/app.js'

const service = useService({ DEFAULT_TEAM: 'platform' })
const strict = useService({ ROUTE_THRESHOLD: '1' })

it('decides on the ticket of a stranger and stores nothing', async () => {
  const { status, body } = await service
    .running()
    .request.post('/v1/tickets/route')
    .send({ title: 'DynamoDB: HTTP 500 InternalServerError on all tables' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ decisionId: null, outcome: 'routed', owner: 'aws', service: { id: 'dynamodb' } })
})

it('sends to triage what stays below the threshold of the configuration', async () => {
  const { body } = await strict.post('/v1/tickets/route').send({ title: 'S3 bucket is public' })
  expect(body).toMatchObject({ outcome: 'needs-triage', owner: null, destination: { kind: 'triage' } })
  expect(body.alternatives[0].service.id).toBe('s3')
})

it('lets a ticket of a batch fail alone, and keeps the order', async () => {
  const items = [
    { id: 'a', ticket: { title: '' } },
    { id: 'b', ticket: { title: 'S3 bucket is public' } },
  ]
  const { status, body } = await service.post('/v1/tickets/route/batch').send({ items })
  expect(status).toBe(200)
  expect(body.items.map(({ id, status }: { id: string; status: number }) => [id, status])).toEqual([
    ['a', 400],
    ['b', 200],
  ])
})

it.each([
  ['an unknown field', { title: 'x', colour: 'red' }],
  ['a layer that there is not', { title: 'x', layer: 'nosuch' }],
])('refuses %s', async (_title, ticket) => {
  const { status, type } = await service.post('/v1/tickets/route').send(ticket)
  expect([Math.floor(status / 100), type]).toEqual([4, 'application/problem+json'])
})

it('marks the rules of a dry run', async () => {
  const { body } = await service.post('/v1/routing-rules/test').send({
    ticket: { title: 'S3 bucket is public' },
    teams: [{ id: 'security', name: 'Security', queue: 'SEC' }],
    rules: [
      // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
      { id: 'all', position: 1, when: {}, then: { team: 'security' } },
      // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
      { id: 'hidden', position: 2, when: { service: ['s3'] }, then: { triage: true } },
    ],
  })
  expect(body.destination.team.id).toBe('security')
  expect(body.rules.map(({ state }: { state: string }) => state)).toEqual(['live', 'shadowed'])
})
