/** What a ticket's words come to: which service, and whose move. Each is a ranking whose weights are trained. */
import { classifyFeatures, featuresOf } from '../ask/classifier.js'
import { mostOf, sheetsOf } from '../ask/sheets.js'
import type { Catalog } from '../catalog.js'
import type { Beliefs } from '../linear.js'
import { believe, RANKING, type Signs, scoreOf, weighed } from '../rank.js'
import type { Belonging } from './foreign.js'
import { type Likeness, SIDES } from './likeness.js'
import type { Matter } from './matter.js'
import type { Readings } from './read.js'
import type { Candidate } from './subject.js'
import type { Field, Token } from './tokens.js'

/** Where a ticket belongs: with AWS, with the customer, with neither, or with a person who asks. */
export type Outcome = (typeof SIDES)[number]

/** The words of a ticket as the fact sheets and the classifier of layers know them. */
export interface TicketWords {
  /** In lower case. */
  title: string
  features: readonly string[]
  classified: Beliefs
}

/** A long ticket says what it is about at its beginning. */
const MOST_TOKENS = 200

export function readTicketWords(fields: readonly Field[]): TicketWords {
  const words: Token[] = []
  for (const { name, tokens } of fields)
    if (!name.startsWith('labels')) for (const token of tokens.slice(0, MOST_TOKENS)) words.push(token)
  const title = fields.find(({ name }) => name === 'title')?.text.toLowerCase() ?? ''
  const features = featuresOf(words)
  return { title, features, classified: classifyFeatures(features) }
}

/** So many services that are not named are looked at, those that the words fit best. */
const MOST_FITTING = 5

/** Every service that could be the broken one, with the signs for it; the last is none. */
export function signsOfCandidates(
  catalog: Catalog,
  ranked: readonly Candidate[],
  { features, title }: TicketWords,
): { candidate: Candidate | null; signs: Signs }[] {
  const sheets = sheetsOf(catalog)
  const fit = sheets.fitServices(features)
  const fitting = mostOf(fit, MOST_FITTING)
  const [first = 0, second = 0] = fitting.map((at) => fit[at] ?? 0)
  const known = new Set(ranked.map(({ service }) => service))
  const unnamed = fitting.flatMap((at): Candidate[] => {
    const service = catalog.services[at]
    if (!service || known.has(service)) return []
    const evidence = { field: 'title', text: '' }
    return [{ service, score: 0, named: false, because: 'its words fit what this service does', evidence }]
  })
  const total = ranked.reduce((sum, { score }) => sum + score, 0)
  const named = ranked.some((one) => one.named)
  const candidates = [...ranked.slice(0, MOST_RANKED), ...unnamed].map((candidate) => {
    const { service, score, because, evidence } = candidate
    const likeness = fit[sheets.placeOf(service)] ?? 0
    return {
      candidate,
      signs: {
        score: Math.log(1 + score),
        share: total > 0 ? score / total : 0,
        top: Number(ranked[0] === candidate),
        named: Number(candidate.named),
        namedOfFew: Number(candidate.named && features.length < A_FEW_FEATURES),
        opening: Number(evidence.text !== '' && title.startsWith(evidence.text.toLowerCase())),
        titled: Number(evidence.field === 'title' && evidence.text !== ''),
        hinted: Number(score > 0 && !candidate.named),
        mentioned: Number(because === 'only mentioned'),
        failing: Number(because === 'said to fail'),
        beside: Number(score === 0 && named),
        likeness: Math.log(1 + likeness),
        likenessToBest: first > 0 ? likeness / first : 0,
        lead: first > 0 && likeness === first ? (first - second) / first : 0,
      },
    }
  })
  const none = { none: 1, noneLikeness: Math.log(1 + first), noneNamed: Number(named), noneScore: Math.log(1 + total) }
  return [...candidates, { candidate: null, signs: none }]
}

const MOST_RANKED = 6
/** Words and pairs of them. */
const A_FEW_FEATURES = 12

/** The services that could be the broken one, the likeliest first; none where it reads like no service in particular. */
export function weighCandidates(catalog: Catalog, ranked: readonly Candidate[], words: TicketWords): Candidate[] {
  const signs = signsOfCandidates(catalog, ranked, words)
  const beliefs = believe(signs.map((one) => scoreOf('ticketService', one.signs)))
  const weighed = signs
    .map(({ candidate }, at) => ({ candidate, probability: beliefs[at] ?? 0 }))
    .toSorted((a, b) => b.probability - a.probability)
  const [best] = weighed
  return best?.candidate === null ? [] : weighed.flatMap(({ candidate }) => candidate ?? [])
}

