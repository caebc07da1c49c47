/** Signs as each sender does, written from their documentation and not from our own table. */
import { createHmac } from 'node:crypto'
import type { SchemeName } from '../../src/hooks/signatures.js'

/** The instant at which the services of the tests live. */
export const NOW = Date.parse('2026-11-24T12:00:00.000Z')
export const SECRET = 'a secret of the tests alone'
export const STANDARD_SECRET = `whsec_${Buffer.from('thirty-two bytes of a test secret').toString('base64')}`

/** The headers that go with a body. */
export function sign(
  name: SchemeName,
  body: Buffer,
  {
    at = NOW,
    id = 'msg_1',
    secret = name === 'standard' ? STANDARD_SECRET : SECRET,
  }: { at?: number; id?: string; secret?: string } = {},
): Record<string, string> {
  const hmac = (key: string | Buffer, ...parts: (string | Buffer)[]) => {
    const made = createHmac('sha256', key)
    for (const part of parts) made.update(part)
    return made
  }
  const seconds = String(Math.floor(at / 1000))
  switch (name) {
    case 'github':
      return { 'x-hub-signature-256': `sha256=${hmac(secret, body).digest('hex')}` }
    case 'jira':
      return { 'x-hub-signature': `sha256=${hmac(secret, body).digest('hex')}` }
    case 'pagerduty':
      return { 'x-pagerduty-signature': `v1=${hmac(secret, body).digest('hex')}` }
    case 'zendesk': {
      const stamp = new Date(at).toISOString()
      return {
        'x-zendesk-webhook-signature': hmac(secret, stamp, body).digest('base64'),
        'x-zendesk-webhook-signature-timestamp': stamp,
      }
    }
    case 'slack':
      return {
        'x-slack-signature': `v0=${hmac(secret, `v0:${seconds}:`, body).digest('hex')}`,
        'x-slack-request-timestamp': seconds,
      }
    case 'standard': {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
      return {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${hmac(key, `${id}.${seconds}.`, body).digest('base64')}`,
      }
    }
  }
}
