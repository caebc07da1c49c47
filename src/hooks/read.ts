/** What every parser shares: lenient schemas, bounded tickets, refusals that name the field. */
import { z } from 'zod'
import { Refusal } from '../domain/refusal.js'
import type { Inbound, Signal, Ticket } from '../domain/ticket.js'

/** The headers of a delivery, names in lower case as Node gives them. */
export type EventHeaders = Readonly<Record<string, string | string[] | undefined>>

/** The first value of a header. */
export function headerOf(headers: EventHeaders, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** A field that we read where it is well formed and do without where it is not. */
export const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

/** A text that is there: trimmed, and not empty. */
export const Words = z.string().trim().min(1)
export const softWords = soft(Words)

/** A list of which the ill-formed items are left out. */
export const softList = <T extends z.ZodType>(item: T, max = 200) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items): z.output<T>[] =>
      items.slice(0, max).flatMap((one) => {
        const parsed = item.safeParse(one)
        return parsed.success ? [parsed.data] : []
      }),
    )

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads what came in by the schema of what we read of it. Throws a refusal that names the first field at fault; `at`
 * is where in the body the value stands.
 */
export function readAs<T extends z.ZodType>(schema: T, value: unknown, what: string, at = ''): z.output<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = [at, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('/')
  throw new Refusal(
    'invalid',
    `This is no ${what}: ${field === '' ? 'the body' : `"${field}"`} is not as expected (${issue?.message ?? 'ill-formed'}).`,
    { field },
  )
}

/** Cuts a text to a length, never through a surrogate pair, and shows that it was cut. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}

/** What a parser knows of a ticket, before it is bounded: anything may be missing or too long. */
export interface Draft {
  title: string | undefined
  /** Paragraphs; what is missing is left out. */
  description?: readonly (string | undefined)[]
  labels?: readonly (string | undefined)[]
  resource?: string | undefined
  account?: string | undefined
  region?: string | undefined
  environment?: string | undefined
  tags?: Readonly<Record<string, string>>
  severity?: string | undefined
  assignee?: string | undefined
  system: string
  id?: string | undefined
  url?: string | undefined
}

const MAX = { title: 1000, description: 10_000, label: 200, labels: 50, resource: 2048, short: 64, id: 500, url: 2048 }

const present = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/** A field, clipped, or no field at all. */
const field = <K extends string>(key: K, text: string | undefined, max: number): { [P in K]?: string } =>
  present(text) ? ({ [key]: clip(text.trim(), max) } as { [P in K]?: string }) : {}

/** The tags that make environments: whichever is there first. */
const ENVIRONMENT_TAGS = ['environment', 'env', 'stage']

/** Makes a ticket within its limits. An ARN that would have to be cut names nothing any more, so it is left out. */
export function ticketOf(draft: Draft): Ticket {
  const paragraphs = (draft.description ?? []).filter(present).map((text) => text.trim())
  const description = [...new Set(paragraphs)].filter((text) => text !== draft.title?.trim()).join('\n\n')
  const labels = [...new Set((draft.labels ?? []).filter(present).map((text) => clip(text.trim(), MAX.label)))]
  const tags = Object.entries(draft.tags ?? {})
    .filter(([key]) => key !== '' && key !== '__proto__')
    .slice(0, 50)
    .map(([key, value]) => [clip(key, 128), clip(value, 256)] as const)
  const environment =
    draft.environment ??
    ENVIRONMENT_TAGS.flatMap((name) => tags.find(([key]) => key.toLowerCase() === name)?.[1] ?? [])[0]
  const url = draft.url
  return {
    title: clip(present(draft.title) ? draft.title.trim() : `An event of ${draft.system} without a title`, MAX.title),
    ...field('description', description, MAX.description),
    ...(labels.length > 0 ? { labels: labels.slice(0, MAX.labels) } : {}),
    ...(present(draft.resource) && draft.resource.length <= MAX.resource ? { resource: draft.resource.trim() } : {}),
    ...field('account', draft.account, MAX.short),
    ...field('region', draft.region, MAX.short),
    ...field('environment', environment, MAX.label),
    ...(tags.length > 0 ? { tags: Object.fromEntries(tags) } : {}),
    ...field('severity', draft.severity?.toLowerCase(), MAX.label),
    ...field('assignee', draft.assignee, MAX.label),
    source: {
      system: draft.system,
      ...field('id', draft.id, MAX.id),
      ...(url !== undefined && url.length <= MAX.url && WebUrl.safeParse(url).success ? { url } : {}),
    },
  }
}

