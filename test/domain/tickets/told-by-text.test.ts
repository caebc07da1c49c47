/** What a ticket's own words settle: identifiers of AWS in its text, kinds of machines, and what belongs to somebody else. */
import { describe, expect, it } from 'vitest'
import type { Inbound } from '../../../src/domain/ticket.js'
import { DEFAULT_THRESHOLD } from '../../../src/domain/tickets/decision.js'
import { route } from '../../../src/domain/tickets/route.js'
import { NO_ORGANISATION } from '../../../src/domain/tickets/rules.js'
import { seeded } from '../../support/catalog.js'

const send = (ticket: Inbound['ticket'], rest: Partial<Inbound> = {}) =>
  route(
    seeded,
    { ticket, signals: [], resources: [], eventId: null, idle: null, ...rest },
    { organisation: NO_ORGANISATION, threshold: DEFAULT_THRESHOLD },
  )

describe('an identifier in the title', () => {
  it.each([
    ['a control of Security Hub', 'Finding S3.8 failed in account 111122223333', 's3', 'network-controls', 'customer'],
    ['a type of GuardDuty', 'UnauthorizedAccess:EC2/SSHBruteForce on i-0abc', 'ec2', 'network-controls', 'customer'],
    ['an event of Health', 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED for i-0abc', 'ec2', 'hardware', 'aws'],
    ['a metric', 'Alarm AWS/RDS FreeStorageSpace below 10 GB', 'rds', 'configuration', 'customer'],
    ['a rule of Config', 's3-bucket-public-read-prohibited is NON_COMPLIANT', 's3', 'network-controls', 'customer'],
  ])('settles service, layer and side, and is quoted: %s', (_what, title, service, layer, owner) => {
    const decision = send({ title })
    expect([decision.outcome, decision.service?.id, decision.layer?.id, decision.owner]).toEqual([
      'routed',
      service,
      layer,
      owner,
    ])
    expect(title).toContain(decision.explanation.find(({ step }) => step === 'signal')?.evidence?.text)
  })
})

describe('a machine', () => {
  it.each([
    ['its type', 'All our m5.large run hot', 'ec2', 'instance type'],
    ['its type of database', 'Please restart db.r5.large', 'rds', 'instance type'],
  ])('is told by %s', (_by, title, service, because) => {
    const decision = send({ title })
    expect(decision.service?.id).toBe(service)
    expect(decision.explanation.find(({ step }) => step === 'service')?.because).toBe(because)
  })
})

describe('what is not AWS', () => {
  it.each([
    ['The coffee machine on floor 3 is broken', 'coffee machine'],
    ['Azure VM does not start in West Europe', 'Azure'],
    ['GCP BigQuery is slow', 'GCP'],
    ['Please order a new laptop', 'laptop'],
    ['Printer jam, AWS', 'Printer'],
  ])('is told apart by its words: %s', (title, words) => {
    const decision = send({ title })
    expect([decision.outcome, decision.owner, decision.destination.kind]).toEqual(['not-aws', null, 'triage'])
    expect(decision.explanation[0]?.evidence?.text).toBe(words)
  })

  it('is not said of what names nothing at all', () =>
    expect(send({ title: 'asdf qwer zxcv' }).outcome).toBe('needs-triage'))
})

describe('a finding whose id no table knows', () => {
  it.each(['security-hub', 'guardduty', 'aws-config', 'ocsf'])(
    "from %s is the customer's, for it is about what the account sets and runs",
    (system) => {
      const decision = send(
        { title: 'S3 bucket allows public access', source: { system } },
        { signals: [{ kind: 'control', id: 'Nothing.1' }] },
      )
      expect([decision.outcome, decision.owner, decision.service?.id]).toEqual(['routed', 'customer', 's3'])
    },
  )

  it('goes to triage where it names no service', () => {
    const decision = send(
      { title: 'Check 17 failed', source: { system: 'security-hub' } },
      { signals: [{ kind: 'control', id: 'Nothing.1' }] },
    )
    expect(decision.outcome).toBe('needs-triage')
  })
})

describe('a service of which nothing is said', () => {
  it("is the customer's to look at, with little confidence", () => {
    const { owner, layer, confidence } = send({ title: 'Amazon Polly' })
    expect([owner, layer?.id]).toEqual(['customer', 'configuration'])
    expect(confidence).toBeLessThan(0.6)
  })
})
