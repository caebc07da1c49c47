/** The change log: what changed, when, by whom and why, with what stood before and after. */
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.js'
import { Moment } from '../domain/history.js'
import { Origin } from '../domain/model.js'
import { Refusal } from '../domain/refusal.js'
import { type LoggedChange, type LoggedEdit, RECORD_KINDS, type Store } from '../domain/store.js'
import { Revision } from '../domain/verdict.js'
import { operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'

/** A change with more edits than this shows their number only: a release of the seed has thousands. */
const MOST_SHOWN = 25

const Kind = z.enum(RECORD_KINDS)
const Count = z.int().min(0).max(1_000_000)
const Subject = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/, 'must be an id, such as rds, or ids with / between them')

/** A record as it is stored; which fields it has depends on its kind. */
const StoredRecord = z
  .record(z.string().max(100), z.unknown())
  .meta({ description: 'A record as it was kept.', maxProperties: 100 })
  .nullable()

const Edit = z
  .strictObject({
    kind: Kind,
    id: z.string().min(1).max(250).describe('Of the record within its kind: service/rds/data is a rule.'),
    before: StoredRecord.describe('What stood before; null where the change added it.'),
    after: StoredRecord.describe('What stands after; null where the change removed it.'),
  })
  .meta({ id: 'Edit' })

const Head = {
  revision: Revision,
  time: z.iso.datetime().max(40),
  actor: z.string().min(1).max(200).describe('seed, the name of a key, or oidc: and the subject of a token.'),
  reason: z.string().max(4000),
  origin: Origin,
  release: z.string().max(200).nullable().describe('The release of our data that it brought in.'),
  counts: z
    .array(z.strictObject({ kind: Kind, edits: Count }))
    .max(50)
    .describe('How many records of each kind it touched.'),
  total: Count.describe('How many records it touched.'),
}

const ChangeHead = z.strictObject(Head).meta({ id: 'ChangeHead' })
const Change = z
  .strictObject({
    ...Head,
    edits: z.array(Edit).max(MOST_SHOWN).describe('What it touched; empty where it is truncated.'),
    truncated: z.boolean().describe('True where the edits are too many for a list: GET /v1/changes/{revision}.'),
  })
  .meta({ id: 'Change' })

function headOf({ touched, revision, at, ...said }: LoggedChange): z.output<typeof ChangeHead> {
  const counts = RECORD_KINDS.map((kind) => ({ kind, edits: touched.filter((touch) => touch.kind === kind).length }))
  return { revision, time: at, ...said, counts: counts.filter(({ edits }) => edits > 0), total: touched.length }
}

/** An edit as plain fields. */
const present = ({ kind, id, before, after }: LoggedEdit): z.output<typeof Edit> => ({
  kind,
  id,
  before: before && { ...before },
  after: after && { ...after },
})

