/** Keys for tests: valid ones, and every kind that must open nothing. */
import { createHash } from 'node:crypto'
import { createKey, keyIdOf } from '../../src/access/keys.js'
import type { Access } from '../../src/domain/access.js'
import type { Store } from '../../src/domain/store.js'

const LONG_AGO = '2026-01-01T00:00:00.000Z'

interface Wish {
  name?: string
  expiresAt?: string
  revoked?: boolean
  /** In place of a random one: for a key that is spoken of; its text then opens nothing. */
  id?: string
  /** In place of a random one: a key that every node of a test knows; given twice, it is there once. */
  text?: string
}

/** Puts a key into a store and returns the text that its holder sends. */
export async function giveKey(store: Store, scope: Access, wish: Wish = {}): Promise<string> {
  const { name = `the ${scope} key`, expiresAt = null, revoked = false } = wish
  const { text, stored } = createKey({ name, scope, expiresAt, createdBy: 'test', at: LONG_AGO })
  if (wish.text) {
    const id = keyIdOf(wish.text) ?? ''
    const hash = createHash('sha256').update(wish.text).digest('hex')
    if (!(await store.keys.find(id))) await store.keys.add({ ...stored, id, hash })
    return wish.text
  }
  await store.keys.add({ ...stored, id: wish.id ?? stored.id })
  if (revoked) await store.keys.revoke(stored.id, LONG_AGO, 'test')
  return text
}
