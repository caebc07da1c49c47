/** Looks up AWS's own identifiers: exactly first, then by the rules of their grammar; without regard to case. */
import type { Catalog } from '../catalog.js'
import type { Owner, Side } from '../model.js'
import type { Signal } from '../ticket.js'
import { documents } from './lexicon.js'
import type { Actor, Control, EventCode, FindingType, Metric } from './reference.js'

/** What an identifier settles. */
export interface Settled {
  signal: Signal
  /** How it was found: `exact`, or by which rule. */
  by: 'exact' | 'legacy-id' | 'prefix' | 'suffix' | 'segment' | 'category' | 'namespace'
  service: string | null
  layer: string
  /** Null where either side may be at fault. */
  side: Side | null
  owner: Owner | null
  acts: Actor | null
  openCase: boolean | null
  reason: string
  /** 0 to 1. */
  confidence: number
}

interface Tables {
  controls: ReadonlyMap<string, Control>
  legacy: ReadonlyMap<string, Control>
  configRules: ReadonlyMap<string, Control>
  findings: ReadonlyMap<string, FindingType>
  segments: ReadonlyMap<string, FindingType>
  codes: ReadonlyMap<string, EventCode>
  codeRules: readonly EventCode[]
  metrics: ReadonlyMap<string, Metric>
  /** The service that a Health code names (`EC2` in `AWS_EC2_…`), in lower case. */
  codeServices: ReadonlyMap<string, string>
}

const tables = new WeakMap<Catalog, Tables>()

const byKey = <T>(items: readonly T[], key: (item: T) => string | null): Map<string, T> => {
  const map = new Map<string, T>()
  for (const item of items) {
    const name = key(item)?.toLowerCase()
    if (name !== undefined && !map.has(name)) map.set(name, item)
  }
  return map
}

export function tablesOf(catalog: Catalog): Tables {
  const known = tables.get(catalog)
  if (known) return known
  const controls = documents(catalog, 'control')
  const findings = documents(catalog, 'finding-type')
  const codes = documents(catalog, 'event-code')
  const legacy = new Map<string, Control>()
  for (const control of controls)
    for (const id of control.legacyIds) {
      legacy.set(id.toLowerCase(), control)
      // Findings of today carry only the last part of some of them: `PCI.IAM.6`, `CIS.1.14`.
      const last = id.slice(id.lastIndexOf('/') + 1).toLowerCase()
      if (/^[a-z]/.test(last) && !legacy.has(last)) legacy.set(last, control)
    }
  const made: Tables = {
    controls: byKey(controls, ({ id }) => id),
    legacy,
    configRules: byKey(controls, ({ configRule }) => configRule),
    findings: byKey(
      findings.filter(({ match }) => match === 'exact'),
      ({ id }) => id.replace('/', '-'),
    ),
    segments: byKey(
      findings.filter(({ match }) => match === 'segment'),
      ({ id }) => id,
    ),
    codes: byKey(
      codes.filter(({ match }) => match === 'exact'),
      ({ id }) => id,
    ),
    codeRules: codes.filter(({ match }) => match !== 'exact').toSorted((a, b) => b.id.length - a.id.length),
    metrics: byKey(documents(catalog, 'metric'), ({ id }) => id),
    codeServices: new Map(
      codes.flatMap(({ id, service }) => {
        const named = /^AWS_([A-Z0-9]+)_/.exec(id)?.[1]
        return named && service ? [[named.toLowerCase(), service] as const] : []
      }),
    ),
  }
  tables.set(catalog, made)
  return made
}

/** What is known of the event beside its id: the type of its resource, the category of a Health event. */
export interface Surroundings {
  resourceTypes: readonly string[]
  category: string | null
}

const NOTHING_KNOWN: Surroundings = { resourceTypes: [], category: null }

