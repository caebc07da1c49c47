import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.js'

describe('the environment', () => {
  it('may be empty', () =>
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATABASE_URL: 'file:data/responsibility.db',
    }))

  it('treats an empty variable as one that is not set', () => expect(readConfig({ PORT: '' }).PORT).toBe(3000))

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://x'],
    ['RATE_LIMIT_MAX', '0'],
    ['SNS_TOPIC_ARNS', 'arn:aws:sqs:eu-central-1:111122223333:queue'],
  ])('names %s and quotes %s where it is ill-formed', (name, value) =>
    expect(() => readConfig({ [name]: value })).toThrow(`${name}="${value}"`),
  )
})
