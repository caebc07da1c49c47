/** Every sender's event to what there is to route: by its sender where it is named, else by what it looks like. */
import { Refusal } from '../domain/refusal.js'
import { type Inbound, Ticket } from '../domain/ticket.js'
import { parseConfig } from './aws-config.js'
import { parseHealth } from './aws-health.js'
import { parseEventAlarm, parseSnsAlarm } from './cloudwatch.js'
import {
  EventBridgeEvent,
  isCloudEvents,
  isEventBridge,
  isPutEvents,
  isSns,
  parseJson,
  readSns,
  unwrapCloudEvents,
} from './envelopes.js'
import { parseGitHub } from './github.js'
import { parseGuardDuty } from './guardduty.js'
import { parseJira } from './jira.js'
import { parseOcsf } from './ocsf.js'
import { parsePagerDuty } from './pagerduty.js'
import { type EventHeaders, headerOf, idleOf, inboundOf, isRecord, readAs } from './read.js'
import { parseFinding, parseFindings } from './security-hub.js'
import { parseServiceNow } from './servicenow.js'
import { parseSlack } from './slack.js'
import { parseZendesk } from './zendesk.js'

/** The senders, as they stand in the path. */
export const HOOK_SOURCES = [
  'security-hub',
  'ocsf',
  'guardduty',
  'aws-health',
  'aws-config',
  'cloudwatch',
  'eventbridge',
  'jira',
  'servicenow',
  'zendesk',
  'pagerduty',
  'github',
  'slack',
] as const
export type HookSource = (typeof HOOK_SOURCES)[number]

/** Events in one delivery, at most: EventBridge sends up to 100 findings, an export of Prowler more. */
export const MAX_EVENTS = 500

/** An envelope within an envelope within …: SNS > EventBridge > CloudEvents is three. */
const MAX_DEPTH = 6

/**
 * Reads a delivery. `body` is the parsed JSON, for Slack the form as it was sent. Throws nothing but a refusal
 * (`invalid`) that names the field at fault.
 */
export function parseEvent(source: HookSource, body: unknown, headers: EventHeaders = {}): Inbound[] {
  const found = PARSERS[source](body, headers)
  if (found.length > MAX_EVENTS)
    throw new Refusal('invalid', `There are ${found.length} events in the body; send at most ${MAX_EVENTS} at once.`)
  return found.length > 0 ? found : [idleOf(source, 'A delivery without an event', 'empty')]
}

type Parser = (body: unknown, headers: EventHeaders) => Inbound[]

/** What AWS sends comes in any envelope and is known by its look, whichever of AWS's paths it is sent to. */
const parseAny: Parser = (body, headers) => unwrap(body, headers, 0)

const PARSERS: Record<HookSource, Parser> = {
  'security-hub': parseAny,
  ocsf: parseAny,
  guardduty: parseAny,
  'aws-health': parseAny,
  'aws-config': parseAny,
  cloudwatch: parseAny,
  eventbridge: parseAny,
  jira: parseJira,
  servicenow: parseServiceNow,
  zendesk: parseZendesk,
  pagerduty: parsePagerDuty,
  github: parseGitHub,
  slack: parseSlack,
}

const isGuardDuty = (body: unknown): boolean =>
  isRecord(body) && typeof body.type === 'string' && isRecord(body.service) && isRecord(body.resource)
const isHealth = (body: unknown): boolean => isRecord(body) && typeof body.eventTypeCode === 'string'
const isConfig = (body: unknown): boolean => isRecord(body) && typeof body.configRuleName === 'string'

