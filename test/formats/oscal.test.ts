import { describe, expect, it } from 'vitest'
import { readSeed } from '../../seed/read.js'
import { type Catalog, createCatalog } from '../../src/domain/catalog.js'
import type { Rule, Service } from '../../src/domain/model.js'
import { Refusal } from '../../src/domain/refusal.js'
import { resolve } from '../../src/domain/resolve.js'
import { componentDefinition } from '../../src/formats/oscal/component-definition.js'
import { ComponentDefinition, type OscalVersion, SystemSecurityPlan } from '../../src/formats/oscal/model.js'
import { systemSecurityPlan } from '../../src/formats/oscal/system-security-plan.js'
import { seeded } from '../support/catalog.js'
import {
  integrityFaults,
  judgedBy,
  OSCAL_MODELS,
  OSCAL_VERSIONS,
  type OscalModel,
  officialSchemaAtHand,
  oscalFaults,
  schemaFaults,
} from '../support/oscal-integrity.js'

const WRITERS = { 'component-definition': componentDefinition, 'system-security-plan': systemSecurityPlan }
const SHAPES = { 'component-definition': ComponentDefinition, 'system-security-plan': SystemSecurityPlan }

/** Documents on the seed as text: several tests look at every one, and writing one takes eight times reading it. */
const texts = new Map<string, string>()
function written(model: OscalModel, service: Service): ComponentDefinition | SystemSecurityPlan {
  const key = `${model} ${service.id}`
  const text = texts.get(key) ?? JSON.stringify(WRITERS[model]({ catalog: seeded, service, version: '1.2.1' }))
  texts.set(key, text)
  return JSON.parse(text)
}

const serviceOf = (id: string, catalog = seeded): Service => {
  const service = catalog.service(id)
  if (!service) throw new Error(`The seed has no ${id}.`)
  return service
}
const subject = (id: string, catalog: Catalog = seeded, version: OscalVersion = '1.2.1') => ({
  catalog,
  service: serviceOf(id, catalog),
  version,
})
const definitionOf = (...of: Parameters<typeof subject>) => componentDefinition(subject(...of))['component-definition']
const planOf = (...of: Parameters<typeof subject>) => systemSecurityPlan(subject(...of))['system-security-plan']

/** What stands under the root key of either document. */
const bodyOf = (document: ComponentDefinition | SystemSecurityPlan) =>
  'component-definition' in document ? document['component-definition'] : document['system-security-plan']

const seed = readSeed()

/** The seed with some of its rules and services replaced. */
const altered = (change: {
  rules?: (rule: Rule) => Rule
  services?: (service: Service) => Service
  revision?: number
  at?: string
}): Catalog => {
  return createCatalog({
    ...seed,
    rules: seed.rules.map(change.rules ?? ((rule) => rule)),
    services: seed.services.map(change.services ?? ((service) => service)),
    revision: change.revision ?? 1,
    at: change.at ?? seeded.at,
  })
}

