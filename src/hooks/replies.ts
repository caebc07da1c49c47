/** What a sender is told: the whole decision, flat fields beside it, and what that sender can write back as it is. */
import { z } from 'zod'
import { Id, Label } from '../domain/model.js'
import type { Inbound } from '../domain/ticket.js'
import { Decision } from '../domain/tickets/decision.js'
import type { OcsfInbound } from './ocsf.js'
import { HOOK_SOURCES, type HookSource, MAX_EVENTS } from './parse.js'
import { clip } from './read.js'
import type { AsffInbound } from './security-hub.js'

const Note = z.string().max(4000)
const Values = z.record(z.string().max(128), z.string().max(1024))

const Flat = z.strictObject({
  routable: z.boolean().describe('Whether there is anything to route in the event.'),
  reason: Label.nullable().describe('Why there is nothing to route, such as passed, archived or ping; else null.'),
  outcome: Decision.shape.outcome.nullable(),
  owner: Decision.shape.owner,
  nextActor: Decision.shape.nextActor,
  openAwsCase: z.boolean().describe('Whether a case with AWS Support should be opened.'),
  service: Id.nullable(),
  layer: Id.nullable(),
  destination: Decision.shape.destination.shape.kind.nullable(),
  team: Label.nullable().describe('The name of the team that takes it.'),
  queue: Label.nullable().describe('The queue of that team.'),
  explanation: Note.describe('Why, in a few lines of plain text, fit for a comment.'),
  keptExisting: z.boolean().describe('The ticket has an assignee already; this is advice and must not replace them.'),
  decisionId: z.string().max(100).nullable(),
  eventId: z.string().max(500).nullable().describe('What the event is known by when it comes again.'),
})

/** Only of the sender that can use it. */
const WriteBack = z.strictObject({
  update: z
    .strictObject({
      labels: z.array(z.strictObject({ add: Label })).max(5),
      comment: z.array(z.strictObject({ add: z.strictObject({ body: Note }) })).max(1),
    })
    .optional()
    .describe('Jira: the body of PUT /rest/api/2/issue/{key}, as its `update`.'),
  assignment_group: Label.nullable().optional().describe('ServiceNow: the name of the group to assign to.'),
  work_notes: Note.optional().describe('ServiceNow: the text for the work notes.'),
  ticket: z
    .strictObject({ comment: z.strictObject({ body: Note, public: z.boolean() }) })
    .optional()
    .describe('Zendesk: the body of PUT /api/v2/tickets/{id}.json.'),
  payload: z
    .strictObject({
      summary: z.string().max(1024),
      source: Label,
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      component: Label.nullable(),
      class: Label.nullable(),
      group: Label.nullable(),
      custom_details: Values,
    })
    .optional()
    .describe('PagerDuty: the `payload` of an event for the Events API v2.'),
  comment: z.strictObject({ body: Note }).optional().describe('GitHub: the body of a comment on the issue.'),
  labels: z.array(Label).max(5).optional().describe('GitHub: the labels to add to the issue.'),
  batchUpdateFindings: z
    .strictObject({
      FindingIdentifiers: z.array(z.strictObject({ Id: z.string().max(512), ProductArn: z.string().max(2048) })).max(1),
      Workflow: z.strictObject({ Status: z.enum(['NOTIFIED', 'SUPPRESSED', 'RESOLVED']) }),
      Note: z.strictObject({ Text: z.string().max(512), UpdatedBy: Label }),
      UserDefinedFields: Values,
    })
    .optional()
    .describe('Security Hub CSPM: the input of BatchUpdateFindings.'),
  batchUpdateFindingsV2: z
    .strictObject({
      FindingIdentifiers: z
        .array(
          z.strictObject({
            CloudAccountUid: z.string().max(512),
            FindingInfoUid: z.string().max(2048),
            MetadataProductUid: z.string().max(2048),
          }),
        )
        .max(1),
      Comment: z.string().max(512),
      StatusId: z.int().min(0).max(99).describe('2: in progress.'),
    })
    .optional()
    .describe('Security Hub: the input of BatchUpdateFindingsV2.'),
  response_type: z.enum(['ephemeral']).optional().describe('Slack: who sees the answer.'),
  text: Note.optional().describe('Slack: the answer.'),
})

