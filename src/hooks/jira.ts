/** Jira: issue events of an admin webhook, and the issue data that an automation rule sends. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { textOfAdf } from './adf.js'
import {
  type EventHeaders,
  headerOf,
  idleOf,
  inboundOf,
  isRecord,
  readAs,
  soft,
  softList,
  softWords,
  Words,
} from './read.js'

const Named = soft(z.looseObject({ name: softWords }))

const Issue = z.looseObject({
  key: Words,
  self: softWords,
  fields: z.looseObject({
    summary: Words,
    // A document on version 3 of the API, wiki text on version 2 and in webhooks, or nothing.
    description: z.unknown().optional(),
    labels: softList(Words, 50),
    components: softList(z.looseObject({ name: Words }), 20),
    priority: Named,
    project: soft(z.looseObject({ key: softWords })),
    assignee: soft(z.looseObject({ displayName: softWords, accountId: softWords, name: softWords })),
    status: soft(z.looseObject({ name: softWords, statusCategory: soft(z.looseObject({ key: softWords })) })),
    updated: softWords,
  }),
})

const ROUTED = new Set(['jira:issue_created', 'jira:issue_updated'])

/** One issue, from either way of sending it. */
export function parseJira(body: unknown, headers: EventHeaders = {}): Inbound[] {
  const event = isRecord(body) && typeof body.webhookEvent === 'string' ? body.webhookEvent : undefined
  const delivery = headerOf(headers, 'x-atlassian-webhook-identifier')
  if (event !== undefined && !ROUTED.has(event))
    return [idleOf('jira', event, event === 'jira:issue_deleted' ? 'deleted' : 'not-an-issue-event', delivery)]
  const wrapped = isRecord(body) && 'issue' in body
  const { key, self, fields } = readAs(Issue, wrapped ? body.issue : body, 'issue of Jira', wrapped ? 'issue' : '')
  const { assignee, description, status } = fields
  const stamp = isRecord(body) && typeof body.timestamp === 'number' ? String(body.timestamp) : fields.updated
  return [
    inboundOf(
      {
        title: fields.summary,
        description: [typeof description === 'string' ? description : textOfAdf(description)],
        labels: [...fields.labels, ...fields.components.map(({ name }) => name)],
        severity: fields.priority?.name,
        assignee: assignee?.displayName ?? assignee?.name ?? assignee?.accountId,
        system: 'jira',
        id: key,
        url: browseUrl(self, key),
      },
      {
        eventId: delivery ?? (stamp === undefined ? undefined : `${key} ${stamp}`),
        idle: status?.statusCategory?.key === 'done' ? 'resolved' : null,
      },
    ),
  ]
}

/** The page of an issue, from its address in the API. */
function browseUrl(self: string | undefined, key: string): string | undefined {
  const [, site] = /^(https?:\/\/[^/]+(?:\/[^/]+)*?)\/rest\/api\//.exec(self ?? '') ?? []
  return site === undefined ? undefined : `${site}/browse/${encodeURIComponent(key)}`
}
