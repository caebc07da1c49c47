/** The answer to "who takes this ticket", as it is served and stored. */
import { z } from 'zod'
import { Id, Label, Prose, Side } from '../model.js'
import { Team } from '../organisation.js'
import { Revision, Verdict } from '../verdict.js'
import { Actor } from './reference.js'

export const Outcome = z.enum(['routed', 'needs-triage', 'not-aws'])
export type Outcome = z.infer<typeof Outcome>

const Place = z.strictObject({
  field: Label.describe('Where in the input the words stand: title, labels[1], resource.'),
  text: z.string().max(300).describe('The very words.'),
})

export const Explanation = z.strictObject({
  step: z.enum(['service', 'variant', 'layer', 'signal', 'side', 'flip', 'cue', 'belonging', 'unsure', 'destination']),
  found: z.string().min(1).max(300),
  because: Prose,
  evidence: Place,
})
export type Explanation = z.infer<typeof Explanation>

/** What the API of AWS Support wants for a case: `DescribeServices` and `DescribeSeverityLevels` name these codes. */
export const SupportCase = z.strictObject({
  service: Label.describe('The service code.'),
  category: Label.describe('The category code.'),
  severity: z.enum(['low', 'normal', 'high', 'urgent', 'critical']),
  verified: z.boolean().describe('False where the codes follow the pattern of the others but were not met in use.'),
  attach: z.array(Prose).max(12).describe('What AWS will ask for: attach it at once.'),
})
export type SupportCase = z.infer<typeof SupportCase>

const TeamNote = Team.pick({ id: true, name: true, queue: true })

/** A rule or assignment that fits the ticket. */
const Match = z.strictObject({
  by: z.enum(['rule', 'assignment', 'default']),
  id: Id.nullable(),
  to: z.string().min(1).max(100).describe('The id of the team, or aws-support or triage.'),
})
export type Match = z.infer<typeof Match>

export const Destination = z.strictObject({
  kind: z.enum(['team', 'aws-support', 'triage']),
  team: TeamNote.nullable().describe('Null for AWS Support, for triage, and where no team is set up for it.'),
  awsSupport: SupportCase.nullable(),
  matched: Match.nullable().describe('What decided among the teams; null where nothing was asked.'),
  alsoMatched: z.array(Match).max(20).describe('What would have taken it otherwise, in order.'),
})
export type Destination = z.infer<typeof Destination>

export const Decision = z
  .strictObject({
    decisionId: z.string().max(64).nullable().describe('Null where nothing is stored.'),
    duplicate: z.literal(true).optional().describe('The same event was decided before; this is that decision.'),
    note: z.string().max(300).optional().describe('Why it was not stored, where it should have been.'),
    outcome: Outcome,
    owner: Side.nullable().describe('Whose layer it is; on a shared layer, the side that leads in this ticket.'),
    nextActor: Actor.nullable().describe('Who must do something now.'),
    openAwsCase: z.boolean(),
    destination: Destination,
    service: z.strictObject({ id: Id, name: Label, model: z.enum(['iaas', 'paas', 'saas']) }).nullable(),
    layer: z.strictObject({ id: Id, name: Label }).nullable(),
    variant: z.strictObject({ id: Id, name: Label }).nullable(),
    confidence: z.number().min(0).max(1),
    verdict: Verdict.nullable(),
    explanation: z.array(Explanation).max(30),
    alternatives: z
      .array(
        z.strictObject({
          service: z.strictObject({ id: Id, name: Label }).nullable(),
          layer: z.strictObject({ id: Id, name: Label }).nullable(),
          owner: Side.nullable(),
          because: Prose,
        }),
      )
      .max(10),
    nextActions: z.array(Prose).max(12),
    rule: z
      .strictObject({ id: Id, position: z.int().min(0).max(1_000_000), note: Prose.nullable() })
      .nullable()
      .describe('The routing rule that decided, where one did.'),
    keptAssignee: Label.nullable().describe('Whom the ticket is assigned to already; the answer does not change it.'),
    revision: Revision,
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof Decision>

/** The confidence below which a ticket goes to triage, where nobody sets it: chosen on the development corpus. */
export const DEFAULT_THRESHOLD = 0.5
