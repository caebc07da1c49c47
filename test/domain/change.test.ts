import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/domain/catalog.js'
import { type Command, decide, type Place, plan, recordOf } from '../../src/domain/change.js'
import { staleRules } from '../../src/domain/ground.js'
import { resolve } from '../../src/domain/resolve.js'
import { refusalOf } from '../support/refusal.js'
import { AWS, edited, given, OURS, service, small, variant } from '../support/writing.js'

const at = (scope: Place['scope'], layer: string, custom = false): Place => ({
  scope,
  service: 'db',
  variant: custom ? 'custom' : null,
  layer,
})
const put = (place: Place, statement = OURS): Command => ({ do: 'put-rule', place, statement, reason: 'ours' })
const remove = (place: Place): Command => ({ do: 'delete-rule', place })
const putService = (change: Parameters<typeof service>[1] = {}, id = 'db'): Command => ({
  do: 'put-service',
  service: service(id, change),
})

/** "scope subject owner" of the rule that wins. */
function answer(catalog: Catalog, layerId: string, custom = false): string {
  const db = catalog.service('db')
  const layer = catalog.layer(layerId)
  if (!db || !layer) throw new Error('gone')
  const { basis, owner } = resolve(catalog, { service: db, variant: custom ? variant('custom') : null, layer })
  return `${basis.scope} ${basis.subject} ${owner}`
}

describe('a rule that is written and removed', () => {
  const cases: [string, Command[], string, boolean, string][] = [
    [
      'a rule of a service takes the place of the shipped one',
      [put(at('service', 'data'))],
      'data',
      false,
      'service db customer',
    ],
    [
      'a rule of a service wins over the default of its layer',
      [put(at('service', 'runtime'))],
      'runtime',
      false,
      'service db customer',
    ],
    [
      'an override wins over the shipped rule',
      [put(at('organisation', 'data'))],
      'data',
      false,
      'organisation db customer',
    ],
    [
      'an override of a variant wins over the shipped rule of it',
      [put(at('organisation', 'runtime', true), AWS)],
      'runtime',
      true,
      'organisation db/custom aws',
    ],
    [
      'an override of a variant leaves the service alone',
      [put(at('organisation', 'data', true))],
      'data',
      false,
      'service db aws',
    ],
    [
      'removing an override falls back to the shipped rule',
      [put(at('organisation', 'data')), remove(at('organisation', 'data'))],
      'data',
      false,
      'service db aws',
    ],
    [
      'removing the replacement of a shipped rule brings that back',
      [put(at('service', 'data')), remove(at('service', 'data'))],
      'data',
      false,
      'service db aws',
    ],
    [
      'removing a shipped rule falls back to the next scope',
      [remove(at('service', 'data'))],
      'data',
      false,
      'layer data aws',
    ],
    [
      'removing twice takes the replacement and then the shipped rule',
      [put(at('service', 'data')), remove(at('service', 'data')), remove(at('service', 'data'))],
      'data',
      false,
      'layer data aws',
    ],
    [
      'a rule that was removed can be written again',
      [remove(at('service', 'data')), put(at('service', 'data'))],
      'data',
      false,
      'service db customer',
    ],
  ]
  it.each(cases)('%s', (_title, commands, layer, custom, expected) =>
    expect(answer(given(small, ...commands), layer, custom)).toBe(expected),
  )

  it('remembers the shipped rule that it was set against, not another of the organisation', () => {
    const catalog = given(small, put(at('service', 'data')), put(at('organisation', 'data')))
    for (const id of ['service/db/data', 'organisation/db/data'])
      expect(recordOf(catalog.dataset, 'rules', id)?.ground).toMatchObject({
        scope: 'service',
        subject: 'db',
        aws: 'AWS keeps the database.',
      })
  })

  it('is no change where it says what stands already', () => {
    const catalog = given(small, put(at('organisation', 'data')))
    const by = { actor: 'a', at: '', reason: '' }
    expect(plan(catalog, decide(catalog, put(at('organisation', 'data'))), by)).toEqual({
      change: null,
      after: catalog,
    })
  })

  it('is refused on a variant that the service has not', () => {
    const place: Place = { scope: 'variant', service: 'queue', variant: 'custom', layer: 'data' }
    expect(refusalOf(() => decide(small, put(place)))).toMatchObject({ kind: 'unknown', details: { field: 'variant' } })
  })
})

