/** One ranked list across all that the matrix knows. */
import MiniSearch from 'minisearch'
import { stemmer } from 'stemmer'
import type { Catalog } from './catalog.js'
import { KNOWLEDGE } from './knowledge.js'
import { ARTICLE_KINDS } from './model.js'

export const SEARCH_KINDS = ['service', 'layer', ...ARTICLE_KINDS] as const

interface Entry {
  /** `kind/id` */
  key: string
  kind: (typeof SEARCH_KINDS)[number]
  id: string
  title: string
  names: string
  text: string
  path: string
}

export interface Hit {
  kind: Entry['kind']
  id: string
  title: string
  /** Where it is served. */
  path: string
  score: number
  /** The passage that fits best, and where the words that fit stand in it. */
  highlight: { text: string; marks: { start: number; end: number }[] }
}

interface Index {
  engine: MiniSearch<Entry>
  entries: ReadonlyMap<string, Entry>
}

const indexes = new WeakMap<Catalog, Index>()

function entriesOf(catalog: Catalog): Entry[] {
  const services = catalog.services.map(({ id, name, aliases, summary, pitfalls, serviceIds }) => ({
    key: `service/${id}`,
    kind: 'service' as const,
    id,
    title: name,
    names: [id, ...aliases, ...serviceIds].join(', '),
    text: [summary, ...pitfalls].join(' '),
    path: `/v1/services/${id}`,
  }))
  const layers = catalog.layers.map(({ id, name, covers, vocabulary }) => ({
    key: `layer/${id}`,
    kind: 'layer' as const,
    id,
    title: name,
    names: [id, ...vocabulary.names, ...vocabulary.phrases.map(({ text }) => text)].join(', '),
    text: covers,
    path: `/v1/layers/${id}`,
  }))
  const articles = ARTICLE_KINDS.flatMap((kind) =>
    catalog.articles(kind).map(({ id: key, document }) => {
      const title = String(document.title ?? document.name ?? document.text)
      const text = Object.values(document)
        .flat()
        .filter((value) => typeof value === 'string' && value !== title)
      const id = String(document.id)
      const list = kind === 'responsibility' || kind === 'takeaway'
      const path = list ? `/v1/${KNOWLEDGE[kind].plural}` : `/v1/${KNOWLEDGE[kind].plural}/${id}`
      return { key, kind, id, title, names: '', text: text.join(' '), path }
    }),
  )
  return [...services, ...layers, ...articles]
}

function indexOf(catalog: Catalog): Index {
  const known = indexes.get(catalog)
  if (known) return known
  const entries = entriesOf(catalog)
  const engine = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['title', 'names', 'text'],
    processTerm: (term) => stemmer(term.toLowerCase()),
    searchOptions: {
      boost: { title: 4, names: 2 },
      // Short words are prefixes of too much, and one edit makes another name of them.
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  })
  engine.addAll(entries)
  const index = { engine, entries: new Map(entries.map((entry) => [entry.key, entry])) }
  indexes.set(catalog, index)
  return index
}

const PASSAGE = 240

/** The first passage of an entry in which a word that fits stands, with the places of all such words. */
function highlight(entry: Entry, stems: ReadonlySet<string>): Hit['highlight'] {
  const fits = (text: string): { start: number; end: number }[] =>
    [...text.matchAll(/[\p{L}\p{N}]+/gu)]
      .filter(([word]) => stems.has(stemmer(word.toLowerCase())))
      .map(({ index, 0: word }) => ({ start: index, end: index + word.length }))
  const source = [entry.title, entry.text, entry.names].find((text) => fits(text).length > 0) ?? entry.title
  const first = fits(source)[0]?.start ?? 0
  const start = Math.max(0, first - 60)
  const text = source.slice(start, start + PASSAGE)
  return { text, marks: fits(text) }
}

/** What fits a text, best first, at most `limit`. */
export function search(catalog: Catalog, text: string, limit: number): Hit[] {
  const { engine, entries } = indexOf(catalog)
  return engine
    .search(text)
    .slice(0, limit)
    .flatMap(({ id: key, score, terms }) => {
      const entry = entries.get(String(key))
      if (!entry) return []
      const { kind, id, title, path } = entry
      return [
        {
          kind,
          id,
          title: title.slice(0, 200),
          path,
          score: Math.round(score * 100) / 100,
          highlight: highlight(entry, new Set(terms)),
        },
      ]
    })
}
