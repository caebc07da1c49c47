/** From what a request carries to who asks: a key of ours, or a token of the OpenID provider. */
import type { Caller } from '../domain/access.js'
import { Refusal } from '../domain/refusal.js'
import type { Keyring } from './keyring.js'
import type { Oidc } from './oidc.js'

export interface Authenticator {
  /** Who sent this `Authorization` header; null where none was sent. Refuses credentials that do not hold. */
  callerOf(header: string | undefined): Promise<Caller | null>
}

/** `oidc` is null where no provider is configured. */
export function createAuthenticator(keyring: Keyring, oidc: Oidc | null): Authenticator {
  return {
    async callerOf(header) {
      if (header === undefined) return null
      const credentials = /^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1]
      if (credentials === undefined)
        throw new Refusal('unauthorized', 'The header is not of the form "Authorization: Bearer <key>".')
      // Whatever is of the form of a key is one: no token is ever taken for it, nor it for a token.
      if (oidc === null || credentials.startsWith('rm_')) return keyring.holderOf(credentials)
      return oidc.holderOf(credentials)
    },
  }
}
