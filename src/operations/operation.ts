/** The shape of an operation: one thing the service can do, declared once for HTTP, OpenAPI and MCP. */
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

/** What an operation is given to answer with. */
export interface Context {
  catalog: Catalog
  store: Store
  /** Who asks: the name of a key or the subject of a token; null for a stranger. */
  actor: string | null
  /** Milliseconds since the epoch. */
  now: () => number
  /** What a caller would be told of a refusal; for answers in which an item fails alone. */
  describeRefusal(refusal: Refusal): RefusalNote
}

/** Who may call: `read` is open unless reads are closed, the others need a key with that scope. */
export type Access = 'read' | 'route' | 'write' | 'admin'

export const TAGS = {
  Matrix: 'Who owns which layer of which service, and what each side must do.',
  Vocabulary: 'The layers and the service models.',
  Knowledge: 'Stages, misconceptions, practices, cases and guides.',
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
  /** Given where language models may call it: the tools of `/mcp` are a reading of this field. */
  tool?: Tool<z.output<O>>
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
  'run' | 'example' | 'formats' | 'encode' | 'tool'
> & {
  example: { params: Record<string, unknown>; query: Record<string, unknown>; body?: unknown; answer?: unknown }
  formats?: Readonly<Record<string, Format<unknown>>>
  tool?: Tool<unknown>
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
