/** Which services and variants a text names, and where: by every name, joined, split or misspelt. */
import { distance } from 'fastest-levenshtein'
import type { Catalog } from '../catalog.js'
import { identifyService } from '../identify.js'
import everyday from '../lexicon/everyday.json' with { type: 'json' }
import type { Service, Variant } from '../model.js'
import { Refusal } from '../refusal.js'
import { isKnownStem } from './classifier.js'
import { createPhraseBook, type Found, findPhrases, type PhraseBook, type Word, wordsOf } from './words.js'

/**
 * `name`: nothing else is called so; `hint`: also an everyday word; `typo`: one slip away from a name; `faint`: a word
 * that means a service only beside others ("the table and the bucket").
 */
export type Strength = 'name' | 'hint' | 'typo' | 'faint'

export interface Mention {
  service: Service
  /** Where the name is that of a variant: "RDS Custom". */
  variant: Variant | null
  strength: Strength
  from: number
  to: number
}

type Bearer = { service: Service; variant: Variant | null }

interface Names {
  book: PhraseBook<readonly Bearer[]>
  /** Names of one word, or of several written as one, that nothing else is called: what a typo may mean. */
  spellings: ReadonlyMap<string, Bearer>
  /** The same by length and first letter, since a slip changes little. */
  similar: ReadonlyMap<string, readonly (readonly [spelling: string, bearer: Bearer])[]>
  /** What was found for words that are slips, or are not. */
  nearest: Map<string, Bearer | null>
  /** The words of each variant's own names, for a text that names its service elsewhere. */
  variants: ReadonlyMap<string, PhraseBook<Variant>>
  /** Names of variants that do not name their service: they only hint at it. */
  vague: ReadonlySet<string>
}

const HINTS = new Set(everyday.hints.map((name) => wordsOf(name).join(' ')))
const NEEDS_PREFIX = new Set(everyday.needsPrefix.map((name) => wordsOf(name).join(' ')))
const SEVERAL = createPhraseBook(Object.entries(everyday.several))
const FAINT = createPhraseBook(Object.entries(everyday.faint))
const PREFIXES = new Set(['aws', 'amazon'])

const books = new WeakMap<Catalog, Names>()

/** A name without "Amazon" or "AWS", which people leave out. */
const bare = (name: string): string => name.replace(/^(?:amazon|aws)\s+(?=\S)/i, '').replace(/\s*\([^)]*\)$/, '')

function namesOf(catalog: Catalog): Names {
  const known = books.get(catalog)
  if (known) return known
  const bearers = new Map<string, Bearer[]>()
  const add = (name: string, bearer: Bearer): void => {
    const key = wordsOf(bare(name)).join(' ')
    const list = bearers.get(key) ?? []
    if (key !== '' && !list.some(({ service, variant }) => service === bearer.service && variant === bearer.variant))
      bearers.set(key, [...list, bearer])
  }
  for (const service of catalog.services)
    for (const name of [service.id, service.name, ...service.aliases, ...service.serviceIds])
      add(name, { service, variant: null })
  const variants = new Map<string, PhraseBook<Variant>>()
  const vague = new Set<string>()
  for (const service of catalog.services) {
    const own = service.variants.flatMap((variant) =>
      variantNames(service, variant).map((name) => [name, variant] as const),
    )
    variants.set(service.id, createPhraseBook(own))
    const short = wordsOf(bare(service.name)).join(' ')
    for (const variant of service.variants)
      for (const name of [variant.id, variant.name, ...variant.aliases]) {
        const key = wordsOf(bare(name)).join(' ')
        // Alone it must say more than one word: "managed node group" does, "serverless" does not.
        if (key.split(' ').length > 1) add(name, { service, variant })
        if (key.split(' ').length > 1 && !key.startsWith(`${short} `)) vague.add(key)
      }
  }
  // A name with an owner of that very id is that owner's, whoever else uses the word.
  for (const [key, list] of bearers) {
    const owner = list.find(({ service, variant }) => !variant && wordsOf(service.id).join(' ') === key)
    if (owner) bearers.set(key, [owner])
  }
  const spellings = [...bearers].flatMap(([key, list]) => {
    const [only] = list
    const spelling = key.replaceAll(' ', '')
    return only &&
      list.length === 1 &&
      spelling.length > 4 &&
      !HINTS.has(key) &&
      !NEEDS_PREFIX.has(key) &&
      !vague.has(key)
      ? [[spelling, only] as const]
      : []
  })
  const similar = new Map<string, (readonly [string, Bearer])[]>()
  for (const one of spellings) {
    const key = `${one[0][0]}${one[0].length}`
    similar.set(key, [...(similar.get(key) ?? []), one])
  }
  const names: Names = {
    book: createPhraseBook(bearers),
    spellings: new Map(spellings),
    similar,
    nearest: new Map(),
    variants,
    vague,
  }
  books.set(catalog, names)
  return names
}

