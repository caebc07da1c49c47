/** Which layer is meant: by the reviewed vocabulary of words, phrases and deeds. */
import { stemmer } from 'stemmer'
import type { Catalog } from './catalog.js'
import { clip, listed } from './identify.js'
import type { Layer } from './model.js'
import { foldName } from './names.js'
import { Refusal } from './refusal.js'

export const LAYER_MATCHES = ['id', 'name', 'phrase', 'words', 'typo'] as const
export type LayerMatch = (typeof LAYER_MATCHES)[number]

export interface RecognisedLayer {
  layer: Layer
  by: LayerMatch
  /** The words of the vocabulary that it rests on. */
  evidence: string[]
}

/** What a phrase of so many words and such a weight counts; longer phrases say more than their words do apart. */
const worth = (words: number, weight: number): number => weight * (1 + 0.5 * (words - 1))

/** The winner must lead by this much, else the words fit several layers; by more where it rests on little. */
const CLEAR_LEAD = 1.4
const CLEAR_LEAD_OF_LITTLE = 2.1
const LITTLE = 3
const LEAST_SCORE = 1.5

interface Term {
  layer: Layer
  text: string
  stems: readonly string[]
  /** For a name: its very words. "Available" has the stem of "availability" and does not mean it. */
  words: readonly string[] | null
  score: number
}

interface Deed {
  layer: Layer
  verb: readonly string[]
  object: readonly string[]
  weight: number
  text: string
}

interface Lexicon {
  /** By their first stem. */
  terms: ReadonlyMap<string, readonly Term[]>
  /** By the first stem of their verb. */
  deeds: ReadonlyMap<string, readonly Deed[]>
  /** Whole phrases, folded, to the layers that they stand under. */
  whole: ReadonlyMap<string, readonly Layer[]>
  /** What only looks like a layer's word, by layer id. */
  not: ReadonlyMap<string, readonly (readonly string[])[]>
}

const wordsOf = (text: string): string[] =>
  foldName(text)
    .split(' ')
    .filter(Boolean)
    .map((word) => word.replace(/(?<=\w{2})s$/, ''))

const lexicons = new WeakMap<Catalog, Lexicon>()

/** The stems of a text: "encrypting the buckets" is encrypt, the, bucket. */
export const stemsOf = (text: string): string[] => foldName(text).split(' ').filter(Boolean).map(stemmer)

function lexiconOf(catalog: Catalog): Lexicon {
  const known = lexicons.get(catalog)
  if (known) return known
  const terms = new Map<string, Term[]>()
  const whole = new Map<string, Layer[]>()
  const deeds = new Map<string, Deed[]>()
  const not = new Map<string, string[][]>()
  for (const layer of catalog.layers) {
    const { names, phrases, deeds: layerDeeds, not: lookalikes } = layer.vocabulary
    const named = [layer.name, ...names].map((text) => ({ text, weight: 3, words: wordsOf(text) }))
    for (const { text, weight, words } of [...named, ...phrases.map((phrase) => ({ ...phrase, words: null }))]) {
      const stems = stemsOf(text)
      const [first] = stems
      if (first === undefined) continue
      const key = stems.join(' ')
      const known = terms.get(first) ?? []
      // "encrypt" and "encryption" are one word here: the stronger of the two counts, once.
      const twin = known.find((term) => term.layer === layer && term.stems.join(' ') === key)
      const term = { layer, text, stems, words, score: worth(stems.length, weight) }
      if (!twin) terms.set(first, [...known, term])
      else if (twin.score < term.score) terms.set(first, [...known.filter((other) => other !== twin), term])
      const layers = whole.get(key) ?? []
      if (!layers.includes(layer)) whole.set(key, [...layers, layer])
    }
    for (const { verb, object, weight } of layerDeeds) {
      const stems = stemsOf(verb)
      const [first] = stems
      if (first === undefined) continue
      const deed = {
        layer,
        verb: stems,
        object: object === null ? [] : stemsOf(object),
        weight,
        text: object === null ? verb : `${verb} ${object}`,
      }
      deeds.set(first, [...(deeds.get(first) ?? []), deed])
    }
    not.set(layer.id, lookalikes.map(stemsOf))
  }
  const lexicon = { terms, deeds, whole, not }
  lexicons.set(catalog, lexicon)
  return lexicon
}

export interface LayerScore {
  layer: Layer
  score: number
  evidence: string[]
}

