/** The rules that an organisation writes: on a service, on a variant, and over everything as an override. */
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.js'
import { decide, findPlace, type Place, plan, recordOf, type WritableScope } from '../domain/change.js'
import {
  checkStatement,
  Ground,
  Id,
  Label,
  Origin,
  Prose,
  type Rule,
  Scope,
  SourceUrl,
  Statement,
  Subject,
} from '../domain/model.js'
import { Refusal } from '../domain/refusal.js'
import { resolve } from '../domain/resolve.js'
import { Revision, Verdict } from '../domain/verdict.js'
import { type Operation, operation } from './operation.js'
import { ServiceParams, VariantQuery } from './services.js'
import { inOrder, WRITE_REFUSALS, WriteQuery, writeOperation } from './write.js'

/** `scope/subject/layer` */
export const RuleId = z.string().min(1).max(300)

const RuleDetail = Statement.safeExtend({
  id: RuleId,
  scope: Scope,
  subject: Subject,
  layer: Id,
  origin: Origin.describe('Whether this is as shipped or as the organisation wrote it.'),
  reason: Prose.nullable().describe('Why the organisation decided so.'),
  ground: Ground.nullable().describe('What the seed said in its place when the organisation wrote it.'),
  revision: Revision,
}).meta({ id: 'Rule' })

const RuleRemoval = z
  .strictObject({
    removed: RuleId,
    restored: z.boolean().describe('Whether the shipped rule is back in its place.'),
    verdict: Verdict.describe('What holds now.'),
    revision: Revision,
  })
  .meta({ id: 'RuleRemoval' })

/** What is written: a statement needs no source where the organisation itself is the authority. */
const RuleShape = z.strictObject({
  ...Statement.shape,
  aws: Prose.nullable().default(null),
  customer: Prose.nullable().default(null),
  sources: z.array(SourceUrl).max(20).default([]),
  reason: Prose.nullable().default(null).describe('Why the organisation decided so.'),
})
const RuleBody = RuleShape.superRefine(checkStatement)
const OverrideBody = z
  .strictObject({ ...RuleShape.shape, reason: Prose.describe('Why the organisation decided so.') })
  .superRefine(checkStatement)

const Layers = {
  layer: Label.describe('The id of a layer, such as operating-system; a known name is redirected to it.'),
}
const Variants = { variant: Id.describe('The id of one of its variants, such as rds-custom.') }

const detailOf = (rule: Rule, revision: number): z.output<typeof RuleDetail> =>
  inOrder(RuleDetail, { ...rule, revision })

/** The rule at a place; an alias or an unknown name in it is refused before any precondition is asked. */
const ruleAt = (catalog: Catalog, place: Place): Rule | null =>
  recordOf(catalog.dataset, 'rules', findPlace(catalog, place).id)

function requireRule(catalog: Catalog, place: Place): Rule {
  const { service, variant, layer, id } = findPlace(catalog, place)
  const rule = recordOf(catalog.dataset, 'rules', id)
  if (rule) return rule
  const { basis } = resolve(catalog, { service, variant, layer })
  const what = place.scope === 'organisation' ? 'override' : 'rule of its own'
  throw new Refusal(
    'unknown',
    `There is no ${what} on the layer "${layer.id}" of "${variant ? `${service.id}/${variant.id}` : service.id}"; the rule of scope "${basis.scope}" on "${basis.subject}" decides. PUT here creates one.`,
    { field: 'layer' },
  )
}

interface Words<P extends z.ZodObject, Q extends z.ZodObject> {
  scope: WritableScope
  path: `/v1/${string}`
  /** "Override" in ids, "an override" in texts. */
  name: string
  article: string
  put: string
  params: P
  query: Q
  place(input: { params: z.output<P>; query: z.output<Q> }): Place
  example: { params: z.input<P>; query: z.input<Q>; body: z.input<typeof RuleBody> }
  body: typeof RuleBody | typeof OverrideBody
}

