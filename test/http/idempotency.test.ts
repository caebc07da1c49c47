import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEY, serve, startService } from '../support/app.js'

const FILE = { format: 'responsibility-matrix/1', teams: [{ id: 'platform', name: 'Platform', queue: 'PLAT' }] }
const TEAM = '/v1/teams/platform'

let service: Awaited<ReturnType<typeof startService>>
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.stop())

const headers = (key: string) => ({ authorization: KEY, 'idempotency-key': key })
const send = (key: string, body: object = FILE, on = service.request) =>
  on.post('/v1/import').set(headers(key)).send(body)

describe('a request with an Idempotency-Key', () => {
  it('is done once, and answered again with the same status and bytes', async () => {
    const first = await send('a').expect(200)
    const again = await send('a').expect(200).expect('idempotent-replayed', 'true')
    expect(again.text).toBe(first.text)
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    expect(await service.store.revision()).toBe(2)
  })

  it('is answered again by another node and after a new start', async () => {
    const first = await send('a').expect(200)
    const again = await serve(service.store)
    expect((await send('a', FILE, again.request).expect(200)).text).toBe(first.text)
    await again.app.close()
  })

  it('keeps the status, the ETag and the place of what a PUT created', async () => {
    const put = () => service.request.put(TEAM).set(headers('b')).send({ name: 'Platform', queue: 'PLAT' })
    const first = await put().expect(201)
    const again = await put().expect(201)
    expect(again.headers).toMatchObject({ etag: first.headers.etag, location: TEAM })
    expect(await service.store.revision()).toBe(2)
  })

  it('is refused with another body, another query or another path', async () => {
    await send('a').expect(200)
    const refusal = await send('a', { ...FILE, teams: [] }).expect(422)
    expect(refusal.body.type).toBe('/problems/key-reused')
    await service.request.post('/v1/import?dryRun=true').set(headers('a')).send(FILE).expect(422)
    await service.request.put(TEAM).set(headers('a')).send({ name: 'P', queue: 'Q' }).expect(422)
  })

  it('is told to wait while the first is being answered, and then gets its answer', async () => {
    let proceed = () => {}
    const held = new Promise<void>((resolve) => {
      proceed = resolve
    })
    const { commit } = service.store
    const reached = new Promise<void>((resolve) => {
      service.store.commit = async (change, answered) => {
        resolve()
        await held
        return commit(change, answered)
      }
    })
    const first = send('a').then((answer) => answer)
    await reached
    const second = await send('a').expect(409)
    expect(second.body.type).toBe('/problems/in-progress')
    expect(second.headers['retry-after']).toBe('1')
    proceed()
    const answered = await first
    expect((await send('a').expect(200)).text).toBe(answered.text)
    expect(await service.store.revision()).toBe(2)
  })

  it('that was refused may be mended and sent again under its key', async () => {
    const bad = { ...FILE, assignments: [{ id: 'a', team: 'nosuch' }] }
    await send('a', bad).expect(409)
    await send('a').expect(200)
  })

  it.each(['a b', 'x'.repeat(201)])('takes no key like "%s"', async (key) => {
    await send(key).expect(400)
    expect(await service.store.revision()).toBe(1)
  })
})
