/** What is masked, and what is left as it is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mask, maskAll } from '../../../src/domain/tickets/mask.js'
import { packageRoot } from '../../../src/paths.js'

describe('mask', () => {
  it.each([
    ['{"username":"admin","password":"Tr0ub4dor&3"}', 'Tr0ub4dor'],
    ['user=app pw=Geheim123!', 'Geheim123'],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalr'],
    ['the secret is wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY ok', 'wJalr'],
    ['key AKIAI44QH8DHBEXAMPLE and ASIAI44QH8DHBEXAMPLE', 'QH8DHB'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2ln', 'eyJ'],
    ['Authorization: Bearer abc123def456ghi', 'abc123def'],
    ['ghp_0123456789abcdefghij xoxb-1234567890-abcdef', '123456789'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----', 'MIIEow'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEow cut off', 'MIIEow'],
    ['postgres://app:hunter22@db.example.com/x', 'hunter22'],
    ['mail petra.muster@example.com', 'petra'],
    ['IBAN DE02 0000 0000 0000 0000 00', '0000'],
    ['card 4111 1111 1111 1111 was charged', '1111'],
    ['Tel. +49 221 0000000', '0000000'],
    ['call +49 151 0000000', '0000000'],
  ])('takes the secret out of %s', (text, secret) => expect(mask(text)).not.toContain(secret))

  it.each([
    'arn:aws:ec2:eu-central-1:111122223333:instance/i-0a1b2c3d4e5f67890',
    'account 111122223333 at 2026-11-24T12:00:00.000Z',
    '3f786850e387550fdab836ed7e6dc881de23001b',
    'Basic monitoring is off',
    'AccessDenied on s3:PutObject from 10.0.0.12',
  ])('leaves %s', (text) => expect(mask(text)).toBe(text))

  it('leaves nothing that a note of the corpus calls a secret or an address', () => {
    const noted = readFileSync(join(packageRoot, 'test/corpus/tickets-development.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('mask:'))
      .map((line) => JSON.parse(line))
    expect(noted.length).toBeGreaterThan(5)
    const left = JSON.stringify(maskAll(noted.map(({ ticket, event }) => ticket ?? event)))
    expect(left).not.toMatch(
      /@example\.com|Tr0ub4dor|Geheim123|AKIA[A-Z0-9]{4}|wJalr|eyJ|221 0000000|151 0000000|DE02 0000/,
    )
  })

  it('is done with a long text of any kind at once', () => {
    for (const part of ['a', '1 ', 'a.', 'secret', '://', 'password ', 'A1', '@a.']) {
      const started = performance.now()
      mask(part.repeat(10_000 / part.length))
      expect(performance.now() - started, part).toBeLessThan(500)
    }
  })
})
