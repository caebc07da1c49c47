import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOidc, type OidcSettings } from '../../src/access/oidc.js'
import { isTrustworthy } from '../../src/access/trust.js'
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js'
import { NOON } from '../support/noon.js'

const SECONDS = NOON.getTime() / 1000
let issuer: Issuer
beforeAll(async () => {
  issuer = await startIssuer(() => NOON.getTime())
})
afterAll(() => issuer.close())

const open = (settings: Partial<OidcSettings> = {}) =>
  createOidc({
    issuer: issuer.url,
    audience: AUDIENCE,
    scopeClaim: null,
    scopePrefix: '',
    now: () => NOON.getTime(),
    onError: () => undefined,
    ...settings,
  })

describe('a token of the provider', () => {
  it('says whose it is and what they may do', async () =>
    expect(await open().holderOf(await issuer.sign())).toEqual({ actor: 'oidc:alice', scope: 'write' }))

  it('is taken where it names us among other audiences', async () =>
    expect(await open().holderOf(await issuer.sign({ aud: ['other', AUDIENCE] }))).toMatchObject({ scope: 'write' }))

  it.each([
    ['scope as words', {}, { scope: 'read admin route' }, 'admin'],
    ['scp as a list', {}, { scope: undefined, scp: ['route', 'mail'] }, 'route'],
    ['a claim of its own', { scopeClaim: 'roles' }, { roles: ['write'], scope: 'admin' }, 'write'],
    ['words with a prefix', { scopePrefix: 'matrix:' }, { scope: 'admin matrix:route' }, 'route'],
    ['no word of ours', {}, { scope: 'openid email' }, null],
    ['no scope at all', {}, { scope: undefined }, null],
    ['a claim of another form', {}, { scope: { admin: true } }, null],
    ['a word that only begins like ours', {}, { scope: 'administrator' }, null],
  ])('with %s holds the right scope', async (_what, settings, claims, scope) =>
    expect((await open(settings).holderOf(await issuer.sign(claims))).scope).toBe(scope),
  )

  it.each([
    ['ran out 61 seconds ago', { exp: SECONDS - 61 }],
    ['is good in 61 seconds only', { nbf: SECONDS + 61 }],
    ['never ends', { exp: undefined }],
    ['names nobody', { sub: undefined }],
    ['is for another audience', { aud: 'other' }],
    ['is for no audience', { aud: undefined }],
    ['is of another issuer', { iss: 'https://login.example.com' }],
    ['names an issuer that begins like ours', { iss: 'http://127.0.0.1' }],
  ])('that %s is refused', async (_what, claims) => {
    await expect(open().holderOf(await issuer.sign(claims))).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  it('is taken while our clock and theirs differ by less than a minute', async () => {
    expect(await open().holderOf(await issuer.sign({ exp: SECONDS - 59 }))).toMatchObject({ actor: 'oidc:alice' })
    expect(await open().holderOf(await issuer.sign({ nbf: SECONDS + 59 }))).toMatchObject({ actor: 'oidc:alice' })
  })
})

describe('a forged token', () => {
  const claims = () => ({ iss: issuer.url, aud: AUDIENCE, sub: 'mallory', exp: SECONDS + 300, scope: 'admin' })
  const refused = { kind: 'unauthorized' }

  it('without a signature is refused', async () =>
    expect(open().holderOf(new UnsecuredJWT(claims()).encode())).rejects.toMatchObject(refused))

  it('signed with our public key as a shared secret is refused', async () => {
    const secret = new TextEncoder().encode(issuer.publicText())
    const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(secret)
    await expect(open().holderOf(token)).rejects.toMatchObject(refused)
  })

  it("signed by a stranger's key under a published name is refused", async () => {
    const { privateKey } = await generateKeyPair('RS256')
    await expect(open().holderOf(await issuer.sign(claims(), { key: privateKey }))).rejects.toMatchObject(refused)
  })

  it('signed by a key that is not published is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const token = await issuer.sign(claims(), { key: privateKey, kid: 'nosuch' })
    await expect(open().holderOf(token)).rejects.toMatchObject(refused)
  })

  it('with claims changed after it was signed is refused', async () => {
    const [head, , signature] = (await issuer.sign()).split('.')
    const forged = Buffer.from(JSON.stringify(claims())).toString('base64url')
    await expect(open().holderOf(`${head}.${forged}.${signature}`)).rejects.toMatchObject(refused)
  })

  it.each(['', 'a.b.c', 'nonsense', '..', `${'a'.repeat(5000)}.b.c`])(
    'that is no token (%j) is refused',
    async (text) => expect(open().holderOf(text)).rejects.toMatchObject(refused),
  )

  it('never makes us ask the provider, where no key could make it good', async () => {
    const before = issuer.reads()
    const oidc = open()
    for (const token of [new UnsecuredJWT(claims()).encode(), await issuer.sign({ iss: 'https://login.example.com' })])
      await oidc.holderOf(token).catch(() => undefined)
    expect(issuer.reads()).toBe(before)
  })

  it('makes us look for its unknown key once, and not once for each time that it is sent', async () => {
    const oidc = open()
    await oidc.holderOf(await issuer.sign())
    const before = issuer.reads()
    for (let i = 0; i < 5; i++)
      await oidc.holderOf(await issuer.sign({}, { kid: `nosuch ${i}` })).catch(() => undefined)
    expect(issuer.reads() - before).toBeLessThanOrEqual(1)
  })
})

describe('a provider', () => {
  it('may change its keys: the new one opens, and the old one no longer', async () => {
    const oidc = open({ cooldown: 0 })
    const old = await issuer.sign()
    expect(await oidc.holderOf(old)).toMatchObject({ actor: 'oidc:alice' })
    await issuer.rotate()
    expect(await oidc.holderOf(await issuer.sign())).toMatchObject({ actor: 'oidc:alice' })
    await expect(oidc.holderOf(old)).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  it('that is away makes its tokens unavailable and not wrong, and is believed again when it is back', async () => {
    let time = NOON.getTime()
    let failures = 0
    const oidc = open({ now: () => time, onError: () => failures++ })
    const token = await issuer.sign()
    issuer.fail(true)
    await expect(oidc.holderOf(token)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(failures).toBe(1)
    issuer.fail(false)
    time += 1000
    expect(await oidc.holderOf(token)).toMatchObject({ actor: 'oidc:alice' })
  })

  it('that goes away goes on being believed by the keys that it published', async () => {
    let time = NOON.getTime()
    const oidc = open({ now: () => time })
    const token = await issuer.sign({ exp: SECONDS + 86_400 })
    await oidc.holderOf(token)
    issuer.fail(true)
    time += 2 * 60 * 60_000
    expect(await oidc.holderOf(token)).toMatchObject({ actor: 'oidc:alice' })
    issuer.fail(false)
  })

  it('whose discovery document names another issuer is not believed', async () => {
    const liar = await startIssuer(() => NOON.getTime(), 'https://login.example.com')
    await expect(open({ issuer: liar.url }).holderOf(await liar.sign())).rejects.toMatchObject({ kind: 'unavailable' })
    await liar.close()
  })

  it.each([
    ['https://login.example.com/tenant', true],
    ['http://127.0.0.1:8080', true],
    ['http://localhost:8080', true],
    ['http://[::1]:8080', true],
    ['http://login.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://localhost.example.com', false],
    ['ftp://localhost', false],
    ['login.example.com', false],
  ])('at %s is trusted: %s', (url, trusted) => expect(isTrustworthy(url)).toBe(trusted))
})
