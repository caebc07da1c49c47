/** What must hold between the records of a data set: names that belong to one thing, references that lead somewhere. */
import { type Dataset, ruleId, type Service } from './model.js'
import { foldName } from './names.js'
import { type Assignment, specificity, tiesWith } from './organisation.js'
import type { RecordKind } from './store.js'

/** One thing that does not hold: at which record, in which of its fields. */
export interface Fault {
  kind: RecordKind
  id: string
  field: string
  message: string
}

type Say = (kind: RecordKind, id: string, field: string, message: string) => void

/** Every fault of a data set. */
export function faultsOf(dataset: Dataset): Fault[] {
  const faults: Fault[] = []
  const say: Say = (kind, id, field, message) => faults.push({ kind, id, field, message })
  checkMatrix(dataset, say)
  checkServices(dataset.services, say)
  checkRules(dataset, say)
  checkOrganisation(dataset, say)
  return faults
}

const known = new WeakMap<Dataset, ReadonlySet<string>>()
const keyOf = ({ kind, id, field, message }: Fault): string => JSON.stringify([kind, id, field, message])

/**
 * The faults that `after` has and `before` had not. A release of the seed may leave faults behind (an override of a
 * service that it retired); they are no reason to refuse a write that has nothing to do with them.
 */
export function newFaults(before: Dataset, after: Dataset): Fault[] {
  const old = known.get(before) ?? new Set(faultsOf(before).map(keyOf))
  known.set(before, old)
  return faultsOf(after).filter((fault) => !old.has(keyOf(fault)))
}

function checkMatrix({ layers, models, rules }: Dataset, say: Say): void {
  const ids = new Set(rules.map(({ id }) => id))
  const positions = new Map<number, string>()
  for (const { id, position } of layers) {
    if (!ids.has(ruleId('layer', id, id))) say('layers', id, 'id', `The layer "${id}" has no default rule.`)
    const other = positions.get(position)
    if (other) say('layers', id, 'position', `The layers "${other}" and "${id}" are both at position ${position}.`)
    positions.set(position, id)
  }
  const modelIds = new Set<string>(models.map(({ id }) => id))
  for (const id of ['iaas', 'paas', 'saas'])
    if (!modelIds.has(id)) say('models', id, 'id', `The service model "${id}" is missing.`)
}

function checkServices(services: readonly Service[], say: Say): void {
  const byId = new Map(services.map((service) => [service.id, service]))
  const bearers = new Map<string, string>()
  for (const { id } of services) bearers.set(foldName(id), id)
  for (const { id, name, aliases, partOf, variants } of services) {
    for (const [field, text] of [['id', id], ['name', name], ...aliases.map((alias) => ['aliases', alias])] as const) {
      const bearer = bearers.get(foldName(text ?? ''))
      if (bearer !== undefined && bearer !== id)
        say('services', id, field ?? '', `"${text}" is a name of the service "${bearer}" already.`)
      else bearers.set(foldName(text ?? ''), id)
    }
    const whole = partOf === null ? null : byId.get(partOf)
    if (partOf === id) say('services', id, 'partOf', `The service "${id}" cannot be a part of itself.`)
    else if (whole === undefined)
      say('services', id, 'partOf', `The service "${id}" is part of "${partOf}", which is not there.`)
    else if (whole?.partOf)
      say('services', id, 'partOf', `"${partOf}" is itself a part, of "${whole.partOf}": name that one.`)
    checkVariants(id, variants, say)
  }
}

function checkVariants(service: string, variants: Service['variants'], say: Say): void {
  const parents = new Map(variants.map(({ id, parent }) => [id, parent]))
  if (parents.size < variants.length)
    say('services', service, 'variants', `Two variants of "${service}" have the same id.`)
  for (const { id, parent } of variants) {
    if (parent !== null && !parents.has(parent))
      say('services', service, 'variants', `The variant "${id}" has the parent "${parent}", which is not there.`)
    const line = new Set([id])
    for (let next = parent; next !== null; next = parents.get(next) ?? null) {
      if (line.has(next)) {
        say('services', service, 'variants', `The variant "${id}" descends from itself.`)
        break
      }
      line.add(next)
    }
  }
}

