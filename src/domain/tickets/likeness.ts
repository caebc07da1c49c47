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

/**
 * What the classifier looks at, each with where it stands: words, pairs of neighbours, and whether AWS or something
 * else is named. Names of services are left out: which service is meant must not decide whose matter it is.
 */
export function featuresOfTicket(fields: readonly Field[], readings: Readings): Map<string, Place> {
  const features = new Map<string, Place>()
  const add = (feature: string, place: Place): void => {
    if (!features.has(feature)) features.set(feature, place)
  }
  for (const field of fields) {
    const named = new Set(
      readings.services
        .filter((reading) => reading.field === field && reading.meaning.weight >= 2)
        .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, offset) => from + offset)),
    )
    let last = -1
    field.tokens.forEach(({ stem }, at) => {
      if (named.has(at) || stem.length < 2 || SILENT.has(stem) || (/^\d+$/.test(stem) && !/^[45]\d\d$/.test(stem)))
        return
      add(stem, { field: field.name, text: quote(field, at, at + 1) })
      const before = field.tokens[last]
      if (before) add(`${before.stem} ${stem}`, { field: field.name, text: quote(field, last, at + 1) })
      last = at
    })
  }
  const [service] = readings.services.filter(({ meaning }) => meaning.weight >= 2)
  const [aws] = readings.aws
  const [foreign] = readings.foreign
  for (const [feature, reading] of [
    ['@service', service],
    ['@aws', aws],
    ['@foreign', foreign],
  ] as const)
    if (reading) add(feature, { field: reading.field.name, text: quote(reading.field, reading.from, reading.to) })
  if (!service && !aws) add('@nameless', { field: 'title', text: '' })
  return features
}

const LINEAR = createLinear(weights)

export interface Likeness {
  /** Natural logarithm of how much likelier AWS is than the customer; negative for the customer. */
  towardsAws: number
  /** Probability that it is not about AWS, 0 to 1. */
  foreign: number
  /** For each side the words that speak for it most, and where the first of them stands. */
  because: Readonly<Record<'aws' | 'customer' | 'not-aws', { words: string; place: Place } | null>>
}

export function likenessOf(fields: readonly Field[], readings: Readings): Likeness {
  const features = featuresOfTicket(fields, readings)
  const beliefs = new Map(LINEAR.classify([...features.keys()]).map((belief) => [belief.label, belief]))
  const log = (label: string): number => beliefs.get(label)?.logProbability ?? 0
  // What is named tells whether it is about AWS; without a known word it does not tell whose matter it is.
  const worded = [...features.keys()].some((feature) => !feature.startsWith('@') && LINEAR.rows.has(feature))
  const words = (label: string): { words: string; place: Place } | null => {
    const places = (beliefs.get(label)?.because ?? []).flatMap((feature) => {
      const place = features.get(feature)
      return place?.text ? [place] : []
    })
    const [first] = places
    return first ? { words: places.map(({ text }) => `"${text.slice(0, 60)}"`).join(', '), place: first } : null
  }
  return {
    towardsAws: worded ? log('aws') - log('customer') : 0,
    foreign: Math.exp(log('not-aws')),
    because: { aws: words('aws'), customer: words('customer'), 'not-aws': words('not-aws') },
  }
}