/** The answer for one event. */
const EventReply = Flat.extend(WriteBack.shape).extend({ decision: Decision.nullable() }).meta({ id: 'EventReply' })
export type EventReply = z.output<typeof EventReply>

/** The answer to a delivery: that of its first event with something to route, where simple senders find it, then the others. */
export const HookReply = EventReply.extend({
  source: z.enum(HOOK_SOURCES),
  duplicate: z.boolean().describe('The same delivery or event was answered before; this is that answer.'),
  others: z.array(EventReply).max(MAX_EVENTS).describe('The further events of the delivery, those to be routed first.'),
}).meta({ id: 'HookReply' })
export type HookReply = z.output<typeof HookReply>

/** Builds the answer to a delivery from its events and what was decided on each; null on those that are idle. */
export function replyTo(
  source: HookSource,
  events: readonly { inbound: Inbound; decision: Decision | null }[],
): HookReply {
  const [first, ...others] = events
    .toSorted((a, b) => Number(a.decision === null) - Number(b.decision === null))
    .map(({ inbound, decision }) => replyToEvent(source, inbound, decision))
  if (!first) throw new Error('A delivery has at least one event.')
  return { ...first, source, duplicate: first.decision?.duplicate ?? false, others }
}

function replyToEvent(source: HookSource, inbound: Inbound, decision: Decision | null): EventReply {
  const foreign = inbound.idle === 'not-aws'
  const explanation = explain(inbound, decision)
  const flat: z.output<typeof Flat> = {
    routable: inbound.idle === null,
    reason: inbound.idle,
    outcome: decision?.outcome ?? (foreign ? 'not-aws' : null),
    owner: decision?.owner ?? null,
    nextActor: decision?.nextActor ?? null,
    openAwsCase: decision?.openAwsCase ?? false,
    service: decision?.service?.id ?? null,
    layer: decision?.layer?.id ?? null,
    destination: decision?.destination.kind ?? null,
    team: decision?.destination.team?.name ?? null,
    queue: decision?.destination.team?.queue ?? null,
    explanation,
    keptExisting: inbound.ticket.assignee !== undefined,
    decisionId: decision?.decisionId ?? null,
    eventId: inbound.eventId,
  }
  return { ...flat, ...(decision ? writeBack(source, inbound, decision, explanation) : {}), decision }
}

const SIDES = { aws: 'AWS', customer: 'The customer' }

/** Why, from the decision's own words: no sentence here says more than a field of it. */
function explain({ idle, ticket }: Inbound, decision: Decision | null): string {
  if (!decision) return `Nothing to route: ${idle ?? 'no decision'}.`
  const { outcome, owner, service, layer, verdict, destination, nextActor, openAwsCase } = decision
  const to =
    destination.kind === 'aws-support'
      ? 'AWS Support'
      : (destination.team?.name ??
        (destination.kind === 'triage' ? 'triage' : 'the customer side, where no team is set up for it'))
  const head: Record<typeof outcome, string> = {
    routed: `Goes to ${to}.`,
    'needs-triage': `Needs a person: ${to}.`,
    'not-aws': 'Not a matter of any AWS service.',
  }
  const whose =
    owner && layer
      ? `${SIDES[owner]} ${verdict?.owner === 'shared' ? 'leads on the shared layer' : 'owns'} "${layer.name}"${service ? ` of ${service.name}` : ''}.`
      : undefined
  const next = nextActor === 'aws' ? 'AWS acts next.' : nextActor === 'customer' ? 'The customer acts next.' : undefined
  const lines = [
    [head[outcome], whose, next, openAwsCase ? 'Open a case with AWS Support.' : undefined].filter(Boolean).join(' '),
    ticket.assignee === undefined ? undefined : `It is assigned to ${ticket.assignee} already; that stays.`,
    ...decision.explanation.map(
      ({ step, found, because, evidence }) =>
        `${step}: ${found} (${because} ${evidence.field} "${clip(evidence.text, 200)}")`,
    ),
    ...decision.nextActions,
  ]
  return clip(lines.filter(Boolean).join('\n'), 4000)
}