describe.each(OSCAL_MODELS)('the %s of every service', (model) => {
  it.each(OSCAL_VERSIONS)(`is good OSCAL %s by ${judgedBy}`, (version) => {
    const bad = seeded.services
      .map((service) => [
        service.id,
        oscalFaults(
          model,
          version,
          version === '1.2.1' ? written(model, service) : WRITERS[model]({ catalog: seeded, service, version }),
        ),
      ])
      .filter(([, faults]) => (faults?.length ?? 0) > 0)
    expect(bad).toEqual([])
  })

  it('fits the shape that the contract publishes', () => {
    // The shape is strict and changes nothing, so what it takes it describes whole.
    const bad = seeded.services
      .map((service) => [service.id, SHAPES[model].safeParse(written(model, service))] as const)
      .filter(([, parsed]) => !parsed.success)
    expect(bad).toEqual([])
  })

  it('is good although names and duties hold line breaks and addresses odd characters', () => {
    const catalog = altered({
      rules: (rule) => ({
        ...rule,
        aws: rule.aws && ` ${rule.aws}\n\tand more `,
        sources: ['https://example.com/a|b^c "d"?é=%zz', ...rule.sources],
      }),
      services: (service) => ({ ...service, name: ` ${service.name}\nand more `, serviceIds: [' \n '] }),
    })
    const document = WRITERS[model](subject('s3', catalog))
    expect(oscalFaults(model, '1.2.1', document)).toEqual([])
    expect(SHAPES[model].safeParse(document).success).toBe(true)
  })

  it('is refused, not written empty, where no layer applies', () => {
    const nobody = altered({ rules: (rule) => ({ ...rule, owner: 'not-applicable', lead: null }) })
    expect(() => WRITERS[model](subject('s3', nobody))).toThrow(Refusal)
  })

  it('leaves out layers that do not apply, and what only they cite', () => {
    const url = 'https://example.com/only-here'
    const catalog = altered({
      rules: (rule) =>
        rule.layer === 'physical' ? { ...rule, owner: 'not-applicable', lead: null, sources: [url] } : rule,
    })
    const text = JSON.stringify(WRITERS[model](subject('s3', catalog)))
    expect(text).toContain('"control-id":"au-2"')
    expect(text).not.toContain('"control-id":"pe-3"')
    expect(text).not.toContain('"physical"')
    expect(text).not.toContain(url)
  })

  it('says that it is a judgement, no attestation, and not published by AWS', () => {
    expect(bodyOf(WRITERS[model](subject('s3'))).metadata.remarks).toMatch(
      /our judgement, not an attestation; not published by AWS/,
    )
  })

  it('has every source of its verdicts in the back matter, and nothing there that nothing cites', () => {
    for (const service of seeded.services) {
      const root = bodyOf(written(model, service))
      const cited = new Set(JSON.stringify(root).match(/(?<="#)[0-9a-f-]{36}(?=")/g))
      const { resources } = root['back-matter']
      const addresses = new Set(resources.map(({ rlinks }) => rlinks[0]?.href))
      const missing = seeded.layers
        .map((layer) => resolve(seeded, { service, layer }))
        .flatMap(({ owner, sources }) => (owner === 'not-applicable' ? [] : sources))
        .filter(({ url }) => !addresses.has(new URL(url).href))
      expect(missing, service.id).toEqual([])
      expect(resources.filter(({ uuid }) => !cited.has(uuid))).toEqual([])
    }
  })

  it('is the same to the byte in two runs, and keeps every UUID when the data moves on', () => {
    const write = (catalog: Catalog) => JSON.stringify(WRITERS[model](subject('s3', catalog)))
    const uuidsOf = (text: string) => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)
    const later = altered({ revision: 2, at: '2027-01-01T00:00:00.000Z' })
    expect(write(altered({}))).toBe(write(seeded))
    expect(write(later)).not.toBe(write(seeded))
    expect(uuidsOf(write(later))).toEqual(uuidsOf(write(seeded)))
  })
})

describe('UUIDs that others have pinned', () => {
  it('never change', () => {
    const requirement = definitionOf('s3').components[0]?.['control-implementations'][0]?.['implemented-requirements']
    expect({
      definition: definitionOf('s3').uuid,
      component: definitionOf('s3').components[0]?.uuid,
      requirement: requirement?.find((one) => one['control-id'] === 'sc-28')?.uuid,
      plan: planOf('s3').uuid,
    }).toEqual({
      definition: 'c4db0306-00dd-5dfc-b2f2-134f1534183c',
      component: 'ed445ed1-e4b3-57c2-b451-5ad7bc9af298',
      requirement: 'f16d969b-7d10-5945-9d0c-e1c8121ad0a8',
      plan: '27fb6e7a-c8a0-510d-aed9-ef255ef43b39',
    })
  })

  it('are one for one component in both documents', () => {
    const [, component] = planOf('s3')['system-implementation'].components
    expect(component?.uuid).toBe(definitionOf('s3').components[0]?.uuid)
  })

  it('differ between services', () => expect(definitionOf('s3').uuid).not.toBe(definitionOf('ec2').uuid))
})

describe('the head of a document', () => {
  it('carries the revision and its time, and the OSCAL release that was asked for', () => {
    const later = altered({ revision: 7, at: '2027-01-01T00:00:00.000Z' })
    expect(planOf('s3', later, '1.1.3').metadata).toMatchObject({
      version: '7',
      'last-modified': '2027-01-01T00:00:00.000Z',
      'oscal-version': '1.1.3',
    })
  })

  it("identifies the service by AWS's own serviceId, and by ours where AWS has none", () => {
    const named = altered({ services: (service) => ({ ...service, serviceIds: service.id === 's3' ? ['S3'] : [] }) })
    const idOf = (id: string) => definitionOf(id, named).components[0]?.props[0]
    expect(idOf('s3')).toEqual({ name: 'service-id', ns: 'http://aws.amazon.com/ns/oscal', value: 'S3' })
    expect(idOf('ec2')?.value).toBe('ec2')
  })
})

