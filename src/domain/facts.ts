/** The state of the facts themselves: what has aged, what contradicts itself, what a release changed. */
import type { Catalog } from './catalog.js'
import type { Rule, Service } from './model.js'
import { foldName } from './names.js'

/** A fact is to be read again after so many days. */
export const FRESH_DAYS = 180

const DAY_MS = 24 * 60 * 60 * 1000

/** The last calendar day (UTC) that is stale on `today`; both as `2026-11-24`. */
export const staleSince = (today: string, days = FRESH_DAYS): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10)

/** The rules of a service and its variants. */
export const rulesOf = (catalog: Catalog, service: Service): Rule[] => {
  const subjects = [service.id, ...service.variants.map(({ id }) => `${service.id}/${id}`)]
  return catalog.layers.flatMap(({ id }) =>
    subjects.flatMap((subject) => catalog.rule(subject === service.id ? 'service' : 'variant', subject, id) ?? []),
  )
}

/** The rules that were last read before a day, or never confirmed at their source. */
export function staleRules(
  catalog: Catalog,
  service: Service,
  before: string,
): { rule: Rule; readOn: string | null }[] {
  return rulesOf(catalog, service)
    .filter(({ verifiedAt }) => verifiedAt === null || verifiedAt < before)
    .map((rule) => ({ rule, readOn: rule.verifiedAt }))
}

/** Whether a service has facts of its own of which one was last read before a day. */
export const isStale = (catalog: Catalog, service: Service, before: string): boolean =>
  rulesOf(catalog, service).some(({ verifiedAt }) => verifiedAt !== null && verifiedAt < before)

/** What contradicts itself in the data, one sentence each; empty where nothing does. */
export function contradictions(catalog: Catalog, today: string): string[] {
  return [...catalog.services.flatMap((service) => faultsOf(catalog, service, today)), ...sharedNames(catalog)]
}

function faultsOf(catalog: Catalog, service: Service, today: string): string[] {
  const faults: string[] = []
  for (const rule of rulesOf(catalog, service)) {
    const where = `${rule.subject}/${rule.layer}`
    if (rule.owner === 'shared' && (rule.aws === null || rule.customer === null))
      faults.push(`${where}: shared, but only one side has a duty.`)
    if (rule.owner === 'not-applicable' && (rule.aws !== null || rule.customer !== null))
      faults.push(`${where}: not applicable, but a duty is named.`)
    if (rule.verifiedAt !== null && rule.verifiedAt > today)
      faults.push(`${where}: verified on ${rule.verifiedAt}, a day to come.`)
    if (rule.sources.length === 0) faults.push(`${where}: no source.`)
    if (
      rule.flip &&
      rule.owner !== 'not-applicable' &&
      rule.flip.lead === (rule.owner === 'shared' ? rule.lead : rule.owner)
    )
      faults.push(`${where}: flips to the side that leads already.`)
  }
  for (const { id } of service.variants) {
    const base = (layer: string) => catalog.rule('service', service.id, layer)
    for (const rule of rulesOf(catalog, service).filter(({ subject }) => subject === `${service.id}/${id}`)) {
      const plain = base(rule.layer)
      if (plain && plain.owner === rule.owner && plain.aws === rule.aws && plain.customer === rule.customer)
        faults.push(`${rule.subject}/${rule.layer}: says the same as the service itself.`)
    }
  }
  return [...faults, ...lifeFaults(catalog, service, today)]
}

function lifeFaults(catalog: Catalog, service: Service, today: string): string[] {
  const { lifecycle } = service
  const faults: string[] = []
  if (lifecycle?.endsOn && lifecycle.endsOn < today && lifecycle.status !== 'ended')
    faults.push(`${service.id}: ended on ${lifecycle.endsOn}, but its status is "${lifecycle.status}".`)
  if (lifecycle?.closedToNewCustomers && lifecycle.closedToNewCustomers < today && lifecycle.status === 'maintenance')
    faults.push(`${service.id}: closed on ${lifecycle.closedToNewCustomers}, but its status is "maintenance".`)
  const ended = new Set(catalog.services.filter((one) => one.lifecycle?.status === 'ended').map(({ id }) => id))
  for (const model of catalog.models)
    if (model.examples.includes(service.id) && ended.has(service.id))
      faults.push(`${service.id}: ended, but stands as an example of ${model.id}.`)
  return faults
}

/** Names that two services bear and of which none is the service's own id. */
function sharedNames(catalog: Catalog): string[] {
  const bearers = new Map<string, Set<string>>()
  for (const { id, name, aliases } of catalog.services)
    for (const one of [name, ...aliases]) {
      const key = foldName(one)
      bearers.set(key, (bearers.get(key) ?? new Set()).add(id))
    }
  return [...bearers]
    .filter(([name, ids]) => ids.size > 1 && catalog.serviceNames.find(name) === undefined)
    .map(([name, ids]) => `"${name}" is a name of ${[...ids].join(' and ')}.`)
}

/** What differs between two releases, as the lines of release notes: by service, then by layer. */
export function releaseNotes(before: Catalog, after: Catalog): string[] {
  const lines: string[] = []
  for (const service of after.services) {
    const old = before.service(service.id)
    if (!old) {
      lines.push(`${service.name}: new.`)
      continue
    }
    if (old.model !== service.model) lines.push(`${service.name}: ${service.model}, was ${old.model}.`)
    if (service.lifecycle && JSON.stringify(old.lifecycle) !== JSON.stringify(service.lifecycle))
      lines.push(`${service.name}: ${service.lifecycle.note}`)
    const variants = service.variants.filter(({ id }) => !old.variants.some((one) => one.id === id))
    for (const { name } of variants) lines.push(`${service.name}: new variant ${name}.`)
    const had = before.hasFacts(old)
    const own = rulesOf(after, service)
    if (!had && own.length > 0) {
      lines.push(`${service.name}: has facts of its own now, on ${own.length} layers and variants.`)
      continue
    }
    lines.push(...own.flatMap((rule) => ruleNotes(before, after, service, rule)))
  }
  for (const { id, name } of before.services) if (!after.service(id)) lines.push(`${name}: taken out.`)
  return lines
}

function ruleNotes(before: Catalog, after: Catalog, service: Service, rule: Rule): string[] {
  const old = before.rule(rule.scope, rule.subject, rule.layer)
  const layer = after.layer(rule.layer)?.name ?? rule.layer
  const variant = rule.scope === 'variant' ? ` (${rule.subject.split('/')[1]})` : ''
  const what = `${service.name}${variant}, ${layer.toLowerCase()}`
  if (!old) return [`${what}: ${ownerOf(rule)}, stated for the first time.`]
  const moved = old.owner !== rule.owner || old.lead !== rule.lead
  const said =
    old.aws !== rule.aws || old.customer !== rule.customer || JSON.stringify(old.flip) !== JSON.stringify(rule.flip)
  if (moved) return [`${what}: ${ownerOf(rule)}, was ${ownerOf(old)}.`]
  if (said) return [`${what}: ${ownerOf(rule)}, unchanged; its duties are worded anew.`]
  if (old.verifiedAt === null && rule.verifiedAt !== null)
    return [`${what}: ${ownerOf(rule)}, now confirmed at its source.`]
  return []
}

const ownerOf = ({ owner, lead }: Rule): string =>
  owner === 'shared' ? `shared, led by ${lead === 'aws' ? 'AWS' : 'the customer'}` : owner
