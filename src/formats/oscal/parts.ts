/** What both OSCAL documents are made of: names, UUIDs, metadata, back matter, and the verdicts by control. */
import { parse, v5 } from 'uuid'
import type { Catalog } from '../../domain/catalog.js'
import type { Service } from '../../domain/model.js'
import { Refusal } from '../../domain/refusal.js'
import { resolve } from '../../domain/resolve.js'
import type { Verdict } from '../../domain/verdict.js'
import type { Link, Metadata, OscalVersion, Property, Resource, ResponsibleRole, RoleId } from './model.js'

/** What a document is written of. */
export interface Subject {
  catalog: Catalog
  service: Service
  version: OscalVersion
}

/** The namespace of our own properties. It is part of every document ever handed out and never changes. */
export const NS = 'https://aws-responsibility-matrix.example/ns/oscal'
/** The namespace of AWS's own `service-id`, by which its OSCAL content can be joined with ours. */
export const AWS_NS = 'http://aws.amazon.com/ns/oscal'
/** The namespace of FedRAMP's rev 5 values of `control-origination`. */
export const FEDRAMP_NS = 'https://fedramp.gov/ns/oscal'

/** The root of every UUID. It never changes: with it every UUID that others have pinned would. */
const ROOT = parse('3c813d26-dc97-4af4-9dea-640b6f4302e0')
/** A plan holds hundreds of UUIDs: given as bytes, a name is made into one in half of the time. */
const UTF8 = new TextEncoder()

/** The UUID of a subject: one name, one UUID, in every run and every release of the data. */
export const uuidOf = (name: string): string => v5(UTF8.encode(name), ROOT)

const NIST_CATALOG =
  'https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json'

/** Where a document refers to the catalog of its controls. */
export const CATALOG_HREF = `#${uuidOf('resource:nist-sp-800-53-rev5')}`

export const JUDGEMENT =
  'The mapping of layers to NIST SP 800-53 rev 5 controls is our judgement, not an attestation; not published by AWS.'

/** Text as one line without space around it, as OSCAL demands of titles and of the values of properties. */
export const oneLine = (text: string, otherwise: string): string => text.replace(/\s+/g, ' ').trim() || otherwise

/** An owner that can act: a layer that does not apply is in no document. */
export type ActingOwner = Exclude<Verdict['owner'], 'not-applicable'>
/** A verdict on a layer that applies. */
export type Ruling = Verdict & { owner: ActingOwner }

/** A control with the rulings on all layers that feed it. */
export interface Control {
  id: string
  owner: ActingOwner
  rulings: readonly Ruling[]
}

const applies = (verdict: Verdict): verdict is Ruling => verdict.owner !== 'not-applicable'

/**
 * The controls that a service's layers feed, in the order of their first layer. A control is of one side only where
 * all of its layers are, else it is shared. Refuses a service without any: OSCAL has no empty document.
 */
export function controlsOf({ catalog, service }: Subject): Control[] {
  const rulings = new Map<string, Ruling[]>()
  for (const layer of catalog.layers) {
    const verdict = resolve(catalog, { service, layer })
    if (!applies(verdict)) continue
    for (const id of new Set(layer.controls)) rulings.set(id, [...(rulings.get(id) ?? []), verdict])
  }
  if (rulings.size === 0)
    throw new Refusal('unknown', `No layer of ${service.name} feeds a control, so there is no OSCAL document of it.`, {
      field: 'service',
    })
  return [...rulings].map(([id, all]) => ({ id, owner: rollUp(all), rulings: all }))
}

const rollUp = (rulings: readonly Ruling[]): ActingOwner => {
  const [first, ...others] = new Set(rulings.map(({ owner }) => owner))
  return first && others.length === 0 ? first : 'shared'
}

/** A property of ours. */
export const property = (name: string, value: string): Property => ({ name, ns: NS, value })

/** What identifies the service: AWS's own key, and ours. */
export const serviceProperties = ({ service }: Subject): Property[] => [
  { name: 'service-id', ns: AWS_NS, value: oneLine(service.serviceIds[0] ?? service.id, service.id) },
  property('service-slug', service.id),
  property('service-model', service.model),
]

/** The roles of the sides that an owner stands for. */
export const rolesOf = (owner: ActingOwner): ResponsibleRole[] =>
  owner === 'shared' ? [...rolesOf('aws'), ...rolesOf('customer')] : [{ 'role-id': ROLE_OF[owner] }]

