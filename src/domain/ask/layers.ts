/** Which layer a question is about: what its words, the classifier and the service's own duties say, as one belief. */
import type { Catalog } from '../catalog.js'
import type { Layer, Rule, Service } from '../model.js'
import { scoreLayers } from '../recognise.js'
import { classify, familiarity, featuresOf, OFF_TOPIC } from './classifier.js'
import type { Subject } from './subjects.js'
import { readWords, type Word } from './words.js'

export interface LayerBelief {
  layer: Layer
  /** 0 to 1; over all layers they sum to 1. */
  probability: number
  /** The words that it rests on. */
  evidence: string[]
}

export interface LayerReading {
  /** Best first. */
  beliefs: LayerBelief[]
  /** How much the words say of any layer at all, 0 without a telling word. */
  strength: number
  /** 0 to 1: how likely the words are about something else altogether. */
  offTopic: number
  /** 0 to 1: how many of the telling words are known from texts on AWS. */
  familiar: number
}

/** A word that the classifier has never seen for a layer cannot rule it out for good. */
const LEAST_LOG_PROBABILITY = -8
const LEXICON_WEIGHT = 0.5
const MOST_LEXICON_SCORE = 6
const DUTIES_WEIGHT = 5
const STOOD_FOR_WEIGHT = 1.5

interface Duties {
  /** Feature to the layers in whose duties it stands. */
  layersOf: ReadonlyMap<string, ReadonlySet<string>>
}

interface Sheets {
  /** By service and variant. */
  own: Map<string, Duties>
  /** In how many cells of all services a feature stands, and how many cells there are. */
  cells: ReadonlyMap<string, number>
  total: number
}

const sheets = new WeakMap<Catalog, Sheets>()

const textOf = (rule: Rule | undefined): string =>
  rule ? `${rule.aws ?? ''} ${rule.customer ?? ''} ${rule.flip?.when ?? ''}` : ''

function sheetsOf(catalog: Catalog): Sheets {
  const known = sheets.get(catalog)
  if (known) return known
  const cells = new Map<string, number>()
  let total = 0
  for (const service of catalog.services)
    for (const layer of catalog.layers) {
      const rule = catalog.rule('service', service.id, layer.id)
      if (!rule) continue
      total++
      for (const feature of featuresOf(readWords(textOf(rule)))) cells.set(feature, (cells.get(feature) ?? 0) + 1)
    }
  const made = { own: new Map<string, Duties>(), cells, total }
  sheets.set(catalog, made)
  return made
}

/** The words of a service's own duties, layer by layer: CoreDNS is runtime on EKS because its duties say so. */
function dutiesOf(catalog: Catalog, { service, variant }: Subject): Duties {
  const { own } = sheetsOf(catalog)
  const key = `${service.id}/${variant?.id ?? ''}`
  const found = own.get(key)
  if (found) return found
  const layersOf = new Map<string, Set<string>>()
  for (const layer of catalog.layers) {
    const rules = [
      catalog.rule('service', service.id, layer.id),
      variant ? catalog.rule('variant', `${service.id}/${variant.id}`, layer.id) : undefined,
      service.partOf ? catalog.rule('service', service.partOf, layer.id) : undefined,
    ]
    for (const feature of featuresOf(readWords(rules.map(textOf).join(' '))))
      layersOf.set(feature, (layersOf.get(feature) ?? new Set()).add(layer.id))
  }
  const made = { layersOf }
  own.set(key, made)
  return made
}

/** How well each layer's duties fit the words, 0 to 1: words that few duties hold count more. */
function fitDuties(catalog: Catalog, subject: Subject, features: readonly string[]): Map<string, number> {
  const { layersOf } = dutiesOf(catalog, subject)
  const { cells, total } = sheetsOf(catalog)
  const fit = new Map<string, number>()
  let weight = 0
  for (const feature of features) {
    const layers = layersOf.get(feature)
    const rarity = Math.log((1 + total) / (1 + (cells.get(feature) ?? 0))) / Math.log(1 + total)
    if (!layers && feature.includes(' ')) continue
    weight += rarity
    for (const layer of layers ?? []) fit.set(layer, (fit.get(layer) ?? 0) + rarity / (layers?.size ?? 1))
  }
  return new Map([...fit].map(([layer, score]) => [layer, score / Math.max(weight, 1)]))
}

/** What a stretch of words says of each layer, in the order of the catalog, on the scale of log-probabilities. */
function scoreWords(
  catalog: Catalog,
  words: readonly Word[],
  { list, stoodFor }: { list: readonly Subject[]; stoodFor: readonly string[] },
) {
  const features = featuresOf(words)
  const lexicon = scoreLayers(catalog, words.map(({ text }) => text).join(' '))
  const beliefs = classify(words)
  const [subject] = list
  const fit = subject ? fitDuties(catalog, subject, features) : new Map<string, number>()
  const scores = catalog.layers.map((layer) => {
    const belief = beliefs.find(({ label }) => label === layer.id)
    return (
      Math.max(belief?.logProbability ?? LEAST_LOG_PROBABILITY, LEAST_LOG_PROBABILITY) +
      LEXICON_WEIGHT * Math.min(lexicon.find((one) => one.layer === layer)?.score ?? 0, MOST_LEXICON_SCORE) +
      DUTIES_WEIGHT * (fit.get(layer.id) ?? 0) +
      (stoodFor.includes(layer.id) ? STOOD_FOR_WEIGHT : 0)
    )
  })
  return { features, lexicon, beliefs, fit, scores }
}

export function readLayers(
  catalog: Catalog,
  words: readonly Word[],
  subjects: { list: readonly Subject[]; stoodFor: readonly string[]; spoken: ReadonlySet<number> },
): LayerReading {
  const telling = words.filter((_, at) => !subjects.spoken.has(at))
  const { features, lexicon, beliefs, fit, scores } = scoreWords(catalog, telling, subjects)
  const top = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - top))
  const total = powers.reduce((sum, power) => sum + power, 0)
  const surest = Math.max(...beliefs.map(({ label, logProbability }) => (label === OFF_TOPIC ? -20 : logProbability)))
  const sure = features.length > 0 && surest > Math.log(0.5) ? Math.exp(surest) : 0
  return {
    beliefs: catalog.layers
      .map((layer, at) => ({
        layer,
        evidence:
          lexicon.find((one) => one.layer === layer)?.evidence ??
          beliefs.find(({ label }) => label === layer.id)?.because() ??
          [],
        probability: (powers[at] ?? 0) / total,
      }))
      .toSorted((a, b) => b.probability - a.probability || a.layer.position - b.layer.position),
    strength: (lexicon[0]?.score ?? 0) + 3 * Math.max(0, ...fit.values()) + 2 * sure + subjects.stoodFor.length,
    offTopic: Math.exp(beliefs.find(({ label }) => label === OFF_TOPIC)?.logProbability ?? -20),
    familiar: familiarity(telling),
  }
}

/** The layers that the words name outright, in the order of the stack: "backups and encryption at rest". */
export function namedLayers(catalog: Catalog, words: readonly Word[], service: Service | null): Layer[] {
  const text = words.map(({ text: word }) => word).join(' ')
  return catalog.layers.filter((layer) =>
    [layer.name, ...layer.vocabulary.names].some((name) => {
      const folded = readWords(name)
        .map((word) => word.text)
        .join(' ')
      return ` ${text} `.includes(` ${folded} `) && service?.id !== folded
    }),
  )
}
