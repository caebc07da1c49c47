/** Teams, assignments and routing rules: three kinds of record that are read, listed and written in one way. */
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.js'
import { plan, type RoutingKind, recordOf } from '../domain/change.js'
import { Id, type Records } from '../domain/model.js'
import { Assignment, RoutingRule, Team } from '../domain/organisation.js'
import { Refusal } from '../domain/refusal.js'
import type { Edit } from '../domain/store.js'
import { Revision } from '../domain/verdict.js'
import { type Operation, operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'
import { inOrder, WRITE_REFUSALS, WriteQuery, writeOperation } from './write.js'

interface Words<K extends RoutingKind> {
  kind: K
  /** "RoutingRule", "RoutingRules" in ids and schemas; "routing rule" in texts. */
  name: string
  plural: string
  text: string
  path: `/v1/${string}`
  /** The parameter in the path. */
  key: string
  schema: z.ZodObject
  list: string
  put: string
  remove: string
  all(catalog: Catalog): readonly Records[K][]
  example: { id: string; body: Record<string, unknown> }
  /** What has to be there for the example to work. */
  stage: readonly Edit[]
}

function recordOperations<K extends RoutingKind>(words: Words<K>): Operation[] {
  const { kind, name, plural, text, path, key, schema, example } = words
  const { id: _id, ...writable } = schema.shape
  const Body = z.strictObject(writable)
  const Detail = z.strictObject({ ...schema.shape, revision: Revision }).meta({ id: name })
  const params = z.strictObject({ [key]: Id.describe(`The id of a ${text}.`) })
  const idOf = (params: Record<string, unknown>): string => String(params[key])
  const at = `${path}/{${key}}` as const
  const examplePath = { [key]: example.id }

  const find = (catalog: Catalog, id: string): Records[K] => {
    const record = recordOf(catalog.dataset, kind, id)
    if (record) return record
    const known = words.all(catalog).map(({ id }) => id)
    const hint = known.length > 0 ? `There are: ${known.slice(0, 20).join(', ')}.` : 'There are none yet.'
    throw new Refusal('unknown', `There is no ${text} "${id}". ${hint}`, { field: key })
  }
  // The body is of the kind's schema, and the schema is of the kind's record.
  const editsOf = (id: string, body: object): Edit[] => [{ kind, id, record: { ...body, id } } as unknown as Edit]
  const staged = (catalog: Catalog): Catalog =>
    plan(catalog, words.stage, { actor: 'portal', at: catalog.at, reason: 'example' }).after
  const stagedWhole = (catalog: Catalog): Catalog =>
    plan(catalog, [...words.stage, ...editsOf(example.id, Body.parse(example.body))], {
      actor: 'portal',
      at: catalog.at,
      reason: 'example',
    }).after
  const detailOf = (catalog: Catalog, id: string) =>
    inOrder(Detail, { ...find(catalog, id), revision: catalog.revision })
  const listing = (catalog: Catalog, query: { limit: number; cursor?: string | undefined }) => ({
    ...pageOf(words.all(catalog), query),
    revision: catalog.revision,
  })

  return [
    operation({
      id: `list${plural}`,
      method: 'GET',
      path,
      tag: 'Routing',
      access: 'read',
      summary: `List the ${text}s`,
      description: words.list,
      params: z.strictObject({}),
      query: z.strictObject(Page),
      output: listOf(z.strictObject(schema.shape).meta({ id: `${name}Summary` })),
      refusals: ['invalid'],
      example: { params: {}, query: { limit: 10 } },
      rehearse: (catalog, { query }) => listing(stagedWhole(catalog), query),
      run: ({ catalog }, { query }) => listing(catalog, query),
    }),
    operation({
      id: `get${name}`,
      method: 'GET',
      path: at,
      tag: 'Routing',
      access: 'read',
      summary: `Read one ${text}`,
      description: `A ${text} as it is stored. Its ETag goes into If-Match to replace or remove it.`,
      params,
      query: z.strictObject({}),
      output: Detail,
      refusals: ['unknown'],
      example: { params: examplePath, query: {} },
      resource: ({ dataset }, { params }) => recordOf(dataset, kind, idOf(params)),
      rehearse: (catalog, { params }) => detailOf(stagedWhole(catalog), idOf(params)),
      run: ({ catalog }, { params }) => detailOf(catalog, idOf(params)),
    }),
    writeOperation({
      id: `put${name}`,
      method: 'PUT',
      path: at,
      tag: 'Routing',
      summary: `Write a ${text}`,
      description: words.put,
      params,
      query: WriteQuery,
      body: Body,
      output: Detail,
      refusals: [...WRITE_REFUSALS, 'invalid'],
      example: { params: examplePath, query: {}, body: example.body },
      stage: staged,
      resource: ({ dataset }, { params }) => recordOf(dataset, kind, idOf(params)),
      edits: (_catalog, { params, body }) => editsOf(idOf(params), body),
      reason: ({ params, query }) => query.reason ?? `The ${text} ${idOf(params)} written`,
      answer: ({ after }, { params }) => detailOf(after, idOf(params)),
    }),
    writeOperation({
      id: `delete${name}`,
      method: 'DELETE',
      path: at,
      tag: 'Routing',
      summary: `Remove a ${text}`,
      description: words.remove,
      params,
      query: WriteQuery,
      output: z.strictObject({ removed: Id, revision: Revision }).meta({ id: 'Removal' }),
      refusals: [...WRITE_REFUSALS, 'unknown'],
      example: { params: examplePath, query: {} },
      stage: stagedWhole,
      resource: ({ dataset }, { params }) => recordOf(dataset, kind, idOf(params)),
      edits(catalog, { params }) {
        find(catalog, idOf(params))
        return [{ kind, id: idOf(params), record: null } as Edit]
      },
      reason: ({ params, query }) => query.reason ?? `The ${text} ${idOf(params)} removed`,
      answer: ({ after }, { params }) => ({ removed: idOf(params), revision: after.revision }),
    }),
  ]
}

const platform: Team = { id: 'platform', name: 'Platform', queue: 'PLAT', contact: null }
const withPlatform: readonly Edit[] = [{ kind: 'teams', id: platform.id, record: platform }]

export const organisationOperations: readonly Operation[] = [
  ...recordOperations({
    kind: 'teams',
    name: 'Team',
    plural: 'Teams',
    text: 'team',
    path: '/v1/teams',
    key: 'team',
    schema: Team,
    list: 'The teams of the customer side in the order of their ids, each with the queue that its tickets go to.',
    put: 'Creates a team, or replaces it whole.',
    remove: 'Removes a team. Refused while assignments or routing rules name it; the refusal names them.',
    all: ({ teams }) => teams,
    example: { id: 'platform', body: { name: 'Platform', queue: 'PLAT' } },
    stage: [],
  }),
  ...recordOperations({
    kind: 'assignments',
    name: 'Assignment',
    plural: 'Assignments',
    text: 'assignment',
    path: '/v1/assignments',
    key: 'id',
    schema: Assignment,
    list: 'Which slice of what the customer owns goes to which team, in the order of their ids.',
    put: 'Gives a team a slice of what the customer owns. The narrowest slice wins; one that is tied with that of another team is refused, and the refusal names it.',
    remove: 'Takes a slice back. What it covered goes to the next wider slice.',
    all: ({ assignments }) => assignments,
    example: { id: 'platform-rds', body: { team: 'platform', service: 'rds' } },
    stage: withPlatform,
  }),
  ...recordOperations({
    kind: 'routingRules',
    name: 'RoutingRule',
    plural: 'RoutingRules',
    text: 'routing rule',
    path: '/v1/routing-rules',
    key: 'id',
    schema: RoutingRule,
    list: 'The routing rules in the order in which they are asked; the first that matches decides.',
    put: 'Writes a rule that sends tickets to a team, to AWS Support or to triage before any assignment is asked. All its conditions must hold, each by any of its values.',
    remove: 'Removes a routing rule.',
    all: ({ routingRules }) => routingRules,
    example: {
      id: 'production-databases',
      // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
      body: { position: 10, when: { service: ['rds'], environment: ['production'] }, then: { team: 'platform' } },
    },
    stage: withPlatform,
  }),
]