describe('an owner', () => {
  /** S3 with one owner on every layer, and the parts in which that shows. */
  const under = (owner: 'aws' | 'customer' | 'shared') => {
    const duties = { aws: 'AWS acts.', customer: 'You act.', lead: owner === 'shared' ? ('aws' as const) : null }
    const catalog = altered({ rules: (rule) => ({ ...rule, ...duties, owner }) })
    const planned = planOf('s3', catalog)['control-implementation']['implemented-requirements'][0]
    const defined = definitionOf('s3', catalog).components[0]?.['control-implementations'][0]
    return {
      exported: planned?.['by-components'][0]?.export,
      origins: planned?.props.filter(({ name }) => name === 'control-origination').map(({ value }) => value),
      requirement: defined?.['implemented-requirements'][0],
    }
  }

  it('aws provides, and leaves no responsibility', () => {
    const { exported, origins, requirement } = under('aws')
    expect(exported?.provided?.[0]).toMatchObject({
      description: 'AWS acts.',
      'responsible-roles': [{ 'role-id': 'provider' }],
    })
    expect(exported).not.toHaveProperty('responsibilities')
    expect(exported?.provided?.[0]?.remarks).toContain('Customer: You act.')
    expect(origins).toEqual(['sp-system'])
    expect(requirement?.['responsible-roles']).toEqual([{ 'role-id': 'provider' }])
  })

  it('customer has responsibilities, and nothing is provided', () => {
    const { exported, origins, requirement } = under('customer')
    expect(exported?.responsibilities?.[0]).toMatchObject({
      description: 'You act.',
      'responsible-roles': [{ 'role-id': 'customer' }],
    })
    expect(exported?.responsibilities?.[0]).not.toHaveProperty('provided-uuid')
    expect(exported).not.toHaveProperty('provided')
    expect(origins).toEqual(['customer-provided'])
    expect(requirement?.['responsible-roles']).toEqual([{ 'role-id': 'customer' }])
  })

  it('shared is both, and the responsibility points at what is provided', () => {
    const { exported, origins, requirement } = under('shared')
    expect(exported?.provided?.[0]?.description).toBe('AWS acts.')
    expect(exported?.responsibilities?.[0]).toMatchObject({
      description: 'You act.',
      'provided-uuid': exported?.provided?.[0]?.uuid,
    })
    expect(origins).toEqual(['sp-system', 'customer-configured'])
    expect(requirement?.['responsible-roles']).toEqual([{ 'role-id': 'provider' }, { 'role-id': 'customer' }])
    expect(requirement?.description).toMatch(/^\*\*Physical facilities\*\* .*AWS: AWS acts\. Customer: You act\.$/m)
  })

  it('of a control is the one of all its layers, else shared', () => {
    const owners = {
      'encryption-at-rest': 'aws',
      'encryption-in-transit': 'aws',
      'key-management': 'customer',
    } as const
    const catalog = altered({
      rules: (rule) => {
        const owner = owners[rule.layer as keyof typeof owners]
        return owner ? { ...rule, owner, aws: 'AWS acts.', customer: 'You act.', lead: null } : rule
      },
    })
    const found = definitionOf('s3', catalog).components[0]?.['control-implementations'][0]
    const rollUpOf = (id: string) =>
      found?.['implemented-requirements'].find((one) => one['control-id'] === id)?.props[0]?.value
    expect(rollUpOf('sc-28')).toBe('aws')
    expect(rollUpOf('sc-12')).toBe('customer')
    expect(rollUpOf('sc-13')).toBe('shared')
  })
})

describe('every verdict of the seed', () => {
  it('stands in the plan once for each control that its layer feeds, on the side that its owner says', () => {
    for (const service of seeded.services) {
      const plan = bodyOf(written('system-security-plan', service)) as ReturnType<typeof planOf>
      const requirements = plan['control-implementation']['implemented-requirements']
      for (const layer of seeded.layers) {
        const { owner } = resolve(seeded, { service, layer })
        const sides = layer.controls.map((control) => {
          const found = requirements.find((one) => one['control-id'] === control)?.['by-components'][0]?.export
          const has = (list?: readonly { props: readonly { name: string; value: string }[] }[]) =>
            (list ?? []).filter(({ props }) => props[0]?.value === layer.id).length
          return [has(found?.provided), has(found?.responsibilities)]
        })
        const expected = { aws: [1, 0], customer: [0, 1], shared: [1, 1], 'not-applicable': [0, 0] }[owner]
        expect(sides, `${service.id} ${layer.id}`).toEqual(layer.controls.map(() => expected))
      }
    }
  })
})

