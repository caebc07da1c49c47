/** Signatures of senders: held against the libraries of their makers, and against everything that could go wrong. */
import { createHmac } from 'node:crypto'
import { sign as signGitHub, verify as verifyGitHub } from '@octokit/webhooks-methods'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import {
  checkSignature,
  createRecentDeliveries,
  deliveryKey,
  SCHEMES,
  type SchemeName,
} from '../../src/hooks/signatures.js'
import { NOW, SECRET, STANDARD_SECRET, sign } from '../support/signatures.js'

const names = Object.keys(SCHEMES) as SchemeName[]
const secretOf = (name: SchemeName): string => (name === 'standard' ? STANDARD_SECRET : SECRET)
const body = Buffer.from('{"text":"Umlaut ü, 😀"}')
const check = (name: SchemeName, headers: Record<string, string>, bytes = body, now = NOW) =>
  checkSignature(SCHEMES[name], { body: bytes, headers, secret: secretOf(name), now })

describe.each(names)('%s', (name) => {
  const { header, prefix, separator, timestamp } = SCHEMES[name]

  it('takes what was signed with the secret, at any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(check(name, sign(name, Buffer.from(bytes)), Buffer.from(bytes))).toBeNull()
      }),
    )
  })

  it('refuses another body, another secret, a cut, an empty and a foreign value', () => {
    const headers = sign(name, body)
    expect(check(name, headers, Buffer.from('{}'))).toBe('wrong')
    expect(checkSignature(SCHEMES[name], { body, headers, secret: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0', now: NOW })).toBe(
      'wrong',
    )
    const value = String(headers[header])
    for (const other of [
      value.slice(0, -1),
      value.slice(prefix.length + 1),
      `x${value}`,
      `${value}0`,
      prefix || 'x',
      '=',
      'ü',
    ])
      expect(check(name, { ...headers, [header]: other })).toBe('wrong')
    expect(check(name, { ...headers, [header]: '' })).toBe('missing')
  })

  it('says which is missing rather than taking less', () => {
    const headers = sign(name, body)
    for (const key of Object.keys(headers))
      expect(check(name, { ...headers, [key]: undefined } as never)).toBe('missing')
  })

  if (timestamp !== null)
    it('refuses what was signed more than five minutes away, and a time that is none', () => {
      const headers = sign(name, body)
      expect(check(name, headers, body, NOW + 299_000)).toBeNull()
      expect(check(name, headers, body, NOW - 299_000)).toBeNull()
      expect(check(name, headers, body, NOW + 301_000)).toBe('stale')
      expect(check(name, headers, body, NOW - 301_000)).toBe('stale')
      for (const stamp of ['soon', '', '99999999999999', 'NaN'])
        expect(check(name, { ...headers, [timestamp]: stamp })).toBe('stale')
    })

  if (timestamp !== null)
    it('signs the time too, so that it cannot be renewed', () => {
      const headers = sign(name, body, { at: NOW - 600_000 })
      const renewed = String(sign(name, body)[timestamp])
      expect(check(name, { ...headers, [timestamp]: renewed })).toBe('wrong')
    })

  if (separator !== null)
    it('takes one good value among several, while a secret is changed', () => {
      const headers = sign(name, body)
      const foreign = `${prefix}${'0'.repeat(44)}`
      const list = [foreign, 'v9=unknown', String(headers[header])].join(separator)
      expect(check(name, { ...headers, [header]: list })).toBeNull()
      expect(check(name, { ...headers, [header]: [foreign, foreign].join(separator) })).toBe('wrong')
    })

  if (separator === null)
    it('takes no list where the sender sends none', () => {
      const headers = sign(name, body)
      const value = String(headers[header])
      expect(check(name, { ...headers, [header]: `${value},${value}` })).toBe('wrong')
    })
})

describe('the makers’ own libraries', () => {
  it('@octokit/webhooks-methods signs as we check, and checks as we sign', async () => {
    const text = body.toString()
    expect(check('github', { 'x-hub-signature-256': await signGitHub(SECRET, text) })).toBeNull()
    expect(await verifyGitHub(SECRET, text, String(sign('github', body)['x-hub-signature-256']))).toBe(true)
  })

  it('standardwebhooks signs as we check', () => {
    const stamp = new Date(NOW)
    const signature = new Webhook(STANDARD_SECRET).sign('msg_1', stamp, body.toString())
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(NOW / 1000), 'webhook-signature': signature }
    expect(check('standard', headers)).toBeNull()
    expect(sign('standard', body, { id: 'msg_1' })).toEqual(headers)
  })

  it('standardwebhooks takes what we take as a list of signatures', () => {
    const at = Date.now()
    const headers = sign('standard', body, { at })
    const list = { ...headers, 'webhook-signature': `v1,${'A'.repeat(43)}= ${headers['webhook-signature']}` }
    expect(new Webhook(STANDARD_SECRET).verify(body.toString(), list as never)).toEqual(JSON.parse(body.toString()))
    expect(check('standard', list, body, at)).toBeNull()
  })
})

describe('the published example', () => {
  it('of Slack holds', () => {
    const form =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const headers = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    }
    const request = { body: Buffer.from(form), headers, secret: '8f742231b10e8888abcd99yyyzzz85a5' }
    expect(checkSignature(SCHEMES.slack, { ...request, now: 1_531_420_618_000 })).toBeNull()
  })

  it('of GitHub holds', () => {
    const headers = {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    }
    const request = { body: Buffer.from('Hello, World!'), headers, secret: "It's a Secret to Everybody" }
    expect(checkSignature(SCHEMES.github, { ...request, now: NOW })).toBeNull()
  })

  it('of Zendesk is base64 over time and body', () => {
    const stamp = '2026-11-24T12:00:00Z'
    const expected = createHmac('sha256', SECRET).update(`${stamp}${body}`).digest('base64')
    expect(
      check('zendesk', { 'x-zendesk-webhook-signature': expected, 'x-zendesk-webhook-signature-timestamp': stamp }),
    ).toBeNull()
  })
})

describe('deliveries that come again', () => {
  it('are known by their signed bytes and their source', () => {
    const key = deliveryKey('github', body)
    expect(deliveryKey('github', Buffer.from(body))).toBe(key)
    expect(deliveryKey('jira', body)).not.toBe(key)
    expect(deliveryKey('github', Buffer.from('{}'))).not.toBe(key)
  })

  it('are forgotten oldest first, by their number and by their length', () => {
    const recent = createRecentDeliveries({ max: 2, maxLength: 10 })
    const kept = () => ['a', 'b', 'c'].map((key) => recent.get(key))
    recent.put('a', '1')
    recent.put('b', '2')
    recent.put('a', '3')
    recent.put('c', '4')
    expect(kept()).toEqual(['3', undefined, '4'])
    recent.put('b', '0123456789')
    expect(kept()).toEqual([undefined, '0123456789', undefined])
    recent.put('a', '01234567890')
    expect(kept()).toEqual([undefined, undefined, undefined])
  })
})
