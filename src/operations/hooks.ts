/** `POST /v1/hooks/{source}` as the document describes it. It is served by http/hooks, which needs the bytes. */
import { z } from 'zod'
import { DEFAULT_THRESHOLD } from '../domain/tickets/decision.js'
import { NO_ORGANISATION } from '../domain/tickets/rules.js'
import { HOOK_SOURCES, parseEvent } from '../hooks/parse.js'
import { HookReply, replyTo } from '../hooks/replies.js'
import { SlackMessage } from '../hooks/slack-answer.js'
import { Nothing, operation } from './operation.js'

export const receiveEvent = operation({
  id: 'receiveEvent',
  method: 'POST',
  path: '/v1/hooks/{source}',
  tag: 'Tickets',
  access: 'route',
  summary: 'Route a native event of AWS or of a service desk',
  description:
    'Takes the event as its sender sends it, in EventBridge, SNS or CloudEvents envelopes too; checks the signature where the sender signs; answers with the decision and with flat fields that the sender can use.',
  params: z.strictObject({
    source: z
      .enum(HOOK_SOURCES)
      .describe('Who sends the event. What AWS sends is known by its look at each of the paths for AWS.'),
  }),
  query: Nothing,
  body: z.record(z.string().max(200), z.unknown()).describe('The event, as its sender makes it.'),
  // A slash command is answered as a message.
  output: z.union([HookReply, SlackMessage]),
  refusals: ['unknown', 'invalid', 'unauthorized', 'unavailable'],
  example: {
    params: { source: 'eventbridge' },
    query: {},
    body: {
      version: '0',
      id: '9f3f2fd3-034b-4e7f-aa78-5ee36bf0078d',
      'detail-type': 'Config Rules Compliance Change',
      source: 'aws.config',
      account: '111122223333',
      region: 'eu-central-1',
      detail: {
        configRuleName: 'rds-instance-public-access-check',
        awsAccountId: '111122223333',
        awsRegion: 'eu-central-1',
        resourceType: 'AWS::RDS::DBInstance',
        resourceId: 'db-QRSTUVWXYZ',
        newEvaluationResult: { complianceType: 'NON_COMPLIANT', resultRecordedTime: '2026-11-18T08:10:11.204Z' },
      },
    },
  },
  /** What a stranger is answered whose event needs no signature. */
  async run({ catalog }, { params: { source }, body }) {
    const { route } = await import('../domain/tickets/route.js')
    const options = { organisation: NO_ORGANISATION, threshold: DEFAULT_THRESHOLD }
    return replyTo(
      source,
      parseEvent(source, body).map((inbound) => ({
        inbound,
        decision: inbound.idle === null ? route(catalog, inbound, options) : null,
      })),
    )
  },
})
