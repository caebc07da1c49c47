/** Who takes a ticket: what a condition asks, rules before assignments before the default, and rules that never decide. */
import { describe, expect, it } from 'vitest'
import { Assignment, type Condition, RoutingRule, type Target } from '../../../src/domain/organisation.js'
import {
  type Case,
  fits,
  markRules,
  NO_ORGANISATION,
  rulesFor,
  takersOf,
  takesAllOf,
  targetName,
} from '../../../src/domain/tickets/rules.js'

const rule = (id: string, position: number, when: object, to: object): RoutingRule =>
  // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
  RoutingRule.parse({ id, position, when, then: to })
const assignment = (id: string, slice: object): Assignment => Assignment.parse({ id, team: `${id}-team`, ...slice })

const asked: Case = {
  ticket: {
    title: 'Backup failed for Orders',
    description: 'The Vault is full.',
    account: '111122223333',
    region: 'eu-central-1',
    environment: 'Production',
    severity: 'High',
    source: { system: 'jira' },
    labels: ['Storage', 'Nightly'],
    tags: { app: 'shop', tier: '1' },
  },
  service: 'rds',
  variant: 'custom',
  layer: 'backup',
  owner: 'customer',
}
/** A ticket that says nothing but its title. */
const bare: Case = { ticket: { title: 'Backup failed' }, service: null, variant: null, layer: null, owner: null }

describe('a condition', () => {
  const exact: [keyof Condition, string][] = [
    ['service', 'rds'],
    ['variant', 'custom'],
    ['layer', 'backup'],
    ['owner', 'customer'],
    ['account', '111122223333'],
    ['region', 'eu-central-1'],
    ['environment', 'production '],
    ['severity', 'HIGH'],
    ['source', 'Jira'],
    ['label', 'nightly'],
    ['title', ' ORDERS '],
    ['text', 'vault'],
  ]

  it('that asks nothing takes every ticket', () => {
    expect(fits({}, asked)).toBe(true)
    expect(fits({}, bare)).toBe(true)
  })

  it.each(exact)('on %s takes the ticket that has "%s", by any one of its values', (name, value) => {
    expect(fits({ [name]: [value] }, asked)).toBe(true)
    expect(fits({ [name]: ['else', value, 'other'] }, asked)).toBe(true)
  })

  it.each(exact)('on %s leaves a ticket that has something else or nothing there', (name) => {
    expect(fits({ [name]: ['something else'] }, asked)).toBe(false)
    expect(fits({ [name]: ['something else'] }, bare)).toBe(false)
    expect(fits({ [name]: ['null', 'undefined', ''] }, { ...bare, ticket: { title: 'x' } })).toBe(
      // Every text contains the empty one.
      name === 'title' || name === 'text',
    )
  })

  it.each(exact)('on %s is one of all: with another that does not hold, the ticket is left', (name, value) =>
    expect(fits({ [name]: [value], tags: { app: 'other' } }, asked)).toBe(false),
  )

  it('on text looks into title and description, on title into the title alone', () => {
    expect(fits({ text: ['orders'] }, asked)).toBe(true)
    expect(fits({ title: ['vault'] }, asked)).toBe(false)
    expect(fits({ text: ['backup'] }, bare)).toBe(true)
  })

  it('on text finds nothing that only the seam of title and description would make', () => {
    expect(fits({ text: ['ordersthe'] }, asked)).toBe(false)
    expect(fits({ text: ['undefined'] }, bare)).toBe(false)
  })

  it('on text knows no letter but those of the title where there is no description', () => {
    const absent = [...'ghjmnoqrstvwxyz'].filter((letter) => fits({ text: [letter] }, bare))
    expect(absent).toEqual([])
  })

  it('on a label takes a ticket by any of its labels, and none without labels', () => {
    expect(fits({ label: ['storage'] }, asked)).toBe(true)
    expect(fits({ label: ['storage'] }, bare)).toBe(false)
  })

  it.each([
    [{ app: 'shop' }, true],
    [{ app: 'shop', tier: '1' }, true],
    [{ app: 'shop', tier: '2' }, false],
    [{ app: 'Shop' }, false],
    [{ owner: 'shop' }, false],
    [{}, true],
  ])('on the tags %j: %s', (tags, taken) => expect(fits({ tags: tags as Record<string, string> }, asked)).toBe(taken))

  it('on tags leaves a ticket without tags', () => expect(fits({ tags: { app: 'shop' } }, bare)).toBe(false))
})

