/** Decides where a ticket goes: AWS Support, a team on the customer's side, or the people who sort by hand. */
import type { Catalog } from '../catalog.js'
import type { Inbound } from '../ticket.js'
import type { Decision, Destination, Explanation } from './decision.js'
import { type Evidence, MOST_QUOTED } from './evidence.js'
import { type Case, type Organisation, takersOf } from './rules.js'
import { supportCase } from './support.js'
import { understand } from './understand.js'

export interface RouteOptions {
  organisation: Organisation
  /** Below this confidence, 0 to 1, a ticket goes to triage. */
  threshold: number
}

/** Routes one ticket or event. Advisory: it stores nothing and changes no ticket. */
export function route(catalog: Catalog, inbound: Inbound, { organisation, threshold }: RouteOptions): Decision {
  const evidence = understand(catalog, inbound)
  const outcome = outcomeOf(evidence, threshold)
  const routed = outcome === 'routed'
  const owner = routed ? evidence.side : null
  const nextActor = routed ? (evidence.acts ?? evidence.side) : null
  const openAwsCase = routed && (evidence.openCase ?? (owner === 'aws' && nextActor === 'aws'))
  const { destination, rule } = destinationOf(catalog, inbound, evidence, {
    outcome,
    nextActor,
    openAwsCase,
    organisation,
  })
  const { service, layer, variant } = evidence
  return {
    decisionId: null,
    outcome,
    owner,
    nextActor,
    openAwsCase,
    destination,
    service: service && { id: service.id, name: service.name, model: service.model },
    layer: layer && { id: layer.id, name: layer.name },
    variant: variant && { id: variant.id, name: variant.name },
    confidence: evidence.confidence,
    verdict: evidence.verdict,
    explanation: [...evidence.steps.slice(0, 28), ...explainDestination(destination)],
    alternatives: alternativesOf(evidence, outcome),
    nextActions: nextActionsOf(evidence, { outcome, nextActor, openAwsCase, destination }),
    rule,
    keptAssignee: inbound.ticket.assignee ?? null,
    revision: catalog.revision,
  }
}

function outcomeOf(evidence: Evidence, threshold: number): Decision['outcome'] {
  if (evidence.matter === 'not-aws') return 'not-aws'
  return evidence.matter === 'aws' && evidence.side !== null && evidence.confidence >= threshold
    ? 'routed'
    : 'needs-triage'
}

interface Towards {
  outcome: Decision['outcome']
  nextActor: Decision['nextActor']
  openAwsCase: boolean
}

const TRIAGE: Destination = { kind: 'triage', team: null, awsSupport: null, matched: null, alsoMatched: [] }

function destinationOf(
  catalog: Catalog,
  inbound: Inbound,
  evidence: Evidence,
  { outcome, nextActor, openAwsCase, organisation }: Towards & { organisation: Organisation },
): { destination: Destination; rule: Decision['rule'] } {
  if (outcome !== 'routed') return { destination: TRIAGE, rule: null }
  const awsSupport = (): Destination['awsSupport'] =>
    supportCase(catalog, {
      ticket: inbound.ticket,
      service: evidence.service,
      layer: evidence.layer,
      resources: [
        ...(inbound.ticket.resource ? [inbound.ticket.resource] : []),
        ...inbound.resources.map(({ id }) => id),
      ],
    })
  if (nextActor === 'aws' && openAwsCase)
    return {
      destination: { kind: 'aws-support', team: null, awsSupport: awsSupport(), matched: null, alsoMatched: [] },
      rule: null,
    }
  const asked: Case = {
    ticket: inbound.ticket,
    service: evidence.service?.id ?? null,
    variant: evidence.variant?.id ?? null,
    layer: evidence.layer?.id ?? null,
    owner: evidence.side,
  }
  const { rule, takers } = takersOf(organisation, asked)
  const [matched = null, ...alsoMatched] = takers
  const rest = { matched, alsoMatched: alsoMatched.slice(0, 20) }
  const decided = rule ? { id: rule.id, position: rule.position, note: rule.note } : null
  if (matched?.by === 'rule' && matched.to === 'aws-support' && rule && 'awsSupport' in rule.then)
    return { destination: { kind: 'aws-support', team: null, awsSupport: awsSupport(), ...rest }, rule: decided }
  if (matched?.by === 'rule' && rule && 'triage' in rule.then)
    return { destination: { ...TRIAGE, ...rest }, rule: decided }
  const team = organisation.teams.find(({ id }) => id === matched?.to)
  return {
    destination: {
      kind: 'team',
      team: team ? { id: team.id, name: team.name, queue: team.queue } : null,
      awsSupport: null,
      ...rest,
    },
    rule: decided,
  }
}

