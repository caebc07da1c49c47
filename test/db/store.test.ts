/** The contract of a store, run on every engine that there is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import type { Model } from '../../src/domain/model.js'
import { Refusal } from '../../src/domain/refusal.js'
import { type Change, LostRace, type Store } from '../../src/domain/store.js'
import { noPostgres, skipped, startCluster } from '../support/postgres.js'

const paas: Model = { id: 'paas', name: 'PaaS', summary: 's', aws: 'a', customer: 'c', examples: ['rds'] }
const change = (base: number, edits: Change['edits'], release: string | null = null): Change => ({
  base,
  at: `2026-11-24T12:00:0${base}.000Z`,
  actor: 'test',
  reason: 'because',
  origin: 'seed',
  release,
  edits,
})
const put = (record: Model) => ({ kind: 'models' as const, id: record.id, record })
const remove = (id: string) => ({ kind: 'models' as const, id, record: null })

/** An engine: where a test gets a new database of it. */
interface Engine {
  start(): Promise<{ url(): Promise<string> | string; stop(): Promise<void> | void }>
}

const sqlite: Engine = {
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'store-'))
    let count = 0
    return {
      url: () => `file:${join(folder, `${count++}.db`)}`,
      stop: () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}

const postgres = (isolation: string): Engine => ({
  async start() {
    const cluster = await startCluster()
    await cluster.query(`ALTER SYSTEM SET default_transaction_isolation = '${isolation}'`)
    await cluster.query('SELECT pg_reload_conf()')
    return { url: cluster.createDatabase, stop: cluster.remove }
  },
})

describe('a store on SQLite in a file', () => keepsTheContract(sqlite))
describe.skipIf(noPostgres)(`a store on PostgreSQL${skipped}`, () => keepsTheContract(postgres('read committed')))
// As CockroachDB and Aurora DSQL are: of two transactions that meet, one is undone and told so.
describe.skipIf(noPostgres)(`a store on a PostgreSQL that undoes transactions${skipped}`, () =>
  keepsTheContract(postgres('serializable')),
)

function keepsTheContract(engine: Engine): void {
  let running: Awaited<ReturnType<Engine['start']>>
  let stores: Store[] = []
  const url = () => running.url()
  const open = async (at?: string): Promise<Store> => {
    const store = await openStore(at ?? (await url()))
    stores.push(store)
    return store
  }
  beforeAll(async () => {
    running = await engine.start()
  })
  afterEach(async () => {
    for (const store of stores) await store.close()
    stores = []
  })
  afterAll(() => running?.stop())

  it('starts empty, at revision 0 and with no release', async () => {
    const store = await open()
    expect(await store.load()).toMatchObject({
      revision: 0,
      layers: [],
      models: [],
      services: [],
      rules: [],
      articles: [],
    })
    expect(await store.release()).toBeNull()
  })

  it('gives back what was committed, at the next revision', async () => {
    const store = await open()
    expect(await store.commit(change(0, [put(paas)], 'r1'))).toBe(1)
    expect(await store.load()).toMatchObject({ revision: 1, at: '2026-11-24T12:00:00.000Z', models: [paas] })
    expect(await store.release()).toBe('r1')
  })

  it('replaces a record by its next version and forgets a removed one', async () => {
    const store = await open()
    await store.commit(change(0, [put(paas)]))
    await store.commit(change(1, [put({ ...paas, summary: 'new' })]))
    expect((await store.load()).models).toEqual([{ ...paas, summary: 'new' }])
    await store.commit(change(2, [remove('paas')]))
    expect(await store.load()).toMatchObject({ revision: 3, models: [] })
  })

  it('refuses a change that was made against an older revision, and keeps nothing of it', async () => {
    const store = await open()
    await store.commit(change(0, [put(paas)]))
    await expect(store.commit(change(0, [put({ ...paas, summary: 'late' })]))).rejects.toThrow(LostRace)
    expect(await store.load()).toMatchObject({ revision: 1, models: [paas] })
  })

  it('keeps nothing of a change that fails half way', async () => {
    const store = await open()
    const broken = { ...paas, id: 'saas', name: null } as unknown as Model
    await expect(store.commit(change(0, [put(paas), put(broken)]))).rejects.toThrow()
    expect(await store.load()).toMatchObject({ revision: 0, models: [] })
  })

  it('refuses a text that not every engine can hold, and keeps nothing of its change', async () => {
    const store = await open()
    const withNul = { ...paas, summary: 'cut\u0000off' }
    await expect(store.commit(change(0, [put(paas), put(withNul)]))).rejects.toThrow(Refusal)
    expect(await store.revision()).toBe(0)
    const inJson = { ...paas, examples: ['cut\u0000off'] }
    await store.commit(change(0, [put(inJson)]))
    expect((await store.load()).models).toEqual([inJson])
  })

  it('lets one of two connections win the race', async () => {
    const at = await url()
    const [one, other] = [await open(at), await open(at)]
    const results = await Promise.allSettled([one.commit(change(0, [put(paas)])), other.commit(change(0, [put(paas)]))])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await one.revision()).toBe(1)
    expect(await other.revision()).toBe(1)
  })

  it('lets each of many writers win once, when whoever lost reads again', async () => {
    const at = await url()
    const writers = [await open(at), await open(at), await open(at)]
    const write = async (store: Store): Promise<void> => {
      for (;;) {
        try {
          await store.commit(change(await store.revision(), [put(paas)]))
          return
        } catch (error) {
          if (!(error instanceof LostRace)) throw error
        }
      }
    }
    await Promise.all(writers.flatMap((store) => [write(store), write(store), write(store)]))
    expect(await writers[0]?.revision()).toBe(9)
  })

  it('gives its records in the order of their ids, whatever the collation of the engine', async () => {
    const store = await open()
    const article = (id: string) => ({ id, kind: 'case' as const, position: 1, document: {} })
    const ids = ['b/z', 'B/a', 'a-b', 'a/b', 'a']
    await store.commit(
      change(
        0,
        ids.map((id) => ({ kind: 'articles' as const, id, record: article(id) })),
      ),
    )
    expect((await store.load()).articles.map(({ id }) => id)).toEqual(['B/a', 'a', 'a-b', 'a/b', 'b/z'])
  })

  it('keeps what it acknowledged across a new start', async () => {
    const at = await url()
    await (await open(at)).commit(change(0, [put(paas)]))
    expect((await (await open(at)).load()).models).toEqual([paas])
  })
}
