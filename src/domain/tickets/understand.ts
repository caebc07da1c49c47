/** Reads a ticket or an event: which service, which layer, whose side, and on what words each of these rests. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service, Side, Variant } from '../model.js'
import type { Inbound } from '../ticket.js'
import type { Verdict } from '../verdict.js'
import { judgeBelonging, lookalikesIn } from './foreign.js'
import { lookUp, type Settled } from './look-up.js'
import { cellsOf, type Matter, weighMatter } from './matter.js'
import { findNativeIds } from './native-ids.js'
import { type Readings, readFields, wordsOf } from './read.js'
import type { Actor } from './reference.js'
import { type Candidate, rankServices, resourceCandidate, serviceOf } from './subject.js'
import { type Field, fieldsOf } from './tokens.js'

/** One step of the reasoning, with the very words that it rests on. */
export interface Step {
  step: 'service' | 'layer' | 'variant' | 'signal' | 'side' | 'flip' | 'cue' | 'belonging' | 'unsure'
  found: string
  because: string
  evidence: { field: string; text: string }
}

/** Another reading of the ticket. */
export interface Alternative {
  service: Service | null
  layer: Layer | null
  side: Side | null
  because: string
}

export interface Evidence {
  matter: 'aws' | 'not-aws' | 'unclear'
  service: Service | null
  variant: Variant | null
  layer: Layer | null
  /** Whose move it is by the layer; null where nothing tells. */
  side: Side | null
  acts: Actor | null
  openCase: boolean | null
  verdict: Verdict | null
  /** 0 to 1. */
  confidence: number
  steps: readonly Step[]
  alternatives: readonly Alternative[]
}

const step = (kind: Step['step'], found: string, because: string, evidence: Step['evidence'] | null): Step => ({
  step: kind,
  found,
  because,
  evidence: evidence ?? { field: 'title', text: '' },
})

/** Understands one ticket. Strongest first: what it says itself, its resource, identifiers of AWS, then its words. */
export function understand(catalog: Catalog, inbound: Inbound): Evidence {
  const { ticket } = inbound
  const fields = fieldsOf(ticket)
  const steps: Step[] = []
  const given = givenBy(catalog, inbound, steps)
  const settled = settledBy(catalog, inbound, steps, fields)
  const readings = readFields(catalog, fields)
  const lookalikes = lookalikesIn(readings)
  const ranked = rankServices(catalog, fields, readings, lookalikes)
  const resource = resourceCandidate(catalog, inbound)
  const strong = given.service !== null || settled !== undefined || resource !== undefined
  if (!strong) {
    const belonging = judgeBelonging(readings, ranked, false)
    if (belonging.matter === 'not-aws') {
      steps.push(
        step('belonging', 'not AWS', belonging.because, belonging.evidence ?? { field: 'title', text: ticket.title }),
      )
      return nothing('not-aws', steps, 0.85)
    }
    if (belonging.matter === 'unclear' && !FINDERS.has(ticket.source?.system ?? '')) {
      steps.push(
        step('belonging', 'unclear', belonging.because, belonging.evidence ?? { field: 'title', text: ticket.title }),
      )
      return nothing('unclear', steps, 0.2)
    }
  }
  const candidates = given.service
    ? []
    : resource
      ? [resource, ...ranked.filter((one) => one.service !== resource.service)]
      : ranked
  if (settled && settled.side !== null) return bySignal(catalog, settled, given, candidates, steps)
  const chosen = candidates[0]
  const service = given.service ?? chosen?.service ?? null
  if (!given.service && chosen) steps.push(step('service', chosen.service.id, chosen.because, chosen.evidence))
  if (FINDERS.has(ticket.source?.system ?? ''))
    return byFinder({ catalog, inbound, given, service, fields, readings, steps, candidates })
  const variant = given.variant ?? variantIn(readings, service, steps)
  const matter = weighMatter({ catalog, fields, readings, service, variant, layer: given.layer })
  const unsure = readings.unsure[0]
  if (unsure)
    steps.push(
      step('unsure', 'the writer does not know', 'said in the text', {
        field: unsure.field.name,
        text: wordsOf(unsure),
      }),
    )
  // A metric of the customer's own namespace says nothing of AWS; words around it say little.
  const strange = !settled && inbound.signals.some(({ kind }) => kind === 'metric')
  if (!matter) return unread(catalog, service, steps, candidates, readings.fails.length > 0)
  return byMatter({
    catalog,
    matter,
    service,
    variant,
    candidates,
    given,
    steps,
    unsure: unsure !== undefined,
    strange,
    fails: readings.fails.length > 0,
    settled,
  })
}

