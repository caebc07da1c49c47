import { describe, expect, it } from 'vitest'
import { createCatalog } from '../../src/domain/catalog.js'
import {
  type Layer,
  type Model,
  type Owner,
  type Rule,
  ruleId,
  SCOPES,
  type Scope,
  Service,
  type Variant,
} from '../../src/domain/model.js'
import { nameOf, type Question, resolve, rulesOn } from '../../src/domain/resolve.js'
import { NO_RECORDS } from '../support/no-records.js'

const layer: Layer = {
  id: 'operating-system',
  name: 'Operating system',
  position: 1,
  covers: 'The OS.',
  controls: [],
  vocabulary: { names: [], phrases: [], deeds: [], not: [], confusable: [] },
}
const model: Model = { id: 'paas', name: 'PaaS', summary: 's', aws: 'a', customer: 'c', examples: [] }
const parent: Variant = { id: 'custom', name: 'Custom', aliases: [], summary: 's', parent: null }
const child: Variant = { id: 'custom-oracle', name: 'Custom for Oracle', aliases: [], summary: 's', parent: 'custom' }
const service: Service = {
  ...Service.parse({
    id: 'db',
    name: 'Amazon DB',
    category: 'database',
    model: 'paas',
    summary: 's',
    aliases: [],
    identifiers: {},
    variants: [parent, child],
    pitfalls: [],
  }),
  origin: 'seed',
}
const part: Service = { ...service, id: 'db-data', name: 'DB Data API', variants: [], partOf: 'db' }

const SUBJECT: Record<Scope, string> = {
  organisation: 'db',
  variant: 'db/custom',
  service: 'db',
  model: 'paas',
  layer: 'operating-system',
}

function rule(scope: Scope, owner: Owner, subject = SUBJECT[scope]): Rule {
  const shared = owner === 'shared'
  return {
    id: ruleId(scope, subject, layer.id),
    scope,
    subject,
    layer: layer.id,
    owner,
    aws: owner === 'customer' ? null : 'AWS does it.',
    customer: owner === 'aws' ? null : 'You do it.',
    lead: shared ? 'customer' : null,
    leadReason: shared ? 'You hold the shell.' : null,
    flip: shared ? { when: 'managed', lead: 'aws' } : null,
    sources: ['https://docs.aws.amazon.com/'],
    verifiedAt: '2026-11-23',
    origin: 'seed',
    reason: null,
    ground: null,
  }
}

const catalogOf = (...rules: Rule[]) =>
  createCatalog({
    ...NO_RECORDS,
    layers: [layer],
    models: [model],
    services: [service, part],
    rules,
    revision: 7,
    at: '',
  })

describe('the precedence', () => {
  const everywhere = SCOPES.map((scope) => rule(scope, 'aws'))

  it.each(SCOPES.map((scope, index) => [scope, index] as const))('%s wins over every weaker scope', (scope, index) => {
    const verdict = resolve(catalogOf(...everywhere.slice(index)), { service, variant: parent, layer })
    expect(verdict.basis).toEqual({ scope, subject: SUBJECT[scope] })
    expect(verdict.overruled.map((loser) => loser.scope)).toEqual(SCOPES.slice(index + 1))
  })

  it('does not depend on the order in which rules are stored', () => {
    const verdict = resolve(catalogOf(...everywhere.toReversed()), { service, variant: parent, layer })
    expect(verdict.basis.scope).toBe('organisation')
  })

  it("reads a variant's rule only when that variant is asked for", () => {
    const catalog = catalogOf(rule('variant', 'customer'), rule('service', 'aws'), rule('layer', 'aws'))
    expect(resolve(catalog, { service, layer }).owner).toBe('aws')
    expect(resolve(catalog, { service, variant: parent, layer }).owner).toBe('customer')
  })

  it('lets a variant without a rule of its own fall to its parent variant before the service', () => {
    const catalog = catalogOf(rule('variant', 'customer'), rule('service', 'aws'))
    expect(resolve(catalog, { service, variant: child, layer }).basis).toEqual({
      scope: 'variant',
      subject: 'db/custom',
    })
  })

  it("puts an organisation's rule on a variant above its rule on the service", () => {
    const catalog = catalogOf(rule('organisation', 'aws'), rule('organisation', 'customer', 'db/custom'))
    expect(resolve(catalog, { service, variant: parent, layer }).owner).toBe('customer')
    expect(resolve(catalog, { service, layer }).owner).toBe('aws')
  })

  it('answers for a part of a service with the facts of the whole, and says so in the basis', () => {
    const verdict = resolve(catalogOf(rule('service', 'customer'), rule('model', 'aws')), { service: part, layer })
    expect(verdict).toMatchObject({ owner: 'customer', basis: { scope: 'service', subject: 'db' } })
  })

  it('answers a question about a model without looking at any service', () => {
    expect(resolve(catalogOf(...everywhere), { model, layer }).basis.scope).toBe('model')
  })

  it('answers a general question from the layer alone', () => {
    const verdict = resolve(catalogOf(...everywhere), { layer })
    expect(verdict).toMatchObject({ service: null, basis: { scope: 'layer' }, revision: 7 })
  })

  it('fails loudly where not even the layer has a rule, rather than name an owner', () => {
    expect(() => resolve(catalogOf(), { service, layer })).toThrow('no default rule')
  })
})