/** Names of a variant with and without its service's own name in front. */
function variantNames(service: Service, variant: Variant): string[] {
  const prefixes = [bare(service.name).toLowerCase(), service.id.replaceAll('-', ' ')]
  const names = (list: readonly string[]): string[] => list.map((name) => bare(name).toLowerCase())
  const shorten = (name: string): string[] =>
    prefixes.flatMap((prefix) => (name.startsWith(`${prefix} `) ? [name.slice(prefix.length + 1)] : []))
  const own = names([variant.id.replaceAll('-', ' '), variant.name])
  const aliases = names(variant.aliases)
  // "Lambda on EC2" must not make every "EC2" a Lambda: only a variant's own name is cut down to its last word.
  const short = [
    ...own.flatMap(shorten).map((name) => name.replace(/^(?:for|on|with) /, '')),
    ...aliases.flatMap(shorten),
  ]
  return [...new Set([...own, ...aliases, ...short.filter((name) => !/^(?:for|on|with) /.test(name))])]
}

/** Every service that the words name. A longer name hides the shorter ones inside it; a known word is no slip of a name. */
export function findMentions(
  catalog: Catalog,
  sent: string,
  words: readonly Word[],
  isKnown: (stem: string) => boolean = isKnownStem,
): Mention[] {
  const { book, vague } = namesOf(catalog)
  const phrases = findPhrases(book, words)
  const outer = phrases.filter(
    (one) =>
      !phrases.some(
        (other) => other !== one && other.from <= one.from && other.to >= one.to && size(other) > size(one),
      ),
  )
  const named = outer.flatMap(({ value, from, to }): Mention[] => {
    // A name that is a service's and its variant's means the variant; one of two services means neither.
    const bearer = value.find(({ variant }) => variant) ?? value[0]
    if (!bearer || value.some(({ service }) => service !== bearer.service)) return []
    const key = words
      .slice(from, to)
      .map(({ text }) => text)
      .join(' ')
    const prefixed = PREFIXES.has(words[from - 1]?.text ?? '')
    if (NEEDS_PREFIX.has(key) && !prefixed) return []
    return [
      {
        ...bearer,
        strength: (HINTS.has(key) && !prefixed) || (bearer.variant && vague.has(key)) ? 'hint' : 'name',
        from,
        to,
      },
    ]
  })
  const identified = byIdentifier(catalog, sent, words)
  const inside = (one: Mention): boolean => identified.some(({ from, to }) => from <= one.from && to >= one.to)
  const outside = [...named, ...bySpelling(catalog, words, named, isKnown)].filter((one) => !inside(one))
  return [...identified, ...outside].toSorted((a, b) => a.from - b.from)
}

const size = ({ from, to }: Found<unknown>): number => to - from

