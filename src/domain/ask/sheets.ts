/** The fact sheets as an inverted index: how well words fit a service, and each layer of it. */
import type { Catalog } from '../catalog.js'
import asked from '../lexicon/asked.json' with { type: 'json' }
import type { Rule, Service } from '../model.js'
import { featuresOf } from './classifier.js'
import { readWords } from './words.js'

/** Where a feature stands: a service, how much that counts there, and on which of its layers, a bit for each. */
interface Postings {
  services: Uint16Array
  counts: Float32Array
  layers: Int32Array
  /** By feature, the first of its postings; they end where the next feature's begin. */
  starts: ReadonlyMap<string, { from: number; to: number; rarity: number; cellRarity: number }>
}

/** How well words fit the layers of one service. */
export interface CellFit {
  /** By layer: the words found in its duties, rare ones counting more. */
  words: number[]
  /** By layer: its share of each word, so that a word of one layer alone decides. */
  shares: number[]
}

export interface Sheets {
  /** The place of a service in the order of the catalog. */
  placeOf(service: Service): number
  /** By service, in the order of the catalog: the words found on its sheet, rare ones counting more. */
  fitServices(features: readonly string[]): Float64Array
  fitLayers(features: readonly string[], service: Service): CellFit
}

/**
 * The words of questions that were asked about each service, from `seed/phrases/questions`, as `word:count:layers` with
 * commas between: how often each, and on which layers (a bit for each, in base 36). People name a thing ("the trail", "our pool") where its sheet names the service.
 */
export type Asked = Readonly<Record<string, string | undefined>>

const ASKED: Asked = asked

/** A name says more than a duty, a summary stands between them, a question says less. */
const OF_A_NAME = 3
const OF_A_SUMMARY = 2
const OF_A_QUESTION = 0.8

const sheets = new WeakMap<Catalog, Sheets>()

/** The index of a catalog, made once; another `asked` only counts before it is made. */
export function sheetsOf(catalog: Catalog, words = ASKED): Sheets {
  const known = sheets.get(catalog)
  if (known) return known
  const made = createSheets(catalog, words)
  sheets.set(catalog, made)
  return made
}

const textsOf = ({ aws, customer, flip, leadReason }: Rule): string[] =>
  [aws, customer, flip?.when, leadReason].flatMap((text) => text ?? [])

type Sheet = Map<string, { count: number; layers: number }>

function readSheet(catalog: Catalog, service: Service, questions: string): Sheet {
  const sheet: Sheet = new Map()
  const add = (text: string, weight: number, layer = -1): void => {
    for (const feature of featuresOf(readWords(text))) {
      const entry = sheet.get(feature) ?? { count: 0, layers: 0 }
      entry.count += weight
      if (layer >= 0) entry.layers |= 1 << layer
      sheet.set(feature, entry)
    }
  }
  const { id, name, aliases, summary, variants, pitfalls } = service
  for (const text of [name, id.replaceAll('-', ' '), ...aliases]) add(text, OF_A_NAME)
  add(summary, OF_A_SUMMARY)
  for (const variant of variants) for (const text of [variant.name, variant.summary, ...variant.aliases]) add(text, 1)
  for (const text of pitfalls) add(text, 1)
  for (const [at, layer] of catalog.layers.entries()) {
    const rules = [
      catalog.rule('service', id, layer.id),
      ...variants.map((variant) => catalog.rule('variant', `${id}/${variant.id}`, layer.id)),
    ]
    for (const rule of rules) for (const text of rule ? textsOf(rule) : []) add(text, 1, at)
  }
  for (const line of questions.split(',')) {
    const [feature = '', count, layers = ''] = line.split(':')
    if (feature === '') continue
    const entry = sheet.get(feature) ?? { count: 0, layers: 0 }
    const asked = { count: Number(count) * OF_A_QUESTION, layers: Number.parseInt(layers, 36) }
    sheet.set(feature, { count: entry.count + asked.count, layers: entry.layers | asked.layers })
  }
  return sheet
}

const bits = (mask: number): number => {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

function indexSheets(read: readonly Sheet[]): Postings {
  const found = new Map<string, { service: number; count: number; layers: number }[]>()
  for (const [service, sheet] of read.entries())
    for (const [feature, { count, layers }] of sheet) {
      const list = found.get(feature)
      if (list) list.push({ service, count, layers })
      else found.set(feature, [{ service, count, layers }])
    }
  const size = [...found.values()].reduce((sum, { length }) => sum + length, 0)
  const cells = new Map(
    [...found].map(([feature, list]) => [feature, list.reduce((sum, one) => sum + bits(one.layers), 0)]),
  )
  // As many cells as there are layers on all sheets that have facts; the scale of their rarity.
  const most = Math.max(1, ...cells.values())
  const postings = { services: new Uint16Array(size), counts: new Float32Array(size), layers: new Int32Array(size) }
  const starts = new Map<string, { from: number; to: number; rarity: number; cellRarity: number }>()
  let at = 0
  for (const [feature, list] of found) {
    const from = at
    for (const { service, count, layers } of list) {
      postings.services[at] = service
      postings.counts[at] = Math.log2(1 + count)
      postings.layers[at] = layers
      at++
    }
    const rarity = Math.log(1 + read.length / list.length) ** 2
    starts.set(feature, {
      from,
      to: at,
      rarity,
      cellRarity: Math.log(1 + most / (1 + (cells.get(feature) ?? 0))) / Math.log(1 + most),
    })
  }
  return { ...postings, starts }
}

function createSheets(catalog: Catalog, words: Asked): Sheets {
  const places = new Map(catalog.services.map(({ id }, at) => [id, at]))
  const { services, counts, layers, starts } = indexSheets(
    catalog.services.map((service) => readSheet(catalog, service, words[service.id] ?? '')),
  )
  return {
    placeOf: ({ id }) => places.get(id) ?? -1,
    fitServices(features) {
      const fit = new Float64Array(catalog.services.length)
      for (const feature of features) {
        const found = starts.get(feature)
        if (!found) continue
        for (let at = found.from; at < found.to; at++) {
          const service = services[at] ?? 0
          fit[service] = (fit[service] ?? 0) + found.rarity * (counts[at] ?? 0)
        }
      }
      return fit
    },
    fitLayers(features, service) {
      const fit: CellFit = { words: catalog.layers.map(() => 0), shares: catalog.layers.map(() => 0) }
      // A part of a service answers with the facts of the whole.
      const own = [places.get(service.id), service.partOf === null ? undefined : places.get(service.partOf)]
      for (const feature of features) {
        const found = starts.get(feature)
        if (!found) continue
        const inside = services.subarray(found.from, found.to)
        const mask = own.reduce<number>((sum, place) => {
          const at = place === undefined ? -1 : inside.indexOf(place)
          return at < 0 ? sum : sum | (layers[found.from + at] ?? 0)
        }, 0)
        const share = 1 / Math.max(1, bits(mask))
        for (let layer = 0, rest = mask; rest !== 0; layer++, rest >>>= 1)
          if (rest & 1) {
            fit.words[layer] = (fit.words[layer] ?? 0) + found.cellRarity
            fit.shares[layer] = (fit.shares[layer] ?? 0) + share
          }
      }
      return fit
    },
  }
}
