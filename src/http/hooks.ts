/** `POST /v1/hooks/{source}`: takes the bytes as they came, finds out who sent them, and routes what is in them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../domain/refusal.js'
import type { Inbound } from '../domain/ticket.js'
import type { Decision } from '../domain/tickets/decision.js'
import { isSns } from '../hooks/envelopes.js'
import { HOOK_SOURCES, type HookSource, parseEvent } from '../hooks/parse.js'
import { type HookReply, replyTo } from '../hooks/replies.js'
import {
  checkSignature,
  createRecentDeliveries,
  deliveryKey,
  SCHEMES,
  type SchemeName,
  type SignatureFault,
  TOLERANCE,
} from '../hooks/signatures.js'
import { parseSlackCommand, type SlackCommand } from '../hooks/slack.js'
import { admitSns, type SnsGate } from '../hooks/sns.js'
import { receiveEvent } from '../operations/hooks.js'
import type { Gate } from './access.js'
import { sendProblem } from './problems.js'

/** The variables that the senders' secrets are in. */
export const SECRETS = {
  github: 'GITHUB_WEBHOOK_SECRET',
  jira: 'JIRA_WEBHOOK_SECRET',
  zendesk: 'ZENDESK_WEBHOOK_SECRET',
  pagerduty: 'PAGERDUTY_WEBHOOK_SECRET',
  slack: 'SLACK_SIGNING_SECRET',
  standard: 'STANDARD_WEBHOOK_SECRET',
} as const satisfies Record<SchemeName, string>

/**
 * Decides on one event that is to be routed. `trusted`: its sender proved who they are, by a signature or by a key
 * with the scope `route`; what is not trusted is answered and not stored.
 */
export type RouteInbound = (inbound: Inbound, trusted: boolean) => Decision | Promise<Decision>

export interface HookParts {
  /** The secrets by their variables; what is not set is not taken. */
  secrets: Readonly<Partial<Record<(typeof SECRETS)[SchemeName], string | undefined>>>
  sns: SnsGate
  routeInbound: RouteInbound
  gate: Gate
  /** Milliseconds since the epoch. */
  now: () => number
  /**
   * Whether a caller holds a key or a token with the scope `route`, which stands for a signature. Refuses credentials
   * that do not hold.
   */
  mayRoute(request: FastifyRequest): Promise<boolean>
  /** Whether what is not signed by anybody is answered too (and never trusted). */
  open: boolean
  /** The answer to a slash command, where it is more than the route of its text. */
  answerSlack?: (command: SlackCommand) => unknown
}

const JSON_TYPE = 'application/json; charset=utf-8'
const FORM = 'application/x-www-form-urlencoded'
/** SNS posts JSON as plain text. */
const MEDIA_TYPES = [
  'application/json',
  'text/plain',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  FORM,
]

export function registerHooks(app: FastifyInstance, parts: HookParts): void {
  const recent = createRecentDeliveries()

  const answer = async (source: HookSource, body: Buffer, request: FastifyRequest): Promise<string> => {
    const signed = checkSender(source, body, request, parts)
    const event = source === 'slack' ? body.toString('utf8') : readJson(body)
    const fromSns = !isSigning(source) && isSns(event)
    if (fromSns) await admitSns(event, parts.sns)
    const trusted =
      signed || fromSns || (request.headers.authorization !== undefined && (await parts.mayRoute(request)))
    if (!trusted && (isSigning(source) || !parts.open)) throw strangerTo(source, parts)

    const key = signed || fromSns ? deliveryKey(source, body) : null
    const before = key === null ? undefined : recent.get(key)
    if (before !== undefined) return asDuplicate(before)
    const reply = JSON.stringify(
      source === 'slack' && parts.answerSlack
        ? await parts.answerSlack(parseSlackCommand(event as string))
        : await route(source, event, request, trusted),
    )
    // Kept once it is there: a delivery that failed may be sent again.
    if (key !== null) recent.put(key, reply)
    return reply
  }

  const route = async (
    source: HookSource,
    event: unknown,
    { headers }: FastifyRequest,
    trusted: boolean,
  ): Promise<HookReply> => {
    // All at once, so that the decisions on a delivery share a commit.
    const events = parseEvent(source, event, headers).map(async (inbound) => ({
      inbound,
      decision: inbound.idle === null ? await parts.routeInbound(inbound, trusted) : null,
    }))
    return replyTo(source, await Promise.all(events))
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(MEDIA_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.route<{ Params: { source: string } }>({
      method: 'POST',
      url: '/v1/hooks/:source',
      schema: {
        operationId: receiveEvent.id,
      },
      async handler(request, reply) {
        const source = HOOK_SOURCES.find((one) => one === request.params.source)
        if (source === undefined)
          throw new Refusal(
            'unknown',
            `There is no source "${request.params.source.slice(0, 80)}". There are: ${HOOK_SOURCES.join(', ')}.`,
          )
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        try {
          const sent = await answer(source, body, request)
          return reply.type(JSON_TYPE).header('cache-control', 'no-store').send(sent)
        } catch (error) {
          return refuse(request, reply, error)
        }
      },
    })
    scope.options<{ Params: { source: string } }>('/v1/hooks/:source', allowDeliveries)
  })
}

