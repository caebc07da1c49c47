/** The client: one typed call for each operation of the service, over `fetch`. */
import { type None, type Operations, type Problem, ROUTES } from './api.js'

export type OperationId = keyof Operations

/** What a call takes: only what the operation has, and only what it needs. */
export type Input<Id extends OperationId> = (Operations[Id]['params'] extends None
  ? { params?: None }
  : { params: Operations[Id]['params'] }) &
  (Operations[Id]['body'] extends undefined ? { body?: undefined } : { body: Operations[Id]['body'] }) & {
    query?: Operations[Id]['query']
    /** The version that is replaced, as it was answered: sent as If-Match. `null`: only create. */
    version?: string | null
    /** Makes a write safe to repeat: the same key and body are done once. */
    idempotencyKey?: string
    signal?: AbortSignal
  }

export interface Answer<T> {
  data: T
  status: number
  /** The version of the resource; send it back as `version` to write it. */
  version: string | null
}

export interface ClientSettings {
  /** Where the service is: `https://matrix.example.com`. */
  baseUrl: string
  /** A key with the scope that the calls need. */
  key?: string
  fetch?: typeof fetch
}

/** An answer that is no success, as the service explains it. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

export function createClient({ baseUrl, key, fetch: send = fetch }: ClientSettings) {
  /** Calls an operation by its id. Throws {@link ProblemError} on any answer that is no success. */
  async function call<Id extends OperationId>(id: Id, input: Input<Id>): Promise<Answer<Operations[Id]['answer']>> {
    const [method, path] = ROUTES[id]
    const {
      params = {},
      query = {},
      body,
      version,
      idempotencyKey,
      signal,
    } = input as {
      params?: Record<string, unknown>
      query?: Record<string, unknown>
      body?: unknown
      version?: string | null
      idempotencyKey?: string
      signal?: AbortSignal
    }
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
    const url = new URL(filled, baseUrl)
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value))
    const response = await send(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(version === null ? { 'if-none-match': '*' } : version ? { 'if-match': version } : {}),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    const data: unknown = await response.json()
    if (!response.ok) throw new ProblemError(data as Problem)
    return { data: data as Operations[Id]['answer'], status: response.status, version: response.headers.get('etag') }
  }

  /** Every item of a list, page by page. */
  async function* items<Id extends ListId>(id: Id, input: Input<Id>): AsyncGenerator<ItemOf<Id>> {
    let cursor: string | null = null
    do {
      const query: Record<string, unknown> = { ...input.query, ...(cursor === null ? {} : { cursor }) }
      const { data } = await call(id, { ...input, query } as Input<Id>)
      // That it is a page follows from ListId, which TypeScript does not carry through the union of all answers.
      const page = data as unknown as { items: ItemOf<Id>[]; nextCursor: string | null }
      yield* page.items
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  return { call, items }
}

/** Operations that answer a page of items. */
export type ListId = {
  [Id in OperationId]: Operations[Id]['answer'] extends { items: unknown[]; nextCursor: string | null } ? Id : never
}[OperationId]
export type ItemOf<Id extends ListId> = Operations[Id]['answer'] extends { items: (infer Item)[] } ? Item : never
export type Client = ReturnType<typeof createClient>
