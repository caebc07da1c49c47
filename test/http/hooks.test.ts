/** `POST /v1/hooks/{source}` over a real socket: who is let in, what is routed, and what each sender is told. */
import fc from 'fast-check'
import type { Test } from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOOK_SOURCES } from '../../src/hooks/parse.js'
import { HookReply } from '../../src/hooks/replies.js'
import { SCHEMES, type SchemeName } from '../../src/hooks/signatures.js'
import { createSnsSignatureCheck } from '../../src/hooks/sns.js'
import { SECRETS } from '../../src/http/hooks.js'
import { Problem } from '../../src/http/problems.js'
import { startService, useService } from '../support/app.js'
import { type EventFixture, eventFixtures } from '../support/events.js'
import { giveKey } from '../support/keys.js'
import { createFakeRouter } from '../support/router.js'
import { NOW, SECRET, STANDARD_SECRET, sign } from '../support/signatures.js'
import { SUBSCRIBE, snsMessage, startCertificateHost, subscription, TOPIC } from '../support/sns.js'

const CONFIGURED = {
  ...Object.fromEntries(Object.values(SECRETS).map((name) => [name, SECRET])),
  STANDARD_WEBHOOK_SECRET: STANDARD_SECRET,
  SNS_TOPIC_ARNS: `arn:aws:sns:us-east-1:111122223333:alarms, ${TOPIC}`,
}

const router = createFakeRouter()
const fetched: string[] = []
let host: Awaited<ReturnType<typeof startCertificateHost>>
let service: Awaited<ReturnType<typeof startService>>
let bare: Awaited<ReturnType<typeof startService>>
beforeAll(async () => {
  host = await startCertificateHost()
  const sns = {
    check: createSnsSignatureCheck(host.agent),
    fetch: (async (address: unknown) => {
      fetched.push(String(address))
      return new Response('ok')
    }) as typeof fetch,
  }
  service = await startService(CONFIGURED, { routeInbound: router.routeInbound, sns })
  bare = await startService({}, { routeInbound: router.routeInbound, sns })
})
afterAll(async () => {
  await Promise.all([service.stop(), bare.stop()])
  await host.stop()
})
beforeEach(() => {
  router.routed.length = 0
  fetched.length = 0
})

const fixture = (name: string): EventFixture => {
  const found = eventFixtures.find((one) => one.name === name)
  if (!found) throw new Error(`no fixture ${name}`)
  return found
}

const post = (source: string, raw: string, headers: Record<string, string> = {}, to = service): Test =>
  to.request
    .post(`/v1/hooks/${source}`)
    .set({ 'content-type': 'application/json', ...headers })
    .serialize((body) => body)
    .send(raw)

const isSigning = (source: string): source is SchemeName => Object.hasOwn(SCHEMES, source)

/** Sends a fixture as its sender does: signed where it signs, and signed anew where SNS is the envelope. */
const deliver = (one: EventFixture): Test => {
  const body = one.raw.includes('"TopicArn"') ? resigned(one.raw) : one.raw
  const signature = isSigning(one.source) ? sign(one.source, Buffer.from(body)) : {}
  return post(one.source, body, { ...one.headers, ...signature })
}
const resigned = (raw: string): string => {
  const { Signature, Timestamp, SignatureVersion, ...rest } = JSON.parse(raw)
  return JSON.stringify(snsMessage(rest))
}

describe('every fixture', () => {
  it.each(eventFixtures.map((one) => [one.name, one] as const))('%s is answered as documented', async (name, one) => {
    if (name === 'sns/subscription-confirmation-foreign-host') {
      await deliver(one).expect(401)
      expect(fetched).toEqual([])
      return
    }
    const { body } = await deliver(one).expect(200).expect('cache-control', 'no-store')
    // A slash command is answered as a question is, in Slack's own blocks.
    if (one.source === 'slack') return expect(body.response_type).toBe('ephemeral')
    expect(HookReply.safeParse(body).error?.message).toBeUndefined()
    expect(body.source).toBe(one.source)
    const routable = one.expect.routable !== false && one.expect.outcome !== 'not-aws'
    if (name !== 'jira/issue-not-aws') expect(body.routable).toBe(routable)
    expect(body.others).toHaveLength((one.expect.findings?.length ?? 1) - 1)
    expect(body.keptExisting).toBe(one.expect.keptExisting === true || name === 'servicenow/value-link')
    if (body.routable) expect(body.decision.decisionId).toBe(body.decisionId)
    else expect(body.decision).toBeNull()
  })
})

