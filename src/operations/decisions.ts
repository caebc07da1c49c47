/** The log of decisions: read, replayed, judged and summed up. It holds tickets, so strangers see nothing of it. */
import { z } from 'zod'
import { Id, Label, Prose, Side } from '../domain/model.js'
import { Refusal } from '../domain/refusal.js'
import type { Ticket } from '../domain/ticket.js'
import { Decision, Outcome } from '../domain/tickets/decision.js'
import { ACCURACY_FIELDS, type Feedback, type LoggedDecision } from '../domain/tickets/log.js'
import { maskAll } from '../domain/tickets/mask.js'
import { Revision } from '../domain/verdict.js'
import { createId } from '../ids.js'
import { type Context, Nothing, operation } from './operation.js'
import { Page } from './paging.js'
import { decide, loadRouter } from './tickets.js'

const Instant = z.iso.datetime().max(40)
const Name = z.string().min(1).max(200)
const Count = z.int().min(0).max(2_147_483_647)
const DecisionId = z.uuid().max(36)
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })])

const Head = {
  id: DecisionId,
  at: Instant,
  actor: Name.describe('Who sent the ticket: the name of a key, oidc: and a subject, or hook: and the source.'),
  source: Label.nullable().describe('The system that the ticket comes from.'),
  outcome: Outcome,
  owner: Side.nullable(),
  service: Id.nullable(),
  layer: Id.nullable(),
  team: Id.nullable(),
  title: z.string().max(20_000).describe('Of the ticket, masked.'),
  confidence: z.number().min(0).max(1),
  corrected: z.boolean().nullable().describe('Whether the last feedback said that it was wrong; null without any.'),
  decidedAt: Revision.describe('The revision of the data that it was decided on.'),
}

const EXAMPLE_HEAD = {
  id: '0199f2a0-5c00-7000-8000-000000000001',
  at: '2026-11-24T12:00:00.000Z',
  actor: 'service desk',
  source: 'jira',
  outcome: 'routed',
  owner: 'customer',
  service: 's3',
  layer: 'network-controls',
  team: null,
  title: 'S3 bucket is public',
  confidence: 0.9,
  corrected: null,
  decidedAt: 1,
} as const

const headOf = ({ inbound, decision, revision, event: _event, router: _router, ...rest }: LoggedDecision) => ({
  id: rest.id,
  at: rest.at,
  actor: rest.actor,
  source: rest.source,
  outcome: rest.outcome,
  owner: decision.owner,
  service: rest.service,
  layer: rest.layer,
  team: rest.team,
  title: inbound.ticket.title,
  confidence: decision.confidence,
  corrected: rest.corrected,
  decidedAt: revision,
})

export const listDecisions = operation({
  id: 'listDecisions',
  method: 'GET',
  path: '/v1/decisions',
  tag: 'Tickets',
  access: 'write',
  volatile: true,
  summary: 'List the decisions on tickets',
  description: 'Newest first, with what each ticket came to. Tickets are kept without secrets and e-mail addresses.',
  params: Nothing,
  query: z.strictObject({
    since: z.iso
      .datetime({ offset: true })
      .max(40)
      .optional()
      .describe('Only decisions from this time on, such as 2026-11-24T00:00:00Z.'),
    outcome: Outcome.optional().describe('Only decisions with this outcome.'),
    service: Id.optional().describe('Only decisions on this service, by its id.'),
    layer: Id.optional().describe('Only decisions on this layer, by its id.'),
    team: Id.optional().describe('Only decisions for this team, by its id.'),
    source: Label.optional().describe('Only tickets of this system, as they name it.'),
    corrected: flag
      .optional()
      .describe('true: those that the last feedback called wrong; false: those it called right.'),
    ...Page,
  }),
  output: z
    .strictObject({
      items: z.array(z.strictObject(Head).meta({ id: 'DecisionHead' })).max(200),
      nextCursor: z.string().max(300).nullable().describe('Null on the last page.'),
      total: Count,
      revision: Revision,
    })
    .meta({ id: 'DecisionList' }),
  refusals: ['invalid'],
  example: {
    params: {},
    query: { limit: 1 },
    answer: { items: [EXAMPLE_HEAD], nextCursor: null, total: 1, revision: 1 },
  },
  async run({ catalog, store }, { query: { limit, cursor, since, ...rest } }) {
    const filter = { ...rest, since: since && new Date(since).toISOString() }
    const found = await store.decisions.list(filter, { limit: limit + 1, before: cursor && readCursor(cursor) })
    const items = found.slice(0, limit)
    return {
      items: items.map(headOf),
      nextCursor: found.length > limit ? Buffer.from(items.at(-1)?.id ?? '').toString('base64url') : null,
      total: await store.decisions.count(filter),
      revision: catalog.revision,
    }
  },
})

function readCursor(cursor: string): string {
  const parsed = DecisionId.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (parsed.success) return parsed.data
  throw new Refusal('invalid', `The cursor "${cursor}" is of no page of this list. Leave it out to start again.`, {
    field: 'cursor',
  })
}

