/** Which layer a question is about: what its words, the classifier and the service's own duties say, as one belief. */
import type { Catalog } from '../catalog.js'
import type { Beliefs } from '../linear.js'
import type { Layer, Service } from '../model.js'
import { believe, type Signs, scoreOf } from '../rank.js'
import { type LayerScore, scoreLayers } from '../recognise.js'
import { classify, familiarity, featuresOf, OFF_TOPIC } from './classifier.js'
import { type CellFit, sheetsOf } from './sheets.js'
import { type Word, wordsOf } from './words.js'

export interface LayerBelief {
  layer: Layer
  /** 0 to 1; over all layers they sum to 1. */
  probability: number
  /** The words that it rests on; few beliefs are told. */
  evidence(): string[]
}

/** What the words say of layers, whatever the service. */
export interface LayerWords {
  features: readonly string[]
  lexicon: readonly LayerScore[]
  /** By the ids of layers, and {@link OFF_TOPIC}. */
  classified: Beliefs
  /** Layers that services named beside the subject stand for. */
  stoodFor: readonly string[]
}

export interface LayerReading extends LayerWords {
  /** How much the words say of any layer at all, 0 without a telling word. */
  strength: number
  /** 0 to 1: how likely the words are about something else altogether. */
  offTopic: number
  /** 0 to 1: how many of the telling words are known from texts on AWS. */
  familiar: number
}

/** A word that the classifier has never seen for a layer cannot rule it out for good. */
const LEAST_LOG_PROBABILITY = -8
const MOST_LEXICON_SCORE = 6

/** The telling words: those that name the subject say nothing of a layer. */
const telling = (words: readonly Word[], spoken: ReadonlySet<number>): Word[] =>
  words.filter((_, at) => !spoken.has(at))

export function readLayers(
  catalog: Catalog,
  words: readonly Word[],
  subjects: { list: readonly { service: Service }[]; stoodFor: readonly string[]; spoken: ReadonlySet<number> },
  judge: (words: readonly Word[]) => Beliefs = classify,
): LayerReading {
  const left = telling(words, subjects.spoken)
  const read: LayerWords = {
    features: featuresOf(left),
    lexicon: scoreLayers(catalog, left.map(({ text }) => text).join(' ')),
    classified: judge(left),
    stoodFor: subjects.stoodFor,
  }
  const { classified, lexicon, features, stoodFor } = read
  const [subject] = subjects.list
  const surest = Math.max(...classified.logs.map((log, at) => (classified.classes[at] === OFF_TOPIC ? -20 : log)))
  const sure = features.length > 0 && surest > Math.log(0.5) ? Math.exp(surest) : 0
  const cells = subject ? sheetsOf(catalog).fitLayers(features, subject.service).words : []
  return {
    ...read,
    strength: (lexicon[0]?.score ?? 0) + Math.max(0, ...cells) + 2 * sure + stoodFor.length,
    offTopic: Math.exp(classified.logOf(OFF_TOPIC) ?? -20),
    familiar: familiarity(left),
  }
}

const NO_FIT: CellFit = { words: [], shares: [] }

/** Each layer with the signs for it, in the order of the catalog. */
export function signsOfLayers(catalog: Catalog, read: LayerWords, service: Service | null): Signs[] {
  const fit = service ? sheetsOf(catalog).fitLayers(read.features, service) : NO_FIT
  const scores = new Map(read.lexicon.map(({ layer, score }) => [layer, score]))
  return catalog.layers.map((layer, at) => {
    const classifier = Math.max(read.classified.logOf(layer.id) ?? LEAST_LOG_PROBABILITY, LEAST_LOG_PROBABILITY)
    return {
      classifier,
      classifierAlone: service ? 0 : classifier,
      lexicon: Math.min(scores.get(layer) ?? 0, MOST_LEXICON_SCORE),
      words: fit.words[at] ?? 0,
      shares: fit.shares[at] ?? 0,
      stoodFor: Number(read.stoodFor.includes(layer.id)),
      [`of ${layer.id}`]: 1,
    }
  })
}

/** What the words say of each layer of a service, or in general; the likeliest first. */
export function weighLayers(catalog: Catalog, read: LayerWords, service: Service | null): LayerBelief[] {
  const beliefs = believe(signsOfLayers(catalog, read, service).map((signs) => scoreOf('layer', signs)))
  return catalog.layers
    .map((layer, at) => ({
      layer,
      probability: beliefs[at] ?? 0,
      evidence() {
        return read.lexicon.find((one) => one.layer === layer)?.evidence ?? read.classified.because(layer.id)
      },
    }))
    .toSorted((a, b) => b.probability - a.probability || a.layer.position - b.layer.position)
}

const namings = new WeakMap<Catalog, readonly { layer: Layer; names: readonly string[] }[]>()

/** The names of each layer as words are folded. */
function namingsOf(catalog: Catalog): readonly { layer: Layer; names: readonly string[] }[] {
  const known = namings.get(catalog)
  if (known) return known
  const made = catalog.layers.map((layer) => ({
    layer,
    names: [layer.name, ...layer.vocabulary.names].map((name) => ` ${wordsOf(name).join(' ')} `),
  }))
  namings.set(catalog, made)
  return made
}

/** The layers that the words name outright, in the order of the stack: "backups and encryption at rest". */
export function namedLayers(catalog: Catalog, words: readonly Word[], service: Service | null): Layer[] {
  const text = ` ${words.map(({ text: word }) => word).join(' ')} `
  return namingsOf(catalog).flatMap(({ layer, names }) =>
    names.some((name) => text.includes(name) && ` ${service?.id} ` !== name) ? layer : [],
  )
}
