/** The contract of a store, run on every engine that there is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import type { StoredKey } from '../../src/domain/access.js'
import type { Model, Rule } from '../../src/domain/model.js'
import { Refusal } from '../../src/domain/refusal.js'
import { type Change, LostRace, type Store } from '../../src/domain/store.js'
import { NO_RECORDS } from '../support/no-records.js'
import { noPostgres, skipped, startCluster } from '../support/postgres.js'

const paas: Model = { id: 'paas', name: 'PaaS', summary: 's', aws: 'a', customer: 'c', examples: ['rds'] }
/** What every change of these tests says of itself. */
const SAID = { actor: 'test', reason: 'because', origin: 'seed', release: null }
const RULE: Omit<Rule, 'id' | 'scope' | 'subject' | 'layer'> = {
  owner: 'aws',
  aws: 'Does it.',
  customer: null,
  lead: null,
  leadReason: null,
  flip: null,
  sources: [],
  verifiedAt: null,
  origin: 'seed',
  reason: null,
  ground: null,
}
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
    expect(await store.load()).toMatchObject({ revision: 0, ...NO_RECORDS })
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

  it('gives back what stood at each revision, whatever came after', async () => {
    const store = await open()
    const saas: Model = { ...paas, id: 'saas' }
    await store.commit(change(0, [put(paas)]))
    const first = await store.load()
    await store.commit(change(1, [put({ ...paas, summary: 'new' }), put(saas)]))
    const second = await store.load()
    await store.commit(change(2, [remove('paas')]))
    expect(await store.load(1)).toEqual(first)
    expect(await store.load(2)).toEqual(second)
    expect(await store.load(3)).toEqual(await store.load())
    await expect(store.load(4)).rejects.toThrow('no revision 4')
    await expect(store.load(0)).rejects.toThrow('no revision 0')
  })

  it('knows which revision stood at an instant', async () => {
    const store = await open()
    await store.commit(change(0, [put(paas)]))
    await store.commit(change(1, [remove('paas')]))
    const at = (instant: string) => store.log.revisionAt(`2026-11-24T${instant}Z`)
    expect(await Promise.all(['11:59:59.999', '12:00:00.000', '12:00:00.999', '12:00:01.000'].map(at))).toEqual([
      0, 1, 1, 2,
    ])
  })

  it('logs what each change touched, with what stood before and after', async () => {
    const store = await open()
    const newer = { ...paas, summary: 'new' }
    await store.commit(change(0, [put(paas)], 'r1'))
    await store.commit(change(1, [put(newer), put({ ...paas, id: 'saas' })]))
    await store.commit(change(2, [remove('paas')]))
    const logged = await store.log.read([1, 2, 3, 9])
    const touch = (revision: number, id = 'paas') => ({ revision, kind: 'models' as const, id })
    expect(logged).toEqual([
      { ...SAID, revision: 3, at: '2026-11-24T12:00:02.000Z', touched: [touch(3)] },
      { ...SAID, revision: 2, at: '2026-11-24T12:00:01.000Z', touched: [touch(2), touch(2, 'saas')] },
      { ...SAID, revision: 1, at: '2026-11-24T12:00:00.000Z', release: 'r1', touched: [touch(1)] },
    ])
    expect(await store.log.edits([touch(3), touch(1), touch(2), touch(9)])).toEqual([
      { ...touch(3), before: newer, after: null },
      { ...touch(1), before: null, after: paas },
      { ...touch(2), before: paas, after: newer },
      { ...touch(9), before: null, after: null },
    ])
  })

  it('finds changes by revision, actor, and whole words of the ids of what they touched', async () => {
    const store = await open()
    const rule = (id: string) => ({
      kind: 'rules' as const,
      id,
      record: { ...RULE, id, scope: 'service', subject: 'rds', layer: 'data' } satisfies Rule,
    })
    await store.commit(change(0, [rule('service/rds/data')]))
    await store.commit({ ...change(1, [rule('variant/rds/rds-custom/data')]), actor: 'portal' })
    await store.commit(change(2, [rule('service/rds-data/runtime')]))
    await store.commit({ ...change(3, [{ kind: 'rules', id: 'service/rds/data', record: null }]), actor: 'portal' })
    const find = (filter: { after?: number; upTo?: number; actor?: string; subject?: string }) =>
      store.log.find({ after: 0, upTo: 9, ...filter })
    expect(await find({})).toEqual([4, 3, 2, 1])
    expect(await find({ after: 1, upTo: 3 })).toEqual([3, 2])
    expect(await find({ actor: 'portal' })).toEqual([4, 2])
    expect(await find({ subject: 'rds' })).toEqual([4, 2, 1])
    expect(await find({ subject: 'rds/rds-custom' })).toEqual([2])
    expect(await find({ subject: 'data' })).toEqual([4, 2, 1])
    expect(await find({ subject: 'service/rds/data', actor: 'portal' })).toEqual([4])
    expect(await find({ subject: 'rd' })).toEqual([])
  })

  it('keeps keys, revokes each once, and forgets none', async () => {
    const store = await open()
    const key = (id: string, createdAt: string): StoredKey => ({
      id,
      name: 'portal',
      scope: 'write',
      hash: 'ab',
      createdAt,
      createdBy: 'test',
      expiresAt: null,
      revokedAt: null,
      revokedBy: null,
      lastUsedAt: null,
    })
    const [older, newer] = [key('b', '2026-11-24T12:00:00.000Z'), key('a', '2026-11-25T12:00:00.000Z')]
    await store.keys.add(newer)
    await store.keys.add(older)
    expect(await store.keys.list()).toEqual([older, newer])
    await store.keys.touch('a', 'later')
    await store.keys.revoke('a', 'first', 'alice')
    await store.keys.revoke('a', 'second', 'bob')
    expect(await store.keys.find('a')).toEqual({
      ...newer,
      lastUsedAt: 'later',
      revokedAt: 'first',
      revokedBy: 'alice',
    })
    expect(await store.keys.find('b')).toEqual(older)
    expect(await store.keys.find('c')).toBeUndefined()
    await expect(store.keys.add(older)).rejects.toThrow()
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
