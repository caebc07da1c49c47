/** What makes an OSCAL document good: NIST's schema where it is at hand, and the references that no schema checks. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { packageRoot } from '../../src/paths.js'
import { seeded } from './catalog.js'

/** The two models that we write, by their root key. */
export const OSCAL_MODELS = ['component-definition', 'system-security-plan'] as const
export type OscalModel = (typeof OSCAL_MODELS)[number]
export const OSCAL_VERSIONS = ['1.2.1', '1.1.3'] as const

type Node = { [key: string]: unknown }
type Check = (document: unknown) => string[]

const SCHEMAS = join(packageRoot, '../shared/data/oscal/schemas')
const FILES: Record<OscalModel, string> = {
  'component-definition': 'oscal_component_schema.json',
  'system-security-plan': 'oscal_ssp_schema.json',
}

/** Whether NIST's schemas lie beside this package. */
export const officialSchemaAtHand = OSCAL_MODELS.every((model) => existsSync(join(SCHEMAS, FILES[model])))

/** For the title of a test: what it can say. */
export const judgedBy = officialSchemaAtHand
  ? "NIST's schema and our integrity checks"
  : "our integrity checks alone: NIST's schema is not at hand"

const compiled = new Map<OscalModel, Check>()

/** Asks NIST's own schema; says nothing where it is not at hand. Each is compiled once. */
export function schemaFaults(model: OscalModel, document: unknown): string[] {
  const check = compiled.get(model) ?? compile(model)
  compiled.set(model, check)
  return check(document)
}

function compile(model: OscalModel): Check {
  if (!officialSchemaAtHand) {
    console.warn(`${join(SCHEMAS, FILES[model])} is not at hand: the documents are not held against NIST's schema.`)
    return () => []
  }
  const ajv = new Ajv({ strict: false })
  // The types of ajv-formats name the module, not the function that it exports.
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, FILES[model]), 'utf8')))
  return (document) =>
    validate(document) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

/** The controls that our layers feed. */
const CONTROLS: ReadonlySet<string> = new Set(seeded.layers.flatMap(({ controls }) => controls))

/** Every object of a document with the path to it. */
function* objects(node: unknown, path = ''): Generator<[string, Node]> {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) yield [path, node as Node]
  for (const [key, child] of Object.entries(node)) yield* objects(child, `${path}/${key}`)
}

/** The values of one field in all items of a list. */
const fieldOf = (list: unknown, field: string): unknown[] =>
  Array.isArray(list) ? list.map((item: Node) => item[field]) : []

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/**
 * The faults of a document that NIST's schema accepts: UUIDs that stand twice, references to what is not there,
 * exports of nothing, controls that no layer feeds.
 */
export function integrityFaults(document: unknown, controls: ReadonlySet<string> = CONTROLS): string[] {
  const faults: string[] = []
  const [root] = Object.values(document as Record<string, Node>)
  if (!root) return ['the document is empty']
  const metadata = (root.metadata ?? {}) as Node
  const implementation = (root['system-implementation'] ?? {}) as Node
  const roles = new Set(fieldOf(metadata.roles, 'id'))
  const parties = new Set(fieldOf(metadata.parties, 'uuid'))
  const components = new Set([...fieldOf(root.components, 'uuid'), ...fieldOf(implementation.components, 'uuid')])
  const resources = new Set(fieldOf((root['back-matter'] as Node | undefined)?.resources, 'uuid'))
  const seen = new Set<unknown>()

  const demand = (known: ReadonlySet<unknown>, wanted: unknown, what: string, path: string): void => {
    if (wanted !== undefined && !known.has(wanted)) faults.push(`${what} ${String(wanted)} is not declared, at ${path}`)
  }
  for (const [path, node] of objects(root)) {
    if (node.uuid !== undefined && seen.has(node.uuid))
      faults.push(`uuid ${String(node.uuid)} stands twice, at ${path}`)
    seen.add(node.uuid)
    for (const role of [node['role-id'], ...listOf(node['role-ids'])]) demand(roles, role, 'role', path)
    for (const party of [node['party-uuid'], ...listOf(node['party-uuids'])]) demand(parties, party, 'party', path)
    demand(components, node['component-uuid'], 'component', path)
    for (const reference of [node.href, node.source])
      if (typeof reference === 'string' && reference.startsWith('#'))
        demand(resources, reference.slice(1), 'resource', path)
    demand(controls, node['control-id'], 'control', path)
    const provided = new Set(fieldOf(node.provided, 'uuid'))
    for (const uuid of fieldOf(node.responsibilities, 'provided-uuid')) demand(provided, uuid, 'provided', path)
    const exported = node.export as Node | undefined
    if (exported && listOf(exported.provided).length + listOf(exported.responsibilities).length === 0)
      faults.push(`export is empty, at ${path}`)
  }
  return faults
}

/** All that is wrong with a document: its root, its release, its schema and its references. */
export function oscalFaults(model: OscalModel, version: string, document: unknown): string[] {
  const keys = Object.keys(document as object)
  if (keys.length !== 1 || keys[0] !== model) return [`the root is ${keys.join(', ')}, not ${model} alone`]
  const root = (document as Record<string, { metadata: Node }>)[model]
  const said = root?.metadata['oscal-version']
  return [
    ...(said === version ? [] : [`oscal-version is ${String(said)}, not ${version}`]),
    ...schemaFaults(model, document),
    ...integrityFaults(document),
  ]
}
