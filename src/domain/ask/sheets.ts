/** The fact sheets as an inverted index: how well words fit a service, and each layer of it. */
import type { Catalog } from '../catalog.js'
import asked from '../lexicon/asked.json' with { type: 'json' }
import type { Rule, Service } from '../model.js'
import { featuresOf } from './classifier.js'
import { readWords } from './words.js'

/** Where features stand, as columns: objects for so many would take ten times as much. */
interface Postings {
  /** A feature's number; its postings are those from `starts[number]` up to the next start. */
  numbers: ReadonlyMap<string, number>
  starts: Uint32Array
  /** By number: how much a feature tells of a service, and of a layer. */
  rarities: Float32Array
  cellRarities: Float32Array
  /** By posting: the service, how much the feature counts there, and on which of its layers, a bit for each. */
  services: Uint16Array
  counts: Float32Array
  layers: Int32Array
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
  fitServices(features: readonly string[]): number[]
  fitLayers(features: readonly string[], service: Service): CellFit
}

/**
 * The words of questions that were asked about each service, from `seed/phrases/questions`, as `word:count:layers` with
 * commas between: how often each, and on which layers (a bit for each, in base 36). People name a thing ("the trail", "our pool") where its sheet names the service.
 */
export type Asked = Readonly<Record<string, string | undefined>>

const ASKED: Asked = asked

/** A word of questions; the empty one counts the questions themselves. */
interface AskedWord {
  feature: string
  count: number
  /** A bit for each layer. */
  layers: number
}

/** The words of questions about a service (`ecs`) or a variant (`ecs/fargate`). */
export const askedIn = (words: Asked, key: string): AskedWord[] =>
  (Object.hasOwn(words, key) ? (words[key] ?? '') : '')
    .split(',')
    .filter(Boolean)
    .map((line) => {
      const [feature = '', count, layers = ''] = line.split(':')
      return { feature, count: Number(count), layers: Number.parseInt(layers, 36) }
    })

/** A name says more than a duty, a summary stands between them, a question says less. */
const OF_A_NAME = 3
const OF_A_SUMMARY = 2
const OF_A_QUESTION = 0.8

const sheets = new WeakMap<Catalog, Sheets>()

/** The last index, and what it was made of: most writes (overrides, teams, rules of routing) touch none of that. */
let last: { pages: readonly Page[]; words: Asked; sheets: Sheets } | null = null

/** The index of a catalog, made once; another `asked` only counts before it is made. */
export function sheetsOf(catalog: Catalog, words = ASKED): Sheets {
  const known = sheets.get(catalog)
  if (known) return known
  const pages = catalog.services.map((service) => pageOf(catalog, service))
  const made =
    last && last.words === words && areSame(last.pages, pages) ? last.sheets : createSheets(catalog, pages, words)
  last = { pages, words, sheets: made }
  sheets.set(catalog, made)
  return made
}

/** What is written of a service: how much each text says, and of which layer; -1 where it is of none. */
interface Page {
  id: string
  lines: (readonly [text: string, weight: number, layer: number])[]
}

const areSame = (some: readonly Page[], others: readonly Page[]): boolean =>
  some.length === others.length &&
  some.every(({ id, lines }, at) => {
    const other = others[at]
    return (
      id === other?.id &&
      lines.length === other.lines.length &&
      lines.every(([text, , layer], line) => text === other.lines[line]?.[0] && layer === other.lines[line]?.[2])
    )
  })

const textsOf = ({ aws, customer, flip, leadReason }: Rule): string[] =>
  [aws, customer, flip?.when, leadReason].flatMap((text) => text ?? [])

function pageOf(catalog: Catalog, service: Service): Page {
  const { id, name, aliases, summary, variants, pitfalls } = service
  const lines: Page['lines'] = []
  const add = (weight: number, texts: readonly string[], layer = -1): void => {
    for (const text of texts) lines.push([text, weight, layer])
  }
  add(OF_A_NAME, [name, id.replaceAll('-', ' '), ...aliases])
  add(OF_A_SUMMARY, [summary])
  for (const variant of variants) add(1, [variant.name, variant.summary, ...variant.aliases])
  add(1, pitfalls)
  for (const [at, layer] of catalog.layers.entries()) {
    const rules = [
      catalog.rule('service', id, layer.id),
      ...variants.map((variant) => catalog.rule('variant', `${id}/${variant.id}`, layer.id)),
    ]
    for (const rule of rules) if (rule) add(1, textsOf(rule), at)
  }
  return { id, lines }
}

type Sheet = Map<string, { count: number; layers: number }>

