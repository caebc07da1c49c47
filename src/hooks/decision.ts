/** What the hooks need of a routing decision: the fields of the contract, whoever decides. */
import { z } from 'zod'
import { Id, Label, Owner, Prose } from '../domain/model.js'
import type { Inbound } from '../domain/ticket.js'
import { Revision, Verdict } from '../domain/verdict.js'

const Reference = z.strictObject({ id: Id, name: Label })
const Text = z.string().max(2048)

const Step = z.strictObject({
  step: Label,
  found: Label.nullable(),
  because: Prose,
  evidence: z.strictObject({ field: Label, text: Text }).nullable(),
})

/** An answer of `POST /v1/tickets/route`. */
export const RoutedDecision = z
  .strictObject({
    decisionId: z.string().min(1).max(100),
    outcome: z.enum(['routed', 'needs-triage', 'not-aws']),
    owner: Owner.nullable(),
    nextActor: z.enum(['aws', 'customer', 'none']).nullable(),
    openAwsCase: z.boolean(),
    destination: z.strictObject({
      kind: z.enum(['team', 'aws-support', 'triage']),
      team: z.strictObject({ id: Id, name: Label, queue: Label }).nullable(),
      awsSupport: z.strictObject({ category: Label, severity: Label }).nullable(),
    }),
    service: Reference.nullable(),
    layer: Reference.nullable(),
    confidence: z.number().min(0).max(1),
    verdict: Verdict.nullable(),
    explanation: z.array(Step).max(50),
    alternatives: z
      .array(z.strictObject({ service: Reference.nullable(), layer: Reference.nullable(), confidence: z.number() }))
      .max(20),
    nextActions: z.array(Prose).max(20),
    rule: Reference.nullable(),
    revision: Revision,
  })
  .meta({ id: 'RoutedDecision' })
export type RoutedDecision = z.output<typeof RoutedDecision>

/**
 * Decides on one event that is to be routed. `trusted`: its sender proved who they are, by a signature or by a key
 * with the scope `route`; what is not trusted is answered and not stored.
 */
export type RouteInbound = (inbound: Inbound, trusted: boolean) => RoutedDecision | Promise<RoutedDecision>
