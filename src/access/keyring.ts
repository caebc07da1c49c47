/** Answers whose key a request carries, from memory where it asked the database a moment ago. */
import { setImmediate } from 'node:timers/promises'
import type { Caller, KeyStore, StoredKey } from '../domain/access.js'
import { Refusal } from '../domain/refusal.js'
import { isKey, keyIdOf } from './keys.js'

/** How long a revoked key may still open something on a node that has just seen it valid. */
const FRESH_MS = 5000
/** How long a key that was seen valid still opens reads while the database does not answer. */
const STALE_MS = 10 * 60_000
/** The last use of a key is noted at most this often. */
const TOUCH_MS = 60_000

interface Parts {
  keys: KeyStore
  now: () => number
  /** Told what the database failed in: looking a key up, or noting its last use, which is no reason to refuse. */
  onError: (error: unknown) => void
}

export interface Keyring {
  /** The holder of a key. Refuses an unknown, revoked or expired one. */
  holderOf(text: string): Promise<Caller>
  /** Waits until the last uses are noted. */
  close(): Promise<void>
}

export function createKeyring({ keys, now, onError }: Parts): Keyring {
  // Only keys that exist are remembered, so inventing ids fills no memory.
  const seen = new Map<string, { key: StoredKey; at: number }>()
  const asked = new Map<string, Promise<StoredKey | undefined>>()
  const touched = new Map<string, number>()
  const writing = new Set<Promise<void>>()

  const ask = async (id: string): Promise<StoredKey | undefined> => {
    try {
      const key = await keys.find(id)
      if (key) seen.set(id, { key, at: now() })
      return key
    } catch (error) {
      const known = seen.get(id)
      if (known && now() - known.at < STALE_MS) return known.key
      onError(error)
      throw new Refusal('unavailable', 'Your key cannot be checked: the database does not answer. Try again soon.')
    }
  }
  const find = (id: string): Promise<StoredKey | undefined> => {
    const known = seen.get(id)
    if (known && now() - known.at < FRESH_MS) return Promise.resolve(known.key)
    // Requests that come together ask once.
    const pending = asked.get(id) ?? ask(id).finally(() => asked.delete(id))
    asked.set(id, pending)
    return pending
  }
  const touch = ({ id, lastUsedAt }: StoredKey): void => {
    const at = now()
    const last = Math.max(touched.get(id) ?? 0, lastUsedAt === null ? 0 : Date.parse(lastUsedAt))
    if (at - last < TOUCH_MS) return
    touched.set(id, at)
    // Apart from the request: an SQLite write would hold it up until it is on the disk.
    const write: Promise<void> = setImmediate()
      .then(() => keys.touch(id, new Date(at).toISOString()))
      .catch(onError)
      .finally(() => writing.delete(write))
    writing.add(write)
  }

  return {
    async holderOf(text) {
      const id = keyIdOf(text)
      const key = id === null ? undefined : await find(id)
      if (!key || !isKey(text, key))
        throw new Refusal('unauthorized', 'The key that you sent is no key of this service. Ask its admin for one.')
      // Whoever holds the whole key may know what became of it.
      if (key.revokedAt !== null)
        throw new Refusal('unauthorized', `The key ${key.id} (${key.name}) was revoked at ${key.revokedAt}.`)
      if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now())
        throw new Refusal('unauthorized', `The key ${key.id} (${key.name}) expired at ${key.expiresAt}.`)
      touch(key)
      return { actor: key.name, scope: key.scope }
    },
    async close() {
      await Promise.all(writing)
    },
  }
}