function readSheet({ lines }: Page, questions: readonly AskedWord[]): Sheet {
  const sheet: Sheet = new Map()
  for (const [text, weight, layer] of lines)
    for (const feature of featuresOf(readWords(text))) {
      const entry = sheet.get(feature) ?? { count: 0, layers: 0 }
      entry.count += weight
      if (layer >= 0) entry.layers |= 1 << layer
      sheet.set(feature, entry)
    }
  for (const { feature, count, layers } of questions) {
    if (feature === '') continue
    const entry = sheet.get(feature) ?? { count: 0, layers: 0 }
    sheet.set(feature, { count: entry.count + count * OF_A_QUESTION, layers: entry.layers | layers })
  }
  return sheet
}

const bits = (mask: number): number => {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

/** A pair of words that stands once, in one text, would hardly be met again and takes most of the room. */
const isRare = (feature: string, list: readonly { count: number }[]): boolean =>
  list.length === 1 && (list[0]?.count ?? 0) <= 1 && feature.includes(' ')

function indexSheets(read: readonly Sheet[]): Postings {
  const found = new Map<string, { service: number; count: number; layers: number }[]>()
  for (const [service, sheet] of read.entries())
    for (const [feature, { count, layers }] of sheet) {
      const list = found.get(feature)
      if (list) list.push({ service, count, layers })
      else found.set(feature, [{ service, count, layers }])
    }
  for (const [feature, list] of found) if (isRare(feature, list)) found.delete(feature)
  const size = [...found.values()].reduce((sum, { length }) => sum + length, 0)
  const cells = [...found.values()].map((list) => list.reduce((sum, one) => sum + bits(one.layers), 0))
  // The cells of the commonest word: the scale of how rare the others are.
  const most = Math.max(1, ...cells)
  const postings: Postings = {
    numbers: new Map([...found.keys()].map((feature, number) => [feature, number])),
    starts: new Uint32Array(found.size + 1),
    rarities: new Float32Array(found.size),
    cellRarities: Float32Array.from(cells, (count) => Math.log(1 + most / (1 + count)) / Math.log(1 + most)),
    services: new Uint16Array(size),
    counts: new Float32Array(size),
    layers: new Int32Array(size),
  }
  let at = 0
  let number = 0
  for (const list of found.values()) {
    postings.rarities[number] = Math.log(1 + read.length / list.length) ** 2
    for (const { service, count, layers } of list) {
      postings.services[at] = service
      postings.counts[at] = Math.log2(1 + count)
      postings.layers[at] = layers
      at++
    }
    number++
    postings.starts[number] = at
  }
  return postings
}

function createSheets({ layers: all }: Catalog, pages: readonly Page[], words: Asked): Sheets {
  const places = new Map(pages.map(({ id }, at) => [id, at]))
  const { numbers, starts, rarities, cellRarities, services, counts, layers } = indexSheets(
    pages.map((page) => readSheet(page, askedIn(words, page.id))),
  )
  /** The layers of a service on which a feature stands. */
  const layersOf = (number: number, place: number | undefined): number => {
    for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++)
      if (services[at] === place) return layers[at] ?? 0
    return 0
  }
  return {
    placeOf: ({ id }) => places.get(id) ?? -1,
    fitServices(features) {
      // No typed array: the memory of one so large is had from the system each time.
      const fit = pages.map(() => 0)
      for (const feature of features) {
        const number = numbers.get(feature)
        if (number === undefined) continue
        const rarity = rarities[number] ?? 0
        for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++) {
          const service = services[at] ?? 0
          fit[service] = (fit[service] ?? 0) + rarity * (counts[at] ?? 0)
        }
      }
      return fit
    },
    fitLayers(features, service) {
      const fit: CellFit = { words: all.map(() => 0), shares: all.map(() => 0) }
      const own = places.get(service.id)
      // A part of a service answers with the facts of the whole.
      const whole = service.partOf === null ? undefined : places.get(service.partOf)
      for (const feature of features) {
        const number = numbers.get(feature)
        if (number === undefined) continue
        const mask = layersOf(number, own) | (whole === undefined ? 0 : layersOf(number, whole))
        const share = 1 / Math.max(1, bits(mask))
        for (let layer = 0, rest = mask; rest !== 0; layer++, rest >>>= 1)
          if (rest & 1) {
            fit.words[layer] = (fit.words[layer] ?? 0) + (cellRarities[number] ?? 0)
            fit.shares[layer] = (fit.shares[layer] ?? 0) + share
          }
      }
      return fit
    },
  }
}

/** The places of the highest values above 0, the highest first. */
export function mostOf(values: readonly number[], most: number): number[] {
  const places: number[] = []
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0
    if (value <= 0 || (places.length === most && value <= (values[places[most - 1] ?? 0] ?? 0))) continue
    const before = places.findIndex((place) => (values[place] ?? 0) < value)
    places.splice(before < 0 ? places.length : before, 0, at)
    if (places.length > most) places.pop()
  }
  return places
}