export const listChanges = operation({
  id: 'listChanges',
  method: 'GET',
  path: '/v1/changes',
  tag: 'History',
  access: 'read',
  summary: 'List what changed',
  description:
    'The change log, newest first: who changed what, when and why, with each record before and after. A change of many records shows their number; read it alone for the records.',
  params: z.strictObject({}),
  query: z.strictObject({
    since: Moment.optional().describe(
      'Only changes after a revision, such as 12, or a time, such as 2026-03-31T00:00:00Z.',
    ),
    subject: Subject.optional().describe(
      'Only changes that touched this: a service, a variant (rds/rds-custom), a layer, or any id of a record.',
    ),
    actor: z.string().min(1).max(200).optional().describe('Only changes by this actor, written as the log has it.'),
    ...Page,
  }),
  output: listOf(Change),
  refusals: ['invalid', 'unknown'],
  example: {
    params: {},
    query: { subject: 'rds', limit: 1 },
    answer: {
      items: [
        {
          revision: 2,
          time: '2026-11-25T09:30:00.000Z',
          actor: 'portal',
          reason: 'We patch the clusters ourselves.',
          origin: 'organisation',
          release: null,
          counts: [{ kind: 'rules', edits: 1 }],
          total: 1,
          edits: [
            {
              kind: 'rules',
              id: 'organisation/rds/operating-system',
              before: null,
              after: { scope: 'organisation', subject: 'rds', layer: 'operating-system', owner: 'customer' },
            },
          ],
          truncated: false,
        },
      ],
      nextCursor: null,
      total: 1,
      revision: 2,
    },
  },
  async run({ catalog, store, history }, { query }) {
    const { since, subject, actor } = query
    const after = since === undefined ? 0 : await history.revisionAt(since)
    // Up to the revision that the answer names, so that it is true of that revision for ever.
    const upTo = catalog.revision
    const found = await store.log.find({ after, upTo, actor, subject })
    if (found.length === 0 && subject !== undefined) await requireSubject(catalog, store, subject)
    const page = pageOf(
      found.map((revision) => ({ id: String(revision) })),
      query,
    )
    const changes = await store.log.read(page.items.map(({ id }) => Number(id)))
    const shown = changes.filter(({ touched }) => touched.length <= MOST_SHOWN)
    const edits = await store.log.edits(shown.flatMap(({ touched }) => touched))
    const items = changes.map((change) => ({
      ...headOf(change),
      edits: edits.filter(({ revision }) => revision === change.revision).map(present),
      truncated: !shown.includes(change),
    }))
    return { ...page, items, revision: catalog.revision }
  },
})

/** Refuses a subject that was never touched: "no changes" would be a wrong answer to a misspelt name. */
async function requireSubject(catalog: Catalog, store: Store, subject: string): Promise<void> {
  const ever = await store.log.find({ after: 0, upTo: catalog.revision, subject })
  if (ever.length > 0) return
  const suggestions = [...catalog.serviceNames.nearest(subject), ...catalog.layerNames.nearest(subject)].slice(0, 5)
  const hint = suggestions[0] ? ` Did you mean "${suggestions[0].id}"?` : ''
  throw new Refusal('unknown', `No change ever touched "${subject}".${hint}`, { field: 'subject', suggestions })
}

export const getChange = operation({
  id: 'getChange',
  method: 'GET',
  path: '/v1/changes/{revision}',
  tag: 'History',
  access: 'read',
  summary: 'Read one change with its edits',
  description: 'A change and, page by page, each record that it touched: what stood before it and what after.',
  params: z.strictObject({
    revision: z.coerce.number().int().min(1).max(2_147_483_647).describe('The revision that the change made.'),
  }),
  query: z.strictObject(Page),
  output: listOf(Edit).extend({ change: ChangeHead }).meta({ id: 'ChangeEdits' }),
  refusals: ['invalid', 'unknown'],
  example: {
    params: { revision: 1 },
    query: { limit: 1 },
    answer: {
      change: {
        revision: 1,
        time: '2026-11-24T12:00:00.000Z',
        actor: 'seed',
        reason: 'Seed release 2026-11-24',
        origin: 'seed',
        release: '2026-11-24',
        counts: [{ kind: 'models', edits: 3 }],
        total: 3,
      },
      items: [{ kind: 'models', id: 'iaas', before: null, after: { id: 'iaas', name: 'Infrastructure as a service' } }],
      nextCursor: 'bW9kZWxzL2lhYXM',
      total: 3,
      revision: 1,
    },
  },
  async run({ catalog, store }, { params, query }) {
    const { revision } = params
    const [logged] = revision > catalog.revision ? [] : await store.log.read([revision])
    if (!logged)
      throw new Refusal('unknown', `There is no revision ${revision}: the last one is ${catalog.revision}.`, {
        field: 'revision',
      })
    const page = pageOf(
      logged.touched.map((touch) => ({ id: `${touch.kind}/${touch.id}`, touch })),
      query,
    )
    const edits = await store.log.edits(page.items.map(({ touch }) => touch))
    return { ...page, items: edits.map(present), change: headOf(logged), revision: catalog.revision }
  },
})
