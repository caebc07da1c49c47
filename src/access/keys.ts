/** API keys: how one is made, read and held against what is kept of it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Access, StoredKey } from '../domain/access.js'

/** `rm_<id>_<secret>`: a prefix that secret scanners can look for, a public id, and 256 random bits. */
const KEY = /^rm_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/

/** The id inside a key, or null where the text is none of our keys. */
export const keyIdOf = (text: string): string | null => KEY.exec(text)?.[1] ?? null

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Whether this text is the key whose hash is kept; takes as long whichever byte differs. */
export const isKey = (text: string, { hash }: StoredKey): boolean =>
  timingSafeEqual(Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex'))

interface Wish {
  name: string
  scope: Access
  /** RFC 3339, UTC; null for a key without an end. */
  expiresAt: string | null
  createdBy: string
  /** RFC 3339, UTC. */
  at: string
}

/** Makes a key. The text is told once to whoever asked for it; only `stored` is kept. */
export function createKey({ name, scope, expiresAt, createdBy, at }: Wish): { text: string; stored: StoredKey } {
  const id = randomBytes(6).toString('hex')
  const text = `rm_${id}_${randomBytes(32).toString('base64url')}`
  const stored = {
    id,
    name,
    scope,
    hash: hashOf(text),
    createdAt: at,
    createdBy,
    expiresAt,
    revokedAt: null,
    revokedBy: null,
    lastUsedAt: null,
  }
  return { text, stored }
}
