/** Who takes a ticket: the pairs that people confuse, what is not AWS, and what is broken of what is named. */
import { describe, expect, it } from 'vitest'
import { inboundOf, type Ticket } from '../../../src/domain/ticket.js'
import { DEFAULT_THRESHOLD } from '../../../src/domain/tickets/decision.js'
import { route } from '../../../src/domain/tickets/route.js'
import { NO_ORGANISATION, type Organisation } from '../../../src/domain/tickets/rules.js'
import { seeded } from '../../support/catalog.js'

const decide = (ticket: Ticket, organisation: Organisation = NO_ORGANISATION) =>
  route(seeded, inboundOf(ticket), { organisation, threshold: DEFAULT_THRESHOLD })
const placeOf = (title: string, description?: string) => {
  const { outcome, owner } = decide({ title, ...(description && { description }) })
  return outcome === 'routed' ? owner : outcome
}

describe('the pairs that people confuse', () => {
  it.each([
    ['a system check', 'aws', 'EC2 system status check failed', 'the instance check fails too'],
    [
      'an instance check',
      'customer',
      'EC2 instance status check failed after the kernel update',
      'system status check is ok',
    ],
    ['an AZ outage', 'aws', 'EC2: availability zone eu-west-1a is down', 'AWS status page confirms it'],
    ['a single-AZ design', 'customer', 'All EC2 instances in one AZ', 'please spread them over three'],
    ['an error of the API', 'aws', 'S3 PutObject: 500 InternalError', 'in all accounts, nothing was changed'],
    ["one's own policy", 'customer', 'S3 PutObject: AccessDenied', 'our role lacks the permission'],
    ['a lack of capacity', 'aws', 'RunInstances: InsufficientInstanceCapacity', 'quota is fine'],
    ["one's own quota", 'customer', 'RunInstances: InstanceLimitExceeded', 'please raise the limit'],
    ["one's own throughput", 'customer', 'DynamoDB ProvisionedThroughputExceededException', '5 WCU on the table'],
    ['a front door that passes on', 'customer', 'ALB answers 502', 'the backend closed the connection'],
    [
      'a false friend',
      'customer',
      'ECS service was unable to place a task. Reason: Internal error',
      'Fargate, new subnet',
    ],
  ])('are told apart: %s', (_title, side, title, description) => {
    expect(placeOf(title, description)).toBe(side)
  })

  it('asks nobody to open a case where AWS only announces its work', () => {
    const decision = decide({ title: 'EC2 instance i-0a1b2c3d4e5f67890 is scheduled for retirement' })
    expect(decision).toMatchObject({
      owner: 'aws',
      nextActor: 'customer',
      openAwsCase: false,
      destination: { kind: 'team' },
    })
  })
})

describe('what is not AWS', () => {
  it.each([
    'MongoDB Atlas on Azure: CPU 100 %',
    'Kubernetes on bare metal: etcd is full',
    'Python lambda expression binds late',
    'Laptop does not wake from S3 sleep state',
    'Postcode EC2A is refused: ec2 postcode',
    'MinIO bucket returns AccessDenied',
    'Aurora borealis wallpaper is missing',
    'Printer on the third floor is jammed',
  ])('is recognised and never sent to AWS Support: %s', (title) => {
    const decision = decide({ title })
    expect([decision.outcome, decision.destination.kind, decision.owner]).toEqual(['not-aws', 'triage', null])
  })
})

describe('a text that names several services', () => {
  it.each([
    ['dynamodb', 'DynamoDB answers 503 ServiceUnavailable', 'The Lambda in front is healthy.'],
    ['kms', 'KMS endpoint dead', 'EBS and S3 only suffer from it.'],
    ['sqs', 'SQS SendMessage fails with 500', 'to be read by Lambda'],
  ])('is about the one that is broken: %s', (service, title, description) => {
    expect(decide({ title, description }).service?.id).toBe(service)
  })

  it('goes to triage with both as alternatives where the writer does not know', () => {
    const decision = decide({
      title: 'SQS or Lambda?',
      description: 'no idea whether the queue or the function is broken',
    })
    expect(decision.outcome).toBe('needs-triage')
    expect(decision.alternatives.map(({ service }) => service?.id)).toEqual(expect.arrayContaining(['sqs', 'lambda']))
  })
})

describe('the explanation', () => {
  it('quotes the very words of the field that each step rests on', () => {
    const ticket = { title: 'EKS.2 on prod: cluster is on an old version', description: 'see finding' }
    const [signal] = decide(ticket).explanation
    expect(signal).toMatchObject({ step: 'signal', found: 'EKS.2', evidence: { field: 'title', text: 'EKS.2' } })
  })

  it.each([
    ['an ARN', { resource: 'arn:aws:rds:eu-west-1:111122223333:db:orders' }, 'resource'],
    ['a field of the ticket', { service: 'Amazon RDS' }, 'service'],
  ])('names %s before any word', (_title, given, field) => {
    const decision = decide({ title: 'S3 backup is switched off', ...given })
    expect(decision.service?.id).toBe('rds')
    expect(decision.explanation.find(({ step }) => step === 'service')?.evidence.field).toBe(field)
  })

  it('leaves an assignee and says so', () => {
    expect(decide({ title: 'IAM user needs MFA', assignee: 'Kim' }).keptAssignee).toBe('Kim')
  })
})

describe('a case of AWS Support', () => {
  it('names service, category and severity as the API does, and what to attach', () => {
    const decision = decide({
      title: 'System status check failed',
      resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f67890',
      severity: 'P1',
    })
    expect(decision.destination).toMatchObject({
      kind: 'aws-support',
      awsSupport: { service: 'amazon-elastic-compute-cloud-linux', severity: 'urgent' },
    })
    expect(decision.destination.awsSupport?.attach.length).toBeGreaterThan(3)
  })

  it('is never urgent for what is not production', () => {
    const ticket = { title: 'System status check failed on EC2', severity: 'critical', environment: 'development' }
    expect(decide(ticket).destination.awsSupport?.severity).toBe('normal')
  })
})
