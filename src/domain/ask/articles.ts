/** The knowledge that goes with a question: the misunderstanding behind it, its stage, what else to read. */

import type { z } from 'zod'
import type { Catalog } from '../catalog.js'
import { KNOWLEDGE, Misconception, Stage } from '../knowledge.js'
import type { Article, ArticleKind } from '../model.js'
import { search } from '../search.js'
import type { Related } from './answer.js'
import { featuresOf } from './classifier.js'
import { readWords, type Word } from './words.js'

type MisconceptionDocument = z.output<typeof Misconception>
type StageDocument = z.output<typeof Stage>

/** A claim is a known misunderstanding where this share of the telling words of one of its phrasings is in it. */
const SAME_CLAIM = 0.6

interface KnownClaim {
  document: MisconceptionDocument
  /** The telling words of each way to say it. */
  phrasings: string[][]
}

const claims = new WeakMap<Catalog, KnownClaim[]>()
const singles = (words: readonly Word[]): string[] => featuresOf(words).filter((feature) => !feature.includes(' '))

function claimsOf(catalog: Catalog): KnownClaim[] {
  const known = claims.get(catalog)
  if (known) return known
  const read = catalog.articles('misconception').map(({ document }) => {
    const parsed = Misconception.parse(document)
    const phrasings = [parsed.title, parsed.belief, ...parsed.phrases].map((phrase) => singles(readWords(phrase)))
    return { document: parsed, phrasings }
  })
  claims.set(catalog, read)
  return read
}

/** The misunderstanding that a claim repeats, if it is one that the matrix knows. */
export function findMisconception(
  catalog: Catalog,
  words: readonly Word[],
  layers: readonly string[],
): MisconceptionDocument | null {
  const features = new Set(singles(words))
  let best: { document: MisconceptionDocument; share: number } | null = null
  for (const { document, phrasings } of claimsOf(catalog)) {
    if (!document.layers.some((layer) => layers.includes(layer))) continue
    for (const wanted of phrasings) {
      const share = wanted.filter((feature) => features.has(feature)).length / Math.max(wanted.length, 2)
      if (share >= SAME_CLAIM && share > (best?.share ?? 0)) best = { document, share }
    }
  }
  return best?.document ?? null
}

/** The stages that the words name; all of them where only the table is spoken of. */
export function findStages(catalog: Catalog, words: readonly Word[]): StageDocument[] {
  const stages = catalog.articles('stage').map(({ document }) => Stage.parse(document))
  const stems = new Set(words.map(({ stem }) => stem))
  const named = stages.filter(({ name, id }) =>
    [name, id].some((text) => readWords(text).every(({ stem }) => stems.has(stem))),
  )
  return named.length > 0 ? named : stages
}

export const relatedOf = ({ kind, document }: Article): Related => {
  const id = String(document.id)
  const list = kind === 'responsibility' || kind === 'takeaway'
  return {
    kind,
    id,
    title: String(document.title ?? document.name ?? document.text).slice(0, 200),
    path: `/v1/${KNOWLEDGE[kind].plural}${list ? '' : `/${id}`}`,
  }
}

const READABLE: readonly ArticleKind[] = ['misconception', 'practice', 'guide', 'case']

/** Up to three pieces of knowledge that are about the services and layers of the answer, the nearest first. */
export function relatedTo(
  catalog: Catalog,
  { services, layers, first }: { services: readonly string[]; layers: readonly string[]; first: string | null },
): Related[] {
  const linked = READABLE.flatMap((kind) => catalog.articles(kind)).map((article) => {
    const links = article.document as { services?: string[]; layers?: string[] }
    const byService = (links.services ?? []).filter((id) => services.includes(id)).length
    const byLayer = (links.layers ?? []).filter((id) => layers.includes(id)).length
    const led = article.id === first ? 100 : 0
    return { article, score: led + (byLayer > 0 ? 2 + byService / 10 : 0) + 1 / (1 + (links.layers?.length ?? 0)) }
  })
  return linked
    .filter(({ score }) => score >= 2)
    .toSorted((a, b) => b.score - a.score || a.article.id.localeCompare(b.article.id))
    .slice(0, 3)
    .map(({ article }) => relatedOf(article))
}

/** The articles that fit the words best, whatever they are linked to. */
export function articlesOn(catalog: Catalog, text: string, kinds: readonly ArticleKind[]): Article[] {
  // A word that is said again finds nothing else, and a long text may say one hundreds of times.
  const distinct = [...new Set(text.split(/\s+/))].join(' ')
  return search(catalog, distinct, 20).flatMap(({ kind, id }) =>
    kind !== 'service' && kind !== 'layer' && kinds.includes(kind)
      ? (catalog.articles(kind).find((article) => article.id === `${kind}/${id}`) ?? [])
      : [],
  )
}