/** The way of running the service that the texts name. */
function variantIn(readings: Readings, service: Service | null, steps: Step[]): Variant | null {
  const reading = readings.variants.find(({ meaning }) => meaning.service === service)
  if (!reading) return null
  const { variant } = reading.meaning
  steps.push(step('variant', variant.id, 'named', { field: reading.field.name, text: wordsOf(reading) }))
  return variant
}

/** Senders whose findings are about what an account sets and runs, whatever they are called. */
const FINDERS = new Set(['security-hub', 'ocsf', 'guardduty', 'aws-config'])

interface ByFinder extends Omit<ByWords, 'unsure' | 'strange' | 'fails' | 'settled' | 'matter' | 'variant'> {
  inbound: Inbound
  fields: readonly Field[]
  readings: Readings
}

/** A finding whose id no table knows: the customer's, on the layer that its words mean. */
function byFinder({ catalog, inbound, given, service, fields, readings, steps, candidates }: ByFinder): Evidence {
  const matter = weighMatter({ catalog, fields, readings, service, variant: given.variant, layer: given.layer })
  const fitting = matter && [matter.guess, ...matter.others].find(({ verdict }) => verdict.owner !== 'aws')
  const layer = given.layer ?? fitting?.layer ?? catalog.layer('configuration') ?? null
  const evidence = fitting?.evidence ?? { field: 'title', text: inbound.ticket.title.slice(0, 300) }
  if (layer && !given.layer) steps.push(step('layer', layer.id, 'words that mean it', evidence))
  steps.push(
    step('side', 'customer', 'a finding is about what the account sets and runs', {
      field: 'source.system',
      text: inbound.ticket.source?.system ?? '',
    }),
  )
  return {
    ...nothing('aws', steps, service ? 0.75 : 0.4),
    service,
    variant: given.variant,
    layer,
    side: 'customer',
    verdict: layer && cellsOf(catalog)(service, given.variant, layer).verdict,
    alternatives: otherServices(candidates.slice(1), 2),
  }
}

const nothing = (matter: Evidence['matter'], steps: readonly Step[], confidence: number): Evidence => ({
  matter,
  service: null,
  variant: null,
  layer: null,
  side: null,
  acts: null,
  openCase: null,
  verdict: null,
  confidence,
  steps,
  alternatives: [],
})

interface Given {
  service: Service | null
  layer: Layer | null
  variant: Variant | null
}

