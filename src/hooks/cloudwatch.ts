/** CloudWatch alarms: the form that SNS carries and the form that EventBridge carries. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { inboundOf, readAs, soft, softList, softWords, Words } from './read.js'

interface Metric {
  namespace: string
  name: string
  /** Name to value. */
  dimensions: Record<string, string>
}

const Pair = z.looseObject({ name: Words, value: z.string() })
const dimensionsOf = (pairs: readonly { name: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value]))

const SnsMetric = z.looseObject({ Namespace: Words, MetricName: Words, Dimensions: softList(Pair, 30) })

const SnsAlarm = z.looseObject({
  AlarmName: Words,
  NewStateValue: Words,
  AlarmArn: softWords,
  AlarmDescription: softWords,
  AWSAccountId: softWords,
  NewStateReason: softWords,
  StateChangeTime: softWords,
  Trigger: soft(
    z.looseObject({
      Namespace: softWords,
      MetricName: softWords,
      Dimensions: softList(Pair, 30),
      Metrics: softList(z.looseObject({ MetricStat: z.looseObject({ Metric: SnsMetric }) }), 20),
    }),
  ),
})

const EventMetric = z.looseObject({
  metricStat: z.looseObject({
    metric: z.looseObject({
      namespace: Words,
      name: Words,
      dimensions: z.record(z.string(), z.string()).catch({}),
    }),
  }),
})

const EventAlarm = z.looseObject({
  alarmName: Words,
  state: z.looseObject({ value: Words, reason: softWords, timestamp: softWords }),
  configuration: soft(z.looseObject({ description: softWords, metrics: softList(EventMetric, 20) })),
})

/** An alarm in the form that SNS carries. Its `Region` is a display name, so the Region is that of the ARN. */
export function parseSnsAlarm(value: unknown, at = ''): Inbound {
  const alarm = readAs(SnsAlarm, value, 'CloudWatch alarm', at)
  const { Trigger } = alarm
  const metrics: Metric[] = [
    ...(Trigger?.Namespace && Trigger.MetricName
      ? [{ namespace: Trigger.Namespace, name: Trigger.MetricName, dimensions: dimensionsOf(Trigger.Dimensions) }]
      : []),
    ...(Trigger?.Metrics ?? []).map(({ MetricStat: { Metric: one } }) => ({
      namespace: one.Namespace,
      name: one.MetricName,
      dimensions: dimensionsOf(one.Dimensions),
    })),
  ]
  return inboundOfAlarm({
    name: alarm.AlarmName,
    arn: alarm.AlarmArn,
    state: alarm.NewStateValue,
    at: alarm.StateChangeTime,
    account: alarm.AWSAccountId,
    region: alarm.AlarmArn?.split(':')[3],
    texts: [alarm.AlarmDescription, alarm.NewStateReason],
    metrics,
  })
}

/** An alarm in the form that EventBridge carries in `detail`. */
export function parseEventAlarm(
  value: unknown,
  envelope: { account?: string; region?: string; arn?: string; at?: string } = {},
): Inbound {
  const alarm = readAs(EventAlarm, value, 'state change of a CloudWatch alarm', envelope.at)
  return inboundOfAlarm({
    name: alarm.alarmName,
    arn: envelope.arn,
    state: alarm.state.value,
    at: alarm.state.timestamp,
    account: envelope.account,
    region: envelope.region,
    texts: [alarm.configuration?.description, alarm.state.reason],
    metrics: (alarm.configuration?.metrics ?? []).map(({ metricStat: { metric } }) => metric),
  })
}

interface Alarm {
  name: string
  arn: string | undefined
  state: string
  at: string | undefined
  account: string | undefined
  region: string | undefined
  texts: readonly (string | undefined)[]
  metrics: readonly Metric[]
}

const IDLE = new Map([
  ['OK', 'ok'],
  ['INSUFFICIENT_DATA', 'insufficient-data'],
])

function inboundOfAlarm({ name, arn, state, at, account, region, texts, metrics }: Alarm): Inbound {
  const ids = metrics.map((metric) => `${metric.namespace} ${metric.name}`)
  return inboundOf(
    {
      title: `${state}: ${name}`,
      description: [...texts, ...ids.map((id) => `Metric ${id}`)],
      account,
      region,
      system: 'cloudwatch',
      id: arn ?? name,
    },
    {
      signals: ids.map((id) => ({ kind: 'metric', id })),
      // A dimension's name (`InstanceId`) is no resource type.
      resources: [...new Set(metrics.flatMap(({ dimensions }) => Object.values(dimensions)))].map((id) => ({
        type: null,
        id,
      })),
      eventId: at && [arn ?? name, at].join(' '),
      idle: state === 'ALARM' ? null : (IDLE.get(state) ?? 'unknown-state'),
    },
  )
}
