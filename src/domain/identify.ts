/** Which service is meant: by any of the names and identifiers that tickets, findings, templates and people use. */
import { distance } from 'fastest-levenshtein'
import type { Catalog } from './catalog.js'
import type { Service } from './model.js'
import { foldName } from './names.js'
import { Refusal } from './refusal.js'

/** How a name was recognised; `typo` and `word` are the only ones that are not exact. */
export const SERVICE_MATCHES = [
  'id',
  'name',
  'arn',
  'cloudformation-type',
  'asff-resource-type',
  'iam-prefix',
  'event-source',
  'endpoint',
  'product-code',
  'word',
  'typo',
] as const
export type ServiceMatch = (typeof SERVICE_MATCHES)[number]

export interface IdentifiedService {
  service: Service
  by: ServiceMatch
}

/** Identifiers in lower case to the services that bear them. */
type Bearers = ReadonlyMap<string, readonly Service[]>

interface Index {
  arn: Bearers
  iamPrefix: Bearers
  eventSource: Bearers
  endpoint: Bearers
  productCode: Bearers
  asffResourceTypes: Bearers
  /** Longest first, so that the first prefix that fits is the most specific. */
  cloudformation: readonly (readonly [prefix: string, service: Service])[]
  /** Each word of a name to the services that have it in one of their names. */
  words: Bearers
  /** Every folded name with the one service that bears it. */
  names: readonly (readonly [name: string, service: Service])[]
}

const indexes = new WeakMap<Catalog, Index>()

function indexOf(catalog: Catalog): Index {
  const known = indexes.get(catalog)
  if (known) return known
  const bearers = (identifiers: (service: Service) => readonly string[]): Bearers => {
    const map = new Map<string, Service[]>()
    for (const service of catalog.services)
      for (const identifier of new Set(identifiers(service).map((text) => text.toLowerCase())))
        map.set(identifier, [...(map.get(identifier) ?? []), service])
    return map
  }
  const namesOf = ({ id, name, aliases, serviceIds }: Service): string[] => [
    ...new Set([id, name, ...aliases, ...serviceIds].map(foldName)),
  ]
  const index: Index = {
    arn: bearers(({ identifiers }) => identifiers.arn),
    iamPrefix: bearers(({ identifiers }) => identifiers.iamPrefix),
    eventSource: bearers(({ identifiers }) => identifiers.eventSource),
    endpoint: bearers(({ identifiers }) => identifiers.endpoint),
    productCode: bearers(({ identifiers }) => identifiers.productCode),
    asffResourceTypes: bearers(({ identifiers }) => identifiers.asffResourceTypes),
    cloudformation: catalog.services
      .flatMap((service) =>
        service.identifiers.cloudformation.map((prefix) => [prefix.toLowerCase(), service] as const),
      )
      .toSorted(([a], [b]) => b.length - a.length),
    words: bearers((service) => namesOf(service).flatMap((name) => name.split(' '))),
    names: catalog.services.flatMap((service) => namesOf(service).map((name) => [name, service] as const)),
  }
  indexes.set(catalog, index)
  return index
}

/** The one of several bearers that an identifier means: the only one, or the one that the seed says takes it. */
function taker(bearers: readonly Service[] | undefined, identifier: string): Service | undefined {
  if (!bearers || bearers.length === 1) return bearers?.[0]
  const wanted = identifier.toLowerCase()
  return (
    bearers.find(({ identifiers }) => identifiers.preferred.some((one) => one.toLowerCase() === wanted)) ??
    bearers.find(({ id }) => id === wanted)
  )
}

/** `arn:<partition>:<namespace>:<region>:<account>:<type>/<id>`, or `<type>:<id>`; a malformed one is no ARN. */
function byArn(index: Index, text: string): Service | undefined {
  const [scheme, , service, , , resource] = text.split(':', 6)
  if (scheme !== 'arn' || service === undefined || resource === undefined) return undefined
  const namespace = service.toLowerCase()
  const type = (resource.split('/', 1)[0] ?? '').toLowerCase()
  const bearers = index.arn.get(namespace)
  return bearers?.find(({ identifiers }) => identifiers.arnResourceTypes.includes(type)) ?? taker(bearers, namespace)
}

const byCloudformation = (index: Index, text: string): Service | undefined =>
  index.cloudformation.find(([prefix]) => text.toLowerCase().startsWith(prefix))?.[1]

