/** What events travel in: SNS messages, EventBridge events, CloudEvents. */
import { z } from 'zod'
import { Refusal } from '../domain/refusal.js'
import { type EventHeaders, headerOf, isRecord, readAs, soft, softList, softWords, Words } from './read.js'

/** A message of Amazon SNS over HTTPS. */
export const SnsMessage = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: Words.max(200),
  TopicArn: Words.max(2048),
  Message: z.string(),
  Timestamp: softWords,
  SubscribeURL: softWords,
})
export type SnsMessage = z.output<typeof SnsMessage>

export const isSns = (body: unknown): boolean =>
  isRecord(body) && typeof body.TopicArn === 'string' && SnsMessage.shape.Type.safeParse(body.Type).success

export const readSns = (body: unknown, at = ''): SnsMessage => readAs(SnsMessage, body, 'SNS message', at)

/** An event as EventBridge delivers it. */
export const EventBridgeEvent = z.looseObject({
  source: Words,
  'detail-type': Words,
  id: softWords,
  account: softWords,
  region: softWords,
  resources: softList(Words, 100),
  detail: z.unknown().optional(),
})

export const isEventBridge = (body: unknown): boolean =>
  isRecord(body) && typeof body['detail-type'] === 'string' && typeof body.source === 'string'

/** What `PutEvents` takes, and what mock events come as: no delivery of EventBridge looks so. */
export const isPutEvents = (body: unknown): boolean =>
  isRecord(body) && typeof body.DetailType === 'string' && typeof body.Source === 'string' && 'Detail' in body

const Structured = z.looseObject({
  specversion: z.string().startsWith('1.', 'must be 1.x'),
  id: Words,
  source: Words,
  type: Words,
  data: z.unknown().optional(),
  data_base64: soft(z.base64()),
})

const isStructured = (body: unknown): body is Record<string, unknown> =>
  isRecord(body) && typeof body.specversion === 'string' && ('data' in body || 'data_base64' in body)

/** Whether the event comes as CloudEvents, in any mode of the HTTP binding. */
export function isCloudEvents(body: unknown, headers: EventHeaders): boolean {
  const type = headerOf(headers, 'content-type') ?? ''
  return (
    headerOf(headers, 'ce-specversion') !== undefined || /^application\/cloudevents/i.test(type) || isStructured(body)
  )
}

/** The data of each CloudEvent, with the identity of the event: binary (attributes in headers), structured or batch. */
export function unwrapCloudEvents(body: unknown, headers: EventHeaders): { data: unknown; id: string }[] {
  if (headerOf(headers, 'ce-specversion') !== undefined) {
    const [version, id, source] = ['ce-specversion', 'ce-id', 'ce-source'].map((name) => headerOf(headers, name))
    if (!version?.startsWith('1.') || !id || !source)
      throw new Refusal(
        'invalid',
        'A CloudEvent in binary mode has the headers ce-specversion (1.x), ce-id, ce-source and ce-type; see which is missing.',
      )
    return [{ data: body, id: `${source} ${id}` }]
  }
  return (Array.isArray(body) ? body : [body]).map((one, index) => {
    const event = readAs(Structured, one, 'CloudEvent', Array.isArray(body) ? String(index) : '')
    const data = event.data_base64 === undefined ? event.data : decode(event.data_base64)
    return { data: typeof data === 'string' ? parseJson(data) : data, id: `${event.source} ${event.id}` }
  })
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8')

/** JSON, or the text itself where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
