import { describe, expect, it } from 'vitest'
import { createCatalog } from '../src/domain/catalog.js'
import type { Dataset } from '../src/domain/model.js'
import type { Store } from '../src/domain/store.js'
import { createHistory } from '../src/history.js'
import { getVerdict } from '../src/operations/services.js'
import { seeded } from './support/catalog.js'
import { NO_RECORDS } from './support/no-records.js'

const dataset = (revision: number): Dataset => ({
  ...NO_RECORDS,
  revision,
  at: '2026-11-24T12:00:00.000Z',
})

/** A history of a hundred revisions, of which every load is counted and can be made to fail. */
function setUp() {
  const world = { loads: [] as number[], failing: false }
  const current = createCatalog(dataset(100))
  const store = {
    async load(at: number) {
      world.loads.push(at)
      if (world.failing) throw new Error('no database')
      return dataset(at)
    },
  } as unknown as Store // What else a store can do is not asked here.
  const live = { current: () => current, refresh: async () => false, close: () => undefined }
  return { world, current, history: createHistory(store, live, Date.now) }
}

describe('the history', () => {
  it('answers of the present with the catalog that is there', async () => {
    const { world, current, history } = setUp()
    expect(await history.at('100')).toBe(current)
    expect(world.loads).toEqual([])
  })

  it('loads a revision once for all who ask together, and holds it', async () => {
    const { world, history } = setUp()
    const catalogs = await Promise.all([history.at('7'), history.at('7'), history.at('7')])
    expect(new Set(catalogs).size).toBe(1)
    expect(await history.at('7')).toBe(catalogs[0])
    expect(world.loads).toEqual([7])
  })

  it('holds the four that were asked for last', async () => {
    const { world, history } = setUp()
    for (const revision of ['1', '2', '3', '4', '1', '5', '1', '2']) await history.at(revision)
    expect(world.loads).toEqual([1, 2, 3, 4, 5, 2])
  })

  it('loads anew after a failure', async () => {
    const { world, history } = setUp()
    world.failing = true
    await expect(history.at('7')).rejects.toThrow('no database')
    world.failing = false
    expect((await history.at('7')).revision).toBe(7)
  })

  it('refuses to read more revisions at once than may wait in line, and goes on afterwards', async () => {
    const { history } = setUp()
    const asked = Array.from({ length: 30 }, (_, i) => history.at(String(i + 1)))
    const results = await Promise.allSettled(asked)
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(14)
    expect(refused[0]).toMatchObject({ reason: { kind: 'unavailable' } })
    expect((await history.at('30')).revision).toBe(30)
  })
})

describe('an operation that takes asOf', () => {
  it('answers of the past whoever runs it, with or without HTTP', async () => {
    const past = { ...seeded, revision: 7 }
    const context = {
      catalog: seeded,
      history: { at: async (moment: string) => (moment === '7' ? past : seeded), revisionAt: async () => 7 },
      store: {} as Store,
      actor: null,
      may: () => false,
      now: Date.now,
      describeRefusal: () => {
        throw new Error('Nothing is refused here.')
      },
    }
    const params = { service: 'rds', layer: 'data' }
    expect(await getVerdict.run(context, { params, query: { asOf: '7' }, body: undefined })).toMatchObject({
      revision: 7,
    })
    expect(getVerdict.run(context, { params, query: {}, body: undefined })).toMatchObject({ revision: 1 })
  })
})
