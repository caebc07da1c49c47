/** Native events to tickets: every fixture, the envelopes in one another, and anything at all. */
import { CloudEvent, HTTP } from 'cloudevents'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/domain/refusal.js'
import { type Inbound, Ticket } from '../../src/domain/ticket.js'
import { HOOK_SOURCES, type HookSource, MAX_EVENTS, parseEvent } from '../../src/hooks/parse.js'
import { bodyOf, eventFixtures } from '../support/events.js'

const fixture = (name: string) => {
  const found = eventFixtures.find((one) => one.name === name)
  if (!found) throw new Error(`no fixture ${name}`)
  return found
}
const parse = (name: string): Inbound[] => {
  const one = fixture(name)
  return parseEvent(one.source, bodyOf(one), one.headers)
}
const first = (name: string): Inbound => {
  const [inbound] = parse(name)
  if (!inbound) throw new Error('nothing parsed')
  return inbound
}
const idsOf = ({ signals }: Inbound): string[] => signals.map(({ kind, id }) => `${kind} ${id}`)

const refusalOf = (run: () => unknown): Refusal => {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('not refused')
}

describe('every fixture', () => {
  it.each(eventFixtures.map((one) => [one.name, one] as const))('%s is routed or left as expected', (_, one) => {
    const inbounds = parseEvent(one.source, bodyOf(one), one.headers)
    expect(inbounds).toHaveLength(one.expect.findings?.length ?? 1)
    for (const inbound of inbounds) {
      expect(Ticket.safeParse(inbound.ticket).error).toBeUndefined()
      // SNS confirmations are told apart by who sent them, which is for the verifier to say.
      if (one.name.startsWith('sns/subscription')) expect(inbound.idle).toBe('subscription-confirmation')
      else if (one.expect.routable === false) expect(inbound.idle).toBe(one.expect.reason?.replaceAll('_', '-'))
      else if (one.name === 'ocsf/prowler-azure') expect(inbound.idle).toBe(one.expect.outcome)
      else expect(inbound.idle).toBeNull()
      if (one.expect.keptExisting) expect(inbound.ticket.assignee).toBeDefined()
    }
  })

  it.each([
    ['security-hub/imported-consolidated', ['control S3.2', 'config-rule s3-bucket-public-read-prohibited']],
    ['security-hub/imported-fsbp-generator', ['control EC2.15', 'config-rule subnet-auto-assign-public-ip-disabled']],
    ['security-hub/control-id-lower-case', ['control ec2.6', 'config-rule vpc-flow-logs-enabled']],
    [
      'security-hub/legacy-cis-generator',
      [
        'control arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/2.8',
        'control KMS.4',
        'config-rule cmk-backing-key-rotation-enabled',
      ],
    ],
    [
      'security-hub/legacy-pci-shifted-number',
      [
        'control pci-dss/v/3.2.1/PCI.CloudTrail.1',
        'control CloudTrail.2',
        'config-rule cloud-trail-encryption-enabled',
      ],
    ],
    ['security-hub/guardduty-as-asff', ['finding-type Stealth:S3/ServerAccessLoggingDisabled']],
    ['security-hub/health-as-asff', ['event-code AWS_SQS_SECURITY_NOTIFICATION']],
    ['security-hub/config-as-asff', ['config-rule s3-bucket-versioning-enabled']],
    ['security-hub/custom-product-malformed-arn', []],
    ['ocsf/v2-compliance-2003', ['control S3.9']],
    ['ocsf/security-finding-2001', ['control IAM.4']],
    ['ocsf/v2-detection-2004-guardduty', ['finding-type UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B']],
    ['ocsf/prowler-azure', []],
    ['guardduty/ec2-c2-dns', ['finding-type Backdoor:EC2/C&CActivity.B!DNS']],
    ['aws-health/scheduled-retirement', ['event-code AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED']],
    ['aws-config/securityhub-prefixed-rule', ['config-rule lambda-function-settings-check']],
    ['cloudwatch/sns-system-check', ['metric AWS/EC2 StatusCheckFailed_System']],
    ['cloudwatch/sns-metric-math', ['metric AWS/Lambda Errors', 'metric AWS/Lambda Invocations']],
    ['cloudevents/structured-data-base64', ['control SQS.3', 'config-rule sqs-queue-no-public-access']],
    ['cloudevents/binary-guardduty', ['finding-type UnauthorizedAccess:EC2/RDPBruteForce']],
  ])('%s gives its ids, strongest first', (name, ids) => {
    expect(idsOf(first(name))).toEqual(ids)
  })

  it.each([
    ['security-hub/imported-consolidated', 'arn:aws:s3:::brand-assets'],
    ['security-hub/custom-product-malformed-arn', 'AwsEc2Instance'],
    ['security-hub/resource-is-account', undefined],
    ['ocsf/vulnerability-2002-ecr-singular-resource', /^arn:aws:ecr:/],
    ['ocsf/prowler-azure', undefined],
    ['guardduty/runtime-instance', 'AWS::EC2::Instance'],
    ['guardduty/runtime-eks', 'arn:aws:eks:eu-central-1:111122223333:cluster/ml'],
    ['guardduty/runtime-ecs', 'arn:aws:ecs:eu-central-1:111122223333:cluster/edge'],
    ['aws-health/issue-entity-unknown', undefined],
    ['aws-config/custom-rule-resource-type-only', 'AWS::SQS::Queue'],
    ['servicenow/value-link', 'arn:aws:rds:eu-central-1:111122223333:db:fin'],
  ])('%s names the resource that is affected, and no malformed one', (name, resource) => {
    const { ticket } = first(name)
    if (resource instanceof RegExp) expect(ticket.resource).toMatch(resource)
    else expect(ticket.resource).toBe(resource)
  })
})

