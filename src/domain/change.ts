/** What a write comes to: a command and the catalog make the edits of one change, or a refusal. Pure. */
import { same } from './canonical.js'
import { type Catalog, createCatalog, requireLayer, requireService, requireVariant } from './catalog.js'
import { groundOf } from './ground.js'
import { type Fault, newFaults } from './integrity.js'
import { type Dataset, type Records, type Rule, ruleId, type Scope, type Service, type Statement } from './model.js'
import { Refusal } from './refusal.js'
import { type Change, type Edit, RECORD_KINDS, type RecordKind } from './store.js'

/** The scopes that an organisation writes rules in. */
export type WritableScope = Extract<Scope, 'organisation' | 'service' | 'variant'>

/** A place where an organisation may put a rule; `variant` is needed in the scope of that name only. */
export interface Place {
  scope: WritableScope
  service: string
  variant: string | null
  layer: string
}

/** The kinds that only an organisation has: what is written is what is stored. */
export type RoutingKind = 'teams' | 'assignments' | 'routingRules'

/** What can be written over the shipped matrix. */
export type Command =
  | { do: 'put-service'; service: Omit<Service, 'origin'> }
  | { do: 'delete-service'; id: string }
  | { do: 'put-rule'; place: Place; statement: Statement; reason: string | null }
  | { do: 'delete-rule'; place: Place }

/** A change that holds: the catalog as it will stand once it is committed. */
export interface Plan {
  /** Null where everything stands already as it was asked for. */
  change: Change | null
  after: Catalog
}

/** The edits that a command comes to. */
export function decide(catalog: Catalog, command: Command): Edit[] {
  switch (command.do) {
    case 'put-service':
      return putService(catalog, { ...command.service, origin: 'organisation' })
    case 'delete-service':
      return deleteService(catalog, command.id)
    case 'put-rule':
      return putRule(catalog, command)
    case 'delete-rule':
      return takeAway(catalog, 'rules', findPlace(catalog, command.place).id)
  }
}

/** Makes the one change of some edits. Refuses what would leave the data set with a fault that it had not before. */
export function plan(
  catalog: Catalog,
  edits: readonly Edit[],
  { actor, at, reason, release = null }: Pick<Change, 'actor' | 'at' | 'reason'> & { release?: string | null },
): Plan {
  // Where one record is edited twice, the last word counts.
  const settled = new Map(edits.map((edit) => [`${edit.kind}/${edit.id}`, edit]))
  const needed = [...settled.values()].filter(
    ({ kind, id, record }) => !same(recordOf(catalog.dataset, kind, id), record),
  )
  if (needed.length === 0) return { change: null, after: catalog }
  const dataset = apply(catalog.dataset, needed, at)
  const faults = newFaults(catalog.dataset, dataset)
  if (faults.length > 0) throw refuse(faults)
  return {
    change: { base: catalog.revision, at, actor, reason, origin: 'organisation', release, edits: needed },
    after: createCatalog(dataset),
  }
}

function refuse(faults: readonly Fault[]): Refusal {
  const [first] = faults
  const more = faults.length > 1 ? ` And ${faults.length - 1} more.` : ''
  return new Refusal('conflict', `${first?.message}${more}`, { faults: faults.slice(0, 50) })
}

/** A data set with these edits made, as the next revision. */
export function apply(dataset: Dataset, edits: readonly Edit[], at: string): Dataset {
  const next = RECORD_KINDS.map((kind) => {
    const mine = edits.filter((edit) => edit.kind === kind)
    if (mine.length === 0) return [kind, dataset[kind]]
    const records = new Map<string, Records[RecordKind]>(dataset[kind].map((record) => [record.id, record]))
    for (const { id, record } of mine) {
      if (record) records.set(id, record)
      else records.delete(id)
    }
    return [kind, [...records.values()]]
  })
  return { ...(Object.fromEntries(next) as Dataset), revision: dataset.revision + 1, at }
}

/** The record of a kind under an id, null where there is none. */
export function recordOf<K extends RecordKind>(dataset: Dataset, kind: K, id: string): Records[K] | null {
  const records = dataset[kind] as readonly Records[K][]
  return records.find((record) => record.id === id) ?? null
}

