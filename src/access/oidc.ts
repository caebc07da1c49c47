/** Tokens of an OpenID provider: JWTs that it signed for us, checked by its published keys. */
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify, type RemoteJWKSet } from 'jose'
import { z } from 'zod'
import { type Caller, strongest } from '../domain/access.js'
import { Refusal } from '../domain/refusal.js'
import { isTrustworthy } from './trust.js'

/** Signatures that only the holder of a private key can make. With HMAC, whoever checks could also sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const CLOCK_SKEW_SECONDS = 60
const TIMEOUT_MS = 5000
/** How long the provider's description is believed before it is read again. */
const DISCOVERY_MS = 60 * 60_000
/** After a failure the provider is left alone for so long: callers must not make us hammer it. */
const RETRY_MS = 1000

export interface OidcSettings {
  issuer: string
  audience: string
  /** The claim that names scopes; null for `scope` or `scp`. */
  scopeClaim: string | null
  /** What stands before our scopes in the claim: `matrix:` where it says `matrix:write`. */
  scopePrefix: string
  now: () => number
  /** Told why the provider could not be asked. */
  onError: (error: unknown) => void
  /** Milliseconds between two looks for a signing key that is not among those known. */
  cooldown?: number
}

export interface Oidc {
  /** Whose token this is. Refuses what the provider did not sign for us, and what is over. */
  holderOf(token: string): Promise<Caller>
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string().refine(isTrustworthy) })

export function createOidc({ issuer, audience, scopeClaim, scopePrefix, now, onError, cooldown }: OidcSettings): Oidc {
  let known: { keys: RemoteJWKSet; uri: string; at: number } | null = null
  let failedAt = Number.NEGATIVE_INFINITY
  let pending: Promise<RemoteJWKSet> | null = null

  const discover = async (): Promise<RemoteJWKSet> => {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`)
    const document = Discovery.parse(await answer.json())
    if (document.issuer !== issuer) throw new Error(`${url} names another issuer, "${document.issuer}".`)
    const uri = document.jwks_uri
    const options = { timeoutDuration: TIMEOUT_MS, ...(cooldown === undefined ? {} : { cooldownDuration: cooldown }) }
    // The same address keeps its keys, and with them its cooldown.
    const keys = known?.uri === uri ? known.keys : createRemoteJWKSet(new URL(uri), options)
    known = { keys, uri, at: now() }
    return keys
  }
  const signingKeys = async (): Promise<RemoteJWKSet> => {
    if (known && now() - known.at < DISCOVERY_MS) return known.keys
    const left = failedAt + RETRY_MS - now()
    if (left > 0) {
      if (known) return known.keys
      throw new Error('The provider failed a moment ago.')
    }
    pending ??= discover().finally(() => {
      pending = null
    })
    try {
      return await pending
    } catch (error) {
      failedAt = now()
      if (!known) throw error
      onError(error)
      return known.keys
    }
  }

  return {
    async holderOf(token) {
      requireOurs(token, issuer)
      try {
        const { payload } = await jwtVerify(token, await signingKeys(), {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: CLOCK_SKEW_SECONDS,
          currentDate: new Date(now()),
          requiredClaims: ['exp', 'sub'],
        })
        const claims = scopeClaim === null ? [payload.scope, payload.scp] : [payload[scopeClaim]]
        const words = claims.flatMap(wordsOf).flatMap((word) => (word.startsWith(scopePrefix) ? [word] : []))
        return {
          actor: `oidc:${payload.sub}`.slice(0, 200),
          scope: strongest(words.map((word) => word.slice(scopePrefix.length))),
        }
      } catch (error) {
        const fault = faultOf(error)
        if (fault !== null) throw new Refusal('unauthorized', fault)
        onError(error)
        throw new Refusal(
          'unavailable',
          `Your token cannot be checked: its issuer, ${issuer}, does not answer. Try again soon.`,
        )
      }
    },
  }
}

/** Refuses at sight what no key could make good, so that a stranger's token never makes us call the issuer. */
function requireOurs(token: string, issuer: string): void {
  const refuse = (detail: string): never => {
    throw new Refusal('unauthorized', detail)
  }
  let algorithm: string | undefined
  let sentIssuer: string | undefined
  try {
    algorithm = decodeProtectedHeader(token).alg
    sentIssuer = decodeJwt(token).iss
  } catch {
    refuse('What you sent as bearer is neither a key of this service nor a JWT.')
  }
  if (algorithm === undefined || !ALGORITHMS.includes(algorithm))
    refuse('The token is not signed by an algorithm that is accepted here. Those are RS, PS, ES and EdDSA.')
  if (sentIssuer !== issuer) refuse(`The token was not issued by ${issuer}.`)
}

/** The words of a scope claim: a list, or a text with spaces between them (RFC 8693, section 4.2). */
const wordsOf = (claim: unknown): string[] =>
  typeof claim === 'string'
    ? claim.split(' ')
    : Array.isArray(claim)
      ? claim.filter((word) => typeof word === 'string')
      : []

/** What is wrong with a token, or null where it could not be checked. */
function faultOf(error: unknown): string | null {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Ask its issuer for a new one.'
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'aud'
      ? 'The token is not for this service: its audience is another.'
      : `The token's claim "${error.claim}" is not accepted.`
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token is signed by a key that its issuer does not publish.'
  const faulty =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported
  return faulty ? 'The signature of the token does not hold.' : null
}