describe('the verdict', () => {
  it('is not verified where only the default of a model answers for a service', () => {
    const catalog = catalogOf(rule('model', 'aws'))
    expect(resolve(catalog, { service, layer })).toMatchObject({
      verified: false,
      statement: 'AWS owns the operating system of Amazon DB, by the default for its service model.',
    })
    expect(resolve(catalog, { model, layer }).verified).toBe(true)
  })

  it('is not verified where the rule was not confirmed at its source', () => {
    const catalog = catalogOf({ ...rule('service', 'aws'), verifiedAt: null })
    const verdict = resolve(catalog, { service, layer })
    expect(verdict.verified).toBe(false)
    expect(verdict.sources).toEqual([{ url: 'https://docs.aws.amazon.com/', verifiedAt: null }])
  })

  it('names only the variants whose owner differs', () => {
    const catalog = catalogOf(
      rule('variant', 'customer'),
      rule('variant', 'aws', 'db/custom-oracle'),
      rule('service', 'aws'),
    )
    expect(resolve(catalog, { service, layer }).otherVariants.map(({ id }) => id)).toEqual(['custom'])
  })

  it.each([
    ['aws', 'aws', 'AWS owns the operating system of Amazon DB.'],
    ['customer', 'customer', 'The customer owns the operating system of Amazon DB.'],
    ['shared', 'customer', 'AWS and the customer share the operating system of Amazon DB; the customer leads.'],
    ['not-applicable', null, 'There is nothing to own in the operating system of Amazon DB.'],
  ] as const)('of owner %s is led by %s and says it in one sentence', (owner, lead, statement) => {
    expect(resolve(catalogOf(rule('service', owner)), { service, layer })).toMatchObject({ owner, lead, statement })
  })
})

describe('the words of the verdict', () => {
  const shared = { ...rule('service', 'shared'), lead: 'aws' as const }

  it('say who leads where AWS does', () =>
    expect(resolve(catalogOf(shared), { service, layer }).statement).toBe(
      'AWS and the customer share the operating system of Amazon DB; AWS leads.',
    ))

  it.each<[string, Omit<Question, 'layer'>, string]>([
    ['a variant', { service, variant: parent }, 'AWS owns the operating system of Amazon DB (Custom).'],
    ['a model', { model }, 'AWS owns the operating system of PaaS services.'],
    ['everything', {}, 'AWS owns the operating system of AWS services in general.'],
  ])('name what was asked about: %s', (_what, question, statement) =>
    expect(resolve(catalogOf(rule('layer', 'aws')), { ...question, layer }).statement).toBe(statement),
  )

  it.each([
    ['Operating system', 'operating system'],
    ['OS patching', 'OS patching'],
    ['Data at Rest', 'data at Rest'],
    ['24h Support', '24h Support'],
  ])('write the layer "%s" as "%s" within a sentence', (name, written) =>
    expect(resolve(catalogOf(rule('service', 'aws')), { service, layer: { ...layer, name } }).statement).toBe(
      `AWS owns the ${written} of Amazon DB.`,
    ),
  )

  it.each([
    ['Amazon RDS', null, 'Amazon RDS'],
    ['Amazon RDS', 'Amazon RDS Custom', 'Amazon RDS Custom'],
    ['AWS Lambda', 'Lambda SnapStart', 'Lambda SnapStart'],
    ['Amazon ECS', 'Fargate', 'Amazon ECS (Fargate)'],
    ['Tools for AWS ', 'Tools for Go', 'Tools for AWS  (Tools for Go)'],
  ])('call %s with the variant %s "%s"', (name, variant, called) =>
    expect(nameOf({ name }, variant === null ? null : { name: variant })).toBe(called),
  )
})

