/** Overrides whose ground has shifted: what a release of the seed now says otherwise than when they were made. */
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.js'
import { staleRules } from '../domain/ground.js'
import { Ground, Id, Prose, Scope, Statement, Subject } from '../domain/model.js'
import { Nothing, operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'
import { RuleId } from './rules.js'

const StaleOverride = z
  .strictObject({
    id: RuleId,
    scope: Scope,
    subject: Subject,
    layer: Id,
    reason: Prose.nullable(),
    override: Statement.describe("The organisation's rule, which goes on deciding."),
    ground: Ground.nullable().describe('What the seed said in its place when it was made.'),
    shipped: Ground.nullable().describe('What the seed says now; null where its service, variant or layer is gone.'),
  })
  .meta({ id: 'StaleOverride' })

const staleOf = (catalog: Catalog): z.output<typeof StaleOverride>[] =>
  staleRules(catalog).map(({ rule, ground, now }) => {
    const { id, scope, subject, layer, reason, origin: _origin, ground: _ground, ...override } = rule
    return { id, scope, subject, layer, reason, override, ground, shipped: now }
  })

export const listStaleOverrides = operation({
  id: 'listStaleOverrides',
  method: 'GET',
  path: '/v1/overrides/stale',
  tag: 'Overrides',
  access: 'read',
  summary: 'List overrides whose ground has shifted',
  description:
    'The rules of the organisation for which a release now ships something else than what they were set against. They stay in force; PUT one again to confirm it on the new ground, or DELETE it to follow what is shipped.',
  params: Nothing,
  query: z.strictObject(Page),
  output: listOf(StaleOverride),
  refusals: ['invalid'],
  example: { params: {}, query: {} },
  run: ({ catalog }, { query }) => ({ ...pageOf(staleOf(catalog), query), revision: catalog.revision }),
})
