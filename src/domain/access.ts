/** Who may do what: the scopes, and API keys as they are kept. */
import { z } from 'zod'

/** The scopes, weakest first: each includes those before it. */
export const SCOPES_OF_ACCESS = ['read', 'route', 'write', 'admin'] as const
/**
 * What an operation asks for and a key is made with. `read`: reading, where reads are closed. `route`: routing tickets
 * and storing the decisions. `write`: changing the data. `admin`: making and revoking keys.
 */
export const Access = z.enum(SCOPES_OF_ACCESS)
export type Access = z.infer<typeof Access>

/** Someone who has proved who they are. */
export interface Caller {
  /** How the change log names them: the name of a key, or `oidc:` and the subject of a token. */
  actor: string
  /** The strongest scope they hold; null for a token that names none of ours. */
  scope: Access | null
}

/** Whether a scope includes another. */
export const includes = (held: Access | null, needed: Access): boolean =>
  held !== null && SCOPES_OF_ACCESS.indexOf(held) >= SCOPES_OF_ACCESS.indexOf(needed)

/** The strongest scope among some words, of which others may mean nothing to us. */
export const strongest = (words: readonly string[]): Access | null =>
  SCOPES_OF_ACCESS.findLast((scope) => words.includes(scope)) ?? null

/** The public part of a key: it is listed, logged and revoked by. */
export const KeyId = z
  .string()
  .max(12)
  .regex(/^[0-9a-f]{12}$/, 'must be the twelve characters between rm_ and the next _ of a key')

/** What a key is called, which is what the change log calls its holder. */
export const KeyName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/, 'must be letters, digits, spaces, dots, hyphens and _')
  // The log says "seed" of what we ship.
  .refine((name) => name.toLowerCase() !== 'seed', 'must not be "seed", by which the change log names our own data')

/** An API key as it is kept: its hash and never itself. Times are RFC 3339, UTC. */
export interface StoredKey {
  id: string
  name: string
  scope: Access
  /** SHA-256 of the whole key, in hexadecimal. */
  hash: string
  createdAt: string
  createdBy: string
  /** From this instant on it opens nothing; null for a key without an end. */
  expiresAt: string | null
  revokedAt: string | null
  revokedBy: string | null
  /** When it last opened something, to the minute; null before its first use. */
  lastUsedAt: string | null
}

/** Where keys are kept, shared by all nodes. A key is never deleted: who could write when is part of the record. */
export interface KeyStore {
  add(key: StoredKey): Promise<void>
  find(id: string): Promise<StoredKey | undefined>
  /** All of them, oldest first. */
  list(): Promise<StoredKey[]>
  /** Revokes a key that is not yet revoked; leaves any other as it is. */
  revoke(id: string, at: string, by: string): Promise<void>
  /** Notes that a key was used. */
  touch(id: string, at: string): Promise<void>
}