/** The service, variant and layer of a place, and the id and subject of the rule there. Refuses unknown names. */
export function findPlace(catalog: Catalog, place: Place) {
  const service = requireService(catalog, place.service)
  const variant = place.variant === null ? null : requireVariant(service, place.variant)
  const layer = requireLayer(catalog, place.layer)
  const subject = variant ? `${service.id}/${variant.id}` : service.id
  return { service, variant, layer, subject, id: ruleId(place.scope, subject, layer.id) }
}

function putRule(catalog: Catalog, { place, statement, reason }: Extract<Command, { do: 'put-rule' }>): Edit[] {
  const { service, variant, layer, subject, id } = findPlace(catalog, place)
  return lay(catalog, 'rules', {
    ...statement,
    id,
    scope: place.scope,
    subject,
    layer: layer.id,
    origin: 'organisation',
    reason,
    ground: groundOf(catalog, service, variant, layer),
  })
}

/** Puts the organisation's record in place; what the seed ships under its id is kept beneath. */
export function lay<K extends 'services' | 'rules'>(catalog: Catalog, kind: K, record: Records[K]): Edit[] {
  return [...keepBeneath(catalog, kind, record.id), { kind, id: record.id, record } as Edit]
}

function keepBeneath(catalog: Catalog, kind: 'services' | 'rules', id: string): Edit[] {
  const now: Service | Rule | null = recordOf(catalog.dataset, kind, id)
  if (now?.origin !== 'seed') return []
  const shipped = `${kind}/${id}`
  return [{ kind: 'shipped', id: shipped, record: { id: shipped, kind, document: now } }]
}

/** Removes a record and leaves nothing in its place; what the seed ships is kept, and marks the gap. */
export const remove = (catalog: Catalog, kind: 'services' | 'rules', id: string): Edit[] => [
  ...keepBeneath(catalog, kind, id),
  { kind, id, record: null },
]

/** Puts back what the seed ships under an id, where it lies beneath. */
function restore(catalog: Catalog, kind: 'services' | 'rules', id: string): Edit[] {
  const document = catalog.shipped(kind, id)
  if (!document) return []
  return [{ kind, id, record: document } as Edit, { kind: 'shipped', id: `${kind}/${id}`, record: null }]
}

/** The organisation's record gives way to the shipped one beneath it; a shipped one goes, and leaves its mark. */
function takeAway(catalog: Catalog, kind: 'services' | 'rules', id: string): Edit[] {
  const back = recordOf(catalog.dataset, kind, id)?.origin === 'organisation' ? restore(catalog, kind, id) : []
  return back.length > 0 ? back : remove(catalog, kind, id)
}

/** The subjects of rules that a service offers: itself and each of its variants. */
const subjectsOf = (service: Service | null): string[] =>
  service ? [service.id, ...service.variants.map(({ id }) => `${service.id}/${id}`)] : []

function putService(catalog: Catalog, service: Service): Edit[] {
  return [
    ...lay(catalog, 'services', service),
    ...followPlaces(catalog, recordOf(catalog.dataset, 'services', service.id), service),
  ]
}

function deleteService(catalog: Catalog, id: string): Edit[] {
  const now = requireService(catalog, id)
  const back = now.origin === 'organisation' ? catalog.shipped('services', now.id) : undefined
  return [...takeAway(catalog, 'services', now.id), ...followPlaces(catalog, now, back ?? null)]
}

/** With a service or variant go the rules on it; with one that comes back come the shipped rules on it. */
function followPlaces(catalog: Catalog, before: Service | null, after: Service | null): Edit[] {
  const [had, has] = [new Set(subjectsOf(before)), new Set(subjectsOf(after))]
  const { rules, shipped } = catalog.dataset
  const onServices = rules.filter(({ scope }) => scope !== 'layer' && scope !== 'model')
  const orphans = onServices.filter(({ subject }) => had.has(subject) && !has.has(subject))
  const standing = new Set(rules.map(({ id }) => id))
  const returning = shipped.flatMap(({ document }) =>
    'subject' in document && has.has(document.subject) && !had.has(document.subject) && !standing.has(document.id)
      ? [document.id]
      : [],
  )
  return [
    ...orphans.flatMap(({ id }) => remove(catalog, 'rules', id)),
    ...returning.flatMap((id) => restore(catalog, 'rules', id)),
  ]
}