/** Read, write and remove the rule at one kind of place. */
function ruleOperations<P extends z.ZodObject, Q extends z.ZodObject<{ reason?: z.ZodType }>>(
  words: Words<P, Q>,
): Operation[] {
  const { path, name, article, params, place, example, body } = words
  const { reason: _reason, ...reading } = words.query.shape
  // Without the reason, which is for those who remove; what is left is read by `place` alone.
  const ReadQuery = z.strictObject(reading) as unknown as Q
  /** The catalog as the example of PUT leaves it: an override is nowhere in the shipped data. */
  const stage = (catalog: Catalog): Catalog =>
    ruleAt(catalog, place(parsed))
      ? catalog
      : plan(catalog, editsOf(catalog, { ...parsed, body: body.parse(example.body) }), {
          actor: 'portal',
          at: catalog.at,
          reason: 'example',
        }).after
  const parsed = { params: params.parse(example.params), query: words.query.parse(example.query) }
  const editsOf = (
    catalog: Catalog,
    input: { params: z.output<P>; query: z.output<Q>; body: z.output<typeof RuleBody> },
  ) => {
    const { reason, ...statement } = input.body
    return decide(catalog, { do: 'put-rule', place: place(input), statement, reason })
  }
  const reasonOf = (query: { reason?: unknown }): string | undefined =>
    typeof query.reason === 'string' ? query.reason : undefined

  const get = operation({
    id: `get${name}`,
    method: 'GET',
    path,
    tag: 'Overrides',
    access: 'read',
    summary: `Read ${article}`,
    description: `${article.charAt(0).toUpperCase()}${article.slice(1)} as it is stored, without what it falls back to. Its ETag goes into If-Match to replace or remove it.`,
    params,
    query: ReadQuery,
    output: RuleDetail,
    refusals: ['alias', 'unknown'],
    example: { params: example.params, query: example.query },
    resource: (catalog, input) => ruleAt(catalog, place(input)),
    rehearse: (catalog, input) => {
      const staged = stage(catalog)
      return detailOf(requireRule(staged, place(input)), staged.revision)
    },
    run: ({ catalog }, input) => detailOf(requireRule(catalog, place(input)), catalog.revision),
  })
  const put = writeOperation({
    id: `put${name}`,
    method: 'PUT',
    path,
    tag: 'Overrides',
    summary: `Write ${article}`,
    description: words.put,
    params,
    query: ReadQuery,
    body,
    output: RuleDetail,
    refusals: [...WRITE_REFUSALS, 'alias', 'unknown', 'invalid'],
    example,
    resource: (catalog, input) => ruleAt(catalog, place(input)),
    edits: editsOf,
    reason: (input) => input.body.reason ?? `Rule on ${place(input).layer} of ${place(input).service} written`,
    answer: ({ after }, input) => detailOf(requireRule(after, place(input)), after.revision),
  })
  const remove = writeOperation({
    id: `delete${name}`,
    method: 'DELETE',
    path,
    tag: 'Overrides',
    summary: `Remove ${article}`,
    description: `Removes ${article}, and says what holds now: the shipped rule that it had replaced, or that of the next scope. A shipped rule that is removed stays removed through every release.`,
    params,
    query: words.query,
    output: RuleRemoval,
    refusals: [...WRITE_REFUSALS, 'alias', 'unknown'],
    example: { params: example.params, query: example.query },
    stage,
    resource: (catalog, input) => ruleAt(catalog, place(input)),
    edits(catalog, input) {
      requireRule(catalog, place(input))
      return decide(catalog, { do: 'delete-rule', place: place(input) })
    },
    reason: (input) => reasonOf(input.query) ?? `Rule on ${place(input).layer} of ${place(input).service} removed`,
    answer({ after }, input) {
      const { service, variant, layer, id } = findPlace(after, place(input))
      return {
        removed: id,
        restored: recordOf(after.dataset, 'rules', id) !== null,
        verdict: resolve(after, { service, variant, layer }),
        revision: after.revision,
      }
    },
  })
  return [get, put, remove]
}

const OURS = {
  owner: 'customer' as const,
  customer: 'The platform team runs it: patches, restarts and on-call.',
}

export const ruleWriteOperations: readonly Operation[] = [
  ...ruleOperations({
    scope: 'service',
    path: '/v1/services/{service}/layers/{layer}/rule',
    name: 'ServiceRule',
    article: 'the rule of a service',
    put: 'Writes what holds for a layer of a service, also in the place of the shipped rule. The rules of its variants and overrides stay stronger.',
    params: ServiceParams.extend(Layers),
    query: WriteQuery,
    place: ({ params }) => ({ scope: 'service', service: params.service, variant: null, layer: params.layer }),
    body: RuleBody,
    example: { params: { service: 'rds', layer: 'data' }, query: {}, body: OURS },
  }),
  ...ruleOperations({
    scope: 'variant',
    path: '/v1/services/{service}/variants/{variant}/layers/{layer}/rule',
    name: 'VariantRule',
    article: 'the rule of a variant',
    put: 'Writes what holds for a layer of one variant of a service, also in the place of the shipped rule. Overrides stay stronger.',
    params: ServiceParams.extend({ ...Variants, ...Layers }),
    query: WriteQuery,
    place: ({ params }) => ({
      scope: 'variant',
      service: params.service,
      variant: params.variant,
      layer: params.layer,
    }),
    body: RuleBody,
    example: { params: { service: 'rds', variant: 'rds-custom', layer: 'operating-system' }, query: {}, body: OURS },
  }),
  ...ruleOperations({
    scope: 'organisation',
    path: '/v1/services/{service}/layers/{layer}/override',
    name: 'Override',
    article: 'an override',
    put: 'Writes what the organisation decides for a layer of a service, or with variant of one of its variants: it wins over every other rule. It remembers the shipped rule that it was set against.',
    params: ServiceParams.extend(Layers),
    query: WriteQuery.extend({ variant: VariantQuery }),
    place: ({ params, query }) => ({
      scope: 'organisation',
      service: params.service,
      variant: query.variant ?? null,
      layer: params.layer,
    }),
    body: OverrideBody,
    example: {
      params: { service: 'rds', layer: 'runtime' },
      query: {},
      body: { ...OURS, reason: 'Our contract moves the engine to the platform team.' },
    },
  }),
]