type Writer = (inbound: Inbound, decision: Decision, explanation: string) => z.output<typeof WriteBack>

/** `owner-aws`: in a form that every service desk takes as a label. */
const labelsOf = ({ owner, service, layer }: Decision): string[] =>
  [owner && `owner-${owner}`, service && `service-${service.id}`, layer && `layer-${layer.id}`].filter(
    (label): label is string => typeof label === 'string',
  )

const detailsOf = (decision: Decision): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      outcome: decision.outcome,
      owner: decision.owner,
      nextActor: decision.nextActor,
      service: decision.service?.id,
      layer: decision.layer?.id,
      team: decision.destination.team?.name,
      queue: decision.destination.team?.queue,
      decisionId: decision.decisionId,
    }).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

const groupOf = ({ destination }: Decision): string | null =>
  destination.kind === 'aws-support' ? 'AWS Support' : (destination.team?.name ?? null)

const finding: Writer = (inbound, decision, explanation) => {
  const { asff } = inbound as Partial<AsffInbound>
  const { ocsf } = inbound as Partial<OcsfInbound>
  const text = clip(explanation, 512)
  return {
    ...(asff && {
      batchUpdateFindings: {
        FindingIdentifiers: [asff],
        Workflow: { Status: 'NOTIFIED' },
        Note: { Text: text, UpdatedBy: 'aws-responsibility-matrix' },
        UserDefinedFields: detailsOf(decision),
      },
    }),
    ...(ocsf && { batchUpdateFindingsV2: { FindingIdentifiers: [ocsf], Comment: text, StatusId: 2 } }),
  }
}

const WRITERS: Record<HookSource, Writer> = {
  'security-hub': finding,
  ocsf: finding,
  eventbridge: finding,
  guardduty: finding,
  'aws-health': finding,
  'aws-config': finding,
  cloudwatch: finding,
  jira: (_, decision, body) => ({
    update: { labels: labelsOf(decision).map((add) => ({ add })), comment: [{ add: { body } }] },
  }),
  servicenow: (_, decision, work_notes) => ({ assignment_group: groupOf(decision), work_notes }),
  zendesk: (_, _decision, body) => ({ ticket: { comment: { body, public: false } } }),
  pagerduty: ({ ticket }, decision, explanation) => ({
    payload: {
      // Our own first line: a title may hold what must not be repeated.
      summary: clip(explanation.split('\n', 1)[0] ?? '', 1024),
      source: clip(ticket.source?.id ?? 'pagerduty', 200),
      severity: severityOf(ticket.severity),
      component: decision.service?.id ?? null,
      class: decision.layer?.id ?? null,
      group: decision.owner,
      custom_details: detailsOf(decision),
    },
  }),
  github: (_, decision, body) => ({ comment: { body }, labels: labelsOf(decision) }),
  slack: (_, _decision, text) => ({ response_type: 'ephemeral', text }),
}

const writeBack = (source: HookSource, ...rest: Parameters<Writer>): z.output<typeof WriteBack> =>
  WRITERS[source](...rest)

/** A priority (P1 …) or an urgency in the words of the Events API. */
function severityOf(text: string | undefined): 'critical' | 'error' | 'warning' | 'info' {
  if (text === undefined) return 'warning'
  if (/^(?:p1|sev-?1|critical)$/.test(text)) return 'critical'
  if (/^(?:p2|sev-?2|high|error)$/.test(text)) return 'error'
  return /^(?:p5|low|info\w*)$/.test(text) ? 'info' : 'warning'
}