/** What is known of a ticket when it is judged whose move it is. */
export interface Clues {
  likeness: Likeness
  matter: Matter | undefined
  belonging: Belonging
  readings: Readings
  candidates: readonly Candidate[]
  /** Log-odds that the layer meant is AWS's, see `TicketLayers`. */
  layers: number
  /** How many words there are. */
  size: number
  /** Whether a resource, a field of the ticket or an identifier says that AWS is meant. */
  strong: boolean
}

export const A_FEW_WORDS = 8

const clip = (value: number, most: number): number => Math.max(-most, Math.min(most, value))

/** The signs that count for each outcome by a weight of its own. */
function sharedSigns({ matter, belonging, readings, candidates, size, strong }: Clues): Signs {
  const [first, second] = candidates
  return {
    told: Number(matter !== undefined),
    strong: Number(strong),
    fails: Number(readings.fails.length > 0),
    unsure: Number(readings.unsure.length > 0),
    aws: Number(readings.aws.length > 0),
    foreign: Math.min(readings.foreign.length, 3),
    vague: Number(readings.vague.length > 0),
    named: Number(first?.named ?? false),
    rival: first && second && first.score > 0 ? Math.min(1, second.score / first.score) : 0,
    conflict: matter?.conflict ?? 0,
    cues: Math.min(matter?.cues.length ?? 0, 4),
    short: Number(size < A_FEW_WORDS),
    [belonging.matter]: 1,
    scoreOfAws: clip(belonging.aws, 6),
    scoreOfForeign: clip(belonging.foreign, 8),
  }
}

const towardsOf = (outcome: Outcome): number => (outcome === 'aws' ? 1 : outcome === 'customer' ? -1 : 0)

/** What a firm cue adds, in log odds. Set by hand: few tickets show one, so the training sees too little of them. */
const FIRM = 1
/** A cue that weighs as much is a fact of the platform: a failed system status check, a quota that is used up. */
const A_FIRM_CUE = 6

/** Which side the cues speak for that leave no doubt: 1 for AWS, -1 for the customer, 0 where they contradict. */
function firmSide(matter: Matter | undefined): number {
  const firm = (matter?.cues ?? []).filter(({ weight }) => weight >= A_FIRM_CUE)
  const sides = new Set(firm.map(({ cue }) => cue.side))
  return sides.size === 1 ? (sides.has('aws') ? 1 : -1) : 0
}

/** The signs that say something else for each outcome, and count alike. */
function ownSigns(outcome: Outcome, { likeness, matter, layers, size }: Clues): Signs {
  const towards = towardsOf(outcome)
  const like = Math.max(-8, likeness.logOf(outcome))
  return {
    likeness: like,
    likenessOfFew: size < A_FEW_WORDS ? like : 0,
    said: towards * clip(matter?.said ?? 0, 8),
    lean: towards * (matter?.lean ?? 0),
    layers: towards * clip(layers, 4),
  }
}

/** The signs for each outcome by their names in the weights, in the order of {@link SIDES}: what the training sees. */
export function signsOfOutcomes(clues: Clues): Signs[] {
  const shared = Object.entries(sharedSigns(clues))
  return SIDES.map((outcome) => ({
    [outcome]: 1,
    ...ownSigns(outcome, clues),
    ...Object.fromEntries(shared.map(([sign, value]) => [`${outcome} ${sign}`, value])),
  }))
}

const perOutcome = new WeakMap<Signs, ReadonlyMap<Outcome, Signs>>()

/** What the shared signs are worth for an outcome: taken apart once, since names put together for each ticket cost most. */
function sharedWeights(outcome: Outcome): Signs {
  const weights = RANKING.ticket
  const known = perOutcome.get(weights)
  const made =
    known ??
    new Map(
      SIDES.map((side) => {
        const own = Object.entries(weights).filter(([sign]) => sign.startsWith(`${side} `))
        return [side, Object.fromEntries(own.map(([sign, weight]) => [sign.slice(side.length + 1), weight]))] as const
      }),
    )
  if (!known) perOutcome.set(weights, made)
  return made.get(outcome) ?? {}
}

/** The probability of each outcome. What is surely about AWS is not judged to be foreign. */
export function weighOutcomes(clues: Clues): Readonly<Record<Outcome, number>> {
  const shared = sharedSigns(clues)
  const scores = SIDES.map(
    (outcome) =>
      (RANKING.ticket[outcome] ?? 0) +
      scoreOf('ticket', ownSigns(outcome, clues)) +
      towardsOf(outcome) * firmSide(clues.matter) * FIRM +
      weighed(shared, sharedWeights(outcome)),
  )
  const beliefs = believe(scores.map((score, at) => (clues.strong && SIDES[at] === 'not-aws' ? -100 : score)))
  return { aws: beliefs[0] ?? 0, customer: beliefs[1] ?? 0, 'not-aws': beliefs[2] ?? 0, unclear: beliefs[3] ?? 0 }
}