describe('who takes a ticket', () => {
  const rules = [
    rule('late', 20, {}, { team: 'late' }),
    rule('early', 10, { service: ['rds'] }, { triage: true }),
    rule('same-b', 15, {}, { awsSupport: true }),
    rule('same-a', 15, {}, { team: 'same' }),
    rule('other', 1, { service: ['s3'] }, { team: 'other' }),
  ]
  const assignments = [
    assignment('wide', { service: 'rds' }),
    assignment('narrow', { service: 'rds', layer: 'backup' }),
    assignment('elsewhere', { service: 's3' }),
  ]
  const takers = (organisation: Partial<typeof NO_ORGANISATION>, of = asked) =>
    takersOf({ ...NO_ORGANISATION, ...organisation }, of).takers.map(({ by, id, to }) => `${by} ${id} ${to}`)

  it('is nobody where nothing is set up', () => {
    expect(NO_ORGANISATION).toEqual({ teams: [], assignments: [], rules: [], defaultTeam: null })
    expect(takersOf(NO_ORGANISATION, asked)).toEqual({ rule: null, takers: [] })
  })

  it('is told by rules first, then by assignments, then by the default team', () =>
    expect(takers({ rules, assignments, defaultTeam: 'rest' })).toEqual([
      'rule early triage',
      'rule same-a same',
      'rule same-b aws-support',
      'rule late late',
      'assignment narrow narrow-team',
      'assignment wide wide-team',
      'default null rest',
    ]))

  it('is told by the narrowest assignment where no rule matches', () =>
    expect(takers({ rules: [rules[4] as RoutingRule], assignments })[0]).toBe('assignment narrow narrow-team'))

  it('is the default team where nothing else fits', () =>
    expect(takers({ rules: [rules[4] as RoutingRule], assignments, defaultTeam: 'rest' }, bare)).toEqual([
      'default null rest',
    ]))

  it('is decided by the rule that is asked first, wherever it is stored', () => {
    expect(takersOf({ ...NO_ORGANISATION, rules }, asked).rule?.id).toBe('early')
    expect(takersOf({ ...NO_ORGANISATION, rules: rules.toReversed() }, asked).rule?.id).toBe('early')
    expect(rulesFor(rules, bare).map(({ id }) => id)).toEqual(['same-a', 'same-b', 'late'])
  })

  it.each([
    ['service', { service: 'rds' }],
    ['variant', { service: 'rds', variant: 'custom' }],
    ['layer', { layer: 'backup' }],
    ['account', { account: '111122223333' }],
    ['environment', { environment: 'production' }],
    ['tags', { tags: { app: 'shop' } }],
  ])('is told by an assignment of its %s, and not where the ticket names none', (_what, slice) => {
    expect(takers({ assignments: [assignment('a', slice)] })).toEqual(['assignment a a-team'])
    expect(takers({ assignments: [assignment('a', slice)] }, bare)).toEqual([])
  })

  it.each([
    { service: 's3' },
    { service: 'rds', variant: 'other' },
    { layer: 'data' },
    { account: '999999999999' },
    { environment: 'test' },
    { tags: { app: 'other' } },
  ])('is not told by an assignment of %j', (slice) =>
    expect(takers({ assignments: [assignment('a', slice)] })).toEqual([]),
  )

  it('is told by a null in an assignment as by nothing', () =>
    expect(takers({ assignments: [assignment('null', { service: null })] }, bare)).toEqual([
      'assignment null null-team',
    ]))

  it('comes in the order of ids between assignments as narrow, wherever they are stored', () => {
    const two = [assignment('b', { layer: 'backup' }), assignment('a', { layer: 'backup' })]
    for (const stored of [two, two.toReversed()])
      expect(takers({ assignments: stored })).toEqual(['assignment a a-team', 'assignment b b-team'])
  })

  it.each<[Target, string]>([
    [{ team: 'platform' }, 'platform'],
    [{ awsSupport: true }, 'aws-support'],
    [{ triage: true }, 'triage'],
  ])('is called by the target %j "%s"', (target, name) => expect(targetName(target)).toBe(name))
})

