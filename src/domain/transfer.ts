/** A whole data set as a file: its shape, and what bringing one in comes to. Pure. */
import { z } from 'zod'
import { same } from './canonical.js'
import { type Catalog, createCatalog } from './catalog.js'
import { apply, decide, lay, recordOf, remove } from './change.js'
import { groundOf } from './ground.js'
import { KNOWLEDGE } from './knowledge.js'
import {
  ARTICLE_KINDS,
  type Article,
  checkStatement,
  Ground,
  Id,
  Layer,
  Model,
  Origin,
  Prose,
  type Rule,
  Scope,
  Service,
  SignalKind,
  Statement,
  Subject,
  Vocabulary,
} from './model.js'
import { Assignment, RoutingRule, Team } from './organisation.js'
import { type Edit, RECORD_KINDS, type RecordKind } from './store.js'
import { SIGNAL_KINDS } from './tickets/reference.js'
import { Revision } from './verdict.js'

/** Of rules, `scope/subject/layer`; of articles and shipped records, `kind/id`. */
export const RecordId = z.string().min(1).max(300)
/** Who ships a record; a file that a person wrote speaks for the organisation. */
const FileOrigin = Origin.default('organisation')

const ServiceRecord = z.strictObject({ ...Service.shape, origin: FileOrigin })
const RuleRecord = z
  .strictObject({
    id: RecordId,
    scope: Scope,
    subject: Subject,
    layer: Id,
    ...Statement.shape,
    origin: FileOrigin,
    reason: Prose.nullable().default(null),
    ground: Ground.nullable().default(null),
  })
  .superRefine(checkStatement)
const ArticleRecord = z.union(
  ARTICLE_KINDS.map((kind) =>
    z.strictObject({
      id: RecordId,
      kind: z.literal(kind),
      position: z.int().min(1).max(10_000),
      document: KNOWLEDGE[kind].schema,
    }),
  ),
)
const SignalRecord = z.union(
  SignalKind.options.map((kind) =>
    z.strictObject({ id: RecordId, kind: z.literal(kind), document: SIGNAL_KINDS[kind].schema }),
  ),
)
const ShippedRecord = z.union([
  z.strictObject({ id: RecordId, kind: z.literal('services'), document: ServiceRecord }),
  z.strictObject({ id: RecordId, kind: z.literal('rules'), document: RuleRecord }),
])

/** Every kind of record with its most in one file. */
const RecordLists = {
  layers: z.array(z.strictObject({ ...Layer.shape, vocabulary: Vocabulary })).max(50),
  models: z.array(Model).max(3),
  services: z.array(ServiceRecord).max(5000),
  rules: z.array(RuleRecord).max(200_000),
  articles: z.array(ArticleRecord).max(5000),
  signals: z.array(SignalRecord).max(50_000),
  shipped: z.array(ShippedRecord).max(200_000),
  teams: z.array(Team).max(5000),
  assignments: z.array(Assignment).max(50_000),
  routingRules: z.array(RoutingRule).max(5000),
} satisfies Record<RecordKind, z.ZodType>

const Head = {
  format: z.literal('responsibility-matrix/1').describe('What this file is, and in which shape.'),
  release: z.string().min(1).max(64).nullable().describe("The seed's release that the shipped records are of."),
  revision: Revision,
  at: z.iso.datetime().max(40),
}

/** A data set as it is exported. */
export const DataSet = z.strictObject({ ...Head, ...RecordLists })
/** A data set as it is imported: an export as it is, or a file that a person wrote, with the kinds that it speaks of. */
export const DataFile = z.strictObject({
  ...Head,
  release: Head.release.default(null),
  revision: Revision.optional().describe('Of the export; not read.'),
  at: Head.at.optional().describe('Of the export; not read.'),
  ...(Object.fromEntries(RECORD_KINDS.map((kind) => [kind, RecordLists[kind].optional()])) as {
    [K in RecordKind]: z.ZodOptional<(typeof RecordLists)[K]>
  }),
})
export type DataFile = z.output<typeof DataFile>

/**
 * `merge` brings in what an organisation decided (its services and rules, what it removed, its teams, assignments and
 * routing rules) and leaves the shipped records as they are here. `replace` makes each kind that the file names
 * exactly what the file holds.
 */
export const ImportMode = z.enum(['merge', 'replace'])
export type ImportMode = z.infer<typeof ImportMode>

/** The ids of one kind by what an import does to them; `skipped` are shipped records of a file that is merged. */
export interface Difference {
  created: string[]
  replaced: string[]
  removed: string[]
  unchanged: string[]
  skipped: string[]
}

