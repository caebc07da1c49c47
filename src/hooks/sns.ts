/** Amazon SNS over HTTPS: whose message it is, and the confirmation of a subscription. */
import type { Agent } from 'node:https'
import type SnsPayloadValidator from 'sns-payload-validator'
import { Refusal } from '../domain/refusal.js'
import { readSns, type SnsMessage } from './envelopes.js'

/** SNS tries again for up to an hour with the time of the first try (its documentation names the same bound). */
const TOLERANCE = 60 * 60 * 1000
const TIMEOUT = 5000

/** Resolves where the signature is SNS's; rejects where it is not or its certificate cannot be had. */
export type SnsSignatureCheck = (message: unknown) => Promise<unknown>

/**
 * Checks by `sns-payload-validator`: the certificate's host, the key list of each type, versions 1 and 2. It keeps
 * whatever it fetched as the certificate, a passing error page too, so what fails is tried once more without what it
 * kept. It knows no timeout either.
 */
export function createSnsSignatureCheck(agent?: Agent): SnsSignatureCheck {
  const create = async () => {
    const { default: Validator } = await import('sns-payload-validator')
    return new Validator({ maxCerts: 50, ...(agent ? { requestAgent: agent } : {}) })
  }
  let validator: SnsPayloadValidator | undefined
  const attempt = (one: SnsPayloadValidator, message: unknown): Promise<unknown> => {
    const late = AbortSignal.timeout(TIMEOUT)
    return new Promise((resolve, reject) => {
      late.addEventListener('abort', () => reject(late.reason), { once: true })
      one.validate(message as SnsPayloadValidator.SnsPayload).then(resolve, reject)
    })
  }
  return async (message) => {
    try {
      validator ??= await create()
      return await attempt(validator, message)
    } catch {
      const fresh = await create()
      const checked = await attempt(fresh, message)
      validator = fresh
      return checked
    }
  }
}

export interface SnsGate {
  /** ARNs of the topics that are listened to; empty where none is configured. */
  topics: readonly string[]
  check: SnsSignatureCheck
  fetch: typeof fetch
  /** Milliseconds since the epoch. */
  now: () => number
}

/**
 * Lets a message in that SNS signed for a topic that is listened to, and confirms a subscription to one. Nothing is
 * fetched before both are known; the subscription's address must be of SNS itself, so that nobody makes us call theirs.
 */
export async function admitSns(body: unknown, { topics, check, fetch, now }: SnsGate): Promise<SnsMessage> {
  const message = readSns(body)
  if (topics.length === 0)
    throw new Refusal(
      'unavailable',
      'Messages of Amazon SNS are not taken yet: set SNS_TOPIC_ARNS to the ARNs of the topics to listen to.',
    )
  if (!topics.includes(message.TopicArn))
    throw new Refusal('unauthorized', `The topic "${message.TopicArn}" is not one of SNS_TOPIC_ARNS.`)
  const age = now() - Date.parse(message.Timestamp ?? '')
  if (!(Math.abs(age) <= TOLERANCE))
    throw new Refusal('unauthorized', 'The message was signed more than an hour ago, or its Timestamp is no time.')
  const confirms = message.Type === 'SubscriptionConfirmation'
  if (confirms && !isOfSns(message.SubscribeURL))
    throw new Refusal('unauthorized', 'The SubscribeURL is not an https address of sns.<region>.amazonaws.com.')
  try {
    // The message as it came: what was read of it is trimmed.
    await check(body)
  } catch {
    throw new Refusal('unauthorized', 'The signature of the SNS message does not hold.')
  }
  if (confirms) await confirm(message.SubscribeURL ?? '', fetch)
  return message
}

/** Whether an address is one of SNS's own. */
export function isOfSns(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false
  const { protocol, hostname, port, username } = new URL(address)
  const own = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?$/.test(hostname)
  return own && protocol === 'https:' && port === '' && username === ''
}

async function confirm(address: string, get: typeof fetch): Promise<void> {
  const answer = await get(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null)
  if (!answer?.ok)
    throw new Refusal('unavailable', 'SNS did not take the confirmation of the subscription. It will ask again.')
}