describe('a service that is written and removed', () => {
  const rules = (catalog: Catalog): string[] => catalog.dataset.rules.map(({ id }) => id).toSorted()

  it('comes back as shipped, with the rules of its variants, when the replacement is removed', () => {
    const replaced = given(small, putService({ name: 'Our DB' }))
    expect(replaced.service('db')).toMatchObject({ name: 'Our DB', origin: 'organisation', variants: [] })
    expect(rules(replaced)).not.toContain('variant/db/custom/runtime')
    const restored = given(replaced, { do: 'delete-service', id: 'db' })
    expect(restored.service('db')).toEqual(small.service('db'))
    expect(rules(restored)).toEqual(rules(small))
    expect(restored.dataset.shipped).toEqual([])
  })

  it('takes its rules and overrides with it', () => {
    const catalog = given(small, put(at('organisation', 'data')), { do: 'delete-service', id: 'db' })
    expect(catalog.service('db')).toBeUndefined()
    expect(rules(catalog)).toEqual(['layer/data/data', 'layer/runtime/runtime'])
  })

  it('has the shipped rules again when it is written anew, and the overrides not', () => {
    const catalog = given(
      small,
      put(at('organisation', 'data')),
      { do: 'delete-service', id: 'db' },
      putService({ variants: [variant('custom')] }),
    )
    expect(rules(catalog)).toEqual(rules(small))
  })

  it('of the organisation alone goes without a trace', () => {
    const catalog = given(small, putService({}, 'own'), { do: 'delete-service', id: 'own' })
    expect(catalog.dataset.services.map(({ id }) => id)).toEqual(['db', 'queue'])
    expect(catalog.dataset.shipped).toEqual([])
  })

  it.each<[string, Command, string, string]>([
    [
      'an alias that another service bears',
      putService({ aliases: ['Database'] }, 'own'),
      'aliases',
      '"Database" is a name of the service "db"',
    ],
    [
      'a name that is the id of another',
      putService({ name: 'AWS Queue' }, 'own'),
      'name',
      '"AWS Queue" is a name of the service "queue"',
    ],
    ['a whole that is not there', putService({ partOf: 'nosuch' }), 'partOf', '"nosuch", which is not there'],
    ['itself as its whole', putService({ partOf: 'db' }), 'partOf', 'part of itself'],
    ['a variant with an unknown parent', putService({ variants: [variant('a', 'b')] }), 'variants', 'the parent "b"'],
    [
      'variants that descend from each other',
      putService({ variants: [variant('a', 'b'), variant('b', 'a')] }),
      'variants',
      'descends from itself',
    ],
    ['two variants of one id', putService({ variants: [variant('a'), variant('a')] }), 'variants', 'the same id'],
  ])('is refused with %s', (_what, command, field, message) => {
    const refusal = refusalOf(() => given(small, command))
    expect(refusal.kind).toBe('conflict')
    expect(refusal.details.faults?.[0]).toMatchObject({ kind: 'services', field })
    expect(refusal.message).toContain(message)
  })

  it('is not removed while another is part of it', () => {
    const catalog = given(small, putService({ partOf: 'queue' }, 'own'))
    expect(refusalOf(() => given(catalog, { do: 'delete-service', id: 'queue' })).message).toContain('"own"')
  })
})

describe('who takes what', () => {
  const team = (id: string) => ({ kind: 'teams' as const, id, record: { id, name: id, queue: id, contact: null } })
  const teams = edited(small, [team('one'), team('two')])
  const assignment = (id: string, of: string, slice: object) => ({
    kind: 'assignments' as const,
    id,
    record: {
      id,
      team: of,
      service: null,
      layer: null,
      variant: null,
      account: null,
      environment: null,
      tags: {},
      ...slice,
    },
  })

  it.each([
    ['the same slice', { service: 'db' }, { service: 'db' }],
    ['the same environment in another spelling', { environment: 'Production' }, { environment: 'production ' }],
    ['different tags that one resource can bear', { tags: { app: 'a' } }, { tags: { tier: 'web' } }],
    ['everything', {}, {}],
  ])('refuses two teams for %s, and names both', (_what, one, other) => {
    const catalog = edited(teams, [assignment('first', 'one', one)])
    const { kind, message } = refusalOf(() => edited(catalog, [assignment('second', 'two', other)]))
    expect(kind).toBe('conflict')
    expect(message).toContain('"first"')
    expect(message).toContain('"two"')
    expect(() => edited(catalog, [assignment('second', 'one', other)])).not.toThrow()
  })

  it.each([
    ['a service and a layer', { service: 'db' }, { layer: 'data' }],
    ['a service and a layer of it', { service: 'db' }, { service: 'db', layer: 'data' }],
    ['two accounts', { account: '111111111111' }, { account: '222222222222' }],
    ['two values of one tag', { tags: { app: 'a' } }, { tags: { app: 'b' } }],
  ])('lets two teams take %s', (_what, one, other) =>
    expect(() => edited(teams, [assignment('first', 'one', one), assignment('second', 'two', other)])).not.toThrow(),
  )

  it.each([
    ['team', { team: 'nosuch' }],
    ['service', { service: 'nosuch' }],
    ['layer', { layer: 'nosuch' }],
    ['variant', { service: 'queue', variant: 'custom' }],
    ['variant', { variant: 'custom' }],
  ])('refuses an assignment of an unknown %s', (field, slice) =>
    expect(refusalOf(() => edited(teams, [assignment('a', 'one', slice)])).details.faults?.[0]).toMatchObject({
      id: 'a',
      field,
    }),
  )

  it('keeps a team that is still used, and says by what', () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the contract
    const rule = { id: 'r', position: 1, when: {}, then: { team: 'one' }, note: null }
    const catalog = edited(teams, [assignment('a', 'one', {}), { kind: 'routingRules', id: 'r', record: rule }])
    const { details } = refusalOf(() => edited(catalog, [{ kind: 'teams', id: 'one', record: null }]))
    expect(details.faults?.map(({ kind, id }) => `${kind}/${id}`)).toEqual(['assignments/a', 'routingRules/r'])
  })
})

describe('a fault that a release of the seed left behind', () => {
  it('does not stand in the way of other writes', () => {
    const orphan = { ...given(small, put(at('organisation', 'data'))) }
    const dataset = { ...orphan.dataset, services: orphan.dataset.services.filter(({ id }) => id !== 'db') }
    const catalog = edited({ ...orphan, dataset }, [
      { kind: 'teams', id: 'one', record: { id: 'one', name: 'One', queue: 'Q', contact: null } },
    ])
    expect(catalog.team('one')).toBeDefined()
    expect(staleRules(catalog).map(({ rule, now }) => [rule.id, now])).toEqual([['organisation/db/data', null]])
  })
})