/** What an identifier settles, or undefined where no table and no rule knows it. */
export function lookUp(catalog: Catalog, signal: Signal, around: Surroundings = NOTHING_KNOWN): Settled | undefined {
  const { controls, legacy, configRules } = tablesOf(catalog)
  const id = signal.id.trim().toLowerCase()
  switch (signal.kind) {
    case 'control': {
      const control = controls.get(id)
      if (control) return ofControl(signal, control, 'exact')
      const former = legacy.get(id) ?? legacy.get(id.slice(id.lastIndexOf('/') + 1))
      return former && ofControl(signal, former, 'legacy-id')
    }
    case 'config-rule': {
      const bare = id.replace(/^securityhub-/, '')
      const control = configRules.get(bare) ?? configRules.get(bare.replace(/-[0-9a-f]{6,10}$/, ''))
      return control && ofControl(signal, control, 'exact')
    }
    case 'finding-type':
      return ofFinding(catalog, signal, id, around)
    case 'event-code':
      return ofEventCode(catalog, signal, id, around)
    case 'metric':
      return ofMetric(catalog, signal, id)
  }
}

const ofControl = (signal: Signal, control: Control, by: Settled['by']): Settled => ({
  signal,
  by,
  service: control.service,
  layer: control.layer,
  side: 'customer',
  owner: 'customer',
  acts: 'customer',
  openCase: false,
  reason: `${control.id}: ${control.title}`,
  confidence: 0.97,
})

function ofFinding(catalog: Catalog, signal: Signal, id: string, around: Surroundings): Settled | undefined {
  const { findings, segments } = tablesOf(catalog)
  // ASFF writes the slash of the type as a hyphen, and puts a taxonomy before it.
  const type = id.slice(id.search(/[^/:]+:/)).replace('/', '-')
  const exact = findings.get(type) ?? findings.get(type.replace(/^.*\/(?=[^/]+:)/, ''))
  const segment = exact ? undefined : segments.get(/:([a-z0-9]+)[-/]/.exec(type)?.[1] ?? '')
  const finding = exact ?? segment
  if (!finding) return undefined
  const wanted = around.resourceTypes.map((text) => text.toLowerCase())
  const byResource =
    finding.byResource.find(({ type }) => wanted.includes(type.toLowerCase())) ??
    finding.byResource.find(({ type }) => wanted.some((text) => text.includes(type.toLowerCase())))
  return {
    signal,
    by: exact ? 'exact' : 'segment',
    service: byResource?.service ?? finding.service,
    layer: byResource?.layer ?? finding.layer,
    side: 'customer',
    owner: 'customer',
    acts: 'customer',
    openCase: false,
    reason: finding.reason,
    confidence: exact ? 0.95 : 0.75,
  }
}

function ofEventCode(catalog: Catalog, signal: Signal, id: string, around: Surroundings): Settled | undefined {
  const { codes, codeRules, codeServices } = tablesOf(catalog)
  const exact = codes.get(id)
  const code =
    exact ??
    codeRules.find((rule) => rule.match === 'prefix' && id.startsWith(rule.id.toLowerCase())) ??
    codeRules.find((rule) => rule.match === 'suffix' && id.endsWith(rule.id.toLowerCase())) ??
    codeRules.find((rule) => rule.match === 'category' && rule.id === around.category)
  if (!code) return undefined
  const named = codeServices.get(/^aws_([a-z0-9]+)_/.exec(id)?.[1] ?? '') ?? null
  return {
    signal,
    by: code.match,
    service: code.service ?? named,
    layer: code.layer,
    side: code.owner === 'aws' || code.owner === 'customer' ? code.owner : code.acts === 'aws' ? 'aws' : 'customer',
    owner: code.owner,
    acts: code.acts,
    openCase: code.openCase,
    reason: code.reason,
    confidence: exact ? (code.seen ? 0.96 : 0.9) : code.match === 'category' ? 0.5 : 0.85,
  }
}

function ofMetric(catalog: Catalog, signal: Signal, id: string): Settled | undefined {
  const { metrics } = tablesOf(catalog)
  const exact = metrics.get(id)
  const metric = exact ?? metrics.get(`${id.slice(0, id.lastIndexOf(' '))} *`)
  if (!metric) return undefined
  const side = metric.side
  return {
    signal,
    by: exact ? 'exact' : 'namespace',
    service: metric.service,
    layer: metric.layer,
    side,
    owner: side,
    acts: side,
    openCase: side === 'aws',
    reason: metric.reason,
    confidence: exact ? (side ? 0.9 : 0.4) : 0.65,
  }
}
