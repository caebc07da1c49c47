/** Which team takes what is the customer's, from the ticket's text on. */
import { describe, expect, it } from 'vitest'
import { Assignment, RoutingRule } from '../../../src/domain/organisation.js'
import { DEFAULT_THRESHOLD } from '../../../src/domain/tickets/decision.js'
import { route } from '../../../src/domain/tickets/route.js'
import type { Organisation } from '../../../src/domain/tickets/rules.js'
import { seeded } from '../../support/catalog.js'

const teams = ['platform', 'database', 'security', 'rest'].map((id) => ({ id, name: id, queue: id, contact: null }))
const rule = (id: string, position: number, when: object, to: object): RoutingRule =>
  // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
  RoutingRule.parse({ id, position, when, then: to })
const organisation: Organisation = {
  teams,
  rules: [
    rule('later', 20, { service: ['s3'] }, { team: 'platform' }),
    rule('first', 10, { service: ['s3'], environment: ['Production'] }, { team: 'security' }),
    rule('quotas', 30, { text: ['quota increase'] }, { awsSupport: true }),
    rule('sorted', 40, { label: ['sandbox'] }, { triage: true }),
  ],
  assignments: [
    { id: 'databases', team: 'database', service: 'rds' },
    { id: 'rds-people', team: 'security', service: 'rds', layer: 'identity-access' },
  ].map((item) => Assignment.parse(item)),
  defaultTeam: 'rest',
}
const send = (ticket: object) =>
  route(
    seeded,
    { ticket: { title: 'x', ...ticket }, signals: [], resources: [], eventId: null, idle: null },
    { organisation, threshold: DEFAULT_THRESHOLD },
  )

describe("a ticket on the customer's side", () => {
  it('goes by the first rule that matches, and says what else would have taken it', () => {
    const { destination, rule } = send({ title: 'S3 bucket is public', environment: 'production' })
    expect([destination.team?.id, rule?.id]).toEqual(['security', 'first'])
    expect(destination.alsoMatched.map(({ by, to }) => [by, to])).toEqual([
      ['rule', 'platform'],
      ['default', 'rest'],
    ])
  })

  it('goes by the narrowest assignment where no rule matches', () => {
    const { destination } = send({ title: 'RDS AccessDenied, our IAM policy lacks rds:ModifyDBInstance' })
    expect(destination).toMatchObject({ team: { id: 'security' }, matched: { by: 'assignment', id: 'rds-people' } })
    expect(destination.alsoMatched[0]).toMatchObject({ id: 'databases' })
  })

  it('goes to the default team where nothing else fits', () => {
    expect(send({ title: 'Lambda: Task timed out after 3.00 seconds' }).destination).toMatchObject({
      team: { id: 'rest' },
      matched: { by: 'default', id: null },
    })
  })

  it.each([
    ['aws-support', { title: 'Lambda quota increase: LimitExceeded' }],
    ['triage', { title: 'Lambda: Task timed out after 3.00 seconds', labels: ['Sandbox'] }],
  ])('goes to %s where a rule says so', (kind, ticket) => {
    expect(send(ticket).destination.kind).toBe(kind)
  })

  it("asks no rule for what is AWS's to act on", () => {
    const decision = send({ title: 'S3 PutObject 500 InternalError in all accounts', environment: 'production' })
    expect([decision.destination.kind, decision.rule]).toEqual(['aws-support', null])
  })
})
