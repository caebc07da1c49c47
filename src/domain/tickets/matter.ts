/** What is the matter with a service: which layer it is on, and whose side moves first. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service, Side, Variant } from '../model.js'
import type { Verdict } from '../verdict.js'
import { cellsOf } from './cells.js'
import { type Weighed, weighCues } from './cues.js'
import { type Deed, lexiconOf } from './lexicon.js'
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

type LayerScores = Map<Layer, { score: number; evidence: { field: string; text: string } | null; top: number }>

/** Where the layer that the words mean is AWS's alone, a wish is addressed to AWS. */
function dampenWishes(
  catalog: Catalog,
  asked: { service: Service | null; variant: Variant | null; spoken: readonly Weighed[]; layers: LayerScores },
): readonly Weighed[] {
  const { service, variant, spoken, layers } = asked
  let top: Layer | null = null
  let most = 0
  for (const [layer, { score }] of layers)
    if (score > most) {
      top = layer
      most = score
    }
  const addressed = top && most >= 3 && cellsOf(catalog)(service, variant, top).verdict.owner === 'aws'
  if (!addressed) return spoken
  return spoken.map((one) => (WISHES.has(one.cue.id) ? { ...one, weight: one.weight * 0.3 } : one))
}

/** How much a layer's own cell tells of the side. */
function leaning(verdict: Verdict): number {
  if (verdict.owner === 'aws') return 2.5
  if (verdict.owner === 'customer') return -2.5
  return verdict.lead === 'aws' ? 1.2 : -1.2
}

const allows = (verdict: Verdict, side: Side): boolean => verdict.owner === 'shared' || verdict.owner === side

function addScore(scores: LayerScores, layer: Layer, score: number, evidence: LayerGuess['evidence']): void {
  const known = scores.get(layer)
  if (!known) {
    const told = score > 0 && evidence !== null
    scores.set(layer, { score, evidence: told ? evidence : null, top: told ? score : 0 })
    return
  }
  known.score += score
  if (score > known.top && evidence) {
    known.top = score
    known.evidence = evidence
  }
}

const NO_DEEDS: readonly Deed[] = []

/** Every layer that the texts speak of by the vocabulary of layers: by their names and by deeds. */
function scoreLayers(catalog: Catalog, fields: readonly Field[], readings: Readings): LayerScores {
  const scores: LayerScores = new Map()
  const seen = new Set<string>()
  for (const reading of readings.layers) {
    const text = wordsOf(reading)
    const key = `${reading.meaning.layer.id} ${text.toLowerCase()}`
    if (seen.has(key)) continue
    seen.add(key)
    // A label names a team or a product as often as a layer.
    const weight = reading.field.name.startsWith('labels') ? 0.3 : reading.field.weight
    addScore(scores, reading.meaning.layer, reading.meaning.weight * weight, { field: reading.field.name, text })
  }
  const { deeds } = lexiconOf(catalog)
  for (const field of fields) {
    const { tokens } = field
    tokens.forEach((token, at) => {
      for (const deed of deeds.get(token.stem) ?? NO_DEEDS) {
        if (!deed.verb.every((stem, offset) => tokens[at + offset]?.stem === stem)) continue
        if (!deed.object.every((stem) => tokens.some((other) => other.stem === stem))) continue
        const key = `${deed.layer.id} ${deed.text}`
        if (seen.has(key)) continue
        seen.add(key)
        addScore(scores, deed.layer, deed.weight * field.weight, {
          field: field.name,
          text: field.text.slice(token.start, token.end),
        })
      }
    })
  }
  return scores
}

/** Adds the layers that cues imply. */
function scoreCues(catalog: Catalog, scores: LayerScores, cues: readonly Weighed[]): void {
  for (const { cue, weight, evidence } of cues) {
    const layer = cue.layer === null ? undefined : catalog.layer(cue.layer)
    if (layer) addScore(scores, layer, weight * 0.9, evidence)
  }
}

/** What the cues for one side weigh together. */
const weightOf = (cues: readonly Weighed[], side: Side): number =>
  cues.reduce((sum, { cue, weight }) => sum + (cue.side === side ? weight : 0), 0)

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
  const scores = scoreLayers(catalog, fields, readings)
  const cues = dampenWishes(catalog, { service, variant, spoken, layers: scores })
  scoreCues(catalog, scores, cues)
  const said = cues.reduce((sum, { cue, weight }) => sum + (cue.side === 'aws' ? weight : -weight), 0)
  const [aws, customer] = [weightOf(cues, 'aws'), weightOf(cues, 'customer')]
  const conflict = Math.min(aws, customer) / Math.max(aws, customer, 1)
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
