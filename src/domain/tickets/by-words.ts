/** What the words of a ticket come to where no identifier decides: where it belongs, whose move it is, on which layer. */
import type { Catalog } from '../catalog.js'
import type { Service, Side, Variant } from '../model.js'
import type { Inbound } from '../ticket.js'
import { cellOf } from './cells.js'
import { type Evidence, nothing, otherServices, type Step, step } from './evidence.js'
import { clueOf, type Gathered } from './gather.js'
import type { Given } from './given.js'
import type { TicketLayers } from './layers.js'
import { type Likeness, SIDES } from './likeness.js'
import type { Settled } from './look-up.js'
import { wordsOf } from './read.js'
import type { Candidate } from './subject.js'
import { A_FEW_WORDS, type Clues, type Outcome, weighOutcomes } from './weigh.js'

/** Less than half is enough to call it foreign: a stranger's ticket on AWS's desk helps nobody. */
const LEAST_FOREIGN = 0.3
const SURELY_FOREIGN = 0.8

/** A line of a few words with no name in it, of AWS or of anything else. */
const isNameless = ({ strong, readings, candidates, size }: Clues): boolean =>
  !strong && size < A_FEW_WORDS && readings.aws.length === 0 && !candidates.some(({ score }) => score > 0)

/** The likeliest outcome. What names nothing is a question, unless it surely reads like something else. */
function outcomeOf(clues: Clues, odds: Readonly<Record<Outcome, number>>): Outcome {
  const { likeness, belonging, readings, strong } = clues
  if (!likeness.known && belonging.matter !== 'aws' && !strong) return 'unclear'
  const least = isNameless(clues) && readings.foreign.length === 0 ? SURELY_FOREIGN : LEAST_FOREIGN
  if (odds['not-aws'] > least) return 'not-aws'
  return SIDES.reduce<Outcome>((best, side) => (side !== 'not-aws' && odds[side] > odds[best] ? side : best), 'aws')
}

/** Nothing but its words tells of the ticket: where it belongs, whose move it is, on which layer. */
export function byWords(catalog: Catalog, inbound: Inbound, read: Gathered, steps: Step[]): Evidence {
  const { given, settled, readings, belonging, candidates, likeness } = read
  const about: Step[] = []
  const { clues, service, variant, layers } = clueOf(catalog, read, about)
  const odds = weighOutcomes(clues)
  const outcome = outcomeOf(clues, odds)
  if (outcome === 'not-aws') {
    const reason = likeness.because('not-aws')
    steps.push(
      belonging.matter === 'not-aws' || !reason
        ? step('belonging', 'not AWS', belonging.because, belonging.evidence)
        : step(
            'belonging',
            'not AWS',
            `It reads like tickets that are not about AWS because of ${reason.words}.`,
            reason.place,
          ),
    )
    return nothing('not-aws', steps, clamp(odds['not-aws']))
  }
  // Of a ticket that says too little only a service that it names is worth telling.
  const worth = candidates.filter(({ score }) => outcome !== 'unclear' || score > 0)
  const [chosen] = worth
  if (!given.service && chosen)
    steps.push(step('service', chosen.service.id, chosen.because, evidenceOf(chosen, inbound)))
  steps.push(...about)
  const [unsure] = readings.unsure
  if (unsure)
    steps.push(
      step('unsure', 'the writer does not know', 'said in the text', {
        field: unsure.field.name,
        text: wordsOf(unsure),
      }),
    )
  if (outcome === 'unclear') {
    steps.push(step('belonging', 'unclear', 'too little is said to tell whose move it is', belonging.evidence))
    return {
      ...nothing('unclear', steps, clamp(Math.min(odds.aws + odds.customer, MOST_OF_UNCLEAR))),
      service: given.service ?? chosen?.service ?? null,
      alternatives: otherServices(worth.slice(1), 3),
    }
  }
  return bySide({ catalog, side: outcome, odds, clues, layers, service, variant, given, settled, inbound, steps })
}

/** A ticket that is more likely unclear than any side's is triaged, whatever the threshold. */
const MOST_OF_UNCLEAR = 0.3

const evidenceOf = ({ evidence }: Candidate, { ticket }: Inbound): Candidate['evidence'] =>
  evidence.text === '' ? { field: 'title', text: ticket.title.slice(0, 300) } : evidence

function explainLikeness({ because }: Likeness, side: Side): Step[] {
  const found = because(side)
  const whose = side === 'aws' ? 'for AWS' : 'for the customer'
  return found
    ? [step('cue', `likeness: ${side}`, `It reads like tickets ${whose} because of ${found.words}.`, found.place)]
    : []
}

