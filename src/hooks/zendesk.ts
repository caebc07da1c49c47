/** Zendesk: the body that a trigger is given, and the events that a webhook is subscribed to. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { type EventHeaders, headerOf, idleOf, inboundOf, isRecord, readAs, softWords, Words } from './read.js'

/** A list, or words between spaces as a placeholder writes them. */
const TagList = z
  .union([
    z.array(z.unknown()).transform((tags) => tags.filter((tag): tag is string => typeof tag === 'string')),
    z.string().transform((text) => text.split(/[\s,]+/)),
  ])
  .catch([])

const Reference = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined)

const common = { description: softWords, tags: TagList, priority: softWords, status: softWords, url: softWords }

const Templated = z.looseObject({
  ticket_id: Reference,
  title: Words,
  assignee: softWords,
  group: softWords,
  updated_at: softWords,
  ...common,
})

const Event = z.looseObject({
  id: softWords,
  type: z.string(),
  detail: z.looseObject({
    id: Reference,
    subject: Words,
    assignee_id: Reference,
    group_id: Reference,
    ...common,
  }),
})

const OVER = new Map([
  ['solved', 'resolved'],
  ['closed', 'closed'],
])

/** Events that tell of a new ticket or of new words in it. */
const ROUTED = /:(?:created|subject_changed|description_changed|tags_changed|priority_changed)$/

/** One ticket. */
export function parseZendesk(body: unknown, headers: EventHeaders = {}): Inbound[] {
  const delivery = headerOf(headers, 'x-zendesk-webhook-invocation-id')
  if (isRecord(body) && typeof body.type === 'string' && body.type.startsWith('zen:event-type:')) {
    if (!/^zen:event-type:ticket\./.test(body.type) || !ROUTED.test(body.type.replace('ticket.', 'ticket:')))
      return [idleOf('zendesk', body.type, 'not-a-ticket-event', typeof body.id === 'string' ? body.id : delivery)]
    const { id, detail } = readAs(Event, body, 'ticket event of Zendesk')
    return [
      inboundOfTicket(
        { ...detail, title: detail.subject, assignee: detail.assignee_id ?? detail.group_id },
        id ?? delivery,
      ),
    ]
  }
  const ticket = readAs(Templated, body, 'ticket of Zendesk')
  return [inboundOfTicket({ ...ticket, id: ticket.ticket_id, assignee: ticket.assignee ?? ticket.group }, delivery)]
}

interface ZendeskTicket {
  id?: string | undefined
  title: string
  description?: string | undefined
  tags: readonly string[]
  priority?: string | undefined
  status?: string | undefined
  url?: string | undefined
  assignee?: string | undefined
}

const inboundOfTicket = (ticket: ZendeskTicket, eventId: string | undefined): Inbound =>
  inboundOf(
    {
      title: ticket.title,
      description: [ticket.description],
      labels: ticket.tags,
      severity: ticket.priority,
      assignee: ticket.assignee,
      system: 'zendesk',
      id: ticket.id,
      // The placeholder `{{ticket.link}}` comes without a protocol.
      url: ticket.url && !/^[a-z]+:/i.test(ticket.url) ? `https://${ticket.url}` : ticket.url,
    },
    { eventId, idle: OVER.get(ticket.status?.toLowerCase() ?? '') ?? null },
  )
