/** The cells of the matrix as the router asks them: each resolved once per catalog, with the words of its flip. */
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
type Cells = (service: Service | null, variant: Variant | null, layer: Layer) => Cell

const cellTables = new WeakMap<Catalog, Cells>()

/** The verdicts of a catalog, each resolved once. */
export function cellsOf(catalog: Catalog): Cells {
  const known = cellTables.get(catalog)
  if (known) return known
  // By the variant, else the service, else AWS as such: objects of the catalog, so that no key is put together.
  const cells = new Map<object, Map<Layer, Cell>>()
  const table: Cells = (service, variant, layer) => {
    const of = variant ?? service ?? catalog
    const own = cells.get(of) ?? new Map<Layer, Cell>()
    cells.set(of, own)
    const cell = own.get(layer)
    if (cell) return cell
    const verdict = resolve(catalog, { service, variant, layer })
    const made = { verdict, flipWords: verdict.flip ? wordsThatTell(verdict.flip.when) : [] }
    own.set(layer, made)
    return made
  }
  cellTables.set(catalog, table)
  return table
}
