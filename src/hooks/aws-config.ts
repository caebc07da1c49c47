/** AWS Config: a rule that found a resource compliant or not, as EventBridge carries it in `detail`. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { inboundOf, isArn, managedRule, readAs, soft, softWords, Words } from './read.js'

const Result = z.looseObject({
  complianceType: softWords,
  annotation: softWords,
  resultRecordedTime: softWords,
})

const Detail = z.looseObject({
  configRuleName: Words,
  configRuleARN: softWords,
  awsAccountId: softWords,
  awsRegion: softWords,
  resourceType: softWords,
  resourceId: softWords,
  newEvaluationResult: soft(Result),
})

const IDLE = new Map([
  ['COMPLIANT', 'compliant'],
  ['NOT_APPLICABLE', 'not-applicable'],
  ['INSUFFICIENT_DATA', 'insufficient-data'],
])

/** One change of compliance. A result that is gone (the resource was deleted) is nothing to route. */
export function parseConfig(value: unknown, at = ''): Inbound {
  const change = readAs(Detail, value, 'compliance change of AWS Config', at)
  const { configRuleName, resourceType, resourceId, newEvaluationResult: result } = change
  const state = result?.complianceType
  return inboundOf(
    {
      title: [`Rule ${configRuleName}`, state, resourceType, resourceId].filter(Boolean).join(' '),
      description: [result?.annotation],
      resource: isArn(resourceId) ? resourceId : resourceType,
      account: change.awsAccountId,
      region: change.awsRegion,
      system: 'aws-config',
      id: change.configRuleARN,
    },
    {
      signals: [{ kind: 'config-rule', id: managedRule(configRuleName) }],
      resources: resourceId === undefined ? [] : [{ type: resourceType ?? null, id: resourceId }],
      eventId:
        result?.resultRecordedTime &&
        [change.awsAccountId, change.awsRegion, configRuleName, resourceId, result.resultRecordedTime]
          .filter(Boolean)
          .join(' '),
      idle: state === 'NON_COMPLIANT' ? null : (IDLE.get(state ?? '') ?? 'no-result'),
    },
  )
}
