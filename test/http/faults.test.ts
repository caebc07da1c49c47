import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { connectSqlite } from '../../db/sqlite.js'
import { createStore } from '../../db/store.js'
import { seed } from '../../seed/seed.js'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import type { Store } from '../../src/domain/store.js'
import { changeOf, model, until } from '../support/changes.js'
import { type Cluster, noPostgres, skipped, startCluster } from '../support/postgres.js'

const now = () => new Date('2026-11-24T12:00:00.000Z')
const VERDICT = '/v1/services/rds/layers/operating-system'
const toStop: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop()
})

/** The service on a store, and beside its routes one that writes `size` characters. */
async function serve(store: Store) {
  const config = readConfig({ LOG_LEVEL: 'silent', RATE_LIMIT_MAX: '1000000', MAX_EVENT_LOOP_DELAY: '0' })
  const app = await createApp({ config, store, log: pino({ level: 'silent' }), now: () => now().getTime() })
  app.put<{ Params: { size: string } }>('/test/write/:size', { schema: { hide: true } }, async ({ params }) => {
    const base = await store.revision()
    return { revision: await store.commit(changeOf(base, model('paas', 'x'.repeat(Number(params.size))))) }
  })
  await app.ready()
  toStop.push(
    () => store.close(),
    () => app.close(),
  )
  return supertest(app.server)
}
type Service = Awaited<ReturnType<typeof serve>>

let asked = 0

async function reads(service: Service): Promise<void> {
  const { body } = await service.get(VERDICT).expect(200)
  expect(body).toMatchObject({ owner: 'aws' })
  // Never asked in these words before, so it is worked out now.
  await service.get(`/v1/owner?service=${'%20'.repeat(++asked)}rds&layer=os%20patching`).expect(200)
}

async function refuses(service: Service, reason: RegExp, size = 10): Promise<void> {
  const { body, headers } = await service.put(`/test/write/${size}`).expect(503)
  expect(headers['content-type']).toContain('application/problem+json')
  expect(headers['retry-after']).toMatch(/^\d+$/)
  expect(body).toMatchObject({ type: '/problems/unavailable', status: 503, detail: expect.stringMatching(reason) })
}

describe('on a full disk', () => {
  it('answers 503 to writes, goes on reading, and writes again when there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'full-'))
    toStop.push(() => rmSync(folder, { recursive: true }))
    const connection = connectSqlite(join(folder, 'full.db'))
    const store = createStore(connection)
    await seed(store, now)
    const service = await serve(store)
    // SQLite's own bound on the size of a file ends in the very error of a full disk.
    const { $client } = connection.db as unknown as { $client: Sqlite.Database }
    const pages = Number($client.pragma('page_count', { simple: true }))
    $client.pragma(`max_page_count = ${pages}`)
    await refuses(service, /disk .* full/, 2_000_000)
    await reads(service)
    expect(await store.revision()).toBe(1)
    await service.get('/readyz').expect(200)
    $client.pragma(`max_page_count = ${pages + 1000}`)
    await service.put('/test/write/2000000').expect(200, { revision: 2 })
  })
})

describe('on a file that may only be read', () => {
  it('answers 503 to writes and goes on reading', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
    toStop.push(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'matrix.db')
    const first = await openStore(`file:${path}`)
    await seed(first, now)
    await first.close()
    chmodSync(path, 0o444)
    // Root may write whatever its mode says: opened as nobody, the file is what it says.
    const root = process.getuid?.() === 0
    if (root) chownSync(folder, 65_534, 65_534)
    if (root) process.seteuid?.(65_534)
    let store: Store
    try {
      store = createStore(connectSqlite(path))
    } finally {
      if (root) process.seteuid?.(0)
    }
    expect(await seed(store, now)).toBe(false)
    const service = await serve(store)
    await refuses(service, /only be read/)
    await reads(service)
  })
})

describe.skipIf(noPostgres)(`while PostgreSQL is away${skipped}`, () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())

  it('reads from memory, says in /readyz that it is not ready, and heals without a restart', async () => {
    const url = await cluster.createDatabase()
    const store = await openStore(url)
    await seed(store, now)
    const service = await serve(store)
    await service.get('/readyz').expect(200)
    await service.put('/test/write/10').expect(200)

    await cluster.stop()
    await reads(service)
    await refuses(service, /does not answer/)
    const { body } = await service.get('/readyz').expect(503)
    expect(body).toMatchObject({ type: '/problems/unavailable', detail: 'The database does not answer.' })
    await service.get('/healthz').expect(200)

    await cluster.start()
    await until(async () => (await service.get('/readyz')).status === 200, 5000)
    const { body: written } = await service.put('/test/write/20').expect(200)
    await until(async () => (await service.get('/readyz')).body.revision === written.revision, 1000)
    await until(async () => {
      const rows = await cluster.query(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname <> 'postgres'",
      )
      return rows.length === 1
    }, 10_000)
  })

  it('answers 503 to writes on a database that has become a read-only replica', async () => {
    const url = await cluster.createDatabase()
    const store = await openStore(url)
    await seed(store, now)
    const service = await serve(store)
    await cluster.query("ALTER SYSTEM SET default_transaction_read_only = 'on'")
    await cluster.query('SELECT pg_reload_conf()')
    toStop.push(async () => {
      await cluster.query('ALTER SYSTEM RESET default_transaction_read_only')
      await cluster.query('SELECT pg_reload_conf()')
    })
    await until(async () => (await service.put('/test/write/10')).status === 503, 2000)
    await refuses(service, /only be read/)
    await reads(service)
  })
})