/** The consent that a sender of CloudEvents asks for before it delivers (HTTP 1.1 Web Hooks for Event Delivery, 4). */
function allowDeliveries(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { 'webhook-request-origin': origin, 'webhook-request-rate': rate } = request.headers
  reply.header('allow', 'POST, OPTIONS')
  if (typeof origin === 'string' && /^[\w.:-]{1,255}$/.test(origin)) {
    reply.header('webhook-allowed-origin', origin)
    if (typeof rate === 'string' && /^\d{1,9}$/.test(rate)) reply.header('webhook-allowed-rate', rate)
  }
  return reply.code(204).send()
}

const isSigning = (source: HookSource): source is HookSource & SchemeName => Object.hasOwn(SECRETS, source)

/** Whether the sender signed. Refuses a signature that does not hold, whoever else vouches for the delivery. */
function checkSender(
  source: HookSource,
  body: Buffer,
  { headers }: FastifyRequest,
  { secrets, now }: HookParts,
): boolean {
  const name: SchemeName = isSigning(source) && headers[SCHEMES[source].header] !== undefined ? source : 'standard'
  const scheme = SCHEMES[name]
  if (headers[scheme.header] === undefined) return false
  const secret = secrets[SECRETS[name]]
  if (secret === undefined) throw notSetUp(name)
  const fault = checkSignature(scheme, { body, headers, secret, now: now() })
  if (fault !== null) throw new Refusal('unauthorized', describeFault(name, fault))
  return true
}

const notSetUp = (name: SchemeName): Refusal =>
  new Refusal(
    'unavailable',
    `Deliveries of ${SCHEMES[name].name} are not taken yet: set ${SECRETS[name]} to the secret that it signs with.`,
  )

function describeFault(name: SchemeName, fault: Exclude<SignatureFault, null>): string {
  const { header, timestamp, id } = SCHEMES[name]
  if (fault === 'missing') return `Send ${[header, timestamp, id].filter(Boolean).join(', ')}: one is missing.`
  return fault === 'stale'
    ? `The time in ${timestamp} is more than ${TOLERANCE / 60_000} minutes from now. Sign each delivery when it is sent.`
    : `The signature in ${header} does not hold. Sign the body as it is sent, with the secret that ${SECRETS[name]} holds.`
}

/** What to tell who has no signature and no key: for a sender that signs, whether it could have one at all. */
function strangerTo(source: HookSource, { secrets }: HookParts): Refusal {
  if (!isSigning(source))
    return new Refusal(
      'unauthorized',
      'Send "Authorization: Bearer" with a key of the scope "route", or sign as Standard Webhooks has it.',
    )
  if (secrets[SECRETS[source]] === undefined) return notSetUp(source)
  return new Refusal('unauthorized', describeFault(source, 'missing'))
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal(
      'invalid',
      body.length === 0 ? 'The body is empty. Send the event as JSON.' : 'The body is no JSON.',
      {
        field: '',
      },
    )
  }
}

/** An answer that was given before, marked so; what Slack was shown has no place for it. */
function asDuplicate(answer: string): string {
  const reply: object = JSON.parse(answer)
  return 'duplicate' in reply ? JSON.stringify({ ...reply, duplicate: true }) : answer
}

/** A refusal that names a field points into the body, of which the framework has seen only bytes. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Refusal)) throw error
  const { kind, message, details } = error
  // Nobody sets a secret within seconds.
  if (kind === 'unavailable') reply.header('retry-after', '300')
  if (kind !== 'invalid') throw error
  const pointer = ['/body', details.field].filter(Boolean).join('/')
  return sendProblem(request, reply, 'invalid-request', message, {
    errors: [{ pointer: pointer.slice(0, 300), message }],
  })
}
