/** The whole matrix in memory: built from one dataset, indexed, frozen. Every answer is a function of it. */
import type {
  Article,
  ArticleKind,
  Dataset,
  Layer,
  Model,
  Records,
  Rule,
  Scope,
  Service,
  Shipped,
  SignalKind,
  SignalRecord,
  Variant,
} from './model.js'
import { type NameIndex, nameLayers, nameServices } from './names.js'
import { type Assignment, byPosition, type RoutingRule, specificity, type Team } from './organisation.js'
import { Refusal } from './refusal.js'
import type { Question, Rulebook } from './resolve.js'

export interface Catalog extends Rulebook {
  readonly revision: number
  /** When that revision was committed: RFC 3339, UTC. */
  readonly at: string
  /** The records that it was built from. */
  readonly dataset: Dataset
  /** From the bottom of the stack to its top. */
  readonly layers: readonly Layer[]
  readonly models: readonly Model[]
  /** By id. */
  readonly services: readonly Service[]
  readonly serviceNames: NameIndex
  readonly layerNames: NameIndex
  /** By id. */
  readonly teams: readonly Team[]
  /** By id. */
  readonly assignments: readonly Assignment[]
  /** In the order in which they are asked. */
  readonly routingRules: readonly RoutingRule[]
  team(id: string): Team | undefined
  /** What the seed ships under an id, where the organisation replaced or removed it. */
  shipped<K extends Shipped['kind']>(kind: K, id: string): Records[K] | undefined
  rule(scope: Scope, subject: string, layer: string): Rule | undefined
  service(id: string): Service | undefined
  layer(id: string): Layer | undefined
  model(id: string): Model | undefined
  articles(kind: ArticleKind): readonly Article[]
  signals(kind: SignalKind): readonly SignalRecord[]
  /** Whether a service has facts of its own (or those of the service that it is part of). */
  hasFacts(service: Service): boolean
}

const byId = <T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]))

const isEmpty = (tags: Assignment['tags']): boolean => Object.keys(tags).length === 0

function groupByKind(signals: readonly SignalRecord[]): ReadonlyMap<SignalKind, readonly SignalRecord[]> {
  const groups = new Map<SignalKind, SignalRecord[]>()
  for (const signal of signals) {
    const group = groups.get(signal.kind)
    if (group) group.push(signal)
    else groups.set(signal.kind, [signal])
  }
  return groups
}

type RuleIndex = ReadonlyMap<Scope, ReadonlyMap<string, ReadonlyMap<string, Rule>>>

/** Rules by scope, subject and layer: a key put together for each look-up would be hashed anew each time. */
function indexRules(rules: readonly Rule[]): RuleIndex {
  const index = new Map<Scope, Map<string, Map<string, Rule>>>()
  for (const rule of rules) {
    const subjects = index.get(rule.scope) ?? new Map<string, Map<string, Rule>>()
    index.set(rule.scope, subjects)
    const layers = subjects.get(rule.subject) ?? new Map<string, Rule>()
    subjects.set(rule.subject, layers)
    layers.set(rule.layer, rule)
  }
  return index
}