/** What the ticket says in fields of its own. */
function givenBy(catalog: Catalog, { ticket }: Inbound, steps: Step[]): Given {
  const named = ticket.service === undefined ? undefined : serviceOf(catalog, ticket.service)
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
function settledBy(
  catalog: Catalog,
  inbound: Inbound,
  steps: Step[],
  fields: ReturnType<typeof fieldsOf>,
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

/** An identifier of AWS settles the layer and the side; the service too, unless only the resource can tell. */
function bySignal(
  catalog: Catalog,
  settled: Settled,
  given: Given,
  candidates: readonly Candidate[],
  steps: Step[],
): Evidence {
  const named = settled.service === null ? undefined : catalog.service(settled.service)
  const service =
    given.service && settled.service === null
      ? given.service
      : (named ?? given.service ?? candidates[0]?.service ?? null)
  const layer = given.layer ?? catalog.layer(settled.layer) ?? null
  const evidence = { field: `signals.${settled.signal.kind}`, text: settled.signal.id }
  if (service)
    steps.push(step('service', service.id, named ? 'told by the identifier' : 'named beside the identifier', evidence))
  if (layer) steps.push(step('layer', layer.id, 'told by the identifier', evidence))
  if (settled.side) steps.push(step('side', settled.side, settled.reason, evidence))
  return {
    matter: 'aws',
    service,
    variant: given.variant,
    layer,
    side: settled.side,
    acts: settled.acts,
    openCase: settled.openCase,
    verdict: layer && cellsOf(catalog)(service, given.variant, layer).verdict,
    confidence: settled.confidence,
    steps,
    alternatives: [],
  }
}

/**
 * A service is named, but nothing that is known is said about it. What AWS must mend is told by a failure; where none
 * is told, somebody wants something of what the customer sets.
 */
function unread(
  catalog: Catalog,
  service: Service | null,
  steps: Step[],
  candidates: readonly Candidate[],
  fails: boolean,
): Evidence {
  const alternatives = otherServices(candidates.slice(1), 3)
  const layer = catalog.layer('configuration') ?? null
  const [first] = candidates
  if (fails || !service || !layer || (first && !first.named))
    return { ...nothing('aws', steps, 0.2), service, alternatives }
  steps.push(
    step('side', 'customer', 'no failure is told', first?.evidence ?? { field: 'service', text: service.name }),
  )
  return {
    ...nothing('aws', steps, 0.52),
    service,
    layer,
    side: 'customer',
    verdict: cellsOf(catalog)(service, null, layer).verdict,
    alternatives,
  }
}

const otherServices = (candidates: readonly Candidate[], most: number): Alternative[] =>
  candidates.slice(0, most).map(({ service, because }) => ({ service, layer: null, side: null, because }))

interface ByWords {
  catalog: Catalog
  matter: Matter
  service: Service | null
  variant: Variant | null
  candidates: readonly Candidate[]
  given: Given
  steps: Step[]
  unsure: boolean
  /** Whether the event is one that no table knows. */
  strange: boolean
  /** Whether the text tells of a failure. */
  fails: boolean
  settled: Settled | undefined
}

function byMatter({
  matter,
  service,
  variant,
  candidates,
  given,
  steps,
  unsure,
  strange,
  fails,
  settled,
}: ByWords): Evidence {
  const { guess, side, balance, cues, flipped } = matter
  for (const { cue, evidence } of cues.slice(0, 6))
    steps.push(step('cue', `${cue.id}: ${cue.side}`, cue.reason, evidence))
  if (!given.layer) steps.push(step('layer', guess.layer.id, 'words that mean it', guess.evidence))
  if (flipped) steps.push(step('flip', side, `the other side leads when: ${flipped.when}`, flipped))
  const [first, second] = candidates
  const [reason] = cues.filter(({ cue }) => cue.side === side)
  steps.push(
    step(
      'side',
      side,
      reason?.cue.reason ?? guess.verdict.leadReason ?? guess.verdict.statement,
      reason?.evidence ?? guess.evidence,
    ),
  )
  const serviceSure = given.service ? 1 : first ? Math.min(1, first.score / 3) : 0.35
  const rivalry = given.service || !first || !second ? 0 : second.score / first.score
  const sideSure = Math.min(1, Math.abs(balance) / 5) * (1 - 0.3 * matter.conflict)
  const backed = cues.some(({ cue }) => cue.side === side)
  const confidence = clamp(
    0.25 +
      0.25 * serviceSure +
      0.5 * sideSure -
      (rivalry > 0.9 ? 0.08 : 0) -
      (unsure ? 0.6 : 0) -
      // Only the layer's own cell speaks for that side: little for AWS, and little where something fails.
      (!backed && side === 'aws' && guess.score < 4 ? 0.3 : 0) -
      (!backed && side === 'customer' && fails ? 0.2 : 0) -
      (service === null && sideSure < 0.9 ? 0.2 : 0),
  )
  return {
    matter: 'aws',
    service,
    variant,
    layer: guess.layer,
    side,
    acts: matter.acts,
    openCase: matter.openCase,
    verdict: guess.verdict,
    confidence: settled
      ? Math.min(confidence, settled.confidence + 0.2)
      : strange
        ? Math.min(confidence, 0.45)
        : confidence,
    steps,
    alternatives: [
      ...otherServices(
        candidates.filter(({ service: other }) => other !== service),
        2,
      ),
      ...matter.others.slice(0, 2).map(({ layer, verdict }) => ({
        service,
        layer,
        side: verdict.lead,
        because: 'the words fit it as well',
      })),
    ],
  }
}

const clamp = (value: number): number => Math.round(Math.max(0.01, Math.min(0.99, value)) * 100) / 100
