/** Reads a ticket or an event: which service, which layer, whose side, and on what words each of these rests. */
import type { Catalog } from '../catalog.js'
import type { Service, Variant } from '../model.js'
import type { Inbound } from '../ticket.js'
import { cellsOf } from './cells.js'
import { type Alternative, type Evidence, nothing, type Step, step } from './evidence.js'
import { judgeBelonging, lookalikesIn } from './foreign.js'
import { type Given, givenBy, settledBy } from './given.js'
import { type Likeness, likenessOf } from './likeness.js'
import type { Settled } from './look-up.js'
import { leaningOf, type Matter, weighMatter } from './matter.js'
import { type Readings, readFields, wordsOf } from './read.js'
import { type Candidate, rankServices, resourceCandidate } from './subject.js'
import { type Field, fieldsOf } from './tokens.js'

/** Understands one ticket. Strongest first: what it says itself, its resource, identifiers of AWS, then its words. */
export function understand(catalog: Catalog, inbound: Inbound): Evidence {
  const { ticket } = inbound
  const fields = fieldsOf(ticket)
  const steps: Step[] = []
  const given = givenBy(catalog, inbound, steps)
  const settled = settledBy(catalog, inbound, steps, fields)
  const readings = readFields(catalog, fields)
  const likeness = likenessOf(fields, readings)
  const lookalikes = lookalikesIn(readings)
  const ranked = rankServices(catalog, fields, readings, lookalikes)
  const resource = resourceCandidate(catalog, inbound)
  const strong = given.service !== null || settled !== undefined || resource !== undefined
  if (!strong) {
    const belonging = judgeBelonging(readings, ranked, likeness)
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
  const matter = weighMatter({ catalog, fields, readings, service, variant, layer: given.layer, likeness })
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
  if (!matter)
    return unread(catalog, service, steps, candidates, readings.fails.length > 0 || leaningOf(likeness) >= BACKING)
  return byMatter({
    catalog,
    matter,
    likeness,
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

interface ByFinder
  extends Omit<ByWords, 'unsure' | 'strange' | 'fails' | 'settled' | 'matter' | 'likeness' | 'variant'> {
  inbound: Inbound
  fields: readonly Field[]
  readings: Readings
}

/** A finding whose id no table knows: the customer's, on the layer that its words mean. */
function byFinder({ catalog, inbound, given, service, fields, readings, steps, candidates }: ByFinder): Evidence {
  const matter = weighMatter({
    catalog,
    fields,
    readings,
    service,
    variant: given.variant,
    layer: given.layer,
    likeness: null,
  })
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
 * is told and it reads like no ticket for AWS, somebody wants something of what the customer sets.
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

function explainLikeness({ because }: Likeness, side: keyof Likeness['because']): Step[] {
  const found = because[side]
  const whose = { aws: 'for AWS', customer: 'for the customer', 'not-aws': 'that are not about AWS' }[side]
  return found
    ? [step('cue', `likeness: ${side}`, `It reads like tickets ${whose} because of ${found.words}.`, found.place)]
    : []
}

const otherServices = (candidates: readonly Candidate[], most: number): Alternative[] =>
  candidates.slice(0, most).map(({ service, because }) => ({ service, layer: null, side: null, because }))

interface ByWords {
  catalog: Catalog
  matter: Matter
  likeness: Likeness
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

/** The likeness that is worth an explanation, and the one that backs a side as a cue would. */
const WORTH_TELLING = 0.5
const BACKING = 1

/** The cues that say which of the status checks failed. */
const STATUS_CHECKS = new Set(['system-status-check', 'instance-status-check'])

/** What a full disagreement costs of the confidence: enough for triage where the side is not plain. */
const DISAGREEING = 0.2

/** How far cues and likeness contradict each other: 0 not at all, 1 they weigh the same. */
function disagreement({ balance, likely }: Matter): number {
  const told = balance - likely
  return told * likely >= 0
    ? 0
    : Math.min(Math.abs(told), Math.abs(likely)) / Math.max(Math.abs(told), Math.abs(likely))
}

function byMatter({
  matter,
  likeness,
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
  const { guess, side, balance, cues, flipped, likely } = matter
  for (const { cue, evidence } of cues.slice(0, 6))
    steps.push(step('cue', `${cue.id}: ${cue.side}`, cue.reason, evidence))
  if (Math.abs(likely) >= WORTH_TELLING) steps.push(...explainLikeness(likeness, likely > 0 ? 'aws' : 'customer'))
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
  // A metric of the customer's own, or one that either side may have caused, leaves the question open.
  const told = cues.some(({ cue }) => STATUS_CHECKS.has(cue.id))
  const ceiling = settled && !told ? settled.confidence : strange ? 0.45 : 1
  const backed =
    cues.some(({ cue }) => cue.side === side) || (likely > 0 === (side === 'aws') && Math.abs(likely) >= BACKING)
  const confidence = clamp(
    0.25 +
      0.25 * serviceSure +
      0.5 * sideSure -
      (rivalry > 0.9 ? 0.08 : 0) -
      (unsure ? 0.6 : 0) -
      // Only the layer's own cell speaks for that side: little for AWS, and little where something fails.
      (!backed && side === 'aws' && guess.score < 4 ? 0.3 : 0) -
      (!backed && side === 'customer' && fails ? 0.2 : 0) -
      // Two readers that contradict each other are a question for a person.
      DISAGREEING * disagreement(matter) -
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
    confidence: Math.min(confidence, ceiling),
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
