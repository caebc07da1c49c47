/** AWS Health events, as EventBridge carries them in `detail`. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { inboundOf, isArn, readAs, softList, softWords, Words } from './read.js'

const Detail = z.looseObject({
  eventTypeCode: Words,
  service: softWords,
  eventArn: softWords,
  eventTypeCategory: softWords,
  eventScopeCode: softWords,
  communicationId: softWords,
  startTime: softWords,
  endTime: softWords,
  lastUpdatedTime: softWords,
  statusCode: softWords,
  eventRegion: softWords,
  affectedAccount: softWords,
  page: softWords,
  eventDescription: softList(z.looseObject({ language: softWords, latestDescription: softWords }), 20),
  affectedEntities: softList(z.looseObject({ entityValue: Words }), 100),
  // Of the Health API; whether EventBridge carries them is not documented.
  actionability: softWords,
  personas: softList(Words, 10),
})

/**
 * One AWS Health event. The receiver of an event is not the one that it affects: an organisation's account gets it for
 * all, and each is sent to a backup Region too; so the account and the Region are those of `detail`.
 */
export function parseHealth(value: unknown, envelope: { account?: string; at?: string } = {}): Inbound {
  const event = readAs(Detail, value, 'AWS Health event', envelope.at)
  const english = event.eventDescription.find(({ language }) => language?.startsWith('en'))
  const text = (english ?? event.eventDescription[0])?.latestDescription
  const account = event.affectedAccount ?? envelope.account
  // An entity of ECS is "cluster | service"; one that Health does not know is "UNKNOWN".
  const entities = event.affectedEntities
    .flatMap(({ entityValue }) => entityValue.split(' | '))
    .filter((id) => id !== 'UNKNOWN' && id !== '')
  const over = event.statusCode === 'closed' && /^(?:issue|scheduledChange)$/.test(event.eventTypeCategory ?? '')
  return inboundOf(
    {
      title: event.eventTypeCode,
      description: [text, event.startTime && `Starts: ${event.startTime}`],
      labels: [
        event.service,
        event.eventTypeCategory && `category:${event.eventTypeCategory}`,
        event.eventScopeCode && `scope:${event.eventScopeCode}`,
        event.actionability && `actionability:${event.actionability}`,
        ...event.personas.map((persona) => `persona:${persona}`),
      ],
      resource: entities.find(isArn),
      account,
      region: event.eventRegion,
      system: 'aws-health',
      id: event.eventArn,
    },
    {
      signals: [{ kind: 'event-code', id: event.eventTypeCode }],
      resources: entities.map((id) => ({ type: null, id })),
      eventId: event.communicationId && [event.communicationId, account, event.page].filter(Boolean).join(' '),
      idle: over ? 'closed' : null,
    },
  )
}