describe('the integrity check', () => {
  const NOWHERE = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
  type Plan = ReturnType<typeof planOf>
  const requirementsOf = (plan: Plan) => plan['control-implementation']['implemented-requirements']
  /** The part of a plan that a test damages; fails where the plan has none. */
  const part = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The plan lacks what this test damages.')
    return value
  }
  const byComponent = (plan: Plan) => part(requirementsOf(plan)[0]?.['by-components'][0])

  const damages: [string, RegExp, (plan: Plan) => void][] = [
    [
      'a UUID that stands twice',
      /stands twice/,
      (plan) => {
        byComponent(plan).uuid = plan.uuid
      },
    ],
    ['a role that is not declared', /^role customer/, (plan) => plan.metadata.roles.pop()],
    ['a party that is not declared', /^party /, (plan) => plan.metadata.parties.pop()],
    [
      'a component that is not declared',
      /^component /,
      (plan) => {
        byComponent(plan)['component-uuid'] = NOWHERE
      },
    ],
    ['a resource that is not there', /^resource /, (plan) => plan['back-matter'].resources.pop()],
    [
      'a profile that is not there',
      /^resource /,
      (plan) => {
        plan['import-profile'].href = `#${NOWHERE}`
      },
    ],
    [
      'a responsibility for what is not provided',
      /^provided /,
      (plan) => {
        const shared = requirementsOf(plan)
          .flatMap((one) => one['by-components'][0]?.export.responsibilities ?? [])
          .find((one) => one['provided-uuid'] !== undefined)
        part(shared)['provided-uuid'] = NOWHERE
      },
    ],
    [
      'an export of nothing',
      /^export is empty/,
      (plan) => {
        byComponent(plan).export = {}
      },
    ],
    [
      'a control that no layer feeds',
      /^control zz-1/,
      (plan) => {
        part(requirementsOf(plan)[0])['control-id'] = 'zz-1'
      },
    ],
  ]

  it.each(damages)('finds %s, which the schema accepts', (_what, message, damage) => {
    const plan = structuredClone(planOf('s3'))
    damage(plan)
    const document = { 'system-security-plan': plan }
    expect(integrityFaults(document)).toEqual(expect.arrayContaining([expect.stringMatching(message)]))
    expect(schemaFaults('system-security-plan', document)).toEqual([])
  })

  it('finds a dangling source of a component definition', () => {
    const definition = structuredClone(definitionOf('s3'))
    part(definition.components[0]?.['control-implementations'][0]).source = `#${NOWHERE}`
    expect(integrityFaults({ 'component-definition': definition })).toEqual([expect.stringMatching(/^resource /)])
  })

  it('finds nothing in a good document', () => expect(integrityFaults(systemSecurityPlan(subject('s3')))).toEqual([]))

  it('refuses an envelope and a renamed root', () => {
    const document = systemSecurityPlan(subject('s3'))
    expect(oscalFaults('system-security-plan', '1.2.1', { data: document })).toHaveLength(1)
    expect(oscalFaults('system-security-plan', '1.2.1', { ...document, revision: 1 })).toHaveLength(1)
    expect(oscalFaults('system-security-plan', '1.1.3', document)).toEqual([expect.stringContaining('oscal-version')])
  })
})

describe.runIf(officialSchemaAtHand)("NIST's schema", () => {
  it('is truly asked: it refuses a missing UUID, an empty list and a value with a line break', () => {
    const damaged = (damage: (definition: ReturnType<typeof definitionOf>) => void) => {
      const definition = structuredClone(definitionOf('s3'))
      damage(definition)
      return schemaFaults('component-definition', { 'component-definition': definition })
    }
    expect(damaged((one) => Reflect.deleteProperty(one, 'uuid'))).not.toEqual([])
    expect(damaged((one) => one.metadata.roles.splice(0))).not.toEqual([])
    expect(damaged((one) => one.metadata.props.push({ name: 'a', value: 'a\nb' }))).not.toEqual([])
    expect(damaged((one) => one.metadata.props.push({ name: 'a b', value: 'a' }))).not.toEqual([])
  })
})
