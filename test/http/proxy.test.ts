import { describe, expect, it } from 'vitest'
import { startService } from '../support/app.js'

/** How many requests are left to a caller after each of these, told apart by the header that a proxy sets. */
async function remaining(environment: Record<string, string>, callers: readonly string[]): Promise<number[]> {
  const service = await startService({ RATE_LIMIT_MAX: '10', ...environment })
  const left: number[] = []
  for (const caller of callers) {
    const { headers } = await service.request.get('/v1/layers').set('x-forwarded-for', caller)
    left.push(Number(headers['ratelimit-remaining']))
  }
  await service.stop()
  return left
}

describe('behind a load balancer', () => {
  it('tells callers apart by X-Forwarded-For where the load balancer is named in TRUST_PROXY', async () =>
    expect(await remaining({ TRUST_PROXY: '127.0.0.1, ::1' }, ['192.0.2.1', '192.0.2.2', '192.0.2.1'])).toEqual([
      9, 9, 8,
    ]))

  it('believes nobody else: an invented address wins no new count', async () =>
    expect(await remaining({}, ['192.0.2.1', '192.0.2.2', '192.0.2.1'])).toEqual([9, 8, 7]))
})