const FeedbackNote = z
  .strictObject({
    id: DecisionId,
    at: Instant,
    actor: Name,
    correct: z.boolean(),
    service: Id.optional(),
    layer: Id.optional(),
    owner: Side.optional(),
    team: Id.optional(),
    note: Prose.optional(),
  })
  .meta({ id: 'Feedback' })

const Replay = z
  .strictObject({
    before: Decision.nullable().describe('By the revision that it was decided on; null where that cannot be read.'),
    today: Decision.describe('By the data, the settings and the release of today.'),
    different: z.boolean().describe('Whether it would be decided otherwise today.'),
    differences: z
      .array(z.strictObject({ field: Label, before: z.string().max(300), today: z.string().max(300) }))
      .max(20),
  })
  .meta({ id: 'Replay' })

async function requireDecision({ store }: Pick<Context, 'store'>, id: string): Promise<LoggedDecision> {
  const found = await store.decisions.find(id)
  if (found) return found
  throw new Refusal('unknown', `There is no decision "${id}". GET /v1/decisions lists what is kept.`, {
    field: 'decision',
  })
}

const DecisionParams = z.strictObject({ decision: DecisionId.describe('The decisionId of an answer.') })

const DEFINING = {
  outcome: ({ outcome }: Decision) => outcome,
  owner: ({ owner }: Decision) => owner,
  nextActor: ({ nextActor }: Decision) => nextActor,
  openAwsCase: ({ openAwsCase }: Decision) => String(openAwsCase),
  service: ({ service }: Decision) => service?.id,
  layer: ({ layer }: Decision) => layer?.id,
  variant: ({ variant }: Decision) => variant?.id,
  destination: ({ destination }: Decision) => destination.kind,
  team: ({ destination }: Decision) => destination.team?.id,
  rule: ({ rule }: Decision) => rule?.id,
}

async function replay({ catalog, history, routing }: Context, kept: LoggedDecision): Promise<z.output<typeof Replay>> {
  const { inbound, decision, revision, router } = kept
  await loadRouter()
  const before = await history.at(String(revision)).then(
    (past) => decide(past, inbound, router),
    (error: unknown) => {
      if (error instanceof Refusal) return null
      throw error
    },
  )
  const today = decide(catalog, inbound, routing)
  const differences = Object.entries(DEFINING).flatMap(([field, read]) => {
    const [was, is] = [read(decision) ?? 'none', read(today) ?? 'none']
    return was === is ? [] : [{ field, before: was, today: is }]
  })
  return { before, today, different: differences.length > 0, differences }
}

export const getDecision = operation({
  id: 'getDecision',
  method: 'GET',
  path: '/v1/decisions/{decision}',
  tag: 'Tickets',
  access: 'write',
  volatile: true,
  summary: 'Show a decision and what was said of it',
  description:
    'The ticket without secrets and e-mail addresses, the decision, what the router was, and the feedback. With explain=true it is decided again, on the data of then and of today, and what differs is told.',
  params: DecisionParams,
  query: z.strictObject({
    explain: flag.default(false).describe('true: replay it, and say whether it would be different today.'),
  }),
  output: z
    .strictObject({
      ...Head,
      // Masking can lengthen a text by a little, so the bounds of what comes in do not hold of what is kept.
      ticket: z.record(z.string().max(200), z.unknown()).meta({ maxProperties: 50 }),
      decision: Decision,
      router: z.strictObject({ version: Name, threshold: z.number().min(0).max(1), defaultTeam: Id.nullable() }),
      feedback: z.array(FeedbackNote).max(200).describe('Oldest first; the last counts.'),
      replay: Replay.nullable(),
      revision: Revision,
    })
    .meta({ id: 'LoggedDecision' }),
  refusals: ['unknown'],
  example: {
    params: { decision: EXAMPLE_HEAD.id },
    query: {},
    answer: {
      ...EXAMPLE_HEAD,
      ticket: { title: EXAMPLE_HEAD.title, source: { system: 'jira' } } satisfies Ticket,
      decision: {
        decisionId: EXAMPLE_HEAD.id,
        outcome: 'routed',
        owner: 'customer',
        nextActor: 'customer',
        openAwsCase: false,
        destination: { kind: 'team', team: null, awsSupport: null, matched: null, alsoMatched: [] },
        service: { id: 's3', name: 'Amazon S3', model: 'paas' },
        layer: { id: 'network-controls', name: 'Network controls' },
        variant: null,
        confidence: 0.9,
        verdict: null,
        explanation: [],
        alternatives: [],
        nextActions: [],
        rule: null,
        keptAssignee: null,
        revision: 1,
      },
      router: { version: '0.1.0', threshold: 0.5, defaultTeam: null },
      feedback: [],
      replay: null,
      revision: 1,
    },
  },
  async run(context, { params, query }) {
    const kept = await requireDecision(context, params.decision)
    const feedback = await context.store.decisions.feedbackOn(kept.id)
    return {
      ...headOf(kept),
      ticket: kept.inbound.ticket,
      decision: kept.decision,
      router: kept.router,
      feedback: feedback
        .slice(-200)
        .map(({ said, decision: _decision, ...rest }) => FeedbackNote.parse({ ...rest, ...said })),
      replay: query.explain ? await replay(context, kept) : null,
      revision: context.catalog.revision,
    }
  },
})

