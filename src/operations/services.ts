/** Services: the list, one with what is known of it, and its verdicts. */
import { z } from 'zod'
import { type Catalog, requireLayer, requireService, requireVariant } from '../domain/catalog.js'
import { FRESH_DAYS, isStale, staleSince } from '../domain/facts.js'
import {
  Id,
  Identifiers,
  Label,
  Lifecycle,
  ModelId,
  Origin,
  Owner,
  Prose,
  type Service,
  SourceUrl,
} from '../domain/model.js'
import { foldName } from '../domain/names.js'
import { resolve } from '../domain/resolve.js'
import { Revision, Verdict } from '../domain/verdict.js'
import { Nothing, operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'
import { inOrder } from './write.js'

const ServiceSummary = z
  .strictObject({
    id: Id,
    name: Label,
    category: Id,
    model: ModelId,
    summary: Prose,
    hasFacts: z.boolean().describe('False where only the default of its model answers for the service.'),
    lifecycle: Lifecycle.nullable(),
  })
  .meta({ id: 'ServiceSummary' })

const OwnerCounts = z.strictObject({
  aws: z.int().min(0).max(21),
  customer: z.int().min(0).max(21),
  shared: z.int().min(0).max(21),
  'not-applicable': z.int().min(0).max(21),
})

const VariantSummary = z.strictObject({
  id: Id,
  name: Label,
  aliases: z.array(Label).max(60),
  summary: Prose,
  parent: Id.nullable(),
  differs: z.array(Id).max(21).describe('The layers whose owner is another than on the service itself.'),
})

export const ServiceDetail = z
  .strictObject({
    id: Id,
    name: Label,
    category: Id,
    model: ModelId,
    modelReason: Prose.nullable(),
    summary: Prose,
    hasFacts: z.boolean(),
    partOf: Id.nullable(),
    aliases: z.array(Label).max(100),
    serviceIds: z.array(Label).max(20),
    identifiers: Identifiers,
    variants: z.array(VariantSummary).max(30),
    pitfalls: z.array(Prose).max(40),
    notes: z.array(Prose).max(20),
    lifecycle: Lifecycle.nullable(),
    sources: z.array(SourceUrl).max(20),
    owners: OwnerCounts.describe('How many of the 21 layers each side owns.'),
    origin: Origin.describe('Whether this is as shipped or as the organisation wrote it.'),
    revision: Revision,
  })
  .meta({ id: 'Service' })

const LayerVerdicts = z
  .strictObject({ items: z.array(Verdict).max(21), total: z.int().min(0).max(21), revision: Revision })
  .meta({ id: 'LayerVerdicts' })

/** What stands in a path: an id, or a name that is redirected to its id. */
export const ServiceParams = z.strictObject({
  service: Label.describe('The id of a service, such as rds; a known name is redirected to it.'),
})
export const VariantQuery = Id.optional().describe('The id of one of its variants, such as rds-custom.')

const summaryOf = (catalog: Catalog, service: Service): z.output<typeof ServiceSummary> => ({
  id: service.id,
  name: service.name,
  category: service.category,
  model: service.model,
  summary: service.summary,
  hasFacts: catalog.hasFacts(service),
  lifecycle: service.lifecycle,
})

const verdictsOf = (catalog: Catalog, service: Service, variantId?: string): Verdict[] => {
  const variant = variantId === undefined ? null : requireVariant(service, variantId)
  return catalog.layers.map((layer) => resolve(catalog, { service, variant, layer }))
}

/** A service as it is read. */
export function detailOf(catalog: Catalog, service: Service): z.output<typeof ServiceDetail> {
  const base = verdictsOf(catalog, service)
  const owners = { aws: 0, customer: 0, shared: 0, 'not-applicable': 0 }
  for (const { owner } of base) owners[owner] += 1
  return inOrder(ServiceDetail, {
    ...service,
    hasFacts: catalog.hasFacts(service),
    variants: service.variants.map((variant) => ({
      ...variant,
      differs: verdictsOf(catalog, service, variant.id)
        .filter(({ owner }, index) => owner !== base[index]?.owner)
        .map(({ layer }) => layer.id),
    })),
    owners,
    revision: catalog.revision,
  })
}

export const listServices = operation({
  id: 'listServices',
  method: 'GET',
  path: '/v1/services',
  tag: 'Matrix',
  access: 'read',
  dated: true,
  summary: 'List the AWS services',
  description:
    'The services of the matrix: those with facts of their own first, each part in the order of ids. By model, category, a part of their name, or the age of their facts.',
  params: Nothing,
  query: z.strictObject({
    model: ModelId.optional().describe('Only services of this model.'),
    category: Id.optional().describe('Only services of this category, such as database.'),
    q: z.string().min(1).max(80).optional().describe('Only services with this text in their id, name or an alias.'),
    stale: z
      .enum(['true', 'false'])
      .optional()
      .describe(`Only services of whose facts one was last read more than ${FRESH_DAYS} days ago, or none was.`),
    ...Page,
  }),
  output: listOf(ServiceSummary),
  tool: {
    name: 'list_services',
    description: 'AWS services by model, category or part of a name.',
    readOnly: true,
    limit: 20,
  },
  refusals: ['invalid'],
  example: { params: {}, query: { category: 'database', limit: 1 } },
  run({ catalog, now }, { query }) {
    const before = staleSince(new Date(now()).toISOString().slice(0, 10))
    const wanted = query.q === undefined ? null : foldName(query.q)
    const isOwn = (service: Service): boolean => service.partOf === null && catalog.hasFacts(service)
    const own = catalog.services.filter(isOwn)
    const others = catalog.services.filter((service) => !isOwn(service))
    const matches = [...own, ...others].filter(
      (service) =>
        (!query.model || service.model === query.model) &&
        (!query.category || service.category === query.category) &&
        (query.stale === undefined || isStale(catalog, service, before) === (query.stale === 'true')) &&
        (wanted === null ||
          [service.id, service.name, ...service.aliases].some((name) => foldName(name).includes(wanted))),
    )
    const page = pageOf(matches, query)
    return { ...page, items: page.items.map((item) => summaryOf(catalog, item)), revision: catalog.revision }
  },
})

export const getService = operation({
  id: 'getService',
  method: 'GET',
  path: '/v1/services/{service}',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Read one service',
  description: 'A service with its aliases, identifiers, variants, pitfalls and how many layers each side owns.',
  params: ServiceParams,
  query: Nothing,
  output: ServiceDetail,
  refusals: ['alias', 'unknown'],
  example: { params: { service: 'workmail' }, query: {} },
  resource: (catalog, { params }) => catalog.service(params.service) ?? null,
  run: ({ catalog }, { params }) => detailOf(catalog, requireService(catalog, params.service)),
})

export const listVerdicts = operation({
  id: 'listVerdicts',
  method: 'GET',
  path: '/v1/services/{service}/layers',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Read the verdicts on all layers of a service',
  description: 'The 21 verdicts of a service, or of one of its variants, from the bottom of the stack to its top.',
  params: ServiceParams,
  query: z.strictObject({ variant: VariantQuery, owner: Owner.optional().describe('Only layers with this owner.') }),
  output: LayerVerdicts,
  refusals: ['alias', 'unknown'],
  example: { params: { service: 'rds' }, query: { owner: 'shared' } },
  run({ catalog }, { params, query }) {
    const all = verdictsOf(catalog, requireService(catalog, params.service), query.variant)
    const items = all.filter(({ owner }) => !query.owner || owner === query.owner)
    return { items, total: items.length, revision: catalog.revision }
  },
})

export const getVerdict = operation({
  id: 'getVerdict',
  method: 'GET',
  path: '/v1/services/{service}/layers/{layer}',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Read who owns one layer of a service',
  description:
    'The verdict: the owner, the side that leads, what each side must do, the rule that won and those it overruled, with sources.',
  params: ServiceParams.extend({
    layer: Label.describe('The id of a layer, such as operating-system; a known name is redirected to it.'),
  }),
  query: z.strictObject({ variant: VariantQuery }),
  output: Verdict,
  refusals: ['alias', 'unknown'],
  example: { params: { service: 'rds', layer: 'operating-system' }, query: {} },
  run({ catalog }, { params, query }) {
    const service = requireService(catalog, params.service)
    const layer = requireLayer(catalog, params.layer)
    const variant = query.variant === undefined ? null : requireVariant(service, query.variant)
    return resolve(catalog, { service, variant, layer })
  },
})
