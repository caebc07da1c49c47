/** PagerDuty: V3 webhooks. They carry the title of an incident and none of its details. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { idleOf, inboundOf, readAs, soft, softList, softWords, Words } from './read.js'

const Summary = z.looseObject({ id: softWords, summary: softWords })

const Delivery = z.looseObject({
  event: z.looseObject({ id: softWords, event_type: Words, data: z.unknown() }),
})

const Incident = z.looseObject({
  id: Words,
  title: Words,
  html_url: softWords,
  urgency: softWords,
  status: softWords,
  priority: soft(Summary),
  service: soft(Summary),
  assignees: softList(Summary, 20),
})

const ROUTED = new Set(['incident.triggered', 'incident.reopened', 'incident.unacknowledged'])

/** One incident that has just come up; what happens to it later is nothing to route. */
export function parsePagerDuty(body: unknown): Inbound[] {
  const { event } = readAs(Delivery, body, 'V3 webhook of PagerDuty')
  if (event.event_type === 'pagey.ping') return [idleOf('pagerduty', event.event_type, 'ping', event.id)]
  if (!ROUTED.has(event.event_type)) return [idleOf('pagerduty', event.event_type, 'not-a-new-incident', event.id)]
  const incident = readAs(Incident, event.data, 'incident of PagerDuty', 'event/data')
  const [assignee] = incident.assignees
  return [
    inboundOf(
      {
        title: incident.title,
        labels: [incident.service?.summary],
        severity: incident.priority?.summary ?? incident.urgency,
        assignee: assignee?.summary ?? assignee?.id,
        system: 'pagerduty',
        id: incident.id,
        url: incident.html_url,
      },
      { eventId: event.id },
    ),
  ]
}
