/** The cells of the matrix as the router asks them: a row resolved once per catalog, with the words of its flip. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service, Variant } from '../model.js'
import { resolve } from '../resolve.js'
import type { Verdict } from '../verdict.js'
import { stemsOf } from './phrases.js'

/** Words that say nothing about a condition. */
const EMPTY = new Set(
  stemsOf('the a an of or and in on is are not no to for by at its it with that this aws show event health though yet'),
)

/** The words of a condition that say something. */
const wordsThatTell = (when: string): string[] =>
  // What is denied in the condition cannot be looked for by its word.
  [...new Set(stemsOf(when.replace(/\b(?:not|no|without) \w+/g, ' ')))].filter(
    (word) => !EMPTY.has(word) && word.length > 1,
  )

interface Cell {
  verdict: Verdict
  flipWords: readonly string[]
}
/** By the variant, else the service, else AWS as such: objects of the catalog, so that no key is put together. */
const rows = new WeakMap<Catalog, Map<object, readonly Cell[]>>()

/** The cells of a service or variant, or of AWS as such, in the order of the catalog's layers; resolved once. */
export function rowOf(catalog: Catalog, service: Service | null, variant: Variant | null): readonly Cell[] {
  const known = rows.get(catalog) ?? new Map<object, readonly Cell[]>()
  rows.set(catalog, known)
  const of = variant ?? service ?? catalog
  const row = known.get(of)
  if (row) return row
  const made = catalog.layers.map((layer): Cell => {
    const verdict = resolve(catalog, { service, variant, layer })
    return { verdict, flipWords: verdict.flip ? wordsThatTell(verdict.flip.when) : [] }
  })
  known.set(of, made)
  return made
}

/** One of those cells. */
export function cellOf(catalog: Catalog, service: Service | null, variant: Variant | null, layer: Layer): Cell {
  const cell = rowOf(catalog, service, variant)[catalog.layers.indexOf(layer)]
  if (!cell) throw new Error(`There is no layer "${layer.id}" in this catalog.`)
  return cell
}