describe('what each sender hides', () => {
  it('takes the account and the Region that Health says are affected, not those that received the event', () => {
    const { ticket, eventId } = first('aws-health/notification-backup-region')
    expect([ticket.account, ticket.region]).toEqual(['444455556666', 'eu-central-1'])
    expect(eventId).toMatch(/ 444455556666 1$/)
  })

  it('keeps pages of one Health event apart', () => {
    expect(first('aws-health/scheduled-page-2-of-3').eventId).toMatch(/ 2$/)
  })

  it('hands on what Health says of who must act', () => {
    expect(first('aws-health/scheduled-planned-lifecycle').ticket.labels).toEqual(
      expect.arrayContaining(['actionability:ACTION_REQUIRED', 'persona:OPERATIONS', 'category:scheduledChange']),
    )
  })

  it("takes an SNS alarm's Region from its ARN, for the field holds a display name", () => {
    expect(first('cloudwatch/sns-system-check').ticket.region).toBe('us-east-1')
  })

  it('reads a Jira description as a document, as wiki text or as none', () => {
    expect(first('jira/issue-created-adf').ticket.description).toBe(
      'Jemand hat ScheduleKeyDeletion auf den CMK der Datenplattform aufgerufen.\nBitte CancelKeyDeletion und Key Policy prüfen.\narn:aws:kms:eu-central-1:111122223333:key/0000aaaa-1111-bbbb-2222-cccc3333dddd',
    )
    expect(first('jira/issue-created-string').ticket.description).toMatch(/^h2\. Host\n/)
    expect(first('jira/issue-null-description').ticket.description).toBeUndefined()
  })

  it('reads tables, mentions, cards and breaks of a Jira document', () => {
    const cell = (text: string) => ({
      type: 'tableCell',
      content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
    })
    const description = {
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'mention', attrs: { id: '1', text: '@Kim' } },
            { type: 'hardBreak' },
            { type: 'text', text: 'see' },
          ],
        },
        { type: 'blockCard', attrs: { url: 'https://example.com/x' } },
        { type: 'table', content: [{ type: 'tableRow', content: [cell('a'), cell('b')] }] },
      ],
    }
    const [inbound] = parseEvent('jira', { key: 'A-1', fields: { summary: 's', description } })
    expect(inbound?.ticket.description).toBe('@Kim\nsee\nhttps://example.com/x\na | b')
  })

  it('reads the issue data that an automation rule of Jira sends', () => {
    const { issue } = JSON.parse(fixture('jira/issue-created-string').raw)
    const [inbound] = parseEvent('jira', issue)
    expect(inbound?.ticket.source).toEqual({
      system: 'jira',
      id: 'OPS-2102',
      url: 'https://acme.atlassian.net/browse/OPS-2102',
    })
  })

  it('reads a value of ServiceNow in its three forms', () => {
    const [name, shown] = ['servicenow/string-values', 'servicenow/value-display-value']
    expect(first(name).ticket.source?.id).toBe('INC0011301')
    expect(first(shown)).toMatchObject({
      ticket: { title: 'Unpatched Windows on EC2', severity: '2 - high' },
      resources: [{ id: 'i-0123456789abcdef0' }],
    })
  })

  it('reads Zendesk tags between spaces and in a list', () => {
    expect(first('zendesk/trigger-body').ticket.labels).toEqual(['aws', 'outage'])
    expect(first('zendesk/event-body').ticket.labels).toEqual(['api', 'security'])
  })

  it('takes no label from the product that found something: "Security Hub" is not what is wrong', () => {
    for (const name of ['security-hub/imported-consolidated', 'ocsf/v2-compliance-2003', 'cloudwatch/sns-system-check'])
      expect(first(name).ticket.labels ?? []).toEqual([])
  })

  it('marks a control that was not evaluated', () => {
    expect(first('security-hub/not-evaluated').ticket.labels).toEqual(['not-evaluated'])
  })

  it('takes the environment from the tag of the resource', () => {
    expect(first('security-hub/imported-consolidated').ticket.environment).toBe('prod')
  })
})

