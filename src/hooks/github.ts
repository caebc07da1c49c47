/** GitHub: issues, and the ping that a new webhook sends. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
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

const Delivery = z.looseObject({
  action: Words,
  issue: z.looseObject({
    number: z.int(),
    title: Words,
    body: softWords,
    state: softWords,
    html_url: softWords,
    labels: softList(z.looseObject({ name: Words }), 50),
    assignees: softList(z.looseObject({ login: Words }), 20),
    pull_request: z.unknown().optional(),
  }),
  repository: soft(z.looseObject({ full_name: softWords })),
})

const ROUTED = new Set(['opened', 'edited', 'labeled', 'reopened', 'transferred'])

/** One issue that is new or has new words. */
export function parseGitHub(body: unknown, headers: EventHeaders = {}): Inbound[] {
  const delivery = headerOf(headers, 'x-github-delivery')
  const event = headerOf(headers, 'x-github-event')
  if (event === 'ping' || (event === undefined && isRecord(body) && 'zen' in body && 'hook_id' in body))
    return [idleOf('github', 'ping', 'ping', delivery)]
  if (event !== undefined && event !== 'issues') return [idleOf('github', event, 'not-an-issue-event', delivery)]
  const { action, issue, repository } = readAs(Delivery, body, 'issue event of GitHub')
  const idle = issue.pull_request
    ? 'not-an-issue-event'
    : issue.state === 'closed'
      ? 'closed'
      : ROUTED.has(action)
        ? null
        : 'not-a-new-issue'
  return [
    inboundOf(
      {
        title: issue.title,
        description: [issue.body],
        labels: issue.labels.map(({ name }) => name),
        assignee: issue.assignees[0]?.login,
        system: 'github',
        id: [repository?.full_name, issue.number].filter(Boolean).join('#'),
        url: issue.html_url,
      },
      { eventId: delivery, idle },
    ),
  ]
}