/** The edits that an import comes to, and what they do by kind. */
export function decideImport(
  catalog: Catalog,
  file: DataFile,
  mode: ImportMode,
): { edits: Edit[]; changes: Partial<Record<RecordKind, Difference>> } {
  const merged = mode === 'merge' ? merge(catalog, file) : { edits: replace(catalog, file), skipped: new Set<string>() }
  const edits = withGrounds(catalog, merged.edits)
  const last = new Map(edits.map((edit) => [`${edit.kind}/${edit.id}`, edit]))
  const changes: Partial<Record<RecordKind, Difference>> = {}
  for (const kind of RECORD_KINDS) {
    const difference: Difference = { created: [], replaced: [], removed: [], unchanged: [], skipped: [] }
    const stored = new Map<string, object>(catalog.dataset[kind].map((record) => [record.id, record]))
    const mine = [...last.values()].filter((edit) => edit.kind === kind)
    for (const { id, record } of mine) {
      const now = stored.get(id)
      if (!record) {
        if (now) difference.removed.push(id)
      } else if (!now) difference.created.push(id)
      else difference[same(now, record) ? 'unchanged' : 'replaced'].push(id)
    }
    for (const { id } of file[kind] ?? [])
      if (merged.skipped.has(`${kind}/${id}`) && !last.has(`${kind}/${id}`)) difference.skipped.push(id)
    if (file[kind] || mine.length > 0) changes[kind] = difference
  }
  return { edits, changes }
}

/** A record of the file as an edit: the kind says which, and the schema of the kind has read it. */
const put = (kind: RecordKind, record: { id: string }): Edit => ({ kind, id: record.id, record }) as Edit

function replace(catalog: Catalog, file: DataFile): Edit[] {
  return RECORD_KINDS.flatMap((kind) => {
    const records: readonly { id: string }[] | undefined = file[kind]
    if (!records) return []
    const ids = new Set(records.map(({ id }) => id))
    const gone = catalog.dataset[kind].filter(({ id }) => !ids.has(id))
    return [...gone.map(({ id }) => ({ kind, id, record: null })), ...records.map((record) => put(kind, record))]
  })
}

function merge(catalog: Catalog, file: DataFile): { edits: Edit[]; skipped: Set<string> } {
  const edits: Edit[] = []
  const skipped = new Set<string>()
  const skip = (kind: RecordKind, records: readonly { id: string }[] = []): void => {
    for (const { id } of records) skipped.add(`${kind}/${id}`)
  }
  skip('layers', file.layers)
  skip('models', file.models)
  skip('articles', file.articles)
  skip('shipped', file.shipped)
  const there = {
    services: new Set(file.services?.map(({ id }) => id)),
    rules: new Set(file.rules?.map(({ id }) => id)),
  }
  for (const service of file.services ?? []) {
    if (service.origin === 'seed') skip('services', [service])
    else edits.push(...decide(catalog, { do: 'put-service', service }))
  }
  // A shipped record with nothing over it says that the organisation removed it.
  for (const { kind, document } of file.shipped ?? []) {
    if (!file[kind] || there[kind].has(document.id) || !recordOf(catalog.dataset, kind, document.id)) continue
    edits.push(
      ...(kind === 'services'
        ? decide(catalog, { do: 'delete-service', id: document.id })
        : remove(catalog, 'rules', document.id)),
    )
  }
  for (const rule of file.rules ?? []) {
    if (rule.origin === 'seed') skip('rules', [rule])
    else edits.push(...lay(catalog, 'rules', rule))
  }
  for (const kind of ['teams', 'assignments', 'routingRules'] as const)
    edits.push(...(file[kind] ?? []).map((record) => put(kind, record)))
  return { edits, skipped }
}

/** A rule of the organisation that came without its ground was set against what is shipped here. */
function withGrounds(catalog: Catalog, edits: readonly Edit[]): Edit[] {
  const lacks = (record: Edit['record']): record is Rule =>
    record !== null && 'ground' in record && record.ground === null && record.origin === 'organisation'
  if (!edits.some(({ record }) => lacks(record))) return [...edits]
  const after = createCatalog(apply(catalog.dataset, edits, catalog.at))
  return edits.map((edit) => {
    if (!lacks(edit.record)) return edit
    const [serviceId = '', variantId] = edit.record.subject.split('/')
    const service = after.service(serviceId)
    const layer = after.layer(edit.record.layer)
    const variant = service?.variants.find(({ id }) => id === variantId) ?? null
    const ground = service && layer ? groundOf(after, service, variant, layer) : null
    const grounded: Rule = { ...edit.record, ground }
    return put('rules', grounded)
  })
}

/** The data set of a catalog as a file; each kind in the order of its ids, so that equal data are equal files. */
export function exportData(catalog: Catalog, release: string | null): z.output<typeof DataSet> {
  const { revision, at, ...records } = catalog.dataset
  const sorted = RECORD_KINDS.map((kind) => [
    kind,
    [...records[kind]].sort((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)),
  ])
  return {
    format: 'responsibility-matrix/1',
    release,
    revision,
    at,
    // An article's document was read by the schema of its kind when it came in.
    ...(Object.fromEntries(sorted) as Omit<z.output<typeof DataSet>, keyof typeof Head> & { articles: Article[] }),
  } as z.output<typeof DataSet>
}
