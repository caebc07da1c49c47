/** The shape of an operation: one thing the service can do, declared once for HTTP, OpenAPI and (later) MCP. */
import { z } from 'zod'
import type { Catalog } from '../domain/catalog.js'
import type { Refusal, RefusalKind, Suggestion } from '../domain/refusal.js'
import type { Store } from '../domain/store.js'

/** A refusal as it is served inside an answer. */
export interface RefusalNote {
  type: string
  title: string
  status: number
  detail: string
  suggestions?: Suggestion[]
  candidates?: Suggestion[]
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
  /** Who asks: the name of a key or the subject of a token; null for a stranger. */
  actor: string | null
  /** Milliseconds since the epoch. */
  now: () => number
  /** How tickets are routed, where it is not as by default. */
  routing?: RoutingSettings
  /** What a caller would be told of a refusal; for answers in which an item fails alone. */
  describeRefusal(refusal: Refusal): RefusalNote
}

/** Who may call: `read` is open unless reads are closed, the others need a key with that scope. */
export type Access = 'read' | 'route' | 'write' | 'admin'

export const TAGS = {
  Matrix: 'Who owns which layer of which service, and what each side must do.',
  Vocabulary: 'The layers and the service models.',
  Knowledge: 'Stages, misconceptions, practices, cases and guides.',
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

interface Shape<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, O extends z.ZodType> {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As OpenAPI writes it: `/v1/services/{service}`. */
  path: `/v1/${string}`
  tag: keyof typeof TAGS
  access: Access
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
  /** Writes the answer as JSON, where the operation knows a quicker way than `JSON.stringify`. */
  encode?: (output: z.output<O>) => string
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
  'run' | 'example' | 'formats' | 'encode'
> & {
  example: { params: Record<string, unknown>; query: Record<string, unknown>; body?: unknown; answer?: unknown }
  formats?: Readonly<Record<string, Format<unknown>>>
  encode?: (output: unknown) => string
  run(context: Context, input: { params: unknown; query: unknown; body: unknown }): unknown
}

/** Declares an operation; its `run` is checked against its own input and output. */
export function operation<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  O extends z.ZodType,
  B extends z.ZodType = z.ZodUndefined,
>(shape: Shape<P, Q, B, O>): Operation {
  // HTTP and MCP validate with these very schemas before they call `run`, which makes its narrower input true.
  return shape as unknown as Operation
}

/** No parameters: a stranger is refused by name. */
export const Nothing = z.strictObject({})