describe('a rule that never decides', () => {
  const known = {
    teams: [{ id: 'database' }, { id: 'platform' }],
    services: new Set(['s3', 'rds']),
    layers: new Set(['data']),
  }
  const toTriage = (when: object, position = 2) => rule('b', position, when, { triage: true })

  it.each<[string, RoutingRule, string | null]>([
    ['a team that is not there', rule('b', 2, {}, { team: 'nobody' }), 'There is no team "nobody".'],
    ['services that are not there', toTriage({ service: ['gone', 'lost'] }), 'There is no service "gone" or "lost".'],
    ['layers that are not there', toTriage({ layer: ['gone', 'lost'] }), 'There is no layer "gone" or "lost".'],
    [
      'an owner that no ticket has',
      toTriage({ owner: ['shared'] }),
      'A ticket is routed to one side: its owner is aws or customer, never shared.',
    ],
    ['nothing: it names a team that is there', rule('b', 2, {}, { team: 'platform' }), null],
    ['nothing: one of its services is there', toTriage({ service: ['gone', 's3'] }), null],
    ['nothing: one of its layers is there', toTriage({ layer: ['gone', 'data'] }), null],
    ['nothing: one of its owners is a side', toTriage({ owner: ['shared', 'aws'] }), null],
    ['nothing: its owner is AWS', toTriage({ owner: ['aws'] }), null],
    ['nothing: its owner is the customer', toTriage({ owner: ['customer'] }), null],
  ])('is dead for %s', (_for, dead, because) =>
    expect(markRules([dead], known)).toEqual([{ rule: dead, state: because ? 'dead' : 'live', by: null, because }]),
  )

  const first = rule('a', 1, { service: ['s3'] }, { team: 'platform' })

  it('is shadowed by a wider one that is asked before, and says by which', () => {
    const second = toTriage({ service: ['s3'], layer: ['data'] })
    expect(markRules([second, first], known)).toEqual([
      { rule: first, state: 'live', by: null, because: null },
      {
        rule: second,
        state: 'shadowed',
        by: 'a',
        because: 'Rule "a" at position 1 takes every ticket that this one could match.',
      },
    ])
  })

  it.each([
    ['where it takes more', toTriage({ service: ['s3', 'rds'] }), ['live', 'live']],
    ['where it is asked before the wider one', toTriage({ service: ['s3'], layer: ['data'] }, 0), ['live', 'live']],
  ])('is not a rule %s', (_where, other, states) =>
    expect(markRules([first, other], known).map(({ state }) => state)).toEqual(states),
  )

  it('shadows nothing: what is dead takes no ticket away', () => {
    const dead = rule('a', 1, {}, { team: 'nobody' })
    expect(markRules([dead, toTriage({})], known).map(({ state }) => state)).toEqual(['dead', 'live'])
  })
})

describe('one condition takes all of another', () => {
  it.each<[string, object, object, boolean]>([
    ['nothing asked takes everything', {}, {}, true],
    ['nothing asked takes what is narrower', {}, { service: ['s3'], tags: { app: 'a' } }, true],
    ['the same', { service: ['s3'] }, { service: ['S3 '] }, true],
    ['one of several', { service: ['s3', 'rds'] }, { service: ['rds'] }, true],
    ['not several of one', { service: ['rds'] }, { service: ['s3', 'rds'] }, false],
    ['not what leaves it open', { service: ['rds'] }, {}, false],
    ['one of several labels', { label: ['a', 'b'] }, { label: ['b'] }, true],
    ['not what leaves the label open', { label: ['a'] }, {}, false],
    ['a longer title', { title: [' Backup '] }, { title: ['BACKUP failed'] }, true],
    ['a longer title by one of several', { title: ['restore', 'backup'] }, { title: ['backup failed'] }, true],
    ['not titles of which only some are longer', { title: ['backup'] }, { title: ['backup failed', 'x'] }, false],
    ['not what leaves the title open', { title: ['backup'] }, {}, false],
    ['a title by a text, for the text holds the title', { text: ['backup'] }, { title: ['backup failed'] }, true],
    ['a text by a text', { text: ['backup'] }, { text: ['my backup'] }, true],
    ['not a text by a title', { title: ['backup'] }, { text: ['backup failed'] }, false],
    ['the same tags', { tags: { app: 'a' } }, { tags: { app: 'a', tier: '1' } }, true],
    ['not tags of another value', { tags: { app: 'a' } }, { tags: { app: 'b' } }, false],
    ['not where one tag of two is missing', { tags: { app: 'a', tier: '1' } }, { tags: { app: 'a' } }, false],
    ['not what leaves the tags open', { tags: { app: 'a' } }, {}, false],
  ])('%s', (_title, wide, narrow, takes) => expect(takesAllOf(wide, narrow)).toBe(takes))

  it.each(['service', 'variant', 'layer', 'owner', 'account', 'region', 'environment', 'severity', 'source'])(
    'only where %s is as narrow',
    (name) => expect(takesAllOf({ [name]: ['a'] }, { [name]: ['b'] })).toBe(false),
  )
})
