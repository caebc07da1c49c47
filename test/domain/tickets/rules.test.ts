/** Which team takes what is the customer's, and which rules never decide. */
import { describe, expect, it } from 'vitest'
import { Assignment, RoutingRule } from '../../../src/domain/organisation.js'
import { DEFAULT_THRESHOLD, route } from '../../../src/domain/tickets/route.js'
import { markRules, type Organisation, takesAllOf } from '../../../src/domain/tickets/rules.js'
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
    const { destination } = send({ title: 'RDS: AccessDenied for the new role, our policy lacks it' })
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

describe('rules that never decide', () => {
  const known = { teams, services: new Set(['s3', 'rds']), layers: new Set(['data']) }
  it.each([
    [
      'shadowed by a wider one before it',
      rule('b', 2, { service: ['s3'], layer: ['data'] }, { triage: true }),
      'shadowed',
    ],
    ['dead for a team that is not there', rule('b', 2, {}, { team: 'nobody' }), 'dead'],
    ['dead for a service that is not there', rule('b', 2, { service: ['gone'] }, { triage: true }), 'dead'],
    ['dead for an owner that no ticket has', rule('b', 2, { owner: ['shared'] }, { triage: true }), 'dead'],
    ['live where it takes more', rule('b', 2, { service: ['s3', 'rds'] }, { triage: true }), 'live'],
  ])('are marked: %s', (_title, second, state) => {
    const marked = markRules([second, rule('a', 1, { service: ['s3'] }, { team: 'platform' })], known)
    expect(marked.map(({ state }) => state)).toEqual(['live', state])
  })

  it('are not called shadowed by what only a part of them fits', () => {
    expect(takesAllOf({ text: ['backup'] }, { title: ['backup failed'] })).toBe(true)
    expect(takesAllOf({ title: ['backup'] }, { text: ['backup failed'] })).toBe(false)
    expect(takesAllOf({ tags: { app: 'a' } }, {})).toBe(false)
  })
})