/** What a place of a service or variant is called, and whether there is one. */
function createPlaces({ services, layers, models }: Dataset) {
  const variants = new Map(services.map(({ id, variants }) => [id, new Set(variants.map((variant) => variant.id))]))
  const layerIds = new Set(layers.map(({ id }) => id))
  const modelIds = new Set<string>(models.map(({ id }) => id))
  return {
    layer: (id: string) => layerIds.has(id),
    model: (id: string) => modelIds.has(id),
    service: (id: string) => variants.has(id),
    variant: (service: string, id: string) => variants.get(service)?.has(id) ?? false,
    anyVariant: (id: string) => [...variants.values()].some((ids) => ids.has(id)),
  }
}

function checkRules(dataset: Dataset, say: Say): void {
  const there = createPlaces(dataset)
  for (const { id, scope, subject, layer } of dataset.rules) {
    if (id !== ruleId(scope, subject, layer))
      say('rules', id, 'id', `The id of this rule is "${ruleId(scope, subject, layer)}".`)
    if (!there.layer(layer)) say('rules', id, 'layer', `The rule speaks of the layer "${layer}", which is not there.`)
    const [service = '', variant, ...rest] = subject.split('/')
    const stands =
      rest.length === 0 &&
      (scope === 'layer'
        ? subject === layer
        : scope === 'model'
          ? there.model(subject)
          : variant === undefined
            ? scope !== 'variant' && there.service(service)
            : scope !== 'service' && there.variant(service, variant))
    if (!stands)
      say('rules', id, 'subject', `A rule of scope "${scope}" speaks of "${subject}", which is none of its subjects.`)
  }
  for (const { id, kind, document } of dataset.shipped)
    if (id !== `${kind}/${document.id}`) say('shipped', id, 'id', `The id of this is "${kind}/${document.id}".`)
}

function checkOrganisation(dataset: Dataset, say: Say): void {
  const there = createPlaces(dataset)
  const teams = new Set(dataset.teams.map(({ id }) => id))
  for (const { id, team, service, layer, variant } of dataset.assignments) {
    const whose = `The assignment "${id}" names`
    if (!teams.has(team)) say('assignments', id, 'team', `${whose} the team "${team}", which is not there.`)
    if (service !== null && !there.service(service))
      say('assignments', id, 'service', `${whose} the service "${service}", which is not there.`)
    else if (variant !== null && !there.variant(service ?? '', variant))
      say('assignments', id, 'variant', `${whose} the variant "${variant}", which "${service}" has not.`)
    if (layer !== null && !there.layer(layer))
      say('assignments', id, 'layer', `${whose} the layer "${layer}", which is not there.`)
  }
  checkTies(dataset.assignments, say)
  for (const { id, when, then } of dataset.routingRules) {
    const whose = `The routing rule "${id}" names`
    if ('team' in then && !teams.has(then.team))
      say('routingRules', id, 'then', `${whose} the team "${then.team}", which is not there.`)
    for (const service of when.service ?? [])
      if (!there.service(service))
        say('routingRules', id, 'when', `${whose} the service "${service}", which is not there.`)
    for (const layer of when.layer ?? [])
      if (!there.layer(layer)) say('routingRules', id, 'when', `${whose} the layer "${layer}", which is not there.`)
    for (const variant of when.variant ?? [])
      if (!there.anyVariant(variant))
        say('routingRules', id, 'when', `${whose} the variant "${variant}", which no service has.`)
  }
}

/** Equally narrow slices name the same selectors; only those of one bucket can be tied. */
function checkTies(assignments: readonly Assignment[], say: Say): void {
  const buckets = new Map<string, Assignment[]>()
  for (const assignment of assignments) {
    const { service, variant, layer, account, environment } = assignment
    const values = [service, variant, layer, account, environment].map((value) => value?.trim().toLowerCase() ?? null)
    const bucket = JSON.stringify([specificity(assignment), values])
    const others = buckets.get(bucket) ?? []
    for (const other of tiesWith(assignment, others))
      say(
        'assignments',
        assignment.id,
        'team',
        `The assignments "${other.id}" (team "${other.team}") and "${assignment.id}" (team "${assignment.team}") are equally narrow and could match the same ticket. Name something more in one of them, such as another tag.`,
      )
    buckets.set(bucket, [...others, assignment])
  }
}
