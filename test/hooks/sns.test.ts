/** Messages of Amazon SNS: whose they are, and which subscriptions are confirmed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../src/domain/refusal.js'
import { admitSns, createSnsSignatureCheck, isOfSns, type SnsSignatureCheck } from '../../src/hooks/sns.js'
import { NOW } from '../support/signatures.js'
import { SUBSCRIBE, snsMessage, startCertificateHost, subscription, TOPIC } from '../support/sns.js'

let host: Awaited<ReturnType<typeof startCertificateHost>>
let check: SnsSignatureCheck
const fetched: string[] = []
beforeAll(async () => {
  host = await startCertificateHost()
  check = createSnsSignatureCheck(host.agent)
})
afterAll(() => host.stop())

const fetchOk = (async (address: unknown) => {
  fetched.push(String(address))
  return new Response('<ConfirmSubscriptionResponse/>')
}) as typeof fetch

const admit = async (message: unknown, over: { topics?: string[]; get?: typeof fetch; now?: number } = {}) => {
  fetched.length = 0
  try {
    const { topics = [TOPIC], get = fetchOk, now = NOW } = over
    await admitSns(message, { topics, check, fetch: get, now: () => now })
    return 'admitted'
  } catch (error) {
    if (error instanceof Refusal) return error.kind
    throw error
  }
}

describe('a message', () => {
  it.each(['1', '2'] as const)('is taken with a signature of version %s', async (version) => {
    expect(await admit(snsMessage({ Subject: 'ALARM: "x"' }, version))).toBe('admitted')
    expect(await admit(snsMessage({}, version))).toBe('admitted')
  })

  it('is refused when a signed field was changed', async () => {
    for (const field of ['Message', 'MessageId', 'Subject', 'Timestamp', 'Type', 'Signature', 'SignatureVersion']) {
      const message = {
        ...snsMessage({ Subject: 's' }),
        [field]: field === 'Timestamp' ? new Date(NOW).toISOString() : 'x',
      }
      expect(['unauthorized', 'invalid']).toContain(await admit(message))
    }
  })

  it('is refused with a certificate of another host, which is not asked', async () => {
    const before = host.asked.length
    for (const SigningCertURL of [
      'https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-06298432e8066b29e2223bcc23aa9504.pem',
      'http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-06298432e8066b29e2223bcc23aa9504.pem',
      'https://evil.example/SimpleNotificationService-06298432e8066b29e2223bcc23aa9504.pem',
      '',
    ])
      expect(await admit(snsMessage({ SigningCertURL }))).toBe('unauthorized')
    expect(host.asked).toHaveLength(before)
  })

  it('is refused for a topic that is not listened to, and told what to set where none is', async () => {
    expect(await admit(snsMessage({ TopicArn: `${TOPIC}-other` }))).toBe('unauthorized')
    expect(await admit(snsMessage(), { topics: [] })).toBe('unavailable')
  })

  it('is refused an hour after it was signed, for SNS tries no longer', async () => {
    expect(await admit(snsMessage(), { now: NOW + 3_500_000 })).toBe('admitted')
    expect(await admit(snsMessage(), { now: NOW + 3_600_001 })).toBe('unauthorized')
    expect(await admit(snsMessage({ Timestamp: 'soon' }))).toBe('unauthorized')
  })

  it('is taken again after a page that is no certificate came in the place of one', async () => {
    const faulty = await startCertificateHost(['<html>busy</html>'])
    const checkFaulty = createSnsSignatureCheck(faulty.agent)
    await expect(checkFaulty(snsMessage())).resolves.toBeDefined()
    await expect(checkFaulty(snsMessage())).resolves.toBeDefined()
    expect(faulty.asked).toHaveLength(2)
    await faulty.stop()
  })
})

describe('a subscription', () => {
  it('is confirmed by one GET when topic, signature and address are right', async () => {
    expect(await admit(subscription())).toBe('admitted')
    expect(fetched).toEqual([SUBSCRIBE])
  })

  it.each([
    'https://sns.eu-central-1.amazonaws.com.evil.example/?Action=ConfirmSubscription',
    'http://sns.eu-central-1.amazonaws.com/',
    'https://sns.eu-central-1.amazonaws.com:8443/',
    'https://user@sns.eu-central-1.amazonaws.com/',
    'https://169.254.169.254/latest/meta-data',
    'https://s3.eu-central-1.amazonaws.com/',
    'not a url',
  ])('at %s is refused and never fetched', async (SubscribeURL) => {
    expect(await admit(subscription({ SubscribeURL }))).toBe('unauthorized')
    expect(fetched).toEqual([])
  })

  it('to a topic that is not listened to, or with a wrong signature, is never fetched', async () => {
    expect(await admit(subscription({ TopicArn: `${TOPIC}-other` }))).toBe('unauthorized')
    expect(await admit({ ...subscription(), Token: 'other' })).toBe('unauthorized')
    expect(fetched).toEqual([])
  })

  it('that SNS does not take is told to SNS, which asks again', async () => {
    const refuse = (async () => new Response('no', { status: 403 })) as typeof fetch
    const fail = (async () => {
      throw new TypeError('fetch failed')
    }) as typeof fetch
    expect(await admit(subscription(), { get: refuse })).toBe('unavailable')
    expect(await admit(subscription(), { get: fail })).toBe('unavailable')
  })

  it('may be in China', () => expect(isOfSns('https://sns.cn-north-1.amazonaws.com.cn/?Action=x')).toBe(true))
})