interface BySide {
  catalog: Catalog
  side: Side
  odds: Readonly<Record<Outcome, number>>
  clues: Clues
  layers: TicketLayers
  service: Service | null
  variant: Variant | null
  given: Given
  settled: Settled | undefined
  inbound: Inbound
  steps: Step[]
}

/** The cues that say which of the status checks failed. */
const STATUS_CHECKS = new Set(['system-status-check', 'instance-status-check'])

/** The likeness that is worth an explanation. */
const WORTH_TELLING = 0.6

/** A ticket on the wrong desk costs more than one that a person sorts, so what speaks against a side counts for more. */
const COST_OF_A_WRONG_SIDE = 1.25
/** AWS Support cannot help with what is not AWS. */
const COST_OF_A_FOREIGN_CASE = 1.5

/** A metric of the customer's own namespace says nothing of AWS; words around it say little. */
const OF_A_STRANGE_METRIC = 0.45
/** "Amazon Polly": somebody may have a look at it. "Something is slow": nobody knows at what. */
const OF_A_NAME_ALONE = 0.55
const OF_A_NAMELESS_LINE = 0.4

function bySide({
  catalog,
  side,
  odds,
  clues,
  layers,
  service,
  variant,
  given,
  settled,
  inbound,
  steps,
}: BySide): Evidence {
  const { matter, likeness, candidates } = clues
  const cues = matter?.cues ?? []
  const guesses = matter?.guesses ?? []
  for (const { cue, evidence } of cues.slice(0, 6))
    steps.push(step('cue', `${cue.id}: ${cue.side}`, cue.reason, evidence))
  if (Math.abs(likeness.towardsAws) >= WORTH_TELLING)
    steps.push(...explainLikeness(likeness, likeness.towardsAws > 0 ? 'aws' : 'customer'))
  const layer = given.layer ?? layers.likeliestFor(side) ?? null
  const guess = guesses.find((one) => one.layer === layer)
  const title = { field: 'title', text: inbound.ticket.title.slice(0, 300) }
  const evidence = guess?.evidence ?? title
  if (layer && !given.layer)
    steps.push(
      step(
        'layer',
        layer.id,
        guess?.evidence ? 'words that mean it' : 'its words fit what this layer covers',
        evidence,
      ),
    )
  const flip = guess?.flip
  if (flip) steps.push(step('flip', side, `the other side leads when: ${flip.when}`, flip))
  const verdict = layer && cellOf(catalog, service, variant, layer).verdict
  const [reason] = cues.filter(({ cue }) => cue.side === side)
  steps.push(
    step(
      'side',
      side,
      reason?.cue.reason ?? verdict?.leadReason ?? verdict?.statement ?? '',
      reason?.evidence ?? evidence,
    ),
  )
  // A metric of the customer's own, or one that either side may have caused, leaves the question open.
  const told = cues.some(({ cue }) => STATUS_CHECKS.has(cue.id))
  const strange = !settled && inbound.signals.some(({ kind }) => kind === 'metric')
  const ceiling = Math.min(
    settled && !told ? settled.confidence : strange ? OF_A_STRANGE_METRIC : 1,
    matter === undefined ? OF_A_NAME_ALONE : 1,
    isNameless(clues) ? OF_A_NAMELESS_LINE : 1,
  )
  const foreign = side === 'aws' ? odds['not-aws'] : 0
  const cost = COST_OF_A_WRONG_SIDE * (1 - odds[side]) + COST_OF_A_FOREIGN_CASE * foreign
  const acting = cues.find(({ cue }) => cue.acts !== null && cue.side === side)
  return {
    matter: 'aws',
    service,
    variant,
    layer,
    side,
    acts: acting?.cue.acts ?? null,
    openCase: acting?.cue.openCase ?? null,
    verdict,
    confidence: clamp(Math.min(1 - cost, ceiling)),
    steps,
    alternatives: [
      ...otherServices(
        candidates.filter(({ service: other }) => other !== service),
        2,
      ),
      ...guesses
        .filter((other) => other.layer !== layer)
        .slice(0, 2)
        .map(({ layer: other, verdict: its }) => ({
          service,
          layer: other,
          side: its.lead,
          because: 'the words fit it as well',
        })),
    ],
  }
}

const clamp = (value: number): number => Math.round(Math.max(0.01, Math.min(0.99, value)) * 100) / 100
