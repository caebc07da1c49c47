/** Whose tickets a ticket reads like: the classifier alone, and what it changes in a decision. */
import { describe, expect, it } from 'vitest'
import { DEFAULT_THRESHOLD } from '../../../src/domain/tickets/decision.js'
import { likenessOf } from '../../../src/domain/tickets/likeness.js'
import { readFields } from '../../../src/domain/tickets/read.js'
import { route } from '../../../src/domain/tickets/route.js'
import { NO_ORGANISATION } from '../../../src/domain/tickets/rules.js'
import { fieldsOf } from '../../../src/domain/tickets/tokens.js'
import { seeded } from '../../support/catalog.js'

const likeness = (title: string) => {
  const fields = fieldsOf({ title })
  return likenessOf(fields, readFields(seeded, fields))
}

const decide = (title: string, description?: string) =>
  route(
    seeded,
    {
      ticket: { title, ...(description ? { description } : {}) },
      signals: [],
      resources: [],
      eventId: null,
      idle: null,
    },
    { organisation: NO_ORGANISATION, threshold: DEFAULT_THRESHOLD },
  )

describe('the classifier of tickets', () => {
  it.each([
    ['EC2 server vanished, Amazon says its host broke', 'EC2 server does not boot since we changed fstab'],
    ['EBS volume impaired for an hour', 'EBS volume is full, please grow the filesystem'],
    ['S3 answers 503 for all buckets of all accounts', 'S3 answers AccessDenied, our bucket policy is wrong'],
    ['RDS replaced its host unprompted', 'RDS refuses clients, our max_connections is too low'],
    ['Lambda gives ServiceException in the whole region', 'Lambda times out, our timeout is set too low'],
    ['Route 53 name servers answer SERVFAIL from everywhere', 'Route 53 record is wrong, please change the entry'],
    ['Direct Connect down, device of AWS at the location failed', 'Direct Connect down, our router has a dead SFP'],
    ['KMS outage, no key answers in the region', 'KMS key policy locks us out'],
    ['EKS control plane unreachable', 'EKS pods crash since our helm upgrade'],
    ['Outposts rack: one of its servers has a broken disk', 'Outposts lost its link, our uplink router is dead'],
  ])('reads "%s" as likelier AWS\'s than "%s"', (aws, customer) => {
    expect(likeness(aws).towardsAws).toBeGreaterThan(0)
    expect(likeness(customer).towardsAws).toBeLessThan(0)
  })

  it('tells what is not about AWS from what is', () => {
    expect(likeness('toner of the printer is empty again').logOf('not-aws')).toBeGreaterThan(Math.log(0.7))
    expect(likeness('EC2 host failed').logOf('not-aws')).toBeLessThan(Math.log(0.1))
  })

  it('ignores which service is named', () => {
    expect(likeness('SQS stuck in updating').towardsAws).toBe(likeness('SNS stuck in updating').towardsAws)
  })

  it('quotes the words that it rests on from the ticket', () => {
    const { because } = likeness('EBS volume IMPAIRED')
    expect(because('aws')?.words).toContain('IMPAIRED')
  })

  it('prefers no side of a text without a known word', () => {
    expect(likeness('qwxz').towardsAws).toBe(0)
  })
})

describe('a decision that the likeness took part in', () => {
  it('says so with the words', () => {
    const { explanation } = decide(
      'EBS volume vanished',
      'The volume went into error state on its own, host defect at Amazon',
    )
    const told = explanation.find(({ found }) => found === 'likeness: aws')
    expect(told?.because).toMatch(/^It reads like tickets for AWS because of "/)
  })

  it('is the same each time', () => {
    const title = 'RDS hangs in modifying'
    expect(decide(title)).toEqual(decide(title))
  })

  it('leaves to a native identifier what that settles', () => {
    const decision = decide('Our own change broke it, please fix our typo', 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED')
    expect(decision.explanation.some(({ found }) => found.startsWith('likeness'))).toBe(false)
  })
})