const WebUrl = z.url({ protocol: /^https?$/ })

/** A native event, read. Signals lose their doubles; what would be too long to be an id is none. */
export function inboundOf(
  draft: Draft,
  rest: {
    signals?: readonly Signal[]
    resources?: readonly { type: string | null; id: string }[]
    eventId?: string | undefined
    idle?: string | null
  } = {},
): Inbound {
  const seen = new Set<string>()
  const signals = (rest.signals ?? []).filter(({ kind, id }) => {
    const key = `${kind} ${id.toLowerCase()}`
    if (seen.has(key) || id.length > 300) return false
    seen.add(key)
    return true
  })
  return {
    ticket: ticketOf(draft),
    signals: signals.slice(0, 50),
    resources: (rest.resources ?? [])
      .filter(({ id }) => id !== '' && id.length <= MAX.resource)
      .slice(0, 100)
      .map(({ type, id }) => ({ type: type === null ? null : clip(type, MAX.label), id })),
    eventId: rest.eventId === undefined ? null : clip(`${draft.system}:${rest.eventId}`, MAX.id),
    idle: rest.idle ?? null,
  }
}

/** A known sender with nothing in it to route, and why. */
export const idleOf = (system: string, title: string, idle: string, eventId?: string): Inbound =>
  inboundOf({ title, system }, { idle, eventId })

/** Findings carry malformed ARNs (`arn:aws:us-east-1:111122223333:instance/i-1`, `arn:aws:::bucket`); those name nothing. */
export const isArn = (text: string | undefined): text is string =>
  text !== undefined && /^arn:[\w-]+:[a-z0-9-]+:[^:]*:[^:]*:./.test(text)

/** AWS writes tags as a map, as `{key, value}` or as `{Key, Value}`. */
export const Tags = soft(
  z.union([
    z.record(z.string(), z.string()),
    z
      .array(
        z.looseObject({
          key: z.string().optional(),
          value: z.string().nullish(),
          Key: z.string().optional(),
          Value: z.string().nullish(),
        }),
      )
      .transform((tags) =>
        Object.fromEntries(tags.map(({ key, Key, value, Value }) => [key ?? Key ?? '', value ?? Value ?? ''])),
      ),
  ]),
)

/** The managed rule behind the name that Security Hub, an organisation or a conformance pack gave to its copy. */
export const managedRule = (name: string): string =>
  name
    .replace(/^securityhub-(.+?)(?:-[0-9a-f]{6,10})?$/i, '$1')
    .replace(/^OrgConfigRule-(.+?)-[0-9a-z]{8}$/, '$1')
    .replace(/-conformance-pack-[0-9a-z]+$/, '')

/** GuardDuty's own finding type in what Security Hub makes of it: `TTPs/…/Stealth:S3-ServerAccessLoggingDisabled`. */
export function guardDutyType(text: string): string | undefined {
  const [, head, tail] = /([A-Za-z]+:[A-Za-z0-9]+)[-/]([^/]+(?:\/[^/]+)?)$/.exec(text) ?? []
  return head !== undefined && tail !== undefined ? `${head}/${tail}` : undefined
}

/** A control id of Security Hub at the end of a generator, a rule or a link: `S3.1`. */
const CONTROL = /(?:^|\/)([A-Za-z][A-Za-z0-9]*\.\d+)$/

/** Health's event type codes: `AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED`. */
export const isHealthCode = (text: string): boolean => /^AWS_[A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(text)

/**
 * The control that a finding's own words name, strongest first: as `S3.1`, or, where a legacy standard numbers it in
 * its own way (`…/cis-aws-foundations-benchmark/v/1.2.0/rule/1.3`, `pci-dss/v/3.2.1/PCI.IAM.6`), whole as it was sent.
 */
export function controlSignals(candidates: readonly (string | undefined)[]): Signal[] {
  return candidates.filter(present).flatMap((text): Signal[] => {
    const [, short] = CONTROL.exec(text) ?? []
    if (short !== undefined) return [{ kind: 'control', id: short }]
    return /(?:\/v\/\d|ruleset\/)/.test(text) ? [{ kind: 'control', id: text }] : []
  })
}
