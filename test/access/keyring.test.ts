import { describe, expect, it } from 'vitest'
import { createKeyring } from '../../src/access/keyring.js'
import { createKey, isKey, keyIdOf } from '../../src/access/keys.js'
import type { KeyStore, StoredKey } from '../../src/domain/access.js'

const START = Date.parse('2026-11-24T12:00:00.000Z')
const wish = { name: 'portal', scope: 'write', expiresAt: null, createdBy: 'test', at: '2026-11-24T00:00:00Z' } as const

/** A keyring over keys in memory, with a clock to turn and a database to cut off. */
function setUp() {
  const rows = new Map<string, StoredKey>()
  const world = { time: START, down: false, finds: 0, touches: [] as string[], errors: 0 }
  const reach = (): void => {
    if (world.down) throw new Error('no database')
  }
  const keys: KeyStore = {
    async add(key) {
      rows.set(key.id, key)
    },
    async find(id) {
      world.finds += 1
      reach()
      return rows.get(id)
    },
    list: async () => [...rows.values()],
    async revoke(id, at, by) {
      const key = rows.get(id)
      if (key) rows.set(id, { ...key, revokedAt: at, revokedBy: by })
    },
    async touch(_id, at) {
      reach()
      world.touches.push(at)
    },
  }
  const keyring = createKeyring({ keys, now: () => world.time, onError: () => world.errors++ })
  return { world, keys, keyring }
}

describe('a key', () => {
  it('has a prefix to search leaks for, a public id and 256 random bits', () => {
    const { text, stored } = createKey(wish)
    expect(text).toMatch(/^rm_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/)
    expect(keyIdOf(text)).toBe(stored.id)
    expect(Buffer.from(text.slice(16), 'base64url')).toHaveLength(32)
    expect(createKey(wish).text.slice(16)).not.toBe(text.slice(16))
  })

  it('is not in what is kept of it', () => {
    const { text, stored } = createKey(wish)
    expect(JSON.stringify(stored)).not.toContain(text.slice(16))
    expect(isKey(text, stored)).toBe(true)
    expect(isKey(createKey(wish).text, stored)).toBe(false)
  })
})

describe('the keyring', () => {
  it('asks the database once for requests that come together, and again after five seconds', async () => {
    const { world, keys, keyring } = setUp()
    const { text, stored } = createKey(wish)
    await keys.add(stored)
    await Promise.all([keyring.holderOf(text), keyring.holderOf(text)])
    world.time += 4999
    expect(await keyring.holderOf(text)).toEqual({ actor: 'portal', scope: 'write' })
    expect(world.finds).toBe(1)
    world.time += 1
    await keyring.holderOf(text)
    expect(world.finds).toBe(2)
  })

  it('refuses a revoked key five seconds later at the latest, and an expired one at once', async () => {
    const { world, keys, keyring } = setUp()
    const [lasting, ending] = [createKey(wish), createKey({ ...wish, expiresAt: new Date(START + 1000).toISOString() })]
    for (const { text, stored } of [lasting, ending]) {
      await keys.add(stored)
      await keyring.holderOf(text)
    }
    await keys.revoke(lasting.stored.id, '2026-11-24T12:00:00Z', 'test')
    world.time += 1000
    await expect(keyring.holderOf(ending.text)).rejects.toThrow(`expired at ${ending.stored.expiresAt}`)
    world.time += 4000
    await expect(keyring.holderOf(lasting.text)).rejects.toThrow('was revoked at')
  })

  it('never tells what became of a key to someone who has only its id', async () => {
    const { keys, keyring } = setUp()
    const { stored } = createKey(wish)
    await keys.add({ ...stored, revokedAt: '2026-11-24T12:00:00Z' })
    const guessed = `rm_${stored.id}_${'A'.repeat(43)}`
    await expect(keyring.holderOf(guessed)).rejects.toThrow('no key of this service')
  })

  it('notes the last use once a minute', async () => {
    const { world, keys, keyring } = setUp()
    const { text, stored } = createKey(wish)
    await keys.add(stored)
    for (const seconds of [0, 1, 59, 60, 61, 119, 120]) {
      world.time = START + seconds * 1000
      await keyring.holderOf(text)
    }
    await keyring.close()
    expect(world.touches.map((at) => (Date.parse(at) - START) / 1000)).toEqual([0, 60, 120])
  })

  it('opens for a key that it has just seen while the database is away, and for no other', async () => {
    const { world, keys, keyring } = setUp()
    const [seen, unseen] = [createKey(wish), createKey(wish)]
    await keys.add(seen.stored)
    await keys.add(unseen.stored)
    await keyring.holderOf(seen.text)
    world.down = true
    world.time += 60_000
    expect(await keyring.holderOf(seen.text)).toMatchObject({ actor: 'portal' })
    await expect(keyring.holderOf(unseen.text)).rejects.toMatchObject({ kind: 'unavailable' })
    world.time += 10 * 60_000
    await expect(keyring.holderOf(seen.text)).rejects.toMatchObject({ kind: 'unavailable' })
    await keyring.close()
    expect(world.errors).toBeGreaterThan(0)
  })
})
