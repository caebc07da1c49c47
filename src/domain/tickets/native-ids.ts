/** AWS's own identifiers where people write them into a title or a description. */
import type { Catalog } from '../catalog.js'
import { lookUp, type Settled, tablesOf } from './look-up.js'
import type { Field } from './tokens.js'

export interface NativeId {
  settled: Settled
  field: Field
  text: string
}

const CONTROL = /(?<![\w.@/-])(?:PCI\.)?[A-Za-z][A-Za-z0-9]{1,24}\.\d{1,3}(?![\w.]*\w@|\.\d|\w)/g
const FINDING = /\b[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]+[/-][A-Za-z0-9][\w.&!-]*/g
const EVENT_CODE = /\bAWS_[A-Z0-9]+(?:_[A-Z0-9]+)+\b/g
const METRIC = /\b(?:AWS|ECS|CWAgent)\/?[A-Za-z0-9]*[ :/.]+[A-Z][A-Za-z0-9_]+/g
const CONFIG_RULE = /\b[a-z0-9]+(?:-[a-z0-9]+){2,}\b/g
const METRIC_NAME = /\b[A-Z][A-Za-z0-9]+(?:[_.][A-Za-z0-9]+)*\b/g

/** Metrics whose bare names mean one thing wherever they stand. */
const namesOf = new WeakMap<Catalog, ReadonlyMap<string, string | null>>()

function metricNames(catalog: Catalog): ReadonlyMap<string, string | null> {
  const known = namesOf.get(catalog)
  if (known) return known
  const names = new Map<string, string | null>()
  for (const { id, metric } of tablesOf(catalog).metrics.values())
    if (metric && /[a-z][A-Z_]/.test(metric) && metric.length > 9) names.set(metric, names.has(metric) ? null : id)
  namesOf.set(catalog, names)
  return names
}

/** The identifiers in a field, each with what it settles. */
export function findNativeIds(catalog: Catalog, field: Field): NativeId[] {
  const { text } = field
  const found: NativeId[] = []
  const add = (settled: Settled | undefined, words: string): void => {
    if (settled && !found.some(({ settled: known }) => known.reason === settled.reason))
      found.push({ settled, field, text: words })
  }
  if (/\d/.test(text) && text.includes('.'))
    for (const [id] of text.matchAll(CONTROL)) add(lookUp(catalog, { kind: 'control', id }), id)
  if (text.includes(':'))
    for (const [id] of text.matchAll(FINDING)) {
      const settled = lookUp(catalog, { kind: 'finding-type', id })
      if (settled?.by === 'exact') add(settled, id)
    }
  if (text.includes('AWS_'))
    for (const [id] of text.matchAll(EVENT_CODE)) add(lookUp(catalog, { kind: 'event-code', id }), id)
  if (text.includes('/'))
    for (const [id] of text.matchAll(METRIC))
      add(lookUp(catalog, { kind: 'metric', id: id.replace(/[ :.]+/, ' ') }), id)
  if (text.includes('-'))
    for (const [id] of text.matchAll(CONFIG_RULE)) add(lookUp(catalog, { kind: 'config-rule', id }), id)
  // A description quotes metrics that are well, too; a title names the one that is not.
  if (field.name === 'title')
    for (const [name] of text.matchAll(METRIC_NAME)) {
      const id = metricNames(catalog).get(name)
      if (id) add(lookUp(catalog, { kind: 'metric', id }), name)
    }
  return found
}
