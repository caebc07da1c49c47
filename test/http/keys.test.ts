import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { startService } from '../support/app.js'
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js'
import { giveKey } from '../support/keys.js'
import { NOON } from '../support/noon.js'

type Service = Awaited<ReturnType<typeof startService>>
const bearer = (text: string) => ({ authorization: `Bearer ${text}` })

describe('keys over HTTP', () => {
  let time = NOON.getTime()
  let service: Service
  let admin = ''
  beforeAll(async () => {
    service = await startService({ REQUIRE_AUTH_FOR_READS: 'true' }, { now: () => time })
    admin = await giveKey(service.store, 'admin', { name: 'operations' })
  })
  afterAll(() => service.stop())

  it('are made, open what their scope opens, and are listed without the secret', async () => {
    const { request } = service
    const made = await request
      .post('/v1/keys')
      .set(bearer(admin))
      .send({ name: 'dashboard', scope: 'read', expiresAt: '2026-12-01T01:00:00+01:00' })
      .expect(200)
      .expect('cache-control', 'no-store')
    const { secret, key } = made.body
    expect(key).toMatchObject({ createdBy: 'operations', expiresAt: '2026-12-01T00:00:00.000Z', status: 'active' })
    await request
      .get('/v1/layers')
      .set(bearer(secret))
      .expect(200)
      .expect('cache-control', /^private/)
    await request.get('/v1/layers').expect(401)
    const list = await request.get('/v1/keys').set(bearer(admin)).expect(200).expect('cache-control', 'no-store')
    expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['tester', 'operations', 'dashboard'])
    expect(list.text).not.toContain(secret.slice(16))
    expect(list.text).not.toContain('hash')
  })

  it('say what they lack', async () => {
    const reader = await giveKey(service.store, 'read', { name: 'dashboard' })
    const refusal = await service.request.get('/v1/keys').set(bearer(reader)).expect(403)
    expect(refusal.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="admin"')
    expect(refusal.body).toMatchObject({
      type: '/problems/forbidden',
      detail: 'This needs the scope "admin". "dashboard" has the scope "read".',
    })
    const stranger = await service.request.get('/v1/keys').expect(401)
    expect(stranger.headers['www-authenticate']).toBe('Bearer')
    expect(stranger.body.detail).toContain('"admin"')
  })

  it('open nothing within seconds of being revoked, and stay listed as revoked', async () => {
    const { request, store } = service
    const text = await giveKey(store, 'route')
    await request.get('/v1/layers').set(bearer(text)).expect(200)
    const answer = await request
      .delete(`/v1/keys/${text.slice(3, 15)}`)
      .set(bearer(admin))
      .expect(200)
    expect(answer.body).toMatchObject({ status: 'revoked', revokedBy: 'operations' })
    time += 5000
    const refusal = await request.get('/v1/layers').set(bearer(text)).expect(401)
    expect(refusal.body.detail).toContain('was revoked')
    expect(refusal.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    time += 5000
    const again = await request
      .delete(`/v1/keys/${text.slice(3, 15)}`)
      .set(bearer(admin))
      .expect(200)
    expect(again.body.revokedAt).toBe(answer.body.revokedAt)
  })

  it('are refused where they would be over before they are made', async () => {
    const refusal = await service.request
      .post('/v1/keys')
      .set(bearer(admin))
      .send({ name: 'late', scope: 'read', expiresAt: '2026-11-24T11:59:59Z' })
      .expect(400)
    expect(refusal.body.errors[0].pointer).toBe('/body/expiresAt')
  })

  it('that there are not cannot be revoked', async () => {
    await service.request.delete('/v1/keys/ffffffffffff').set(bearer(admin)).expect(404)
  })

  it('note when they were last used', async () => {
    const text = await giveKey(service.store, 'read')
    await service.request.get('/v1/layers').set(bearer(text)).expect(200)
    const used = async () => (await service.store.keys.find(text.slice(3, 15)))?.lastUsedAt
    await expect.poll(used).toBe(new Date(time).toISOString())
  })

  it('are not asked for where reads are open, whatever is sent', async () => {
    const open = await startService()
    await open.request
      .get('/v1/layers')
      .set(bearer('nonsense'))
      .expect(200)
      .expect('cache-control', /^public/)
    await open.stop()
  })

  it('are needed for an answer that someone else was given before', async () => {
    const { request } = service
    await request.get('/v1/models').set(bearer(admin)).expect(200)
    await request.get('/v1/models').expect(401)
    await request.head('/v1/models').expect(401)
  })
})

describe('tokens over HTTP', () => {
  let issuer: Issuer
  let service: Service
  beforeAll(async () => {
    issuer = await startIssuer(() => NOON.getTime())
    service = await startService({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE })
  })
  afterAll(async () => {
    await service.stop()
    await issuer.close()
  })
  const list = (token: string) => service.request.get('/v1/keys').set(bearer(token))

  it('open what their scope opens', async () => {
    await list(await issuer.sign({ scope: 'admin' })).expect(200)
    const refusal = await list(await issuer.sign({ scope: 'write' })).expect(403)
    expect(refusal.body.detail).toContain('"oidc:alice" has the scope "write"')
    await list(await issuer.sign({ scope: 'openid' })).expect(403)
    await list(await issuer.sign({ scope: 'admin', aud: 'other' })).expect(401)
  })

  it('are taken beside keys', async () => {
    await list(await giveKey(service.store, 'admin')).expect(200)
  })

  it('are answered 503 while their issuer is away', async () => {
    const fresh = await startService({ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE })
    issuer.fail(true)
    const answer = await fresh.request
      .get('/v1/keys')
      .set(bearer(await issuer.sign()))
      .expect(503)
    expect(answer.headers['retry-after']).toBe('1')
    expect(answer.body.type).toBe('/problems/unavailable')
    issuer.fail(false)
    await fresh.stop()
  })
})

it('neither a key nor a token is ever logged', async () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const store = await openStore('file::memory:')
  const app = await createApp({
    config: readConfig({}),
    store,
    log: pino({ level: 'trace' }, sink),
    now: () => NOON.getTime(),
  })
  const key = await giveKey(store, 'admin')
  const wrong = `${key.slice(0, -2)}zz`
  for (const text of [key, wrong, 'eyJhbGciOiJub25lIn0.e30.'])
    await app.inject({ url: '/v1/keys', headers: { authorization: `Bearer ${text}` } })
  const { body } = await app.inject({
    method: 'POST',
    url: '/v1/keys',
    headers: { authorization: `Bearer ${key}` },
    payload: { name: 'portal', scope: 'read' },
  })
  await app.close()
  await store.close()
  expect(lines.length).toBeGreaterThan(3)
  for (const secret of [key.slice(16), wrong.slice(16), 'eyJhbGciOiJub25lIn0', JSON.parse(body).secret.slice(16)])
    expect(lines.join('')).not.toContain(secret)
})
