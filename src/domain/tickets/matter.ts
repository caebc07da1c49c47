/** What is the matter with a service: which layer it is on, and whose side moves first. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service, Side, Variant } from '../model.js'
import type { Verdict } from '../verdict.js'
import { cellOf } from './cells.js'
import { type Weighed, weighCues } from './cues.js'
import { type Deed, lexiconOf } from './lexicon.js'
import { type Readings, wordsOf } from './read.js'
import type { Field } from './tokens.js'

export interface LayerGuess {
  layer: Layer
  score: number
  verdict: Verdict
  evidence: { field: string; text: string } | null
  /** The condition of the verdict under which the other side leads, where the ticket shows it. */
  flip: Flip | null
}

export interface Flip {
  when: string
  text: string
  field: string
}

export interface Matter {
  /** How far the cues of the two sides contradict each other: 0 not at all, 1 they weigh the same. */
  conflict: number
  /** What the cues say: positive for AWS, negative for the customer. */
  said: number
  /** What the cell of the likeliest layer says, on the same scale. */
  lean: number
  /** The layers that the texts speak of, the likeliest first. */
  guesses: readonly LayerGuess[]
  cues: readonly Weighed[]
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
  const addressed = top && most >= 3 && cellOf(catalog, service, variant, top).verdict.owner === 'aws'
  if (!addressed) return spoken
  return spoken.map((one) => (WISHES.has(one.cue.id) ? { ...one, weight: one.weight * 0.3 } : one))
}

const FULL_LEAN = 2.5

/** How much a layer's own cell tells of the side. */
function leaning(verdict: Verdict): number {
  if (verdict.owner === 'aws') return FULL_LEAN
  if (verdict.owner === 'customer') return -FULL_LEAN
  return verdict.lead === 'aws' ? 1.2 : -1.2
}

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

interface Asked {
  catalog: Catalog
  fields: readonly Field[]
  readings: Readings
  service: Service | null
  variant: Variant | null
  /** Where the ticket says the layer itself. */
  layer: Layer | null
}

/** Weighs everything that the texts say about a service. Undefined where they say nothing at all. */
export function weighMatter({ catalog, fields, readings, service, variant, layer: given }: Asked): Matter | undefined {
  const spoken = weighCues(readings, service)
  const scores = scoreLayers(catalog, fields, readings)
  const cues = dampenWishes(catalog, { service, variant, spoken, layers: scores })
  scoreCues(catalog, scores, cues)
  const said = cues.reduce((sum, { cue, weight }) => sum + (cue.side === 'aws' ? weight : -weight), 0)
  const [aws, customer] = [weightOf(cues, 'aws'), weightOf(cues, 'customer')]
  const conflict = Math.min(aws, customer) / Math.max(aws, customer, 1)
  if (given) scores.set(given, { score: 100, evidence: { field: 'layer', text: given.name }, top: 100 })
  if (scores.size === 0 && cues.length === 0) return undefined
  const guesses = [...scores].map(([layer, { score, evidence }]): LayerGuess & { lean: number } => {
    const { verdict, flipWords } = cellOf(catalog, service, variant, layer)
    const flip = flipOf(verdict, flipWords, fields, said)
    return {
      layer,
      score,
      evidence,
      verdict,
      flip,
      lean: leaning(verdict) + (flip ? (verdict.flip?.lead === 'aws' ? FULL_LEAN : -FULL_LEAN) : 0),
    }
  })
  const ranked = guesses.toSorted((a, b) => b.score - a.score || a.layer.position - b.layer.position)
  return { conflict, said, lean: ranked[0]?.lean ?? -1, guesses: ranked, cues }
}

/** Whether the ticket shows the condition under which the other side leads. */
function flipOf(verdict: Verdict, wanted: readonly string[], fields: readonly Field[], said: number): Flip | null {
  if (!verdict.flip || wanted.length === 0) return null
  const words = wanted.filter((word) => fields.some(({ tokens }) => tokens.some(({ stem }) => stem === word)))
  const share = words.length / wanted.length
  const favoured = verdict.flip.lead === 'aws' ? said > 0 : said < 0
  if (words.length < 2 || share < (favoured ? 0.3 : 0.55)) return null
  for (const field of fields) {
    const place = field.tokens.find((token) => words.includes(token.stem))
    if (place) return { when: verdict.flip.when, field: field.name, text: field.text.slice(place.start, place.end) }
  }
  return null
}
