/** Which routing rule or assignment takes a ticket on the customer's side, and which rules never will. */
import {
  type Assignment,
  byPosition,
  type Condition,
  type RoutingRule,
  sameText,
  specificity,
  type Target,
  type Team,
} from '../organisation.js'
import type { Ticket } from '../ticket.js'
import type { Match } from './decision.js'

/** Who takes what on the customer's side. */
export interface Organisation {
  teams: readonly Team[]
  assignments: readonly Assignment[]
  rules: readonly RoutingRule[]
  /** The id of the team that takes what nobody else does; null: there is none. */
  defaultTeam: string | null
}

export const NO_ORGANISATION: Organisation = { teams: [], assignments: [], rules: [], defaultTeam: null }

/** What a rule or assignment can ask of a ticket once it is understood. */
export interface Case {
  ticket: Ticket
  service: string | null
  variant: string | null
  layer: string | null
  owner: 'aws' | 'customer' | null
}

const anyIs = (wanted: readonly string[] | undefined, actual: string | null | undefined): boolean =>
  wanted === undefined || (actual != null && wanted.some((one) => sameText(one, actual)))

const anyIn = (wanted: readonly string[] | undefined, text: string): boolean =>
  wanted === undefined || wanted.some((words) => text.includes(words.trim().toLowerCase()))

const tagsFit = (wanted: Readonly<Record<string, string>> | undefined, actual: Ticket['tags']): boolean =>
  Object.entries(wanted ?? {}).every(([name, value]) => actual?.[name] === value)

/** Whether a ticket is what a condition asks for. */
export function fits(when: Condition, { ticket, service, variant, layer, owner }: Case): boolean {
  const title = ticket.title.toLowerCase()
  return (
    anyIs(when.service, service) &&
    anyIs(when.variant, variant) &&
    anyIs(when.layer, layer) &&
    anyIs(when.owner, owner) &&
    anyIs(when.account, ticket.account) &&
    anyIs(when.region, ticket.region) &&
    anyIs(when.environment, ticket.environment) &&
    anyIs(when.severity, ticket.severity) &&
    anyIs(when.source, ticket.source?.system) &&
    (when.label === undefined || (ticket.labels ?? []).some((label) => anyIs(when.label, label))) &&
    anyIn(when.title, title) &&
    anyIn(when.text, `${title}\n${ticket.description?.toLowerCase() ?? ''}`) &&
    tagsFit(when.tags, ticket.tags)
  )
}

/** The rules that a ticket fits, in the order in which they are asked. */
export const rulesFor = (rules: readonly RoutingRule[], asked: Case): RoutingRule[] =>
  rules.toSorted(byPosition).filter((rule) => fits(rule.when, asked))

/** The assignments that a ticket falls into, the narrowest first. */
export function assignmentsFor(assignments: readonly Assignment[], asked: Case): Assignment[] {
  const { ticket } = asked
  const is = (wanted: string | null, actual: string | null | undefined): boolean =>
    wanted === null || (actual != null && sameText(wanted, actual))
  return assignments
    .filter(
      (assignment) =>
        is(assignment.service, asked.service) &&
        is(assignment.variant, asked.variant) &&
        is(assignment.layer, asked.layer) &&
        is(assignment.account, ticket.account) &&
        is(assignment.environment, ticket.environment) &&
        tagsFit(assignment.tags, ticket.tags),
    )
    .toSorted((a, b) => specificity(b) - specificity(a) || (a.id < b.id ? -1 : 1))
}

export const targetName = (target: Target): string =>
  'team' in target ? target.team : 'awsSupport' in target ? 'aws-support' : 'triage'

/**
 * Whoever would take a ticket, the strongest first: routing rules by their position, then assignments, the narrowest
 * first, then the default team. `rule` is the rule that decides; null where none matches.
 */
export function takersOf(
  { rules, assignments, defaultTeam }: Organisation,
  asked: Case,
): { rule: RoutingRule | null; takers: Match[] } {
  const matching = rulesFor(rules, asked)
  return {
    rule: matching[0] ?? null,
    takers: [
      ...matching.map(({ id, then }): Match => ({ by: 'rule', id, to: targetName(then) })),
      ...assignmentsFor(assignments, asked).map(({ id, team }): Match => ({ by: 'assignment', id, to: team })),
      ...(defaultTeam ? [{ by: 'default' as const, id: null, to: defaultTeam }] : []),
    ],
  }
}

/** A rule with what is wrong with it. */
export interface MarkedRule {
  rule: RoutingRule
  /** `dead`: it can never match or leads nowhere; `shadowed`: an earlier one takes all that it would. */
  state: 'live' | 'dead' | 'shadowed'
  /** The rule that shadows it. */
  by: string | null
  because: string | null
}

/** What rules may name; a rule that names what there is not can never match. */
export interface Known {
  teams: readonly Pick<Team, 'id'>[]
  services: ReadonlySet<string>
  layers: ReadonlySet<string>
}

/** Marks the rules that never decide, in the order in which they are asked. */
export function markRules(rules: readonly RoutingRule[], known: Known): MarkedRule[] {
  const live: RoutingRule[] = []
  return rules.toSorted(byPosition).map((rule): MarkedRule => {
    const fault = faultOf(rule, known)
    if (fault) return { rule, state: 'dead', by: null, because: fault }
    const earlier = live.find((other) => takesAllOf(other.when, rule.when))
    if (earlier) {
      return {
        rule,
        state: 'shadowed',
        by: earlier.id,
        because: `Rule "${earlier.id}" at position ${earlier.position} takes every ticket that this one could match.`,
      }
    }
    live.push(rule)
    return { rule, state: 'live', by: null, because: null }
  })
}

function faultOf({ when, then }: RoutingRule, { teams, services, layers }: Known): string | null {
  if ('team' in then && !teams.some(({ id }) => id === then.team)) return `There is no team "${then.team}".`
  if (when.service && !when.service.some((id) => services.has(id)))
    return `There is no service ${quoted(when.service)}.`
  if (when.layer && !when.layer.some((id) => layers.has(id))) return `There is no layer ${quoted(when.layer)}.`
  if (when.owner && !when.owner.some((owner) => owner === 'aws' || owner === 'customer'))
    return 'A ticket is routed to one side: its owner is aws or customer, never shared.'
  return null
}

const quoted = (ids: readonly string[]): string => ids.map((id) => `"${id}"`).join(' or ')

const EXACT = [
  'service',
  'variant',
  'layer',
  'owner',
  'account',
  'region',
  'environment',
  'severity',
  'source',
] as const

/** Whether every ticket that fits `narrow` fits `wide` too. Errs on the side of no. */
export function takesAllOf(wide: Condition, narrow: Condition): boolean {
  const within = (outer: readonly string[] | undefined, inner: readonly string[] | undefined): boolean =>
    outer === undefined || (inner?.every((one) => outer.some((other) => sameText(one, other))) ?? false)
  const contains = (outer: readonly string[] | undefined, ...inner: (readonly string[] | undefined)[]): boolean =>
    outer === undefined ||
    inner.some(
      (texts) =>
        texts?.every((text) => outer.some((words) => text.toLowerCase().includes(words.trim().toLowerCase()))) ?? false,
    )
  return (
    EXACT.every((name) => within(wide[name], narrow[name])) &&
    within(wide.label, narrow.label) &&
    contains(wide.title, narrow.title) &&
    contains(wide.text, narrow.text, narrow.title) &&
    Object.entries(wide.tags ?? {}).every(([name, value]) => narrow.tags?.[name] === value)
  )
}