/** `rds.amazonaws.com`, `rds.eu-west-1.amazonaws.com` or `mydb.abc.eu-west-1.rds.amazonaws.com`. */
function byHost(index: Index, host: string): IdentifiedService | undefined {
  const source = taker(index.eventSource.get(host), host.split('.', 1)[0] ?? '')
  if (source) return { service: source, by: 'event-source' }
  const labels = host.replace(/\.amazonaws\.com(?:\.cn)?$/, '').split('.')
  const plain = labels.filter((label) => !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(label))
  for (const label of [plain.at(-1), plain[0]]) {
    const service = label && (taker(index.endpoint.get(label), label) ?? taker(index.iamPrefix.get(label), label))
    if (service) return { service, by: 'endpoint' }
  }
  return undefined
}

/** What is exactly a name or identifier of one service. */
function exactly(catalog: Catalog, text: string): IdentifiedService | undefined {
  const by = (service: Service | undefined, match: ServiceMatch): IdentifiedService | undefined =>
    service && { service, by: match }
  const index = indexOf(catalog)
  const lower = text.toLowerCase()
  if (/^arn:/i.test(text)) return by(byArn(index, text), 'arn')
  if (/^\w+::\w+/.test(text)) return by(byCloudformation(index, text), 'cloudformation-type')
  if (/\.amazonaws\.com(?:\.cn)?$/i.test(text)) return byHost(index, lower)
  const named = catalog.serviceNames.find(text)
  const action = /^([\w-]+):\S*$/.exec(lower)?.[1]
  return (
    by(catalog.service(text), 'id') ??
    by(named === undefined ? undefined : catalog.service(named), 'name') ??
    by(taker(index.asffResourceTypes.get(lower), lower), 'asff-resource-type') ??
    by(taker(index.productCode.get(lower), lower), 'product-code') ??
    by(taker(index.iamPrefix.get(action ?? lower), action ?? lower), 'iam-prefix') ??
    by(taker(index.arn.get(lower), lower), 'arn')
  )
}

/** How many edits a typo may have: none in short names, where one edit makes another name. */
const editsAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/** The services whose names are nearest to a misspelt one. */
function byTypo(index: Index, wanted: string): Service[] {
  let best = editsAllowed(wanted.length)
  let found = new Set<Service>()
  for (const [name, service] of index.names) {
    if (Math.abs(name.length - wanted.length) > best) continue
    const edits = distance(wanted, name)
    if (edits > best) continue
    if (edits < best) found = new Set()
    best = edits
    found.add(service)
  }
  return [...found]
}

/** The services that have every word of the text in one of their names. */
function byWords(index: Index, wanted: string): Service[] {
  const [first = [], ...rest] = wanted.split(' ').map((word) => index.words.get(word) ?? [])
  return first.filter((service) => rest.every((bearers) => bearers.includes(service)))
}

/** All services that a text could mean, and by what: one where it is exact, several or none where it is not. */
function recognise(catalog: Catalog, sent: string): { near: readonly Service[]; by: ServiceMatch } {
  const exact = exactly(catalog, sent)
  if (exact) return { near: [exact.service], by: exact.by }
  const prose = !/[:/]/.test(sent)
  if (!prose) return { near: [], by: 'typo' }
  const index = indexOf(catalog)
  const wanted = foldName(sent)
  const worded = byWords(index, wanted)
  return worded.length > 0 ? { near: worded, by: 'word' } : { near: byTypo(index, wanted), by: 'typo' }
}

/** The one service that a text means, or undefined where it means none or several: nobody is told what to mend. */
export function findService(catalog: Catalog, text: string): IdentifiedService | undefined {
  const { near, by } = recognise(catalog, text.trim())
  const [service, ...others] = near
  return service && others.length === 0 ? { service, by } : undefined
}

/**
 * The service that a text means, and by what it was recognised.
 * Refuses what several services could be meant by (`ambiguous`, with the candidates) and what none is
 * (`unknown`, with suggestions). What is not exact is only taken where a single service is left.
 */
export function identifyService(catalog: Catalog, text: string): IdentifiedService {
  const sent = text.trim()
  const { near, by } = recognise(catalog, sent)
  const [winner, ...others] = near
  if (winner && others.length === 0) return { service: winner, by }
  const candidates = near.slice(0, 20).map(({ id, name }) => ({ id, name }))
  if (winner)
    throw new Refusal(
      'ambiguous',
      `"${clip(sent)}" could be ${listed(candidates.map(({ id }) => id))}. Say which service is meant.`,
      {
        field: 'service',
        candidates,
      },
    )
  const suggestions = catalog.serviceNames.nearest(sent)
  const hint = suggestions[0] ? `Did you mean "${suggestions[0].id}"?` : 'GET /v1/services lists what there is.'
  throw new Refusal('unknown', `No AWS service goes by "${clip(sent)}". ${hint}`, { field: 'service', suggestions })
}

export const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)

export const listed = (ids: readonly string[]): string =>
  ids.length > 6 ? `one of ${ids.length}: ${ids.slice(0, 6).join(', ')}, …` : ids.join(' or ')
