/** Reads a ticket or an event: which service, which layer, whose side, and on what words each of these rests. */
import type { Catalog } from '../catalog.js'
import type { Service } from '../model.js'
import type { Inbound } from '../ticket.js'
import { byWords } from './by-words.js'
import { cellOf } from './cells.js'
import { type Evidence, nothing, otherServices, type Step, step } from './evidence.js'
import { gather, isForeign } from './gather.js'
import type { Given } from './given.js'
import type { Settled } from './look-up.js'
import { weighMatter } from './matter.js'
import type { Readings } from './read.js'
import type { Candidate } from './subject.js'
import type { Field } from './tokens.js'

/** Understands one ticket. Strongest first: what it says itself, its resource, identifiers of AWS, then its words. */
export function understand(catalog: Catalog, inbound: Inbound): Evidence {
  const { ticket } = inbound
  const steps: Step[] = []
  const read = gather(catalog, inbound, steps)
  const { given, settled, fields, readings, candidates } = read
  if (settled && settled.side !== null) return bySignal(catalog, settled, given, candidates, steps)
  const chosen = candidates[0]
  const service = given.service ?? chosen?.service ?? null
  const fromFinder = FINDERS.has(ticket.source?.system ?? '')
  if (fromFinder && !isForeign(read)) {
    if (!given.service && chosen) steps.push(step('service', chosen.service.id, chosen.because, chosen.evidence))
    return byFinder({ catalog, inbound, given, service, fields, readings, steps, candidates })
  }
  return byWords(catalog, inbound, read, steps)
}

/** Senders whose findings are about what an account sets and runs, whatever they are called. */
const FINDERS = new Set(['security-hub', 'ocsf', 'guardduty', 'aws-config'])

interface ByFinder {
  catalog: Catalog
  inbound: Inbound
  given: Given
  service: Service | null
  candidates: readonly Candidate[]
  steps: Step[]
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
  })
  const fitting = matter?.guesses.find(({ verdict }) => verdict.owner !== 'aws')
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
    verdict: layer && cellOf(catalog, service, given.variant, layer).verdict,
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
    verdict: layer && cellOf(catalog, service, given.variant, layer).verdict,
    confidence: settled.confidence,
    steps,
    alternatives: [],
  }
}