describe('envelopes', () => {
  const bridge = JSON.parse(fixture('security-hub/imported-consolidated').raw)
  const sns = (message: unknown) => ({
    ...JSON.parse(fixture('cloudwatch/sns-system-check').raw),
    Message: typeof message === 'string' ? message : JSON.stringify(message),
  })
  const cloudEvent = (data: unknown) => ({ specversion: '1.0', id: '1', source: 'urn:x', type: 't', data })

  it.each<[string, unknown]>([
    ['EventBridge', bridge],
    ['SNS > EventBridge', sns(bridge)],
    ['SNS > bare finding', sns(bridge.detail.findings[0])],
    ['CloudEvents > EventBridge', cloudEvent(bridge)],
    ['SNS > CloudEvents > EventBridge', sns(cloudEvent(bridge))],
    [
      'EventBridge of a bus of one’s own > finding',
      { source: 'acme.hub', 'detail-type': 'x', detail: bridge.detail.findings[0] },
    ],
  ])('%s is opened at every path of AWS', (_, body) => {
    const expected = parseEvent('security-hub', bridge)
    for (const source of HOOK_SOURCES.slice(0, 7)) expect(parseEvent(source, body)).toEqual(expected)
  })

  it('reads a batch of CloudEvents', () => {
    const headers = { 'content-type': 'application/cloudevents-batch+json' }
    expect(parseEvent('eventbridge', [cloudEvent(bridge), cloudEvent(bridge)], headers)).toHaveLength(2)
  })

  it.each(['binary', 'structured'] as const)('reads what the SDK of CloudEvents writes in %s mode', (mode) => {
    const event = new CloudEvent({ id: '7', source: 'urn:x', type: 't', data: { title: 'RDS is slow' } })
    const { headers, body } = HTTP[mode](event)
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    )
    expect(parseEvent('eventbridge', JSON.parse(String(body)), lower)[0]).toMatchObject({
      ticket: { title: 'RDS is slow' },
      eventId: 'cloudevents:urn:x 7',
    })
  })

  it('names an event by its envelope where it has no id of its own', () => {
    const ticket = { title: 'RDS is slow' }
    expect(parseEvent('eventbridge', cloudEvent(ticket))[0]?.eventId).toBe('cloudevents:urn:x 1')
    expect(parseEvent('eventbridge', sns(ticket))[0]?.eventId).toMatch(/^sns:/)
  })

  it('takes a plain ticket where any event is taken', () => {
    const ticket = { title: 'RDS is slow', service: 'rds', account: '111122223333' }
    expect(parseEvent('eventbridge', ticket)[0]).toMatchObject({ ticket, signals: [], idle: null })
  })

  it.each(['jira', 'pagerduty', 'github', 'zendesk'])(
    'knows what %s sends by its look, in an envelope too',
    (source) => {
      for (const one of eventFixtures.filter(({ source: of, name }) => of === source && !name.endsWith('trigger-body')))
        expect(parseEvent('eventbridge', cloudEvent(JSON.parse(one.raw)))[0]?.ticket).toEqual(first(one.name).ticket)
    },
  )

  it('does not open envelopes for a sender that has its own signature', () => {
    expect(refusalOf(() => parseEvent('github', sns(bridge), { 'x-github-event': 'issues' })).kind).toBe('invalid')
  })

  it('stops at too many envelopes and at too many events', () => {
    let body: unknown = bridge
    for (let depth = 0; depth < 9; depth++) body = cloudEvent(body)
    expect(refusalOf(() => parseEvent('eventbridge', body)).message).toMatch(/envelopes/)
    const many = Array.from({ length: MAX_EVENTS + 1 }, () => bridge)
    expect(refusalOf(() => parseEvent('eventbridge', many)).message).toMatch(/at most 500/)
  })

  it('tells an event of AWS that says nothing of a fault as such', () => {
    const event = {
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      detail: { state: 'stopped' },
    }
    expect(parseEvent('eventbridge', event)[0]?.idle).toBe('unsupported-event')
  })
})