describe('a sender that signs', () => {
  // One that has answered none of the fixtures before.
  let fresh: Awaited<ReturnType<typeof startService>>
  beforeAll(async () => {
    fresh = await startService(CONFIGURED, { routeInbound: router.routeInbound })
  })
  afterAll(() => fresh.stop())
  const sample = {
    github: fixture('github/issues-opened'),
    jira: fixture('jira/issue-created-string'),
    pagerduty: fixture('pagerduty/incident-triggered'),
    zendesk: fixture('zendesk/trigger-body'),
    slack: fixture('slack/slash-command-aws'),
    standard: fixture('servicenow/string-values'),
  } satisfies Record<SchemeName, EventFixture>

  it.each(Object.entries(sample) as [SchemeName, EventFixture][])(
    '%s: only its own signature opens',
    async (name, one) => {
      const { header, timestamp } = SCHEMES[name]
      const headers = (signature: Record<string, string>) => ({ ...one.headers, ...signature })
      const bytes = Buffer.from(one.raw)
      await post(one.source, one.raw, headers(sign(name, bytes)), fresh).expect(200)
      if (name !== 'slack') expect(router.routed.at(-1)?.trusted).toBe(true)
      const before = router.routed.length

      const wrong = await post(one.source, `${one.raw} `, headers(sign(name, bytes))).expect(401)
      expect(wrong.headers['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(wrong.body).toMatchObject({ type: '/problems/unauthorized', detail: expect.stringContaining(header) })
      if (name !== 'standard') await post(one.source, one.raw, one.headers).expect(401)
      if (timestamp !== null) {
        const stale = await post(one.source, one.raw, headers(sign(name, bytes, { at: NOW - 301_000 }))).expect(401)
        expect(stale.body.detail).toContain('5 minutes')
      }
      const foreign = sign(name, bytes, { secret: 'another secret of the tests' })
      await post(one.source, one.raw, headers(foreign)).expect(401)
      expect(router.routed.filter(({ trusted }) => trusted).length).toBe(before)
    },
  )

  it.each(Object.entries(sample) as [SchemeName, EventFixture][])(
    '%s: is told which variable is not set',
    async (name, one) => {
      const refusal = await post(one.source, one.raw, { ...one.headers, ...sign(name, Buffer.from(one.raw)) }, bare)
      expect(refusal.status).toBe(503)
      expect(refusal.body.detail).toContain(SECRETS[name])
      expect(refusal.headers['retry-after']).toBe('300')
    },
  )

  it('is never told a secret', async () => {
    const { text } = await post('github', '{}', { 'x-hub-signature-256': 'sha256=0' }).expect(401)
    expect(text).not.toContain(SECRET)
    for (const variable of ['GITHUB_WEBHOOK_SECRET', 'STANDARD_WEBHOOK_SECRET'])
      await expect(startService({ [variable]: 'short' })).rejects.toThrow(`${variable}=(not shown)`)
  })

  it('may sign as Standard Webhooks has it where it has no way of its own', async () => {
    const { raw } = fixture('security-hub/imported-consolidated')
    await post('security-hub', raw, sign('standard', Buffer.from(raw))).expect(200)
    expect(router.routed.at(-1)?.trusted).toBe(true)
    await post('security-hub', `${raw} `, sign('standard', Buffer.from(raw))).expect(401)
  })
})

describe('a delivery that comes again', () => {
  it('is answered as before and routed once, whatever its unsigned headers say', async () => {
    const { raw, headers } = fixture('github/issues-opened')
    const body = raw.replace('"number":1201', '"number":77').replace(/"number": 1201/, '"number": 77')
    const send = (delivery: string) =>
      post('github', body, { ...headers, ...sign('github', Buffer.from(body)), 'x-github-delivery': delivery }).expect(
        200,
      )
    const first = await send('a')
    const second = await send('b')
    expect(router.routed).toHaveLength(1)
    expect(first.body.duplicate).toBe(false)
    expect(second.body).toEqual({ ...first.body, duplicate: true })
  })

  it('is routed again where nobody signed it', async () => {
    const { raw } = fixture('guardduty/ec2-c2-dns')
    await post('guardduty', raw).expect(200)
    await post('guardduty', raw).expect(200)
    expect(router.routed.map(({ trusted }) => trusted)).toEqual([false, false])
  })
})

describe('Amazon SNS', () => {
  const text = { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' }
  const finding = fixture('security-hub/imported-consolidated').raw

  it('is believed by its signature: SNS > EventBridge > finding', async () => {
    const { body } = await post('eventbridge', JSON.stringify(snsMessage({ Message: finding })), text).expect(200)
    expect(body).toMatchObject({ routable: true, service: 's3', queue: 'PLAT' })
    expect(router.routed.at(-1)?.trusted).toBe(true)
  })

  it('is refused with a wrong signature, a foreign topic, or no topics at all', async () => {
    const message = snsMessage({ Message: finding })
    await post('eventbridge', JSON.stringify({ ...message, Message: '{}' }), text).expect(401)
    await post('eventbridge', JSON.stringify(snsMessage({ TopicArn: `${TOPIC}2` })), text).expect(401)
    const refusal = await post('eventbridge', JSON.stringify(message), text, bare).expect(503)
    expect(refusal.body.detail).toContain('SNS_TOPIC_ARNS')
    expect(router.routed).toEqual([])
  })

  it('has its subscription confirmed', async () => {
    const { body } = await post('cloudwatch', JSON.stringify(subscription()), text).expect(200)
    expect(body).toMatchObject({ routable: false, reason: 'subscription-confirmation' })
    expect(fetched).toEqual([SUBSCRIBE])
  })
})

describe('what each sender is told', () => {
  const told = async (name: string) => (await deliver(fixture(name)).expect(200)).body

  it('Jira: flat fields, and the update of the issue', async () => {
    const body = await told('jira/issue-created-adf')
    expect(body).toMatchObject({
      owner: 'customer',
      service: 's3',
      layer: 'network-controls',
      queue: 'PLAT',
      team: 'Platform',
    })
    expect(body.explanation).toMatch(/^Goes to Platform\. The customer owns "Network controls" of Amazon S3\./)
    expect(body.update).toEqual({
      labels: [{ add: 'owner-customer' }, { add: 'service-s3' }, { add: 'layer-network-controls' }],
      comment: [{ add: { body: body.explanation } }],
    })
  })

  it('Jira: who has it keeps it', async () => {
    const body = await told('jira/issue-updated-assigned')
    expect(body.keptExisting).toBe(true)
    expect(body.explanation).toContain('It is assigned to Kim Muster already; that stays.')
  })

  it('ServiceNow: a group and the work notes', async () => {
    const body = await told('servicenow/value-display-value')
    expect(body).toMatchObject({ assignment_group: 'Platform', work_notes: body.explanation })
  })

  it('PagerDuty: a payload for the Events API', async () => {
    expect((await told('pagerduty/incident-triggered')).payload).toMatchObject({
      severity: 'error',
      component: 's3',
      class: 'network-controls',
      group: 'customer',
    })
  })

  it('Zendesk: a note that the requester does not see', async () => {
    const body = await told('zendesk/event-body')
    expect(body.ticket).toEqual({ comment: { body: body.explanation, public: false } })
  })

  it('GitHub: a comment and labels', async () => {
    const body = await told('github/issues-opened')
    expect(body).toMatchObject({
      comment: { body: body.explanation },
      labels: ['owner-customer', 'service-s3', 'layer-network-controls'],
    })
  })

  it('Slack: an answer to the question, that only the asker sees', async () => {
    const body = await told('slack/slash-command-customer')
    expect(body.response_type).toBe('ephemeral')
    expect(body.blocks[0]).toMatchObject({ type: 'section', text: { type: 'mrkdwn', text: body.text } })
  })

  it('Security Hub: the update of each finding', async () => {
    const body = await told('security-hub/custom-action-two-findings')
    const [first, second] = [body, ...body.others].map(({ batchUpdateFindings }) => batchUpdateFindings)
    expect(first).toMatchObject({
      FindingIdentifiers: [{ ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub' }],
      Workflow: { Status: 'NOTIFIED' },
      UserDefinedFields: {
        owner: 'customer',
        service: 's3',
        layer: 'network-controls',
        team: 'Platform',
        queue: 'PLAT',
      },
    })
    expect(first.Note.Text.length).toBeLessThanOrEqual(512)
    expect(second.FindingIdentifiers[0].Id).not.toBe(first.FindingIdentifiers[0].Id)
  })

  it('Security Hub v2: the update by the identity of OCSF', async () => {
    expect((await told('ocsf/v2-compliance-2003')).batchUpdateFindingsV2.FindingIdentifiers).toEqual([
      {
        CloudAccountUid: '111122223333',
        FindingInfoUid: expect.stringContaining('arn:aws:securityhub:'),
        MetadataProductUid: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
      },
    ])
    expect((await told('ocsf/prowler-aws-fail')).batchUpdateFindingsV2).toBeUndefined()
  })

  it('AWS Support is named where AWS must act', async () => {
    const body = await told('cloudwatch/sns-system-check')
    expect(body).toMatchObject({ owner: 'aws', openAwsCase: true, destination: 'aws-support', team: null })
    expect(body.explanation).toMatch(/^Goes to AWS Support\. AWS owns .* AWS acts next\. Open a case/)
  })

  it('a finding of another cloud is not AWS’s, and nothing is decided on it', async () => {
    expect(await told('ocsf/prowler-azure')).toMatchObject({ outcome: 'not-aws', routable: false, decision: null })
    expect(router.routed).toEqual([])
  })
})

describe('what is refused', () => {
  it('an unknown source, with the list of those that there are', async () => {
    const { body } = await post('teams', '{}').expect(404)
    expect(body.type).toBe('/problems/unknown')
    for (const source of HOOK_SOURCES) expect(body.detail).toContain(source)
  })

  it.each([
    ['no JSON', '{', '/body'],
    ['nothing', '', '/body'],
    ['a finding without a title', '{"SchemaVersion":"2018-10-08","Id":"x"}', '/body/Title'],
    ['an unknown event', '{"hello":"world"}', '/body'],
  ])('%s, by its place', async (_, raw, pointer) => {
    const { body } = await post('security-hub', raw).expect(400)
    expect(body.type).toBe('/problems/invalid-request')
    expect(body.errors).toEqual([{ pointer, message: expect.any(String) }])
  })

  it('a body of another type, and one that is too large', async () => {
    await post('security-hub', '<x/>', { 'content-type': 'application/xml' }).expect(415)
    await post('security-hub', JSON.stringify({ x: 'x'.repeat(1_100_000) })).expect(413)
  })

  it('another method', async () => {
    const { headers } = await service.request.get('/v1/hooks/github').expect(405)
    expect(headers.allow).toBe('POST')
  })
})

describe('the consent that CloudEvents asks for', () => {
  it('is given to the origin that asks, at its rate', async () => {
    const { headers } = await service.request
      .options('/v1/hooks/eventbridge')
      .set({ 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' })
      .expect(204)
    expect(headers).toMatchObject({
      allow: 'POST, OPTIONS',
      'webhook-allowed-origin': 'eventemitter.example.com',
      'webhook-allowed-rate': '120',
    })
  })
})

/** Routes by the matrix itself. */
const shipped = useService()

describe('on the shipped data', () => {
  it.each([
    ['security-hub/imported-consolidated', { outcome: 'routed', owner: 'customer', service: 's3', openAwsCase: false }],
    [
      'aws-health/issue-public-operational',
      { owner: 'aws', service: 'dynamodb', destination: 'aws-support', openAwsCase: true },
    ],
    ['aws-health/scheduled-retirement', { owner: 'aws', nextActor: 'customer', service: 'ec2', openAwsCase: false }],
    ['guardduty/runtime-eks', { owner: 'customer', service: 'eks' }],
    ['aws-config/managed-rule-noncompliant', { owner: 'customer', service: 'rds', layer: 'network-controls' }],
    ['cloudwatch/eventbridge-dynamodb-system-errors', { owner: 'aws', service: 'dynamodb' }],
    ['ocsf/prowler-azure', { outcome: 'not-aws', decision: null }],
  ])('%s goes where its ids say', async (name, expected) => {
    const { source, raw } = fixture(name)
    const { body } = await shipped.post(`/v1/hooks/${source}`).send(JSON.parse(raw)).expect(200)
    expect(body).toMatchObject(expected)
    expect(HookReply.safeParse(body).error?.message).toBeUndefined()
  })
})

describe('what must not be repeated', () => {
  it('is not in the answer: a key that somebody pasted into a ticket', async () => {
    const { source, raw } = fixture('servicenow/string-values')
    expect(raw).toContain('AKIAIOSFODNN7EXAMPLE')
    const { text } = await shipped.post(`/v1/hooks/${source}`).send(JSON.parse(raw)).expect(200)
    expect(text).not.toContain('AKIAIOSFODNN7EXAMPLE')
  })
})

describe('callers with a key', () => {
  let closed: Awaited<ReturnType<typeof startService>>
  let bearer = {}
  beforeAll(async () => {
    closed = await startService({ REQUIRE_AUTH_FOR_READS: 'true' }, { routeInbound: router.routeInbound })
    bearer = { authorization: `Bearer ${await giveKey(closed.store, 'route')}` }
  })
  afterAll(() => closed.stop())

  it('are believed without a signature, at every source', async () => {
    const { raw } = fixture('jira/issue-created-adf')
    await post('jira', raw, bearer, closed).expect(200)
    expect(router.routed.at(-1)?.trusted).toBe(true)
    await post('guardduty', fixture('guardduty/ec2-c2-dns').raw, bearer, closed).expect(200)
  })

  it('are the only ones where strangers are not answered', async () => {
    const { body } = await post('guardduty', fixture('guardduty/ec2-c2-dns').raw, {}, closed).expect(401)
    expect(body.detail).toContain('"route"')
  })

  it('are told when their key does not hold', async () => {
    const wrong = { authorization: `Bearer rm_000000000000_${'x'.repeat(43)}` }
    await post('guardduty', fixture('guardduty/ec2-c2-dns').raw, wrong, closed).expect(401)
  })
})

describe('anything at all', () => {
  it('is answered or refused in so many words, never with a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...HOOK_SOURCES),
        fc.oneof(fc.json(), fc.string(), fc.constantFrom(...eventFixtures.map(({ raw }) => raw))),
        async (source, raw) => {
          const signature = isSigning(source) ? sign(source, Buffer.from(raw)) : {}
          const answer = await post(source, raw, signature)
          expect([200, 400, 401]).toContain(answer.status)
          // A slash command is answered in Slack's own form.
          if (source === 'slack' && answer.status === 200) return
          const schema = answer.status === 200 ? HookReply : Problem
          expect(schema.safeParse(answer.body).error).toBeUndefined()
        },
      ),
      { numRuns: 200, seed: 11 },
    )
  })
})
