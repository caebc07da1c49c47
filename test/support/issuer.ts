/** An OpenID provider on this machine: its discovery document, its keys, and tokens that it signs. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface Issuer {
  url: string
  /** How often its keys were read. */
  reads(): number
  /** Replaces its signing key by a new one, and forgets the old one. */
  rotate(): Promise<void>
  /** Signs claims; `iss`, `aud`, `sub`, `iat` and `exp` are good where nothing else is said. */
  sign(claims?: Record<string, unknown>, options?: { kid?: string; key?: CryptoKey }): Promise<string>
  /** Its public key as PEM-like text, which a confused verifier would take for a shared secret. */
  publicText(): string
  /** Makes it answer nothing but errors, or well again. */
  fail(failing: boolean): void
  close(): Promise<void>
}

export const AUDIENCE = 'responsibility-matrix'

/** `now` is in milliseconds. `claimedIssuer` is what its discovery document names, where it lies. */
export async function startIssuer(now: () => number, claimedIssuer?: string): Promise<Issuer> {
  let pair = await generateKeyPair('RS256')
  let kid = 'first'
  let reads = 0
  let text = ''
  let failing = false
  const publish = async (): Promise<void> => {
    text = JSON.stringify(await exportJWK(pair.publicKey))
  }
  await publish()
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (failing) response.writeHead(500).end()
    else if (request.url === '/.well-known/openid-configuration')
      response.end(JSON.stringify({ issuer: claimedIssuer ?? url, jwks_uri: `${url}/keys` }))
    else if (request.url === '/keys') {
      reads += 1
      response.end(JSON.stringify({ keys: [{ ...JSON.parse(text), kid, alg: 'RS256', use: 'sig' }] }))
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    reads: () => reads,
    async rotate() {
      pair = await generateKeyPair('RS256')
      kid = `after ${kid}`
      await publish()
    },
    sign(claims = {}, options = {}) {
      const seconds = Math.floor(now() / 1000)
      const good = { iss: url, aud: AUDIENCE, sub: 'alice', iat: seconds, exp: seconds + 300, scope: 'openid write' }
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: options.kid ?? kid })
        .sign(options.key ?? pair.privateKey)
    },
    publicText: () => text,
    fail(now) {
      failing = now
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
