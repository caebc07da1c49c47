/** Answers to bodies that are sent again and again, for as long as the catalog is the same: bots are asked alike. */
import type { Catalog } from '../domain/catalog.js'

export interface Recurring {
  get(catalog: Catalog, body: unknown): Kept | undefined
  put(catalog: Catalog, body: unknown, kept: Kept): void
}

interface Kept {
  output: unknown
  text: Buffer
}

/** Enough for what everybody asks; a few MB. */
const MOST_ANSWERS = 500
/** In characters: longer bodies are nobody else's. */
const LONGEST_BODY = 1000

export function createRecurring(): Recurring {
  let of: Catalog | null = null
  const kept = new Map<string, Kept>()
  const keyOf = (catalog: Catalog, body: unknown): string | null => {
    if (of !== catalog) kept.clear()
    of = catalog
    const key = JSON.stringify(body) ?? ''
    return key.length <= LONGEST_BODY ? key : null
  }
  return {
    get(catalog, body) {
      const key = keyOf(catalog, body)
      return key === null ? undefined : kept.get(key)
    },
    put(catalog, body, one) {
      const key = keyOf(catalog, body)
      if (key === null) return
      // The oldest makes room.
      const [oldest] = kept.keys()
      if (kept.size >= MOST_ANSWERS && oldest !== undefined) kept.delete(oldest)
      kept.set(key, one)
    },
  }
}
