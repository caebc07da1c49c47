/** What is the matter with a service: which layer it is on, and whose side moves first. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service, Side, Variant } from '../model.js'
import type { Verdict } from '../verdict.js'
import { cellsOf } from './cells.js'
import { type Weighed, weighCues } from './cues.js'
import { lexiconOf } from './lexicon.js'
import type { Likeness } from './likeness.js'
import { type Readings, wordsOf } from './read.js'
import type { Actor } from './reference.js'
import type { Field } from './tokens.js'

export interface LayerGuess {
  layer: Layer
  score: number
  verdict: Verdict
  evidence: { field: string; text: string } | null
}

export interface Matter {
  side: Side
  /** How far the cues of the two sides contradict each other: 0 not at all, 1 they weigh the same. */
  conflict: number
  /** Positive for AWS, negative for the customer; how far it is from 0 is how sure it is. */
  balance: number
  /** What the likeness to other tickets adds to the balance. */
  likely: number
  guess: LayerGuess
  others: readonly LayerGuess[]
  cues: readonly Weighed[]
  /** Where the one who must act is not the one whose layer it is. */
  acts: Actor | null
  openCase: boolean | null
  /** The condition of the verdict under which the other side leads, where the ticket shows it. */
  flipped: { when: string; text: string; field: string } | null
}

/** Cues that tell that something is wanted or missing, and not from whom. */
const WISHES = new Set(['request', 'missing-setting', 'learned', 'own-vulnerability', 'guest-os', 'own-settings'])

/** Where the layer that the words mean is AWS's alone, a wish is addressed to AWS. */
function dampenWishes(
  catalog: Catalog,
  asked: {
    service: Service | null
    variant: Variant | null
    spoken: readonly Weighed[]
    layers: ReadonlyMap<Layer, { score: number }>
  },
): Weighed[] {
  const { service, variant, spoken, layers } = asked
  const [top] = [...layers].toSorted(([, a], [, b]) => b.score - a.score)
  const addressed = top && top[1].score >= 3 && cellsOf(catalog)(service, variant, top[0]).verdict.owner === 'aws'
  if (!addressed) return [...spoken]
  return spoken.map((one) => (WISHES.has(one.cue.id) ? { ...one, weight: one.weight * 0.3 } : one))
}

/** How much a layer's own cell tells of the side. */
function leaning(verdict: Verdict): number {
  if (verdict.owner === 'aws') return 2.5
  if (verdict.owner === 'customer') return -2.5
  return verdict.lead === 'aws' ? 1.2 : -1.2
}

const allows = (verdict: Verdict, side: Side): boolean => verdict.owner === 'shared' || verdict.owner === side

/** Every layer that the texts speak of: by the vocabulary of layers and by what the cues imply. */
function scoreLayers(catalog: Catalog, fields: readonly Field[], readings: Readings, cues: readonly Weighed[]) {
  const scores = new Map<Layer, { score: number; evidence: { field: string; text: string } | null; top: number }>()
  const add = (layer: Layer, score: number, evidence: { field: string; text: string } | null): void => {
    const entry = scores.get(layer) ?? { score: 0, evidence: null, top: 0 }
    entry.score += score
    if (score > entry.top && evidence) {
      entry.top = score
      entry.evidence = evidence
    }
    scores.set(layer, entry)
  }
  const seen = new Set<string>()
  for (const reading of readings.layers) {
    const text = wordsOf(reading)
    const key = `${reading.meaning.layer.id} ${text.toLowerCase()}`
    if (seen.has(key)) continue
    seen.add(key)
    // A label names a team or a product as often as a layer.
    const weight = reading.field.name.startsWith('labels') ? 0.3 : reading.field.weight
    add(reading.meaning.layer, reading.meaning.weight * weight, { field: reading.field.name, text })
  }
  const { deeds } = lexiconOf(catalog)
  for (const field of fields) {
    const stems = new Set(field.tokens.map((token) => token.stem))
    field.tokens.forEach((token, at) => {
      for (const deed of deeds.get(token.stem) ?? []) {
        if (seen.has(`${deed.layer.id} ${deed.text}`)) continue
        if (!deed.verb.every((stem, offset) => field.tokens[at + offset]?.stem === stem)) continue
        if (!deed.object.every((stem) => stems.has(stem))) continue
        seen.add(`${deed.layer.id} ${deed.text}`)
        add(deed.layer, deed.weight * field.weight, {
          field: field.name,
          text: field.text.slice(token.start, token.end),
        })
      }
    })
  }
  for (const { cue, weight, evidence } of cues) {
    const layer = cue.layer === null ? undefined : catalog.layer(cue.layer)
    if (layer) add(layer, weight * 0.9, evidence)
  }
  return scores
}

