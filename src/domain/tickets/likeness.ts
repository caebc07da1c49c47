/** Whose tickets a ticket reads like: a linear classifier over its words, trained on `seed/phrases/tickets`. */
import weights from '../lexicon/ticket-weights.json' with { type: 'json' }
import { createLinear } from '../linear.js'
import type { Readings } from './read.js'
import { type Field, quote } from './tokens.js'

export const SIDES = ['aws', 'customer', 'not-aws', 'unclear'] as const

/** Words that say nothing of the side. "Our", "all" and "not" say a lot. */
const SILENT = new Set(
  '^ the a an of in on for to and or as at by from with is are was were be been it that this'.split(' '),
)

interface Place {
  field: string
  text: string
}

/** Where a feature stands: tokens of a field; quoted only where it is told of. Null where it stands nowhere. */
type Spot = { field: Field; from: number; to: number } | null

/** The tokens of a field that belong to names of services. */
function namesIn(field: Field, readings: Readings): ReadonlySet<number> {
  const named = new Set<number>()
  for (const reading of readings.services)
    if (reading.field === field && reading.meaning.weight >= 2)
      for (let at = reading.from; at < reading.to; at++) named.add(at)
  return named
}

const isSilent = (stem: string): boolean =>
  stem.length < 2 || SILENT.has(stem) || (/^\d+$/.test(stem) && !/^[45]\d\d$/.test(stem))

/**
 * What the classifier looks at, each with where it stands first: words, pairs of neighbours, and whether AWS or
 * something else is named. Names of services are left out: which service is meant must not decide whose matter it is.
 */
export function featuresOfTicket(fields: readonly Field[], readings: Readings): Map<string, Spot> {
  const features = new Map<string, Spot>()
  const add = (feature: string, field: Field, from: number, to: number): void => {
    if (!features.has(feature)) features.set(feature, { field, from, to })
  }
  for (const field of fields) {
    const named = namesIn(field, readings)
    let last = -1
    field.tokens.forEach(({ stem }, at) => {
      if (named.has(at) || isSilent(stem)) return
      add(stem, field, at, at + 1)
      const before = field.tokens[last]
      if (before) add(`${before.stem} ${stem}`, field, last, at + 1)
      last = at
    })
  }
  const service = readings.services.find(({ meaning }) => meaning.weight >= 2)
  const [aws] = readings.aws
  const [foreign] = readings.foreign
  if (service) add('@service', service.field, service.from, service.to)
  if (aws) add('@aws', aws.field, aws.from, aws.to)
  if (foreign) add('@foreign', foreign.field, foreign.from, foreign.to)
  if (!service && !aws) features.set('@nameless', null)
  return features
}

const LINEAR = createLinear(weights)

export interface Likeness {
  /** Whether any word is known from other tickets. */
  known: boolean
  /** Natural logarithm of how much likelier AWS is than the customer; negative for the customer. */
  towardsAws: number
  /** Natural logarithm of the probability of a label. */
  logOf(label: (typeof SIDES)[number]): number
  /** The words that speak for a side most, and where the first of them stands. */
  because(side: 'aws' | 'customer' | 'not-aws'): { words: string; place: Place } | null
}

export function likenessOf(fields: readonly Field[], readings: Readings, linear = LINEAR): Likeness {
  const features = featuresOfTicket(fields, readings)
  const beliefs = linear.classify(features.keys())
  const log = (label: string): number => beliefs.logOf(label) ?? 0
  const words = (label: string): { words: string; place: Place } | null => {
    const places = beliefs.because(label).flatMap((feature): Place[] => {
      const spot = features.get(feature)
      const text = spot ? quote(spot.field, spot.from, spot.to) : ''
      return spot && text ? [{ field: spot.field.name, text }] : []
    })
    const [first] = places
    return first ? { words: places.map(({ text }) => `"${text.slice(0, 60)}"`).join(', '), place: first } : null
  }
  const known = hasKnownWord(features.keys())
  return {
    known,
    // What is named tells whether it is about AWS; without a known word it does not tell whose matter it is.
    towardsAws: known ? log('aws') - log('customer') : 0,
    logOf: log,
    // No getters: on a literal they keep all that they see in memory until the next full collection.
    because: words,
  }
}

function hasKnownWord(features: Iterable<string>): boolean {
  for (const feature of features) if (!feature.startsWith('@') && LINEAR.knows(feature)) return true
  return false
}
