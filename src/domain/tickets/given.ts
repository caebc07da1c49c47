/** What needs no reading of prose: the ticket's own fields, and AWS's identifiers on it or in its texts. */
import type { Catalog } from '../catalog.js'
import { findService } from '../identify.js'
import type { Layer, Service, Variant } from '../model.js'
import type { Inbound } from '../ticket.js'
import { type Step, step } from './evidence.js'
import { lookUp, type Settled } from './look-up.js'
import { findNativeIds } from './native-ids.js'
import type { Actor } from './reference.js'
import type { Field } from './tokens.js'

/** What a ticket says of itself in fields of its own. */
export interface Given {
  service: Service | null
  layer: Layer | null
  variant: Variant | null
}

/** What the ticket says in fields of its own. */
export function givenBy(catalog: Catalog, { ticket }: Inbound, steps: Step[]): Given {
  const named = ticket.service === undefined ? undefined : findService(catalog, ticket.service)
  if (named && ticket.service !== undefined)
    steps.push(step('service', named.service.id, 'given by the ticket', { field: 'service', text: ticket.service }))
  const layerId =
    ticket.layer === undefined ? undefined : (catalog.layer(ticket.layer)?.id ?? catalog.layerNames.find(ticket.layer))
  const layer = layerId === undefined ? undefined : catalog.layer(layerId)
  if (layer && ticket.layer !== undefined)
    steps.push(step('layer', layer.id, 'given by the ticket', { field: 'layer', text: ticket.layer }))
  const variant = named?.service.variants.find(({ id }) => id === ticket.variant)
  if (variant && ticket.variant !== undefined)
    steps.push(step('variant', variant.id, 'given by the ticket', { field: 'variant', text: ticket.variant }))
  return { service: named?.service ?? null, layer: layer ?? null, variant: variant ?? null }
}

/** What a label of the form `name:value` says, as the readers of native events write them. */
const labelled = ({ ticket }: Inbound, prefix: string): string | null =>
  ticket.labels?.find((label) => label.startsWith(prefix))?.slice(prefix.length) ?? null

/** Who acts by what AWS Health itself says of an event; it knows better than a table of codes. */
const ACTIONABILITY: Readonly<Record<string, Actor>> = {
  ACTION_REQUIRED: 'customer',
  ACTION_MAY_BE_REQUIRED: 'customer',
  INFORMATIONAL: 'none',
}

/** The first identifier that a table knows: of the event, else in the texts. */
export function settledBy(
  catalog: Catalog,
  inbound: Inbound,
  steps: Step[],
  fields: readonly Field[],
): Settled | undefined {
  const around = {
    resourceTypes: inbound.resources.flatMap(({ type, id }) => [...(type ? [type] : []), id]),
    category: labelled(inbound, 'category:'),
  }
  for (const signal of inbound.signals) {
    const settled = lookUp(catalog, signal, around)
    if (!settled) continue
    steps.push(step('signal', signal.id, settled.reason, { field: `signals.${signal.kind}`, text: signal.id }))
    const acts = signal.kind === 'event-code' ? ACTIONABILITY[labelled(inbound, 'actionability:') ?? ''] : undefined
    // An event of AWS that nobody else need act on stays with AWS.
    return acts === undefined || (acts === 'none' && settled.acts === 'aws')
      ? settled
      : { ...settled, acts, openCase: false }
  }
  for (const field of fields) {
    const [first] = findNativeIds(catalog, field)
    if (!first) continue
    steps.push(step('signal', first.settled.signal.id, first.settled.reason, { field: field.name, text: first.text }))
    return { ...first.settled, confidence: first.settled.confidence * 0.95 }
  }
  return undefined
}
