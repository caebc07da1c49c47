/** Reads the seed as a stranger would: nothing missing, nothing said twice, nothing without a source. */
import { describe, expect, it } from 'vitest'
import { readSeed } from '../../seed/read.js'
import { ARTICLE_KINDS } from '../../src/domain/model.js'
import { foldName } from '../../src/domain/names.js'
import { resolve } from '../../src/domain/resolve.js'
import { Verdict } from '../../src/domain/verdict.js'
import { seeded, verdictOf } from '../support/catalog.js'

const records = readSeed()
const FACT_LAYERS = seeded.layers.map(({ id }) => id).filter((id) => id !== 'awareness-training')
const withFacts = seeded.services.filter((service) =>
  records.rules.some(({ scope, subject }) => scope === 'service' && subject === service.id),
)

describe('the layers and models', () => {
  it('are the 21 and the 3', () => {
    expect(seeded.layers).toHaveLength(21)
    expect(seeded.models.map(({ id }) => id)).toEqual(['iaas', 'paas', 'saas'])
  })

  it.each(['iaas', 'paas', 'saas'] as const)('%s has a default on all 21 layers', (id) => {
    const model = seeded.model(id)
    for (const layer of seeded.layers) {
      const { basis } = resolve(seeded, { model: model ?? null, layer })
      expect(basis.scope, layer.id).toBe(layer.id === 'awareness-training' ? 'layer' : 'model')
    }
  })

  it('answer every general question', () => {
    for (const layer of seeded.layers)
      expect(resolve(seeded, { layer }).basis).toEqual({ scope: 'layer', subject: layer.id })
  })

  it('state awareness and training once, for all services', () => {
    expect(records.rules.filter(({ layer }) => layer === 'awareness-training')).toHaveLength(1)
  })
})

describe('the services', () => {
  it('hold the five that the article names, and the 150 with facts of their own', () => {
    const ids = withFacts.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['ec2', 's3', 'lambda', 'rds', 'workmail']))
    expect(ids.length).toBeGreaterThanOrEqual(150)
  })

  it('with facts state each of the 20 layers that differ by service', () => {
    for (const { id } of withFacts)
      for (const layer of FACT_LAYERS) expect(seeded.rule('service', id, layer), `${id}/${layer}`).toBeDefined()
  })

  it('resolve on all 21 layers and every variant to a verdict of the published shape', () => {
    for (const service of seeded.services)
      for (const variant of [null, ...service.variants])
        for (const layer of seeded.layers) {
          const verdict = resolve(seeded, { service, variant, layer })
          const parsed = Verdict.safeParse(verdict)
          expect(parsed.success, `${service.id}/${variant?.id ?? ''}/${layer.id}: ${parsed.error?.message}`).toBe(true)
        }
  })

  it('have ids, names and aliases that belong to one service alone', () => {
    const owners = new Map<string, string>()
    for (const { id, name, aliases } of seeded.services)
      for (const text of new Set([id, name, ...aliases].map(foldName))) {
        expect(owners.get(text), `"${text}" is a name of ${owners.get(text)} and ${id}`).toBeUndefined()
        owners.set(text, id)
      }
  })

  it('have variants with ids of their own and parents that exist', () => {
    for (const { id, variants } of seeded.services) {
      const ids = variants.map((variant) => variant.id)
      expect(new Set(ids).size, id).toBe(ids.length)
      for (const { parent } of variants) if (parent) expect(ids).toContain(parent)
    }
  })

  it('are part only of services that exist', () => {
    for (const { id, partOf } of seeded.services) if (partOf) expect(seeded.service(partOf), id).toBeDefined()
  })
})

describe('the rules', () => {
  it('speak of layers, models, services and variants that exist', () => {
    for (const { id, scope, subject, layer } of records.rules) {
      expect(seeded.layer(layer), id).toBeDefined()
      const [service = '', variant] = subject.split('/')
      if (scope === 'model') expect(seeded.model(subject), id).toBeDefined()
      if (scope === 'service' || scope === 'variant') expect(seeded.service(service), id).toBeDefined()
      if (scope === 'variant')
        expect(
          seeded.service(service)?.variants.some((v) => v.id === variant),
          id,
        ).toBe(true)
    }
  })

  it('each rest on at least one https source', () => {
    for (const { id, sources } of records.rules) expect(sources.length, id).toBeGreaterThan(0)
  })

  it('name on a shared layer both duties, the lead, its reason and its flip', () => {
    for (const rule of records.rules.filter(({ owner }) => owner === 'shared')) {
      expect(rule.aws && rule.customer && rule.lead && rule.leadReason, rule.id).toBeTruthy()
      expect(rule.flip?.lead, rule.id).not.toBe(rule.lead)
      expect(rule.flip?.when, rule.id).toBeTruthy()
    }
  })

  it('keep their ids unique', () => {
    expect(new Set(records.rules.map(({ id }) => id)).size).toBe(records.rules.length)
  })

  it('keep what was not confirmed marked as such', () => {
    const unverified = records.rules.filter(({ scope, verifiedAt }) => scope !== 'model' && verifiedAt === null)
    expect(unverified.length).toBeGreaterThan(0)
    for (const { scope, subject, layer } of unverified.filter((rule) => rule.scope === 'service'))
      expect(verdictOf(subject, layer).verified, `${scope}/${subject}/${layer}`).toBe(false)
  })
})

