/** AWS's own identifiers where people write them into a title or a description. */
import type { Catalog } from '../catalog.js'
import { lookUp, type Settled, tablesOf } from './look-up.js'
import type { Metric } from './reference.js'
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

/** The metrics that bear a name, in whichever namespaces. */
const namesOf = new WeakMap<Catalog, ReadonlyMap<string, readonly Metric[]>>()

function metricNames(catalog: Catalog): ReadonlyMap<string, readonly Metric[]> {
  const known = namesOf.get(catalog)
  if (known) return known
  const names = new Map<string, Metric[]>()
  for (const one of tablesOf(catalog).metrics.values())
    if (one.metric && /[a-z][A-Z_]/.test(one.metric) && one.metric.length > 9)
      names.set(one.metric, [...(names.get(one.metric) ?? []), one])
  namesOf.set(catalog, names)
  return names
}

/** The metric that a bare name means: the only one, or that of the namespace whose service stands beside it. */
function metricBy(catalog: Catalog, name: string, text: string): Metric | undefined {
  const bearers = metricNames(catalog).get(name)
  if (!bearers || bearers.length === 1) return bearers?.[0]
  const lower = ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `
  return bearers.find(({ namespace, service }) =>
    [namespace.slice(namespace.indexOf('/') + 1).toLowerCase(), service].some((word) => lower.includes(` ${word} `)),
  )
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
      const metric = metricBy(catalog, name, text)
      if (metric) add(lookUp(catalog, { kind: 'metric', id: metric.id }), name)
    }
  return found
}
