/** The shape of an operation: one thing the service can do, declared once for HTTP, OpenAPI and MCP. */
import { z } from 'zod'
import type { Access } from '../domain/access.js'
import type { Catalog } from '../domain/catalog.js'
import { type History, Moment } from '../domain/history.js'
import type { Refusal, RefusalKind, Suggestion } from '../domain/refusal.js'
import type { Change, Store } from '../domain/store.js'
import type { Inbound } from '../domain/ticket.js'
import type { Decision } from '../domain/tickets/decision.js'

/** A refusal as it is served inside an answer. */
export interface RefusalNote {
  type: string
  title: string
  status: number
  detail: string
  suggestions?: Suggestion[]
  candidates?: Suggestion[]
}

/** The record that a path stands for; null where there is none. */
export type Resource = object | null

/** What a write ends in. */
export interface Outcome {
  output: unknown
  /** Whether the resource was not there before. */
  created: boolean
  /** The record as the write leaves it. */
  resource: Resource
}

/** What a write is given beside. */
export interface Writer {
  /** The preconditions of the request as they were sent: If-Match and If-None-Match. */
  match: string | null
  noneMatch: string | null
  /** The catalog as the store has it now. */
  latest(): Promise<Catalog>
  /** Commits the change (null: nothing has to change) together with the answer that it ends in. */
  commit(change: Change | null, outcome: Outcome): Promise<void>
}

/** How tickets are routed. */
export interface RoutingSettings {
  /** Below this confidence, 0 to 1, a ticket goes to triage. */
  threshold: number
  /** The id of the team that takes what no rule and no assignment does; null: none. */
  defaultTeam: string | null
}

/** What an operation is given to answer with. */
export interface Context {
  catalog: Catalog
  store: Store
  history: History
  /** Who asks, as the change log names them: the name of a key, or `oidc:` and a subject; null for a stranger. */
  actor: string | null
  /** Whether who asks holds a scope. What is open to strangers asks this before it stores anything. */
  may(access: Access): boolean
  /** Milliseconds since the epoch. */
  now: () => number
  /** Absent where nothing can be written. */
  writer?: Writer
  /** How tickets are routed, where it is not as by default. */
  routing?: RoutingSettings
  /** Counts a decision, and keeps it for those who may; absent where none is kept. */
  record?: (inbound: Inbound, decision: Decision, by: Pick<Context, 'actor' | 'may'>) => Decision | Promise<Decision>
  /** What a caller would be told of a refusal; for answers in which an item fails alone. */
  describeRefusal(refusal: Refusal): RefusalNote
}

export const TAGS = {
  Matrix: 'Who owns which layer of which service, and what each side must do.',
  Ask: 'Questions in plain words, answered with sources or asked back.',
  Vocabulary: 'The layers and the service models.',
  Overrides: "The organisation's own services and rules, over what is shipped.",
  Routing: 'Teams, what is assigned to them, and the ordered routing rules.',
  Transfer: 'A whole data set, out and in.',
  Knowledge: 'Stages, misconceptions, practices, cases and guides.',
  History: 'What changed, when, by whom and why.',
  Access: 'The keys that open what strangers may not do.',
  Tickets: 'What comes in from service desks and from AWS, and where it goes.',
  System: 'Liveness, readiness and the document itself.',
} as const

/** Another form of an operation's JSON answer, chosen by `format` or by `Accept`. */
export interface Format<T> {
  contentType: string
  /** Of the file that a browser saves: `csv`. */
  extension: string
  render(output: T): string | Buffer | Promise<string | Buffer>
}

/** An operation as a tool that language models call; its input and output are the operation's own. */
export interface Tool<T> {
  /** In snake_case, as models know tools. */
  name: string
  /** At most 120 characters: a model reads the tools of all its servers before its first word. */
  description: string
  /** Whether calling it changes nothing. */
  readOnly: boolean
  /** How many items it answers where the caller does not say, on operations with a `limit` or `pages`. */
  limit?: number
  /** For an operation that answers all at once, which may be too long for a model: how its answer is cut. */
  pages?: {
    /** The ids of all items, in their order. */
    idsOf(output: T): string[]
    /** The same answer with these items only. */
    keep(output: T, ids: ReadonlySet<string>): T
  }
}