describe("the article's claims", () => {
  it.each([
    ['ec2', 'operating-system', 'customer'],
    ['ec2', 'physical', 'aws'],
    ['ec2', 'hardware', 'aws'],
    ['ec2', 'virtualization', 'aws'],
    ['ec2', 'application', 'customer'],
    ['ec2', 'network-controls', 'customer'],
    ['rds', 'operating-system', 'aws'],
    ['rds', 'data', 'customer'],
    ['lambda', 'operating-system', 'aws'],
    ['lambda', 'application', 'customer'],
    ['s3', 'hardware', 'aws'],
    ['s3', 'identity-access', 'customer'],
    ['s3', 'data', 'customer'],
    ['vpc', 'network-controls', 'customer'],
    ['workmail', 'application', 'aws'],
    ['workmail', 'operating-system', 'aws'],
    ['workmail', 'configuration', 'customer'],
    ['workmail', 'identity-access', 'customer'],
  ])('%s / %s is owned by %s', (service, layer, owner) => expect(verdictOf(service, layer).owner).toBe(owner))

  it('the OS goes from the customer to AWS between EC2 and RDS, and the application between RDS and WorkMail', () => {
    expect(['ec2', 'rds', 'workmail'].map((id) => verdictOf(id, 'operating-system').owner)).toEqual([
      'customer',
      'aws',
      'aws',
    ])
    expect(['ec2', 'rds', 'workmail'].map((id) => verdictOf(id, 'application').owner)).toEqual([
      'customer',
      'customer',
      'aws',
    ])
    expect(['ec2', 'rds', 'workmail'].map((id) => seeded.service(id)?.model)).toEqual(['iaas', 'paas', 'saas'])
  })

  it('AWS leads on the RDS engine until a major version upgrade', () => {
    const { owner, lead, flip } = verdictOf('rds', 'runtime')
    expect({ owner, lead, flip: flip?.lead }).toEqual({ owner: 'shared', lead: 'aws', flip: 'customer' })
    expect(flip?.when).toMatch(/major version/i)
  })

  it("the customer leads on the OS of an EKS managed node group's nodes", () => {
    expect(verdictOf('eks', 'operating-system', 'managed-node-groups')).toMatchObject({
      owner: 'shared',
      lead: 'customer',
    })
  })

  it('RDS Custom for Oracle takes from RDS Custom what it does not state itself', () => {
    expect(verdictOf('rds', 'encryption-at-rest', 'rds-custom-oracle').basis.scope).toBe('variant')
  })
})

describe('the knowledge', () => {
  it.each([
    ['stage', 7],
    ['misconception', 3],
    ['practice', 4],
    ['case', 2],
    ['guide', 2],
    ['responsibility', 8],
    ['area', 3],
    ['takeaway', 5],
  ] as const)('has every %s of the article (%i)', (kind, count) =>
    expect(seeded.articles(kind).length).toBeGreaterThanOrEqual(count),
  )

  it('has the seven stages in their order, with a duty on both sides', () => {
    const stages = seeded.articles('stage').map(({ document }) => document)
    expect(stages.map(({ id }) => id)).toEqual(['code', 'build', 'test', 'release', 'deploy', 'operate', 'monitor'])
    for (const { aws, customer } of stages) expect(aws && customer).toBeTruthy()
  })

  it("keeps the article's table cell by cell", () => {
    const cells = seeded.articles('stage').map(({ document }) => document.article)
    expect(cells[0]).toEqual({ customer: 'Secure code', aws: 'Development tools' })
    expect(cells[6]).toEqual({ customer: 'Alerting and logging', aws: 'Native tooling' })
  })

  it('corrects the belief that AWS encrypts everything with the date from which S3 does', () => {
    const [belief] = seeded.articles('misconception').filter(({ id }) => id.endsWith('aws-encrypts-everything'))
    expect(JSON.stringify(belief?.document.corrections)).toContain('2023-01-05')
  })

  it('links every article to layers and services that exist', () => {
    for (const kind of ARTICLE_KINDS)
      for (const { id, document } of seeded.articles(kind)) {
        for (const layer of document.layers as string[]) expect(seeded.layer(layer), `${id}: ${layer}`).toBeDefined()
        for (const service of document.services as string[])
          expect(seeded.service(service), `${id}: ${service}`).toBeDefined()
        expect((document.layers as string[]).length + (document.services as string[]).length, id).toBeGreaterThan(0)
      }
  })
})
