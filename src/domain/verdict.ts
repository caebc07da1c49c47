/** The resolved answer to "who owns layer X of service Y", as it is served. */
import { z } from 'zod'
import {
  CalendarDate,
  Flip,
  Id,
  Label,
  Lifecycle,
  ModelId,
  Owner,
  Prose,
  Scope,
  Side,
  SourceUrl,
  Subject,
} from './model.js'

/** A source with the day on which the fact was read there; null where it was not confirmed. */
export const Source = z.strictObject({ url: SourceUrl, verifiedAt: CalendarDate.nullable() })
export type Source = z.infer<typeof Source>

/** Where the winning rule speaks: `subject` is a service, `service/variant`, a model or a layer. */
export const Basis = z.strictObject({ scope: Scope, subject: Subject })
export type Basis = z.infer<typeof Basis>

/** The number of the last committed change of the data that an answer was made from. */
export const Revision = z.int().min(0).max(2_147_483_647)

export const Verdict = z
  .strictObject({
    service: z.strictObject({ id: Id, name: Label, model: ModelId }).nullable(),
    variant: z.strictObject({ id: Id, name: Label }).nullable(),
    layer: z.strictObject({ id: Id, name: Label }),
    owner: Owner,
    lead: Side.nullable().describe('The side that moves first; null only where the layer does not apply.'),
    leadReason: Prose.nullable(),
    flip: Flip.nullable(),
    duties: z.strictObject({ aws: Prose.nullable(), customer: Prose.nullable() }),
    team: z
      .strictObject({ id: Id, name: Label, queue: Label })
      .nullable()
      .describe("The customer's team that takes this layer, where one is assigned."),
    basis: Basis,
    overruled: z.array(z.strictObject({ scope: Scope, subject: Basis.shape.subject, owner: Owner })).max(12),
    otherVariants: z
      .array(z.strictObject({ id: Id, name: Label, owner: Owner }))
      .max(30)
      .describe('Only the variants whose owner differs from this answer.'),
    sources: z.array(Source).max(20),
    verified: z
      .boolean()
      .describe(
        'False where the fact was not confirmed at its source or only a model default answers for the service.',
      ),
    reason: Prose.nullable().describe('Why the organisation decided so, where it overrode the shipped rule.'),
    lifecycle: Lifecycle.nullable(),
    statement: Prose,
    revision: Revision,
  })
  .meta({ id: 'Verdict' })
export type Verdict = z.infer<typeof Verdict>

/** Who acts first: the owner, or on a shared layer the side that leads. */
export const sideOf = ({ owner, lead }: Pick<Verdict, 'owner' | 'lead'>): Side | null =>
  owner === 'shared' ? lead : owner === 'not-applicable' ? null : owner
