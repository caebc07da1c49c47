/** Routing: one ticket, many of them, and the dry run of routing rules. */
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.js'
import { Id, Label } from '../domain/model.js'
import { Assignment, RoutingRule, Team } from '../domain/organisation.js'
import { Refusal } from '../domain/refusal.js'
import { type Inbound, inboundOf, Ticket } from '../domain/ticket.js'
import { DEFAULT_THRESHOLD, Decision, Destination } from '../domain/tickets/decision.js'
import { MOST_QUOTED } from '../domain/tickets/evidence.js'
import { mask, maskAll } from '../domain/tickets/mask.js'
import type * as Router from '../domain/tickets/route.js'
import { markRules, type Organisation, targetName } from '../domain/tickets/rules.js'
import { Revision } from '../domain/verdict.js'
import { type Context, Nothing, operation, type RoutingSettings } from './operation.js'

const DEFAULTS: RoutingSettings = { threshold: DEFAULT_THRESHOLD, defaultTeam: null }

/** Who takes what by a catalog; `defaultTeam` takes the rest. */
export const organisationOf = (catalog: Catalog, defaultTeam: string | null): Organisation => ({
  teams: catalog.teams,
  assignments: catalog.assignments,
  rules: catalog.routingRules,
  defaultTeam,
})

/** Refuses what the ticket names in fields of its own and nobody knows: a guess would outweigh all of its text. */
function check(catalog: Catalog, ticket: Ticket): void {
  if (
    ticket.layer !== undefined &&
    !catalog.layer(ticket.layer) &&
    catalog.layerNames.find(ticket.layer) === undefined
  ) {
    const suggestions = catalog.layerNames.nearest(ticket.layer)
    throw new Refusal(
      'invalid',
      `There is no layer "${ticket.layer}". Leave "layer" out, or take one of GET /v1/layers.`,
      { field: 'layer', suggestions },
    )
  }
}

let router: typeof Router | undefined

/** Loads what understands tickets, before one is decided: its weights take memory that a reader of verdicts does not need. */
export async function loadRouter(): Promise<void> {
  router ??= await import('../domain/tickets/route.js')
}

/** Decides on one event or ticket by what the catalog and the settings say; {@link loadRouter} comes first. */
export function decide(
  catalog: Catalog,
  inbound: Inbound,
  { threshold, defaultTeam }: RoutingSettings = DEFAULTS,
): Decision {
  if (!router) throw new Error('The router is loaded before a ticket is decided.')
  const decision = router.route(catalog, inbound, { organisation: organisationOf(catalog, defaultTeam), threshold })
  // Only a ticket that holds a secret can be quoted with one.
  return maskAll(inbound) === inbound ? decision : masked(decision)
}

/** No answer repeats a secret that stands in a ticket: what it quotes is masked. */
const masked = (decision: Decision): Decision => ({
  ...decision,
  explanation: decision.explanation.map((told) => {
    const { step, found, because, evidence } = told
    // The destination is told in the words of the organisation: a queue may be an e-mail address.
    if (step === 'destination') return told
    return {
      step,
      // What stands in the place of a secret can be longer than it.
      found: mask(found).slice(0, MOST_QUOTED),
      because: mask(because),
      evidence: { field: evidence.field, text: mask(evidence.text).slice(0, MOST_QUOTED) },
    }
  }),
  alternatives: maskAll(decision.alternatives),
  keptAssignee: decision.keptAssignee && mask(decision.keptAssignee),
})

const decideTicket = (context: Context, ticket: Ticket): Decision | Promise<Decision> => {
  const { catalog, routing, record } = context
  check(catalog, ticket)
  const inbound = inboundOf(ticket)
  const decision = decide(catalog, inbound, routing)
  return record ? record(inbound, decision, context) : decision
}

export const routeTicket = operation({
  id: 'routeTicket',
  method: 'POST',
  path: '/v1/tickets/route',
  tag: 'Tickets',
  access: 'route',
  summary: 'Decide who takes a ticket',
  description:
    'AWS Support, a team, or triage where the words do not decide; with whose layer it is, who acts now, and every step with the words that it rests on. Advice: an assignee that is there already is left.',
  params: Nothing,
  query: Nothing,
  body: Ticket,
  output: Decision,
  tool: {
    name: 'route_ticket',
    description: 'Decides whether AWS Support or which team takes a ticket, and why.',
    readOnly: false,
  },
  refusals: ['invalid'],
  example: {
    params: {},
    query: {},
    body: {
      title: 'System status check failed on web-7',
      description: 'No answer since 03:12 UTC, the instance status check fails too.',
      resource: 'arn:aws:ec2:eu-central-1:111122223333:instance/i-0a1b2c3d4e5f67890',
      severity: 'high',
    },
  },
  async run(context, { body }) {
    await loadRouter()
    return decideTicket(context, body)
  },
})

const BatchItem = z.strictObject({
  id: z.string().min(1).max(200).optional().describe('Yours; it comes back with the answer.'),
  ticket: z.record(z.string().max(200), z.unknown()).describe('A ticket as POST /v1/tickets/route takes it.'),
})

