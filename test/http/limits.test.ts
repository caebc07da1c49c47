/** The limits of callers: by key where one holds, by address where none does. */
import { afterAll, describe, expect, it, vi } from 'vitest'
import { startService } from '../support/app.js'
import { giveKey } from '../support/keys.js'

describe('the limit of requests', async () => {
  let time = Date.parse('2026-11-24T12:00:00.000Z')
  const service = await startService({ RATE_LIMIT_MAX: '3' }, { now: () => time })
  afterAll(() => service.stop())
  const first = `Bearer ${await giveKey(service.store, 'read')}`
  const second = `Bearer ${await giveKey(service.store, 'read')}`
  const revoked = `Bearer ${await giveKey(service.store, 'read', { revoked: true })}`
  const left = async (authorization?: string): Promise<[number, string]> => {
    const answer = await service.request.get('/v1/models').set(authorization ? { authorization } : {})
    return [answer.status, String(answer.headers['ratelimit-remaining'])]
  }
  const startWindow = (): void => {
    time += 60_000
  }

  it('gives each key its own count, apart from its address', async () => {
    startWindow()
    expect(await left()).toEqual([200, '2'])
    expect(await left(first)).toEqual([200, '2'])
    expect(await left(first)).toEqual([200, '1'])
    expect(await left(second)).toEqual([200, '2'])
    expect(await left()).toEqual([200, '1'])
  })

  it('refuses a key beyond its count, and nobody else', async () => {
    startWindow()
    for (const remaining of ['2', '1', '0']) expect(await left(first)).toEqual([200, remaining])
    expect(await left(first)).toEqual([429, '0'])
    expect(await left(second)).toEqual([200, '2'])
    expect(await left()).toEqual([200, '2'])
  })

  it('lets no key that does not hold escape the count of its address', async () => {
    startWindow()
    expect(await left(revoked)).toEqual([200, '2'])
    expect(await left(`Bearer rm_0123456789ab_${'x'.repeat(43)}`)).toEqual([200, '1'])
    expect(await left('Basic YTpi')).toEqual([200, '0'])
    expect(await left(`Bearer rm_ba9876543210_${'y'.repeat(43)}`)).toEqual([429, '0'])
  })

  it('looks up no unknown key from an address that has used up its count', async () => {
    startWindow()
    for (let count = 0; count < 3; count++) await left()
    const find = vi.spyOn(service.store.keys, 'find')
    expect(await left(`Bearer rm_aaaaaaaaaaaa_${'z'.repeat(43)}`)).toEqual([429, '0'])
    expect(find).not.toHaveBeenCalled()
    find.mockRestore()
  })

  it('still serves a key that it knows from an address that has used up its count', async () => {
    startWindow()
    for (let count = 0; count < 4; count++) await left()
    expect(await left()).toEqual([429, '0'])
    expect(await left(first)).toEqual([200, '2'])
  })

  it('looks up nothing for a caller without a key', async () => {
    startWindow()
    const find = vi.spyOn(service.store.keys, 'find')
    expect(await left()).toEqual([200, '2'])
    expect(find).not.toHaveBeenCalled()
    find.mockRestore()
  })
})