function explainDestination({ kind, team, matched, awsSupport }: Destination): Explanation[] {
  const found = team ? `${team.name} (${team.queue})`.slice(0, MOST_QUOTED) : kind
  const because =
    matched?.by === 'rule'
      ? `The routing rule "${matched.id}" matches first.`
      : matched?.by === 'assignment'
        ? `The assignment "${matched.id}" is the narrowest that fits.`
        : matched?.by === 'default'
          ? 'No rule and no assignment fits; the default team takes it.'
          : kind === 'aws-support'
            ? 'AWS must act, and a case tells it to.'
            : kind === 'team'
              ? "It is the customer's to act; no team is set up for it."
              : 'Not sure enough to send it to either side.'
  const text = awsSupport ? `${awsSupport.service} / ${awsSupport.category}` : (matched?.id ?? '')
  return [{ step: 'destination', found, because, evidence: { field: 'organisation', text } }]
}

const alternativesOf = (
  { alternatives, service, layer, side }: Evidence,
  outcome: Decision['outcome'],
): Decision['alternatives'] => [
  // Below the threshold the best guess is an alternative like the others.
  ...(outcome === 'needs-triage' && (service || layer)
    ? [
        {
          service: service && { id: service.id, name: service.name },
          layer: layer && { id: layer.id, name: layer.name },
          owner: side,
          because: 'the likeliest reading',
        },
      ]
    : []),
  ...alternatives.slice(0, 5).map(({ service, layer, side, because }) => ({
    service: service && { id: service.id, name: service.name },
    layer: layer && { id: layer.id, name: layer.name },
    owner: side,
    because,
  })),
]

function nextActionsOf(
  { verdict, service, steps }: Evidence,
  { outcome, nextActor, openAwsCase, destination }: Towards & { destination: Destination },
): string[] {
  if (outcome === 'not-aws')
    return ['Hand it to the desk of the product or place that it names; AWS Support cannot help.']
  if (outcome === 'needs-triage')
    return service
      ? [`Ask which part of ${service.name} fails, since when, and with which error.`]
      : ['Ask which AWS service or resource it is about, what fails, since when, and with which error.']
  const told = steps.find(({ step }) => step === 'signal')
  const support = destination.awsSupport
  return [
    ...(told && told.because.length <= 500 && nextActor !== 'none' ? [told.because] : []),
    ...(support && openAwsCase
      ? [
          `Open a case with AWS Support: service ${support.service}, category ${support.category}, severity ${support.severity}.`,
        ]
      : []),
    ...(support?.severity === 'critical'
      ? ['A plan below Enterprise has no severity critical: file it as urgent.']
      : []),
    ...(nextActor === 'aws' ? ['Follow the AWS Health Dashboard, and fail over if you can.'] : []),
    ...(nextActor === 'customer' && openAwsCase ? ['If that does not help, open a case with AWS Support.'] : []),
    ...(nextActor === 'customer' && verdict?.duties.customer ? [verdict.duties.customer] : []),
    ...(nextActor === 'none' ? ['Nothing needs to be done; close it when the notice is past.'] : []),
  ]
}