/** In the order of certainty: envelopes first, then what bears a mark of its own. */
function unwrap(body: unknown, headers: EventHeaders, depth: number, at = ''): Inbound[] {
  if (depth > MAX_DEPTH)
    throw new Refusal('invalid', `There are more than ${MAX_DEPTH} envelopes around the event; send it with fewer.`)
  if (isCloudEvents(body, headers))
    return unwrapCloudEvents(body, headers).flatMap(({ data, id }) =>
      unwrap(data, {}, depth + 1, at).map((inbound) => ({
        ...inbound,
        eventId: inbound.eventId ?? `cloudevents:${id}`,
      })),
    )
  if (Array.isArray(body)) {
    if (body.length > MAX_EVENTS)
      throw new Refusal('invalid', `There are ${body.length} events in the body; send at most ${MAX_EVENTS} at once.`)
    return body.flatMap((one, index) => unwrap(one, headers, depth + 1, join(at, index)))
  }
  if (!isRecord(body)) throw unknownEvent(at)
  if (isSns(body)) return unwrapSns(body, depth, at)
  if (isEventBridge(body)) return unwrapEventBridge(body, depth, at)
  if (isPutEvents(body)) return [idleOf('eventbridge', `${body.Source} ${body.DetailType}`, 'test-data')]
  if (Array.isArray(body.Findings)) return parseFindings(body.Findings.slice(0, MAX_EVENTS + 1), join(at, 'Findings'))
  if (body.SchemaVersion === '2018-10-08') return [parseFinding(body, at)]
  if (body.class_uid !== undefined && body.metadata !== undefined) return [parseOcsf(body, at)]
  if (typeof body.AlarmName === 'string' && body.NewStateValue !== undefined) return [parseSnsAlarm(body, at)]
  // What EventBridge carries in `detail`, sent without it.
  if (isGuardDuty(body)) return [parseGuardDuty(body, at)]
  if (isHealth(body)) return [parseHealth(body, { at })]
  if (isConfig(body)) return [parseConfig(body, at)]
  if (typeof body.webhookEvent === 'string') return parseJira(body, headers)
  if (isRecord(body.event) && typeof body.event.event_type === 'string') return parsePagerDuty(body)
  const isIssue = body.action !== undefined && body.issue !== undefined && body.repository !== undefined
  const isPing = body.zen !== undefined && body.hook_id !== undefined
  if (headerOf(headers, 'x-github-event') !== undefined || isIssue || isPing) return parseGitHub(body, headers)
  if (typeof body.type === 'string' && body.type.startsWith('zen:event-type:')) return parseZendesk(body, headers)
  const ticket = Ticket.safeParse(body)
  if (ticket.success)
    return [{ ...inboundOf({ title: ticket.data.title, system: 'eventbridge' }), ticket: ticket.data }]
  throw unknownEvent(at)
}

const join = (at: string, key: string | number): string => (at === '' ? String(key) : `${at}/${key}`)

const unknownEvent = (at: string): Refusal =>
  new Refusal(
    'invalid',
    `${at === '' ? 'The body' : `"${at}"`} is none of the events that are known: an EventBridge event, an SNS message, a CloudEvent, a finding in ASFF or OCSF, a CloudWatch alarm, an issue or incident, or a ticket as POST /v1/tickets/route takes it. See docs/hooks.md.`,
    { field: at },
  )

/** An SNS message. One that is no event is known to be SNS's, so it is told so and not refused. */
function unwrapSns(body: unknown, depth: number, at: string): Inbound[] {
  const message = readSns(body, at)
  if (message.Type !== 'Notification')
    return [
      idleOf(
        'sns',
        `${message.Type} ${message.TopicArn}`,
        message.Type === 'SubscriptionConfirmation' ? 'subscription-confirmation' : 'unsubscribe-confirmation',
        message.MessageId,
      ),
    ]
  const inner = parseJson(message.Message)
  if (!isRecord(inner) && !Array.isArray(inner))
    return [idleOf('sns', message.Message, 'unparsable', message.MessageId)]
  return unwrap(inner, {}, depth + 1, join(at, 'Message')).map((inbound) => ({
    ...inbound,
    eventId: inbound.eventId ?? `sns:${message.MessageId}`,
  }))
}

function unwrapEventBridge(body: unknown, depth: number, at: string): Inbound[] {
  const event = readAs(EventBridgeEvent, body, 'EventBridge event', at)
  const { source, 'detail-type': type, detail, account, region, resources, id } = event
  const inside = join(at, 'detail')
  const named = `${source} ${type}`
  const withId = (inbounds: Inbound[]): Inbound[] =>
    inbounds.map((inbound) => ({ ...inbound, eventId: inbound.eventId ?? (id ? `eventbridge:${id}` : null) }))
  switch (source) {
    case 'aws.securityhub': {
      if (type === 'Security Hub Insight Results') return [idleOf('security-hub', named, 'insight-results', id)]
      const findings = isRecord(detail) ? detail.findings : undefined
      if (!Array.isArray(findings)) break
      const list = findings.slice(0, MAX_EVENTS + 1)
      return withId(
        type.endsWith('V2')
          ? list.map((one, index) => parseOcsf(one, join(inside, `findings/${index}`)))
          : parseFindings(list, join(inside, 'findings')),
      )
    }
    case 'aws.guardduty':
      if (type === 'GuardDuty Finding') return withId([parseGuardDuty(detail, inside)])
      break
    case 'aws.health':
      return withId([parseHealth(detail, { ...(account === undefined ? {} : { account }), at: inside })])
    case 'aws.config':
      if (type === 'Config Rules Compliance Change') return withId([parseConfig(detail, inside)])
      break
    case 'aws.cloudwatch': {
      if (type !== 'CloudWatch Alarm State Change') break
      const [arn] = resources
      const envelope = { ...(account && { account }), ...(region && { region }), ...(arn && { arn }), at: inside }
      return withId([parseEventAlarm(detail, envelope)])
    }
    default:
      // A bus of one's own may carry what is known by its look: findings that a tool put there, tickets.
      if (!source.startsWith('aws.') && (isRecord(detail) || Array.isArray(detail)))
        return withId(unwrap(detail, {}, depth + 1, inside))
  }
  return [idleOf('eventbridge', named, 'unsupported-event', id)]
}