/** Most of what people file is theirs to mend: what says little is the customer's rather than AWS's. */
const CUSTOMER_AS_A_RULE = 0.4

/** What the likeness adds to the balance: as much as one good cue at most. */
export const leaningOf = ({ towardsAws }: Likeness): number =>
  Math.max(-MOST_LIKENESS, Math.min(MOST_LIKENESS, towardsAws * 0.8))
const MOST_LIKENESS = 3.5

interface Asked {
  catalog: Catalog
  fields: readonly Field[]
  readings: Readings
  service: Service | null
  variant: Variant | null
  /** Where the ticket says the layer itself. */
  layer: Layer | null
  likeness: Likeness | null
}

/** Weighs everything that the texts say about a service. Undefined where they say nothing at all. */
export function weighMatter({
  catalog,
  fields,
  readings,
  service,
  variant,
  layer: given,
  likeness,
}: Asked): Matter | undefined {
  const spoken = weighCues(readings, service)
  const cues = dampenWishes(catalog, { service, variant, spoken, layers: scoreLayers(catalog, fields, readings, []) })
  const scores = scoreLayers(catalog, fields, readings, cues)
  const said = cues.reduce((sum, { cue, weight }) => sum + (cue.side === 'aws' ? weight : -weight), 0)
  const [aws, customer] = (['aws', 'customer'] as const).map((one) =>
    cues.reduce((sum, { cue, weight }) => sum + (cue.side === one ? weight : 0), 0),
  )
  const conflict = Math.min(aws ?? 0, customer ?? 0) / Math.max(aws ?? 0, customer ?? 0, 1)
  if (given) scores.set(given, { score: 100, evidence: { field: 'layer', text: given.name }, top: 100 })
  if (scores.size === 0 && cues.length === 0) return undefined
  const stems = new Set(fields.flatMap(({ tokens }) => tokens.map((token) => token.stem)))
  const cells = cellsOf(catalog)
  const guesses = [...scores].map(
    ([layer, { score, evidence }]): LayerGuess & { flip: Matter['flipped']; lean: number } => {
      const { verdict, flipWords } = cells(service, variant, layer)
      const flip = flipOf(verdict, flipWords, stems, fields, said)
      return {
        layer,
        score,
        evidence,
        verdict,
        flip,
        lean: leaning(verdict) + (flip ? (verdict.flip?.lead === 'aws' ? 2.5 : -2.5) : 0),
      }
    },
  )
  const ranked = guesses.toSorted((a, b) => b.score - a.score || a.layer.position - b.layer.position)
  const [top] = ranked
  const likely = likeness ? leaningOf(likeness) : 0
  const balance = said + (top?.lean ?? -1) + likely - CUSTOMER_AS_A_RULE
  const side: Side = balance > 0 ? 'aws' : 'customer'
  const fitting = ranked.filter(({ verdict, score }) => allows(verdict, side) && score > 0)
  const strongest = top && (given || allows(top.verdict, side)) ? top : fitting[0]
  const fallback = catalog.layer(side === 'aws' ? 'availability' : 'configuration')
  const guess =
    strongest ??
    (fallback && {
      layer: fallback,
      score: 0,
      evidence: null,
      verdict: cells(service, variant, fallback).verdict,
      flip: null,
      lean: 0,
    })
  if (!guess) return undefined
  const acting = cues.find(({ cue }) => cue.acts !== null && cue.side === side)
  return {
    side,
    conflict,
    balance,
    guess,
    others: ranked.filter((other) => other !== guess),
    cues,
    likely,
    acts: acting?.cue.acts ?? null,
    openCase: acting?.cue.openCase ?? null,
    flipped: guess.flip,
  }
}

/** Whether the ticket shows the condition under which the other side leads. */
function flipOf(
  verdict: Verdict,
  wanted: readonly string[],
  stems: ReadonlySet<string>,
  fields: readonly Field[],
  said: number,
): Matter['flipped'] {
  if (!verdict.flip || wanted.length === 0) return null
  const words = wanted.filter((word) => stems.has(word))
  const share = words.length / wanted.length
  const favoured = verdict.flip.lead === 'aws' ? said > 0 : said < 0
  if (words.length < 2 || share < (favoured ? 0.3 : 0.55)) return null
  for (const field of fields) {
    const place = field.tokens.find((token) => words.includes(token.stem))
    if (place) return { when: verdict.flip.when, field: field.name, text: field.text.slice(place.start, place.end) }
  }
  return null
}
