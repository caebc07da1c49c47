/** What a ticket's words say: every phrase that is known, where it stands, and what it means. */
import type { Catalog } from '../catalog.js'
import { lexiconOf, type Meaning } from './lexicon.js'
import type { Found } from './phrases.js'
import { type Field, quote } from './tokens.js'

/** A meaning with the place that it was read at. */
export interface Reading<M extends Meaning = Meaning> {
  meaning: M
  field: Field
  from: number
  to: number
}

export type ReadingOf<K extends Meaning['kind']> = Reading<Extract<Meaning, { kind: K }>>

/** All that was read, by what it means. */
export interface Readings {
  services: ReadingOf<'service'>[]
  variants: ReadingOf<'variant'>[]
  layers: ReadingOf<'layer'>[]
  cues: ReadingOf<'cue'>[]
  foreign: ReadingOf<'foreign'>[]
  aws: ReadingOf<'aws'>[]
  well: ReadingOf<'well'>[]
  fails: ReadingOf<'fails'>[]
  unsure: ReadingOf<'unsure'>[]
  vague: ReadingOf<'vague'>[]
}

const covers = (outer: Found<Meaning>, inner: Found<Meaning>): boolean =>
  outer.to - outer.from > inner.to - inner.from && outer.from <= inner.from && outer.to >= inner.to

/** A shorter phrase inside a longer one of its kind says nothing of its own. */
function unhidden(found: readonly Found<Meaning>[]): Found<Meaning>[] {
  const byKind = new Map<string, Found<Meaning>[]>()
  for (const one of found) {
    const group = byKind.get(one.value.kind)
    if (group) group.push(one)
    else byKind.set(one.value.kind, [one])
  }
  const denied = byKind.get('not-layer') ?? []
  return found.filter((one) => {
    if (one.value.kind === 'cue') return true
    const { value } = one
    if (value.kind === 'layer')
      for (const not of denied)
        if (
          not.value.kind === 'not-layer' &&
          not.value.layer === value.layer &&
          not.from <= one.from &&
          not.to >= one.to
        )
          return false
    return !byKind.get(value.kind)?.some((other) => covers(other, one))
  })
}

/** Where a reading goes by what it means; null: it only hides others. */
const SHELVES: Readonly<Record<Meaning['kind'], keyof Readings | null>> = {
  service: 'services',
  variant: 'variants',
  layer: 'layers',
  'not-layer': null,
  cue: 'cues',
  foreign: 'foreign',
  aws: 'aws',
  well: 'well',
  fails: 'fails',
  unsure: 'unsure',
  vague: 'vague',
}

export function readFields(catalog: Catalog, fields: readonly Field[]): Readings {
  const { tree } = lexiconOf(catalog)
  const readings: Readings = {
    services: [],
    variants: [],
    layers: [],
    cues: [],
    foreign: [],
    aws: [],
    well: [],
    fails: [],
    unsure: [],
    vague: [],
  }
  for (const field of fields)
    for (const { value, from, to } of unhidden(tree.find(field.tokens))) {
      const shelf = SHELVES[value.kind]
      if (shelf) (readings[shelf] as Reading[]).push({ meaning: value, field, from, to })
    }
  return readings
}

/** The words of a reading, as they stand in the ticket. */
export const wordsOf = ({ field, from, to }: Reading): string => quote(field, from, to)
