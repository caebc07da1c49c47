import { describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { readSeed, seedRelease } from '../../seed/read.js'
import { seed, seedEdits } from '../../seed/seed.js'
import { type Catalog, createCatalog } from '../../src/domain/catalog.js'
import { apply, type Command, type Place } from '../../src/domain/change.js'
import { staleRules } from '../../src/domain/ground.js'
import { ruleId } from '../../src/domain/model.js'
import { resolve } from '../../src/domain/resolve.js'
import { given, OURS, service, shipped, shippedRule, small, variant } from '../support/writing.js'

const now = () => new Date('2026-11-24T12:00:00.000Z')

describe('seeding', () => {
  it('is one change, and a second start changes nothing', async () => {
    const store = await openStore('file::memory:')
    expect(await seed(store, now)).toBe(true)
    const first = await store.load()
    expect(first.revision).toBe(1)
    expect(await seed(store, () => new Date())).toBe(false)
    expect(await store.load()).toEqual(first)
    await store.close()
  })

  it('reads back exactly the records of the files', async () => {
    const store = await openStore('file::memory:')
    await seed(store, now)
    const { revision: _revision, at: _at, ...stored } = await store.load()
    const files = readSeed()
    const sorted = <T extends { id: string }>(items: readonly T[]): T[] =>
      items.toSorted((a, b) => a.id.localeCompare(b.id))
    for (const kind of ['layers', 'models', 'services', 'rules', 'articles'] as const)
      expect(sorted<{ id: string }>(stored[kind])).toEqual(sorted<{ id: string }>(files[kind]))
    await store.close()
  })

  it('has a release that depends on the files alone', () => expect(seedRelease()).toBe(seedRelease()))
})

type Release = Omit<typeof shipped, 'services' | 'rules'> & Pick<Catalog['dataset'], 'services' | 'rules'>

/** The catalog after a new release has been brought in. */
const upgraded = (catalog: Catalog, release: Partial<Release>): Catalog =>
  createCatalog(
    apply(catalog.dataset, seedEdits(catalog.dataset, { ...shipped, ...release }), '2026-12-01T00:00:00.000Z'),
  )

const place = (scope: Place['scope'], layer: string, custom = false): Place => ({
  scope,
  service: 'db',
  variant: custom ? 'custom' : null,
  layer,
})
const put = (at: Place): Command => ({ do: 'put-rule', place: at, statement: OURS, reason: 'ours' })
const remove = (at: Place): Command => ({ do: 'delete-rule', place: at })

/** The release in which AWS's duty on the data of `db` reads otherwise. */
const NEXT = shipped.rules.map((rule) => (rule.id === 'service/db/data' ? { ...rule, aws: 'Reads otherwise.' } : rule))
const rule = (catalog: Catalog, id: string) => catalog.dataset.rules.find((rule) => rule.id === id)
const stale = (catalog: Catalog): string[] => staleRules(catalog).map(({ rule }) => rule.id)

describe('a new release of the seed', () => {
  it('that is the old one changes nothing, whatever the organisation did', () => {
    const catalog = given(
      small,
      put(place('organisation', 'data')),
      put(place('service', 'data')),
      remove(place('variant', 'runtime', true)),
      { do: 'delete-service', id: 'queue' },
    )
    expect(seedEdits(catalog.dataset, shipped)).toEqual([])
  })

  it('moves the shipped rules, adds the new and takes away the retired', () => {
    const added = shippedRule('service', 'queue', 'data')
    const catalog = upgraded(small, { rules: [...NEXT.filter(({ id }) => id !== 'variant/db/custom/runtime'), added] })
    expect(rule(catalog, 'service/db/data')?.aws).toBe('Reads otherwise.')
    expect(rule(catalog, 'service/queue/data')).toEqual(added)
    expect(rule(catalog, 'variant/db/custom/runtime')).toBeUndefined()
  })

  it('keeps an override, and reports it where its ground has shifted', () => {
    const before = given(small, put(place('organisation', 'data')), put(place('organisation', 'runtime')))
    expect(stale(before)).toEqual([])
    const catalog = upgraded(before, { rules: NEXT })
    expect(rule(catalog, 'organisation/db/data')).toEqual(rule(before, 'organisation/db/data'))
    expect(staleRules(catalog)).toMatchObject([
      {
        rule: { id: 'organisation/db/data' },
        ground: { aws: 'AWS keeps the database.' },
        now: { aws: 'Reads otherwise.' },
      },
    ])
  })

  it('keeps a rule that the organisation put over a shipped one, reports it, and brings the new one when it is removed', () => {
    const catalog = upgraded(given(small, put(place('service', 'data'))), { rules: NEXT })
    expect(rule(catalog, 'service/db/data')).toMatchObject({ origin: 'organisation', owner: 'customer' })
    expect(stale(catalog)).toEqual(['service/db/data'])
    const back = given(catalog, remove(place('service', 'data')))
    expect(rule(back, 'service/db/data')).toMatchObject({ origin: 'seed', aws: 'Reads otherwise.' })
  })

  it('reports an override no more once it is written again on the new ground', () => {
    const catalog = upgraded(given(small, put(place('organisation', 'data'))), { rules: NEXT })
    expect(stale(given(catalog, put(place('organisation', 'data'))))).toEqual([])
  })

  it('reports an override where a narrower shipped rule is new, and where its own is retired', () => {
    const before = given(small, put(place('organisation', 'data')), put(place('organisation', 'runtime')))
    const rules = [
      ...shipped.rules.filter(({ id }) => id !== 'service/db/data'),
      shippedRule('service', 'db', 'runtime'),
    ]
    expect(stale(upgraded(before, { rules }))).toEqual(['organisation/db/data', 'organisation/db/runtime'])
  })

  it('reports nothing where only a source or the day of its reading is another', () => {
    const before = given(small, put(place('organisation', 'data')))
    const rules = shipped.rules.map((rule) => ({
      ...rule,
      verifiedAt: '2026-12-01',
      sources: ['https://example.com/'],
    }))
    expect(stale(upgraded(before, { rules }))).toEqual([])
  })

  it('keeps removed what the organisation removed', () => {
    const before = given(small, remove(place('service', 'data')), { do: 'delete-service', id: 'queue' })
    const services = shipped.services.map((one) => ({ ...one, summary: 'New.' }))
    const added = shippedRule('service', 'queue', 'data')
    const catalog = upgraded(before, { services, rules: [...NEXT, added] })
    expect(rule(catalog, 'service/db/data')).toBeUndefined()
    expect(catalog.service('queue')).toBeUndefined()
    expect(rule(catalog, added.id)).toBeUndefined()
    const layer = catalog.layer('data')
    const db = catalog.service('db')
    if (!layer || !db) throw new Error('gone')
    expect(resolve(catalog, { service: db, layer }).basis.scope).toBe('layer')
  })

  it('keeps a service that the organisation wrote, and what is new of the shipped one waits beneath it', () => {
    const own: Command = { do: 'put-service', service: service('db', { name: 'Our DB' }) }
    const services = [service('db', { variants: [variant('custom'), variant('serverless')] }), service('queue')]
    const added = shippedRule('variant', 'db/serverless', 'data', OURS)
    const catalog = upgraded(given(small, own), { services, rules: [...shipped.rules, added] })
    expect(catalog.service('db')).toMatchObject({ name: 'Our DB', variants: [] })
    expect(rule(catalog, added.id)).toBeUndefined()
    const back = given(catalog, { do: 'delete-service', id: 'db' })
    expect(back.service('db')).toEqual(services[0])
    expect(rule(back, added.id)).toEqual(added)
    expect(back.dataset.shipped).toEqual([])
  })

  it('leaves a service alone that the organisation had first', () => {
    const own: Command = { do: 'put-service', service: service('new', { name: 'Ours' }) }
    const catalog = upgraded(given(small, own), { services: [...shipped.services, service('new', { name: 'Theirs' })] })
    expect(catalog.service('new')?.name).toBe('Ours')
    expect(given(catalog, { do: 'delete-service', id: 'new' }).service('new')?.name).toBe('Theirs')
  })

  it('that retires a service keeps the override on it, and reports that its ground is gone', () => {
    const services = shipped.services.filter(({ id }) => id !== 'db')
    const rules = shipped.rules.filter(({ subject }) => !subject.startsWith('db'))
    const catalog = upgraded(given(small, put(place('organisation', 'data'))), { services, rules })
    expect(staleRules(catalog)).toMatchObject([{ rule: { id: ruleId('organisation', 'db', 'data') }, now: null }])
  })

  it('takes away the mark of a removal together with what it marked', () => {
    const rules = shipped.rules.filter(({ id }) => id !== 'service/db/data')
    const catalog = upgraded(given(small, remove(place('service', 'data'))), { rules })
    expect(catalog.dataset.shipped).toEqual([])
  })
})
