/** The contract of a store, run on every engine that there is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import type { Model } from '../../src/domain/model.js'
import { type Change, LostRace, type Store } from '../../src/domain/store.js'

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

describe.each([['SQLite in a file']])('a store on %s', () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  let count = 0
  let stores: Store[] = []
  const url = (): string => `file:${join(folder, `${count++}.db`)}`
  const open = (at = url()): Store => {
    const store = openStore(at)
    stores.push(store)
    return store
  }
  afterEach(async () => {
    for (const store of stores) await store.close()
    stores = []
    rmSync(folder, { recursive: true, force: true })
  })

  it('starts empty, at revision 0 and with no release', async () => {
    const store = open()
    expect(await store.load()).toMatchObject({
      revision: 0,
      layers: [],
      models: [],
      services: [],
      rules: [],
      articles: [],
      signals: [],
    })
    expect(await store.release()).toBeNull()
  })

  it('gives back what was committed, at the next revision', async () => {
    const store = open()
    expect(await store.commit(change(0, [put(paas)], 'r1'))).toBe(1)
    expect(await store.load()).toMatchObject({ revision: 1, at: '2026-11-24T12:00:00.000Z', models: [paas] })
    expect(await store.release()).toBe('r1')
  })

  it('replaces a record by its next version and forgets a removed one', async () => {
    const store = open()
    await store.commit(change(0, [put(paas)]))
    await store.commit(change(1, [put({ ...paas, summary: 'new' })]))
    expect((await store.load()).models).toEqual([{ ...paas, summary: 'new' }])
    await store.commit(change(2, [remove('paas')]))
    expect(await store.load()).toMatchObject({ revision: 3, models: [] })
  })

  it('refuses a change that was made against an older revision, and keeps nothing of it', async () => {
    const store = open()
    await store.commit(change(0, [put(paas)]))
    await expect(store.commit(change(0, [put({ ...paas, summary: 'late' })]))).rejects.toThrow(LostRace)
    expect(await store.load()).toMatchObject({ revision: 1, models: [paas] })
  })

  it('keeps nothing of a change that fails half way', async () => {
    const store = open()
    const broken = { ...paas, id: 'saas', name: null } as unknown as Model
    await expect(store.commit(change(0, [put(paas), put(broken)]))).rejects.toThrow()
    expect(await store.load()).toMatchObject({ revision: 0, models: [] })
  })

  it('lets one of two connections win the race', async () => {
    const at = url()
    const [one, other] = [open(at), open(at)]
    const results = await Promise.allSettled([one.commit(change(0, [put(paas)])), other.commit(change(0, [put(paas)]))])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await one.revision()).toBe(1)
    expect(await other.revision()).toBe(1)
  })

  it('keeps what it acknowledged across a new start', async () => {
    const at = url()
    await open(at).commit(change(0, [put(paas)]))
    expect((await open(at).load()).models).toEqual([paas])
  })
})