const ROLE_OF = { aws: 'provider', customer: 'customer' } as const satisfies Record<string, RoleId>

/** What a side must do; the statement of the verdict where its rule names no duty. */
export const dutyOf = (ruling: Ruling, side: 'aws' | 'customer'): string => ruling.duties[side] ?? ruling.statement

/** Both duties, a line each. */
export const dutiesOf = ({ duties }: Ruling): string[] => [
  ...(duties.aws ? [`AWS: ${duties.aws}`] : []),
  ...(duties.customer ? [`Customer: ${duties.customer}`] : []),
]

/** Where a ruling comes from and how sure it is. */
export function basisOf({ basis, verified, reason, sources }: Ruling): string {
  const day = sources.find(({ verifiedAt }) => verifiedAt !== null)?.verifiedAt
  const check = verified ? `read at its source${day ? ` on ${day}` : ''}` : 'not verified'
  return `Basis: ${basis.scope} ${basis.subject}, ${check}.${reason ? ` Decided so because: ${reason}` : ''}`
}

/** The properties that say which layer a statement is of and whether it was verified. */
export const rulingProperties = (ruling: Ruling): Property[] => [
  property('layer', ruling.layer.id),
  property('verified', ruling.verified ? 'yes' : 'no'),
]

/** Text on the end of a service's life, where one is announced. */
export const lifecycleOf = ({ service }: Subject): { remarks?: string } =>
  service.lifecycle ? { remarks: service.lifecycle.note } : {}

/** Links to the resources of some sources; absent where there is none, as OSCAL has no empty list. */
export const linksTo = (urls: readonly string[]): { links?: Link[] } => {
  const unique = [...new Set(urls)]
  return unique.length > 0 ? { links: unique.map((url) => ({ href: `#${resourceId(url)}`, rel: 'reference' })) } : {}
}

/** The addresses that a ruling cites. */
export const citedBy = ({ sources }: Ruling): string[] => sources.map(({ url }) => url)

const resourceId = (url: string): string => uuidOf(`resource:${url}`)

/** The addresses that the service's own record cites. */
export const sourcesOf = ({ service }: Subject): string[] => [...service.sources, ...(service.lifecycle?.sources ?? [])]

/** An address with only the characters that RFC 3986 allows: what a browser takes may hold others. */
const strictUri = (url: string): string =>
  new URL(url).href.replace(/%(?![0-9A-Fa-f]{2})/g, '%25').replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]/g, encodeURIComponent)

/** The NIST catalog and every source that the document cites. */
export function backMatter(subject: Subject, controls: readonly Control[]): { resources: Resource[] } {
  const cited = new Set([...sourcesOf(subject), ...controls.flatMap(({ rulings }) => rulings.flatMap(citedBy))])
  return {
    resources: [
      {
        uuid: CATALOG_HREF.slice(1),
        title: 'NIST SP 800-53 rev 5 control catalog',
        rlinks: [{ href: NIST_CATALOG, 'media-type': 'application/json' }],
      },
      ...[...cited].map((url) => ({
        uuid: resourceId(url),
        title: oneLine(strictUri(url).replace(/^https:\/\//, ''), url).slice(0, 600),
        rlinks: [{ href: strictUri(url) }],
      })),
    ],
  }
}

/** The head of a document. It moves with the data alone, never with the clock. */
export function metadata({ catalog, version }: Subject, title: string, remarks: string): Metadata {
  const revision = String(catalog.revision)
  const [aws, customer] = [uuidOf('party:aws'), uuidOf('party:customer')]
  return {
    title,
    'last-modified': catalog.at,
    version: revision,
    'oscal-version': version,
    props: [property('dataset-revision', revision)],
    roles: [
      { id: 'provider', title: 'Cloud service provider' },
      { id: 'customer', title: 'Customer of the cloud service' },
    ],
    parties: [
      { uuid: aws, type: 'organization', name: 'Amazon Web Services' },
      { uuid: customer, type: 'organization', name: 'AWS customer' },
    ],
    'responsible-parties': [
      { 'role-id': 'provider', 'party-uuids': [aws] },
      { 'role-id': 'customer', 'party-uuids': [customer] },
    ],
    remarks,
  }
}