export const judgeDecision = operation({
  id: 'judgeDecision',
  method: 'POST',
  path: '/v1/decisions/{decision}/feedback',
  tag: 'Tickets',
  access: 'write',
  summary: 'Say whether a decision was right',
  description:
    'Kept with who said it and when. Several may speak; the last one counts. What would have been right can be named beside it.',
  params: DecisionParams,
  query: Nothing,
  body: z.strictObject({
    correct: z.boolean(),
    service: Id.optional().describe('The id of the service that it was about.'),
    layer: Id.optional().describe('The id of the layer that it was about.'),
    owner: Side.optional(),
    team: Id.optional().describe('The id of the team that should have had it.'),
    note: Prose.optional(),
  }),
  output: FeedbackNote.extend({ revision: Revision }).meta({ id: 'FeedbackAnswer' }),
  refusals: ['unknown', 'unauthorized'],
  example: {
    params: { decision: EXAMPLE_HEAD.id },
    query: {},
    body: { correct: false, layer: 'data', note: 'The bucket is meant to be public; the object is not.' },
    answer: {
      id: '0199f2a0-5c00-7000-8000-000000000002',
      at: '2026-11-24T12:00:00.000Z',
      actor: 'service desk',
      correct: false,
      layer: 'data',
      note: 'The bucket is meant to be public; the object is not.',
      revision: 1,
    },
  },
  async run(context, { params, body: { correct, ...said } }) {
    const { store, actor, now, catalog } = context
    if (actor === null) throw new Refusal('unauthorized', 'Feedback needs a key with the scope "write".')
    const { id: decision } = await requireDecision(context, params.decision)
    const at = new Date(now()).toISOString()
    const feedback = { id: createId(now()), decision, at, actor, correct, said: maskAll(said) as Feedback['said'] }
    await store.decisions.judge(feedback)
    return FeedbackNote.extend({ revision: Revision }).parse({
      id: feedback.id,
      at,
      actor,
      correct,
      ...feedback.said,
      revision: catalog.revision,
    })
  },
})

const AccuracyRow = z.strictObject({
  value: z.string().max(200).nullable().describe('The layer, team or source; null where a decision names none.'),
  judged: Count.describe('Decisions with feedback.'),
  corrected: Count.describe('Those of them that the last feedback called wrong.'),
  accuracy: z.number().min(0).max(1),
})
const Rows = z.array(AccuracyRow).max(200)

export const getAccuracy = operation({
  id: 'getAccuracy',
  method: 'GET',
  path: '/v1/decisions/accuracy',
  tag: 'Tickets',
  access: 'write',
  volatile: true,
  summary: 'Sum up what people said of the decisions',
  description:
    'By layer, by team and by source: how many decisions were judged and how many corrected, most corrected first.',
  params: Nothing,
  query: Nothing,
  output: z
    .strictObject({
      judged: Count,
      corrected: Count,
      byLayer: Rows,
      byTeam: Rows,
      bySource: Rows,
      revision: Revision,
    })
    .meta({ id: 'Accuracy' }),
  refusals: [],
  example: {
    params: {},
    query: {},
    answer: {
      judged: 4,
      corrected: 1,
      byLayer: [{ value: 'data', judged: 4, corrected: 1, accuracy: 0.75 }],
      byTeam: [{ value: null, judged: 4, corrected: 1, accuracy: 0.75 }],
      bySource: [{ value: 'jira', judged: 4, corrected: 1, accuracy: 0.75 }],
      revision: 1,
    },
  },
  async run({ catalog, store }) {
    const [layer = [], team = [], source = []] = await Promise.all(
      ACCURACY_FIELDS.map((field) => store.decisions.accuracy(field)),
    )
    const rows = (counts: typeof layer) =>
      counts
        .toSorted((a, b) => b.corrected - a.corrected || (String(a.value) < String(b.value) ? -1 : 1))
        .slice(0, 200)
        .map((row) => ({ ...row, accuracy: 1 - row.corrected / row.judged }))
    return {
      judged: layer.reduce((sum, { judged }) => sum + judged, 0),
      corrected: layer.reduce((sum, { corrected }) => sum + corrected, 0),
      byLayer: rows(layer),
      byTeam: rows(team),
      bySource: rows(source),
      revision: catalog.revision,
    }
  },
})

export const decisionOperations = [listDecisions, getAccuracy, getDecision, judgeDecision]
