/** The state of the facts: ages, contradictions, release notes. */
import { describe, expect, it } from 'vitest'
import { readSeed } from '../../seed/read.js'
import { createCatalog } from '../../src/domain/catalog.js'
import { contradictions, isStale, releaseNotes, rulesOf, staleRules, staleSince } from '../../src/domain/facts.js'
import type { Rule, Service } from '../../src/domain/model.js'
import { seeded } from '../support/catalog.js'

const TODAY = '2026-11-27'
const shipped = readSeed()

/** The seed with some of its rules and services changed. */
const changed = (rules: (rule: Rule) => Rule, services: (service: Service) => Service = (service) => service) =>
  createCatalog({
    ...shipped,
    rules: shipped.rules.map(rules),
    services: shipped.services.map(services),
    revision: 1,
    at: '',
  })

const on = (id: string, change: Partial<Rule>) => (rule: Rule) => (rule.id === id ? { ...rule, ...change } : rule)

const rds = seeded.service('rds') as Service

describe('a fact ages', () => {
  it('from the day after its 180th', () => {
    expect(staleSince(TODAY)).toBe('2026-05-31')
    const dated = (verifiedAt: string | null) => changed(on('service/rds/backup-recovery', { verifiedAt }))
    expect(isStale(dated('2026-05-31'), rds, staleSince(TODAY))).toBe(false)
    expect(isStale(dated('2026-05-30'), rds, staleSince(TODAY))).toBe(true)
  })

  it('is listed with the day on which it was read, or as never confirmed', () => {
    const catalog = changed((rule) =>
      rule.scope !== 'service' || rule.subject !== 'rds'
        ? rule
        : { ...rule, verifiedAt: rule.layer === 'data' ? null : rule.layer === 'runtime' ? '2020-01-01' : TODAY },
    )
    const own = staleRules(catalog, rds, staleSince(TODAY)).filter(({ rule }) => rule.subject === 'rds')
    expect(own.map(({ rule, readOn }) => [rule.layer, readOn])).toEqual([
      ['runtime', '2020-01-01'],
      ['data', null],
    ])
  })
})

describe('the shipped facts', () => {
  it('do not contradict themselves', () => expect(contradictions(seeded, TODAY)).toEqual([]))
})

describe('a contradiction is found', () => {
  it.each([
    ['a day to come', on('service/rds/data', { verifiedAt: '2027-01-01' }), 'rds/data: verified on 2027-01-01'],
    ['a fact without a source', on('service/rds/data', { sources: [] }), 'rds/data: no source'],
    [
      'a shared layer with one duty',
      on('service/rds/runtime', { customer: null }),
      'rds/runtime: shared, but only one side',
    ],
    [
      'a flip to the side that leads',
      on('service/rds/runtime', { lead: 'customer', flip: { when: 'x', lead: 'customer' } }),
      'rds/runtime: flips to the side that leads already',
    ],
    [
      'a duty on what does not apply',
      on('service/rds/data', { owner: 'not-applicable' }),
      'rds/data: not applicable, but',
    ],
  ])('%s', (_, change, fault) => expect(contradictions(changed(change), TODAY).join('\n')).toContain(fault))

  it('a variant that says what its service says', () => {
    const base = seeded.rule('service', 'rds', 'runtime') as Rule
    const same = on('variant/rds/rds-custom/runtime', { owner: base.owner, aws: base.aws, customer: base.customer })
    expect(contradictions(changed(same), TODAY).join('\n')).toContain('rds/rds-custom/runtime: says the same')
  })

  it('a service whose end has come', () => {
    const ended = (service: Service): Service =>
      service.id === 'rds'
        ? { ...service, lifecycle: { status: 'ending', endsOn: '2026-01-01', note: 'Ends.', sources: [] } }
        : service
    expect(
      contradictions(
        changed((rule) => rule, ended),
        TODAY,
      ),
    ).toEqual(['rds: ended on 2026-01-01, but its status is "ending".'])
  })

  it('a name of two services', () => {
    const named = (service: Service): Service =>
      ['rds', 's3'].includes(service.id) ? { ...service, aliases: [...service.aliases, 'the thing'] } : service
    expect(
      contradictions(
        changed((rule) => rule, named),
        TODAY,
      ),
    ).toEqual(['"the thing" is a name of rds and s3.'])
  })
})

describe('release notes', () => {
  it('are empty between equal releases', () => expect(releaseNotes(seeded, seeded)).toEqual([]))

  it('tell an owner that moved, words that changed, and a fact that was confirmed', () => {
    const before = changed((rule) => {
      if (rule.id === 'service/rds/data') return { ...rule, owner: 'aws', aws: 'x' }
      if (rule.id === 'service/rds/runtime') return { ...rule, aws: 'old words' }
      if (rule.id === 'service/rds/physical') return { ...rule, verifiedAt: null }
      return rule
    })
    expect(releaseNotes(before, seeded)).toEqual([
      'Amazon RDS, physical facilities: aws, now confirmed at its source.',
      'Amazon RDS, runtime and middleware: shared, led by AWS, unchanged; its duties are worded anew.',
      'Amazon RDS, data: customer, was aws.',
    ])
  })

  it('tell a service that is new, one that was taken out, and one that has facts now', () => {
    const without = createCatalog({
      ...shipped,
      services: shipped.services.filter(({ id }) => id !== 'rds'),
      rules: shipped.rules.filter(
        ({ subject, scope }) => scope === 'model' || scope === 'layer' || !subject.startsWith('sqs'),
      ),
      revision: 1,
      at: '',
    })
    const lines = releaseNotes(without, seeded)
    expect(lines).toContain('Amazon RDS: new.')
    expect(lines).toContain(
      `Amazon SQS: has facts of its own now, on ${rulesOf(seeded, seeded.service('sqs') as Service).length} layers and variants.`,
    )
    expect(releaseNotes(seeded, without)).toContain('Amazon RDS: taken out.')
  })
})
