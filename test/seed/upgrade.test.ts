import { describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { readSeed, seedRelease } from '../../seed/read.js'
import { seed, seedEdits } from '../../seed/seed.js'
import type { Rule } from '../../src/domain/model.js'

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
    const shipped = readSeed()
    const sorted = <T extends { id: string }>(items: readonly T[]): T[] =>
      items.toSorted((a, b) => a.id.localeCompare(b.id))
    for (const kind of ['layers', 'models', 'services', 'rules', 'articles'] as const)
      expect(sorted<{ id: string }>(stored[kind])).toEqual(sorted<{ id: string }>(shipped[kind]))
    await store.close()
  })

  it('has a release that depends on the files alone', () => expect(seedRelease()).toBe(seedRelease()))

  it("moves the shipped rules and leaves the organisation's alone", () => {
    const shipped = readSeed()
    const [first, second, third, ...rest] = shipped.rules as [Rule, Rule, Rule, ...Rule[]]
    const overridden: Rule = { ...first, aws: 'Ours.', origin: 'organisation' }
    const outdated: Rule = { ...second, sources: ['https://example.com/'] }
    const retired: Rule = { ...third, id: 'service/retired/data' }
    const edits = seedEdits(
      { ...shipped, rules: [overridden, outdated, retired, ...rest], revision: 1, at: '' },
      shipped,
    )
    expect(edits.map(({ id, record }) => [id, record])).toEqual([
      [second.id, second],
      [third.id, third],
      ['service/retired/data', null],
    ])
  })
})