describe('the parts of the verdict', () => {
  it('tell what was asked about and every word of the rule that won', () =>
    expect(resolve(catalogOf(rule('variant', 'shared')), { service, variant: parent, layer })).toMatchObject({
      service: { id: 'db', name: 'Amazon DB', model: 'paas' },
      variant: { id: 'custom', name: 'Custom' },
      layer: { id: 'operating-system', name: 'Operating system' },
      lead: 'customer',
      leadReason: 'You hold the shell.',
      flip: { when: 'managed', lead: 'aws' },
      duties: { aws: 'AWS does it.', customer: 'You do it.' },
      overruled: [],
      verified: true,
      lifecycle: null,
    }))

  it('have no variant where none was asked for', () =>
    expect(resolve(catalogOf(rule('service', 'aws')), { service, layer }).variant).toBeNull())

  it('tell the lifecycle of a service that has one', () => {
    const lifecycle = { status: 'retiring' } as unknown as NonNullable<Service['lifecycle']>
    const retired = { ...service, lifecycle }
    expect(resolve(catalogOf(rule('service', 'aws')), { service: retired, layer }).lifecycle).toEqual(lifecycle)
  })

  it.each([
    ['customer', true],
    ['shared', true],
    ['aws', false],
    ['not-applicable', false],
  ] as const)('name a team of the customer where the owner is %s: %s', (owner, told) => {
    const team = { id: 'platform', name: 'Platform', queue: 'PLAT' }
    const rulebook = { ...catalogOf(rule('service', owner)), teamFor: () => team }
    expect(resolve(rulebook, { service, layer }).team).toEqual(told ? team : null)
  })

  it('call the owner of a variant on which nothing is said the same', () =>
    expect(
      resolve(catalogOf(rule('variant', 'aws', 'db/custom-oracle')), { service, variant: child, layer }),
    ).toMatchObject({ owner: 'aws', otherVariants: [] }))

  it('list no other variants where no service was asked for', () =>
    expect(resolve(catalogOf(rule('model', 'aws')), { model, layer }).otherVariants).toEqual([]))

  it('list no other variants for a service that has none, nor the variant that was asked for', () => {
    const catalog = catalogOf(rule('variant', 'customer'), rule('service', 'aws'))
    expect(resolve(catalog, { service: part, layer }).otherVariants).toEqual([])
    expect(resolve(catalog, { service, variant: child, layer }).otherVariants).toEqual([])
    expect(resolve(catalog, { service, variant: parent, layer }).otherVariants).toEqual([])
  })
})

describe('the places where a rule may speak', () => {
  /** Every place that is asked, in order. */
  function placesAsked(question: Question): string[] {
    const asked: string[] = []
    rulesOn({ rule: (scope, subject) => void asked.push(`${scope} ${subject}`) }, question)
    return asked
  }

  it.each<[string, Omit<Question, 'layer'>, string[]]>([
    ['in general', {}, ['layer operating-system']],
    ['about a model', { model }, ['model paas', 'layer operating-system']],
    [
      'about a part of a service',
      { service: part },
      [
        'organisation db-data',
        'organisation db',
        'service db-data',
        'service db',
        'model paas',
        'layer operating-system',
      ],
    ],
    [
      'about a variant of a variant',
      { service, variant: child },
      [
        'organisation db/custom-oracle',
        'organisation db/custom',
        'organisation db',
        'variant db/custom-oracle',
        'variant db/custom',
        'service db',
        'model paas',
        'layer operating-system',
      ],
    ],
  ])('%s are these and no others', (_what, question, places) =>
    expect(placesAsked({ ...question, layer })).toEqual(places),
  )

  it('are finite where variants name each other as parents', () => {
    const [a, b] = [
      { ...parent, id: 'a', parent: 'b' },
      { ...parent, id: 'b', parent: 'a' },
    ]
    const circular = { ...service, variants: [a, b] }
    expect(placesAsked({ service: circular, variant: a, layer })).toContain('variant db/b')
  })
})