describe('refusals', () => {
  it.each<[HookSource, unknown, string]>([
    [
      'security-hub',
      {
        source: 'aws.securityhub',
        'detail-type': 'Security Hub Findings - Imported',
        detail: { findings: [{ Id: 'x' }] },
      },
      'detail/findings/0/Title',
    ],
    ['guardduty', { source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', detail: { id: 'x' } }, 'detail/type'],
    ['jira', { webhookEvent: 'jira:issue_created', issue: { key: 'A-1', fields: {} } }, 'issue/fields/summary'],
    ['pagerduty', { event: { event_type: 'incident.triggered', data: { id: 'x' } } }, 'event/data/title'],
    ['servicenow', { number: 'INC1' }, 'short_description'],
    ['zendesk', {}, 'title'],
    ['github', { action: 'opened' }, 'issue'],
    ['eventbridge', { hello: 'world' }, ''],
  ])('%s: what is not as expected is named by its place', (source, body, field) => {
    const refusal = refusalOf(() => parseEvent(source, body))
    expect([refusal.kind, refusal.details.field]).toEqual(['invalid', field])
  })
})

describe('anything at all', () => {
  /** A fixture with some of its values replaced by others. */
  const mutated = fc
    .tuple(
      fc.constantFrom(...eventFixtures.filter(({ source }) => source !== 'slack')),
      fc.infiniteStream(fc.nat(30)),
      fc.jsonValue(),
    )
    .map(([one, dice, other]) => ({
      source: one.source,
      headers: one.headers,
      body: JSON.parse(one.raw, (_, value) => (dice.next().value === 0 ? other : value)) as unknown,
    }))

  const settles = (source: HookSource, body: unknown, headers: Record<string, string>): void => {
    try {
      for (const { ticket, idle } of parseEvent(source, body, headers)) {
        expect(Ticket.safeParse(ticket).error).toBeUndefined()
        expect(idle === null || typeof idle === 'string').toBe(true)
      }
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
    }
  }

  it('is parsed into tickets within their limits or refused by a typed refusal', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HOOK_SOURCES), fc.jsonValue(), (source, body) => settles(source, body, {})),
      { numRuns: 500, seed: 11 },
    )
    fc.assert(
      fc.property(mutated, ({ source, body, headers }) => settles(source, body, headers)),
      { numRuns: 1500, seed: 11 },
    )
  })

  it('survives long texts, deep documents and names that objects have anyway', () => {
    const deep = (depth: number): unknown =>
      depth === 0 ? { type: 'text', text: 'x' } : { type: 'doc', content: [deep(depth - 1)] }
    const fields = { summary: '😀'.repeat(5000), description: deep(500), labels: Array(500).fill('l'.repeat(999)) }
    settles('jira', { key: 'A-1', fields }, {})
    for (const state of ['constructor', '__proto__', 'toString'])
      settles('servicenow', { short_description: 'x', state }, {})
    settles(
      'security-hub',
      JSON.parse(
        '{"SchemaVersion":"2018-10-08","Id":"x","Title":"t","Resources":[{"Id":"r","Tags":{"__proto__":"x"}}]}',
      ),
      {},
    )
  })
})