export interface Shape<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, O extends z.ZodType> {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As OpenAPI writes it: `/v1/services/{service}`. */
  path: `/v1/${string}`
  tag: keyof typeof TAGS
  /**
   * Who may call. `read`: everyone, unless reads are closed. `route`: likewise, but it stores only where the context
   * says that the caller may. `write` and `admin`: nobody without that scope.
   */
  access: Access
  /**
   * Takes `asOf`, and is then given the catalog of that time. Only for what answers from the catalog alone.
   */
  history?: true
  /** Answers from more than the catalog, so that no answer is kept for the next caller. */
  volatile?: true
  /** Asked with the same body again and again, and answered from that and the catalog alone: such answers are kept. */
  recurring?: true
  /** At most 60 characters. */
  summary: string
  /** At most 300 characters: chat platforms refuse more. */
  description: string
  params: P
  query: Q
  /** What a POST or PUT takes as JSON. */
  body?: B
  output: O
  /** By the value of the query parameter `format`; JSON needs no entry. */
  formats?: Readonly<Record<string, Format<z.output<O>>>>
  /** Whether its answer changes with the day (UTC), although the data does not. */
  dated?: boolean
  /** Given where language models may call it: the tools of `/mcp` are a reading of this field. */
  tool?: Tool<z.output<O>>
  /** Writes the answer as JSON, where the operation knows a quicker way than `JSON.stringify`. */
  encode?: (output: z.output<O>) => string | Buffer
  /** The largest body that it reads, in bytes, where that is not the common 1 MiB. */
  bodyLimit?: number
  /**
   * The record that the path stands for, where it can be written. Its version leads the ETag, and a write's If-Match
   * is held against that alone.
   */
  resource?(catalog: Catalog, input: { params: z.output<P>; query: z.output<Q> }): Resource
  /** The answer on a catalog without committing anything; for the document, where `run` writes. */
  rehearse?(catalog: Catalog, input: { params: z.output<P>; query: z.output<Q>; body: z.output<B> }): z.output<O>
  /** The refusals of the domain that it can end in. */
  refusals: readonly RefusalKind[]
  /** An input that works on the shipped data. */
  example: {
    params: z.input<P>
    query: z.input<Q>
    body?: z.input<B>
    /** The answer, where it rests on more than the catalog; else the document shows what `run` answers. */
    answer?: z.output<O>
  }
  run(
    context: Context,
    input: { params: z.output<P>; query: z.output<Q>; body: z.output<B> },
  ): z.output<O> | Promise<z.output<O>>
}

/** An operation with its types folded away, as the list and its readers see it. */
export type Operation = Omit<
  Shape<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>,
  'run' | 'example' | 'formats' | 'encode' | 'resource' | 'rehearse' | 'tool'
> & {
  example: { params: Record<string, unknown>; query: Record<string, unknown>; body?: unknown; answer?: unknown }
  formats?: Readonly<Record<string, Format<unknown>>>
  tool?: Tool<unknown>
  encode?: (output: unknown) => string | Buffer
  resource?(catalog: Catalog, input: { params: unknown; query: unknown }): Resource
  rehearse?(catalog: Catalog, input: { params: unknown; query: unknown; body: unknown }): unknown
  run(context: Context, input: { params: unknown; query: unknown; body: unknown }): unknown
}

const AsOf = Moment.optional().describe(
  'Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now.',
)

/** Declares an operation; its `run` is checked against its own input and output. */
export function operation<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  O extends z.ZodType,
  B extends z.ZodType = z.ZodUndefined,
>(shape: Shape<P, Q, B, O>): Operation {
  // HTTP and MCP validate with these very schemas before they call `run`, which makes its narrower input true.
  const declared = shape as unknown as Operation
  return declared.history
    ? { ...declared, query: declared.query.extend({ asOf: AsOf }), run: runAsOf(declared) }
    : declared
}

/** The moment that a caller asks about; undefined for now. */
export const asOfIn = (query: unknown): string | undefined => (query as { asOf?: string }).asOf

/** Whoever runs it, an operation that is asked about the past is never answered with the present. */
const runAsOf =
  ({ run }: Operation): Operation['run'] =>
  (context, input) => {
    const asOf = asOfIn(input.query)
    return asOf === undefined
      ? run(context, input)
      : context.history.at(asOf).then((catalog) => run({ ...context, catalog }, input))
  }

/** No parameters: a stranger is refused by name. */
export const Nothing = z.strictObject({})
