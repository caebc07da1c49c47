/** Who really sent a delivery: one verifier for the six ways in which senders sign with a shared secret. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type EventHeaders, headerOf } from './read.js'

/** One way of signing: HMAC-SHA256 over a string that is made of the raw body. */
export interface Scheme {
  /** Who signs so, in words. */
  name: string
  /** Holds the signature, in lower case. */
  header: string
  /** Stands before each value; values with another are of a version that we do not know. */
  prefix: string
  /** Between several values, which a sender sends while it changes its secret: one that fits is enough. */
  separator: string | null
  encoding: 'hex' | 'base64'
  /** Holds the time of signing: seconds since the epoch, or RFC 3339. */
  timestamp: string | null
  /** Holds an id that is signed too. */
  id: string | null
  /** What stands before the body in what is signed. */
  lead(stamp: string, id: string): string
  /** The key in the secret as people hold it. */
  key(secret: string): Buffer
}

const asText = (secret: string): Buffer => Buffer.from(secret, 'utf8')
const plain = { separator: null, timestamp: null, id: null, lead: () => '', key: asText }

/** Sources: the verification page of each sender, listed in docs/hooks.md. */
export const SCHEMES = {
  github: { ...plain, name: 'GitHub', header: 'x-hub-signature-256', prefix: 'sha256=', encoding: 'hex' },
  jira: { ...plain, name: 'Jira', header: 'x-hub-signature', prefix: 'sha256=', encoding: 'hex' },
  pagerduty: {
    ...plain,
    name: 'PagerDuty',
    header: 'x-pagerduty-signature',
    prefix: 'v1=',
    separator: ',',
    encoding: 'hex',
  },
  zendesk: {
    ...plain,
    name: 'Zendesk',
    header: 'x-zendesk-webhook-signature',
    prefix: '',
    encoding: 'base64',
    timestamp: 'x-zendesk-webhook-signature-timestamp',
    lead: (stamp: string) => stamp,
  },
  slack: {
    ...plain,
    name: 'Slack',
    header: 'x-slack-signature',
    prefix: 'v0=',
    encoding: 'hex',
    timestamp: 'x-slack-request-timestamp',
    lead: (stamp: string) => `v0:${stamp}:`,
  },
  standard: {
    name: 'Standard Webhooks',
    header: 'webhook-signature',
    prefix: 'v1,',
    separator: ' ',
    encoding: 'base64',
    timestamp: 'webhook-timestamp',
    id: 'webhook-id',
    lead: (stamp: string, id: string) => `${id}.${stamp}.`,
    key: (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'),
  },
} as const satisfies Record<string, Scheme>
export type SchemeName = keyof typeof SCHEMES

/** How far a sender's clock may be from ours, in milliseconds. */
export const TOLERANCE = 5 * 60 * 1000

/** Values of one header that are looked at: no sender has more than two secrets at once. */
const MAX_VALUES = 10

/** Why a signature was not accepted, or null. `missing`: a header is not there. `stale`: signed too long ago, or ahead. */
export type SignatureFault = 'missing' | 'stale' | 'wrong' | null

/** Checks a signature over the bytes as they came. `now` is in milliseconds since the epoch. */
export function checkSignature(
  scheme: Scheme,
  { body, headers, secret, now }: { body: Buffer; headers: EventHeaders; secret: string; now: number },
): SignatureFault {
  const given = headerOf(headers, scheme.header)
  const stamp = scheme.timestamp === null ? '' : headerOf(headers, scheme.timestamp)
  const id = scheme.id === null ? '' : headerOf(headers, scheme.id)
  if (!given || stamp === undefined || id === undefined) return 'missing'
  if (scheme.timestamp !== null) {
    const signedAt = timeOf(stamp)
    // A time that cannot be read compares as neither.
    if (!(Math.abs(now - signedAt) <= TOLERANCE)) return 'stale'
  }
  const hmac = createHmac('sha256', scheme.key(secret)).update(scheme.lead(stamp, id)).update(body)
  const expected = Buffer.from(scheme.prefix + hmac.digest(scheme.encoding))
  const values = scheme.separator === null ? [given] : given.split(scheme.separator, MAX_VALUES)
  return values.some((value) => isSame(Buffer.from(value.trim()), expected)) ? null : 'wrong'
}

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

/** Milliseconds since the epoch; not a number for what is no time. */
const timeOf = (stamp: string): number => (/^\d{1,12}$/.test(stamp) ? Number(stamp) * 1000 : Date.parse(stamp))

/**
 * What a signed delivery is known by when it comes again. The signature covers the body, so the body is the identity;
 * the ids in headers (`X-GitHub-Delivery`) are not signed, and whoever replays a delivery could choose a new one.
 */
export const deliveryKey = (source: string, body: Buffer): string =>
  `${source} ${createHash('sha256').update(body).digest('base64')}`

/** Answers by delivery, so that one that comes again is answered as before and has no second effect. */
export interface RecentDeliveries {
  get(key: string): string | undefined
  put(key: string, answer: string): void
}

/** Remembers the last so many answers, and no more than so many characters of them; the oldest goes first. */
export function createRecentDeliveries({ max = 2000, maxLength = 32_000_000 } = {}): RecentDeliveries {
  const known = new Map<string, string>()
  let length = 0
  const drop = (key: string): void => {
    length -= known.get(key)?.length ?? 0
    known.delete(key)
  }
  return {
    get: (key) => known.get(key),
    put(key, answer) {
      drop(key)
      known.set(key, answer)
      length += answer.length
      for (const oldest of known.keys()) {
        if (known.size <= max && length <= maxLength) break
        drop(oldest)
      }
    },
  }
}