const Suggested = z.array(z.strictObject({ id: Id, name: Label })).max(50)
const BatchAnswer = z.strictObject({
  id: z.string().max(200).optional(),
  status: z.int().min(200).max(599),
  decision: Decision.optional(),
  problem: z
    .strictObject({
      type: z.string().max(100),
      title: Label,
      status: z.int().min(400).max(599),
      detail: z.string().max(4000),
      suggestions: Suggested.optional(),
      candidates: Suggested.optional(),
    })
    .optional(),
})

type BatchAnswer = z.output<typeof BatchAnswer>

/** The first fault of a ticket that is none, in the words of the field that it is in. */
function readTicket(sent: unknown): Ticket {
  const parsed = Ticket.safeParse(sent)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('/') ?? ''
  throw new Refusal('invalid', `"ticket${field === '' ? '' : `/${field}`}": ${issue?.message ?? 'is no ticket'}.`, {
    field,
  })
}

export const routeTickets = operation({
  id: 'routeTickets',
  method: 'POST',
  path: '/v1/tickets/route/batch',
  tag: 'Tickets',
  access: 'route',
  summary: 'Decide who takes each of many tickets',
  description: 'Up to 500 tickets, each decided alone. The answers come in the same order; a ticket fails alone.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({ items: z.array(BatchItem).min(1).max(500) }),
  output: z.strictObject({ items: z.array(BatchAnswer).max(500), revision: Revision }).meta({ id: 'Decisions' }),
  refusals: ['invalid'],
  example: {
    params: {},
    query: {},
    body: {
      items: [
        { id: '1', ticket: { title: 'Lambda cannot write to S3: AccessDenied' } },
        { id: '2', ticket: { title: 'S3 PUT answers 500 InternalError in all accounts of eu-west-1' } },
      ],
    },
  },
  async run(context, { body }) {
    await loadRouter()
    const { revision } = context.catalog
    const items = body.items.map(({ id, ticket }): BatchAnswer | Promise<BatchAnswer> => {
      const own = id === undefined ? {} : { id }
      try {
        const decision = decideTicket(context, readTicket(ticket))
        return decision instanceof Promise
          ? decision.then((kept) => ({ ...own, status: 200, decision: kept }))
          : { ...own, status: 200, decision }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const problem = context.describeRefusal(error)
        return { ...own, status: problem.status, problem }
      }
    })
    // Strangers' tickets are not kept, and wait for nothing.
    const decided = items.filter((item): item is BatchAnswer => !(item instanceof Promise))
    if (decided.length === items.length) return { items: decided, revision }
    return Promise.all(items).then((kept) => ({ items: kept, revision }))
  },
})

const Marked = z.strictObject({
  id: Id,
  to: z.string().min(1).max(100),
  state: z.enum(['live', 'dead', 'shadowed']),
  by: Id.nullable().describe('The rule that shadows it.'),
  because: z.string().max(1000).nullable(),
})

export const testRules = operation({
  id: 'testRoutingRules',
  method: 'POST',
  path: '/v1/routing-rules/test',
  tag: 'Tickets',
  access: 'route',
  summary: 'Try routing rules on a ticket without storing them',
  description:
    'Routes a ticket by the rules, teams and assignments that are sent, or by the stored ones where they are left out; says what decides, what else would, and which rules are dead or shadowed.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    ticket: Ticket,
    rules: z.array(RoutingRule).max(500).optional(),
    teams: z.array(Team).max(500).optional(),
    assignments: z.array(Assignment).max(2000).optional(),
    defaultTeam: Id.nullable().optional(),
  }),
  output: z
    .strictObject({
      destination: Destination,
      decision: Decision,
      rules: z.array(Marked).max(5000).describe('Every rule in the order in which it is asked.'),
      revision: Revision,
    })
    .meta({ id: 'RuleTest' }),
  refusals: ['invalid'],
  example: {
    params: {},
    query: {},
    body: {
      ticket: { title: 'S3 bucket is public', environment: 'production' },
      teams: [{ id: 'security', name: 'Security', queue: 'SEC' }],
      rules: [
        {
          id: 'public-data',
          position: 10,
          when: { service: ['s3'], layer: ['network-controls'] },
          // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
          then: { team: 'security' },
        },
      ],
    },
  },
  async run({ catalog, routing = DEFAULTS }, { body }) {
    const { route } = await import('../domain/tickets/route.js')
    check(catalog, body.ticket)
    const stored = organisationOf(catalog, routing.defaultTeam)
    const organisation: Organisation = {
      teams: body.teams ?? stored.teams,
      assignments: body.assignments ?? stored.assignments,
      rules: body.rules ?? stored.rules,
      defaultTeam: body.defaultTeam === undefined ? stored.defaultTeam : body.defaultTeam,
    }
    const decision = route(catalog, inboundOf(body.ticket), { organisation, threshold: routing.threshold })
    const marked = markRules(organisation.rules, {
      teams: organisation.teams,
      services: new Set(catalog.services.map(({ id }) => id)),
      layers: new Set(catalog.layers.map(({ id }) => id)),
    })
    return {
      destination: decision.destination,
      decision,
      rules: marked.map(({ rule, state, by, because }) => ({
        id: rule.id,
        to: targetName(rule.then),
        state,
        by,
        because,
      })),
      revision: catalog.revision,
    }
  },
})

export const ticketOperations = [routeTicket, routeTickets, testRules]