/** ARNs, resource types and hosts that stand in the text. */
function byIdentifier(catalog: Catalog, sent: string, words: readonly Word[]): Mention[] {
  const mentions: Mention[] = []
  for (const { 0: text, index } of sent.matchAll(
    /\barn:[\w-]+:\S+|\bAWS::\w+(?:::\w+)*|\b[\w.-]+\.amazonaws\.com\b/g,
  )) {
    const from = words.findIndex(({ end }) => end > index)
    const to = words.findLastIndex(({ start }) => start < index + text.length) + 1
    try {
      mentions.push({ service: identifyService(catalog, text).service, variant: null, strength: 'name', from, to })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return mentions
}

/** Names written apart ("work mail"), together ("secretsmanager") or with a slip ("lamda"). */
function bySpelling(
  catalog: Catalog,
  words: readonly Word[],
  named: readonly Mention[],
  isKnown: (stem: string) => boolean,
): Mention[] {
  const names = namesOf(catalog)
  const { spellings } = names
  const taken = new Set(named.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)))
  const mentions: Mention[] = []
  const misspelt = (from: number, to: number): void => {
    const wanted = words
      .slice(from, to)
      .map(({ text }) => text)
      .join('')
    if (wanted.length < 5 || wanted.length > 30) return
    const exact = spellings.get(wanted)
    if (exact) return void mentions.push({ ...exact, strength: 'name', from, to })
    const word = words[from]
    if (to - from === 1 && word && isKnown(word.stem)) return
    // Two words written as one make too many names by chance.
    const allowed = to - from > 1 ? (wanted.length < 10 ? 0 : 1) : wanted.length < 8 ? 1 : 2
    if (allowed === 0) return
    const meant = nearestOf(names, wanted, allowed)
    if (meant) mentions.push({ ...meant, strength: 'typo', from, to })
  }
  // Questions of thousands of characters are no names; the first words say which service is meant.
  for (let from = 0; from < Math.min(words.length, 80); from++) {
    if (taken.has(from)) continue
    misspelt(from, from + 1)
    if (!taken.has(from + 1) && from + 1 < words.length && !mentions.some((one) => one.from === from)) {
      const pair = words[from]?.text ?? ''
      if (pair.length > 2) misspelt(from, from + 2)
    }
  }
  return mentions
}

const MOST_REMEMBERED = 10_000

/** The one service whose name is so few slips away; remembered, since questions share their words. */
function nearestOf({ similar, nearest }: Names, wanted: string, allowed: number): Bearer | null {
  const key = `${allowed}${wanted}`
  const known = nearest.get(key)
  if (known !== undefined) return known
  const near = Array.from({ length: 2 * allowed + 1 }, (_, at) => wanted.length - allowed + at)
    .flatMap((length) => similar.get(`${wanted[0]}${length}`) ?? [])
    .filter(([spelling]) => slips(wanted, spelling) <= allowed)
  const [first] = near
  const found = first && near.every(([, { service }]) => service === first[1].service) ? first[1] : null
  if (nearest.size >= MOST_REMEMBERED) nearest.clear()
  nearest.set(key, found)
  return found
}

/** Edits, where two neighbours that changed places count as one: "Workmial" is one slip from "workmail". */
function slips(a: string, b: string): number {
  const edits = distance(a, b)
  if (edits !== 2 || a.length !== b.length) return edits
  const at = [...a].findIndex((letter, index) => letter !== b[index])
  return a[at] === b[at + 1] && a[at + 1] === b[at] ? 1 : edits
}

/** The variants of a service that the words name; longer names hide shorter ones. */
export function findVariants(catalog: Catalog, service: Service, words: readonly Word[]): Found<Variant>[] {
  const book = namesOf(catalog).variants.get(service.id)
  if (!book) return []
  const found = findPhrases(book, words)
  return found.filter(
    (one) =>
      !found.some((other) => other !== one && other.from <= one.from && other.to >= one.to && size(other) > size(one)),
  )
}

/** Words that may mean one of a few services: "redis", "our container". */
export function findSeveral(catalog: Catalog, words: readonly Word[]): Service[] {
  const [first] = findPhrases(SEVERAL, words)
  return (first?.value ?? []).flatMap((id) => catalog.service(id) ?? [])
}

/** Services that words mean only where others stand beside them: "the table and the bucket". */
export const findFaint = (catalog: Catalog, words: readonly Word[]): Mention[] =>
  findPhrases(FAINT, words).flatMap(({ value, from, to }): Mention[] => {
    const service = catalog.service(value)
    return service ? [{ service, variant: null, strength: 'faint', from, to }] : []
  })