export function createCatalog(dataset: Dataset): Catalog {
  const layers = [...dataset.layers].sort((a, b) => a.position - b.position)
  const models = [...dataset.models].sort((a, b) => a.id.localeCompare(b.id))
  const services = [...dataset.services].sort((a, b) => a.id.localeCompare(b.id))
  const articles = [...dataset.articles].sort((a, b) => a.position - b.position)
  const teams = [...dataset.teams].sort((a, b) => a.id.localeCompare(b.id))
  const teamById = byId(teams)
  const shippedById = byId(dataset.shipped)
  const signalsByKind = groupByKind(dataset.signals)
  const layerById = byId(layers)
  const modelById = byId<Model>(models)
  const serviceById = byId(services)
  const rules = indexRules(dataset.rules)
  const factual = new Set(
    dataset.rules.filter(({ scope }) => scope === 'service' || scope === 'organisation').map(({ subject }) => subject),
  )
  const everywhere = dataset.assignments
    .filter(({ account, environment, tags }) => account === null && environment === null && isEmpty(tags))
    .sort((a, b) => specificity(b) - specificity(a) || (a.id < b.id ? -1 : 1))
  return Object.freeze({
    revision: dataset.revision,
    at: dataset.at,
    dataset,
    layers: Object.freeze(layers),
    models: Object.freeze(models),
    services: Object.freeze(services),
    serviceNames: nameServices(services),
    layerNames: nameLayers(layers),
    teams: Object.freeze(teams),
    assignments: Object.freeze([...dataset.assignments].sort((a, b) => a.id.localeCompare(b.id))),
    routingRules: Object.freeze([...dataset.routingRules].sort(byPosition)),
    team: (id: string) => teamById.get(id),
    teamFor({ service, variant, layer }: Question) {
      if (everywhere.length === 0) return null
      const found = everywhere.find(
        (slice) =>
          (slice.service === null || slice.service === service?.id) &&
          (slice.variant === null || slice.variant === variant?.id) &&
          (slice.layer === null || slice.layer === layer.id),
      )
      const team = found && teamById.get(found.team)
      return team ? { id: team.id, name: team.name, queue: team.queue } : null
    },
    // The kind of a shipped record says what its document is.
    shipped: <K extends Shipped['kind']>(kind: K, id: string) =>
      shippedById.get(`${kind}/${id}`)?.document as Records[K] | undefined,
    rule: (scope: Scope, subject: string, layer: string) => rules.get(scope)?.get(subject)?.get(layer),
    service: (id: string) => serviceById.get(id),
    layer: (id: string) => layerById.get(id),
    model: (id: string) => modelById.get(id),
    articles: (kind: ArticleKind) => articles.filter((article) => article.kind === kind),
    signals: (kind: SignalKind) => signalsByKind.get(kind) ?? [],
    hasFacts: (service: Service) => factual.has(service.id) || (service.partOf !== null && factual.has(service.partOf)),
  })
}

/** The service under an id. Refuses an alias with the id that is meant, an unknown name with suggestions. */
export function requireService(catalog: Catalog, id: string): Service {
  return catalog.service(id) ?? refuseName('service', id, catalog.serviceNames, 'GET /v1/services')
}

/** The layer under an id; refuses like {@link requireService}. */
export function requireLayer(catalog: Catalog, id: string): Layer {
  return catalog.layer(id) ?? refuseName('layer', id, catalog.layerNames, 'GET /v1/layers')
}

/** The service model under an id. */
export function requireModel(catalog: Catalog, id: string): Model {
  const model = catalog.model(id)
  if (model) return model
  throw new Refusal('unknown', `There is no service model "${id}". The models are iaas, paas and saas.`, {
    field: 'model',
    suggestions: catalog.models.map(({ id, name }) => ({ id, name })),
  })
}

/** The variant of a service under an id. */
export function requireVariant(service: Service, id: string): Variant {
  const variant = service.variants.find((variant) => variant.id === id)
  if (variant) return variant
  const known = service.variants.map(({ id, name }) => ({ id, name }))
  const fix = known.length > 0 ? `Its variants are ${known.map(({ id }) => id).join(', ')}.` : 'It has none.'
  throw new Refusal('unknown', `${service.name} has no variant "${id}". ${fix}`, {
    field: 'variant',
    suggestions: known,
  })
}

function refuseName(field: 'service' | 'layer', text: string, names: NameIndex, list: string): never {
  const meant = names.find(text)
  if (meant !== undefined)
    throw new Refusal('alias', `"${text}" is a name of the ${field} "${meant}".`, { field, id: meant })
  const suggestions = names.nearest(text)
  const hint = suggestions[0] ? `Did you mean "${suggestions[0].id}"?` : `${list} lists what there is.`
  throw new Refusal('unknown', `There is no ${field} "${text}". ${hint}`, { field, suggestions })
}