const startsAt = (stems: readonly string[], part: readonly string[], at: number): boolean =>
  part.length > 0 && part.every((stem, offset) => stems[at + offset] === stem)

/** Every layer that a text speaks of, best first. Longer terms hide the shorter ones inside them. */
export function scoreLayers(catalog: Catalog, text: string): LayerScore[] {
  const lexicon = lexiconOf(catalog)
  const stems = stemsOf(text)
  const words = wordsOf(text)
  const scores = new Map<Layer, LayerScore>()
  const add = (layer: Layer, score: number, evidence: string): void => {
    const entry = scores.get(layer) ?? { layer, score: 0, evidence: [] }
    if (entry.evidence.includes(evidence)) return
    entry.score += score
    entry.evidence.push(evidence)
    scores.set(layer, entry)
  }
  const found: (Term & { at: number })[] = []
  stems.forEach((stem, at) => {
    for (const term of lexicon.terms.get(stem) ?? [])
      if (startsAt(stems, term.stems, at) && (!term.words || startsAt(words, term.words, at)))
        found.push({ ...term, at })
  })
  const hidden = (term: (typeof found)[number]): boolean =>
    found.some(
      (other) =>
        other.stems.length > term.stems.length &&
        other.at <= term.at &&
        other.at + other.stems.length >= term.at + term.stems.length,
    ) ||
    (lexicon.not.get(term.layer.id) ?? []).some((lookalike) =>
      stems.some((_, at) => startsAt(stems, lookalike, at) && at <= term.at && at + lookalike.length > term.at),
    )
  for (const term of found) if (!hidden(term)) add(term.layer, term.score, term.text)
  stems.forEach((stem, at) => {
    for (const { layer, verb, object, weight, text: evidence } of lexicon.deeds.get(stem) ?? [])
      if (startsAt(stems, verb, at) && object.every((one) => stems.includes(one)))
        add(layer, weight * (object.length > 0 ? 1 : 0.5), evidence)
  })
  return [...scores.values()].toSorted((a, b) => b.score - a.score || a.layer.position - b.layer.position)
}

/**
 * The layer that a word or phrase means, and the words that it rests on.
 * Refuses what fits several layers alike (`ambiguous`, with what would decide) and what fits none (`unknown`).
 */
export function recogniseLayer(catalog: Catalog, text: string): RecognisedLayer {
  const sent = text.trim()
  const byId = catalog.layer(sent)
  if (byId) return { layer: byId, by: 'id', evidence: [byId.id] }
  const named = catalog.layerNames.find(sent)
  const byName = named === undefined ? undefined : catalog.layer(named)
  if (byName) return { layer: byName, by: 'name', evidence: [sent] }
  const whole = lexiconOf(catalog).whole.get(stemsOf(sent).join(' ')) ?? []
  if (whole[0] && whole.length === 1) return { layer: whole[0], by: 'phrase', evidence: [sent] }
  const scores = scoreLayers(catalog, sent)
  const [best, next] = scores
  const lead = best && best.score < LITTLE ? CLEAR_LEAD_OF_LITTLE : CLEAR_LEAD
  if (best && best.score >= LEAST_SCORE && best.score >= lead * (next?.score ?? 0))
    return { layer: best.layer, by: 'words', evidence: best.evidence }
  if (best) throw ambiguousLayer(sent, scores)
  const near = catalog.layerNames.nearest(sent)
  const [closest] = near
  const typo = closest && catalog.layerNames.near(sent)
  const layer = typo === undefined ? undefined : catalog.layer(typo)
  if (layer) return { layer, by: 'typo', evidence: [sent] }
  const hint = closest ? `Did you mean "${closest.id}"?` : 'GET /v1/layers lists what there is.'
  throw new Refusal('unknown', `No layer goes by "${clip(sent)}". ${hint}`, { field: 'layer', suggestions: near })
}

function ambiguousLayer(sent: string, scores: readonly LayerScore[]): Refusal {
  const candidates = scores.slice(0, 5).map(({ layer: { id, name } }) => ({ id, name }))
  const [first, second] = scores
  const decider = first?.layer.vocabulary.confusable.find((one) => one.with === second?.layer.id)?.decidedBy
  const ids = listed(candidates.map(({ id }) => id))
  return new Refusal('ambiguous', `"${clip(sent)}" could be ${ids}. ${decider ?? 'Say which layer is meant.'}`, {
    field: 'layer',
    candidates,
  })
}
