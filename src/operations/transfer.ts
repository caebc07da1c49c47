/** A whole data set, out and in. */
import { z } from 'zod'
import { Prose } from '../domain/model.js'
import { RECORD_KINDS, SEED_KINDS } from '../domain/store.js'
import { DataFile, DataSet, decideImport, exportData, ImportMode, RecordId } from '../domain/transfer.js'
import { Revision } from '../domain/verdict.js'
import { Nothing, operation } from './operation.js'
import { WRITE_REFUSALS, writeOperation } from './write.js'

export const getExport = operation({
  id: 'getExport',
  method: 'GET',
  path: '/v1/export',
  tag: 'Transfer',
  access: 'read',
  summary: 'Export the whole data set',
  description:
    'Every record as it stands: the matrix, the knowledge, overrides with the shipped records beneath them, teams, assignments and routing rules. POST it to /v1/import?mode=replace elsewhere and both are the same.',
  params: Nothing,
  query: Nothing,
  output: DataSet.meta({ id: 'DataSet' }),
  refusals: [],
  example: { params: {}, query: {} },
  rehearse: (catalog) => exportData(catalog, null),
  run: async ({ catalog, store }) => exportData(catalog, await store.release()),
})

const Ids = z.array(RecordId).max(200_000)
const Difference = z
  .strictObject({ created: Ids, replaced: Ids, removed: Ids, unchanged: Ids, skipped: Ids })
  .meta({ id: 'Difference' })

const ImportAnswer = z
  .strictObject({
    mode: ImportMode,
    dryRun: z.boolean(),
    committed: z.boolean().describe('False for a dry run, and where nothing had to change.'),
    changes: z
      .strictObject(Object.fromEntries(RECORD_KINDS.map((kind) => [kind, Difference.optional()])))
      .describe(
        'By kind of record: the ids that come, change, go, stay, and those of shipped records that a merge skips.',
      ),
    revision: Revision,
  })
  .meta({ id: 'ImportAnswer' })

export const importData = writeOperation({
  id: 'importData',
  method: 'POST',
  path: '/v1/import',
  tag: 'Transfer',
  summary: 'Import a data set, whole or not at all',
  description:
    'Takes an export as it is, or a file with the kinds it speaks of. Either all of it becomes one change, or a refusal names every fault. A dry run answers with the difference and stores nothing.',
  params: Nothing,
  query: z.strictObject({
    mode: ImportMode.default('merge').describe(
      'merge: bring in what an organisation decided (origin organisation, what it removed, teams, assignments, routing rules) and keep what is shipped here. replace: make each kind in the file exactly what the file holds.',
    ),
    dryRun: z
      .union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })])
      .default(false)
      .describe('true: show the difference, store nothing.'),
    reason: Prose.optional().describe('Why, for the change log.'),
  }),
  body: DataFile,
  bodyLimit: 32 * 1024 * 1024,
  output: ImportAnswer,
  refusals: [...WRITE_REFUSALS, 'invalid'],
  example: {
    params: {},
    query: { mode: 'merge' },
    body: {
      format: 'responsibility-matrix/1',
      teams: [{ id: 'platform', name: 'Platform', queue: 'PLAT' }],
      assignments: [{ id: 'platform-rds', team: 'platform', service: 'rds' }],
    },
  },
  edits: (catalog, { query, body }) => decideImport(catalog, body, query.mode).edits,
  reason: ({ query }) => query.reason ?? `Import (${query.mode})`,
  // Only who brings in every shipped record brings in a release.
  release: ({ query, body }) =>
    query.mode === 'replace' && SEED_KINDS.every((kind) => body[kind]) ? body.release : null,
  dry: ({ query }) => query.dryRun,
  answer: ({ change, after }, { query, body }, before) => ({
    mode: query.mode,
    dryRun: query.dryRun,
    committed: change !== null && !query.dryRun,
    changes: decideImport(before, body, query.mode).changes,
    revision: query.dryRun ? before.revision : after.revision,
  }),
})
