/** What @fastify/swagger cannot read off the operations: the document is completed and tidied here. */
import type { z } from 'zod'
import type { Access } from '../domain/access.js'
import type { Catalog } from '../domain/catalog.js'
import type { Context, Operation } from '../operations/operation.js'
import type { Gate } from './access.js'
import { KIND_OF_REFUSAL, PROBLEMS, type ProblemKind } from './problem-kinds.js'
import { describeRefusal, Problem } from './problems.js'

/** A JSON object of the document; its shape is OpenAPI's, checked by the linters. */
export type Json = { [key: string]: unknown }

/** What any operation can end in, beside its own refusals. */
const COMMON: readonly ProblemKind[] = [
  'invalid-request',
  'too-slow',
  'too-many-requests',
  'headers-too-large',
  'internal',
  'unavailable',
]

/** What the gate can end an operation in: nothing where strangers read, which its header is not looked at for. */
const gateProblems = (gate: Gate, access: Access): readonly ProblemKind[] =>
  access === 'read' && gate.needs(access) === null ? [] : ['unauthorized', 'forbidden']

/** What the body of a request can end in, before an operation sees it. */
const BODY: readonly ProblemKind[] = ['payload-too-large', 'unsupported-media-type']

/** What an Idempotency-Key can end a request in, on every operation that may store something. */
const IDEMPOTENCY: readonly ProblemKind[] = ['key-reused', 'in-progress']

const problemsOf = ({ refusals, access, method, volatile }: Operation, gate: Gate): ProblemKind[] => [
  ...new Set([
    ...COMMON,
    ...(method === 'GET' ? [] : BODY),
    ...(method === 'GET' || access === 'read' || volatile ? [] : IDEMPOTENCY),
    ...gateProblems(gate, access),
    ...refusals.flatMap((kind) => (kind === 'alias' ? [] : [KIND_OF_REFUSAL[kind]])),
  ]),
]

/** What an operation takes as proof of who asks: `{}` beside it where strangers are let in too. */
const securityOf = (gate: Gate, access: Access): Json[] | null => {
  if (gate.needs(access) !== null) return [{ bearer: [] }]
  return access === 'read' ? null : [{}, { bearer: [] }]
}

/** The responses of a route as zod schemas by status. */
export function responsesOf(operation: Operation, gate: Gate): Record<number, z.ZodType> {
  const responses: Record<number, z.ZodType> = { 200: operation.output }
  for (const kind of problemsOf(operation, gate)) responses[PROBLEMS[kind].status] = Problem
  return responses
}

interface Parts {
  /** The answers to the operations' examples, by operation. */
  examples: ReadonlyMap<string, unknown>
  gate: Gate
}

/** Adds what a route's schemas cannot say: examples, redirects, headers, the problem's media type. */
export function complete(document: Json, operations: readonly Operation[], parts: Parts): Json {
  const paths = document.paths as Record<string, Record<string, Json>>
  for (const operation of operations) {
    const item = paths[operation.path]?.[operation.method.toLowerCase()]
    if (item) describe(item, operation, { document, ...parts })
  }
  prune(document)
  formatIntegers(document)
  return document
}

/** Examples that the document computes rest on the catalog alone; the others bring their answer. */
const withoutStore = (catalog: Catalog): Context => ({
  catalog,
  describeRefusal,
  actor: null,
  may: () => false,
  get history(): never {
    throw new Error('An operation that asks the history declares the answer of its example.')
  },
  now: () => Date.parse(catalog.at),
  get store(): never {
    throw new Error('An operation that asks the store declares the answer of its example.')
  },
})

const header = (description: string, schema: Json): Json => ({ description, schema })
const whole = { type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 }
const RATE_HEADERS = {
  'RateLimit-Limit': header('Requests allowed in the window.', whole),
  'RateLimit-Remaining': header('Requests left in the window.', whole),
  'RateLimit-Reset': header('Seconds until the window starts anew.', whole),
}
const CHALLENGE = {
  'WWW-Authenticate': header('Bearer, and what it lacks (RFC 6750).', { type: 'string', maxLength: 200 }),
}
const RETRY_AFTER = { 'Retry-After': header('Seconds to wait.', whole) }
const RETRIED: readonly ProblemKind[] = ['too-many-requests', 'unavailable', 'lost-race', 'in-progress']
const ETAG = { ETag: header('Of this answer; send it as If-None-Match.', { type: 'string', maxLength: 100 }) }
const VERSION = {
  ETag: header('Of the resource; send it as If-Match to write it.', { type: 'string', maxLength: 100 }),
}
const LOCATION = (what: string) => ({ Location: header(what, { type: 'string', maxLength: 2000 }) })

const parameter = (name: string, description: string, schema: Json): Json => ({
  in: 'header',
  name,
  required: false,
  description,
  schema: { type: 'string', ...schema },
})
const IF_MATCH = parameter(
  'If-Match',
  'The ETag of the version that is replaced or removed, or * for any. Needed where the resource exists.',
  { maxLength: 500, example: '"5f40240fdc9d2ac5-VKugOjhBdxcbByKw"' },
)
const IF_NONE_MATCH = parameter('If-None-Match', 'Only creates, and never replaces.', { enum: ['*'] })
const IDEMPOTENCY_KEY = parameter(
  'Idempotency-Key',
  'Yours, such as a UUID. For 24 hours the same request under it gets the same answer and is done once.',
  { minLength: 1, maxLength: 200 },
)

/** The headers that a write takes. */
function headersOf({ method, access, resource, volatile }: Operation): Json[] {
  if (method === 'GET' || access === 'read' || volatile) return []
  const conditions = resource ? [IF_MATCH, ...(method === 'PUT' ? [IF_NONE_MATCH] : [])] : []
  return [...conditions, IDEMPOTENCY_KEY]
}

/** What an operation can end in under one status; each such set is described once, and referred to. */
function problemResponse(document: Json, kinds: readonly ProblemKind[]): Json {
  const components = document.components as Json
  components.responses ??= {}
  const name = kinds.join('-or-')
  const responses = components.responses as Json
  responses[name] ??= {
    description: kinds.map((kind) => PROBLEMS[kind].meaning).join(' Or: '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    headers: {
      ...RATE_HEADERS,
      ...(kinds.some((kind) => RETRIED.includes(kind)) ? RETRY_AFTER : {}),
      ...(kinds.some((kind) => kind === 'unauthorized' || kind === 'forbidden') ? CHALLENGE : {}),
    },
  }
  return { $ref: `#/components/responses/${name}` }
}

/** What the document shows as an operation's answer. */
export async function exampleOf(operation: Operation, catalog: Catalog): Promise<unknown> {
  const { params, query, body, answer } = operation.example
  const input = {
    params: operation.params.parse(params),
    query: operation.query.parse(query),
    body: operation.body?.parse(body),
  }
  const shown = answer ?? operation.rehearse?.(catalog, input) ?? (await operation.run(withoutStore(catalog), input))
  return abridge(undated(shown, catalog.at))
}

function describe(item: Json, operation: Operation, { document, examples, gate }: Parts & { document: Json }): void {
  const security = securityOf(gate, operation.access)
  if (security) item.security = security
  const { params, query } = operation.example
  for (const parameter of (item.parameters as Json[] | undefined) ?? []) {
    const value = { ...params, ...query }[String(parameter.name)]
    if (value !== undefined) parameter.example = value
  }
  const headers = headersOf(operation)
  if (headers.length > 0) item.parameters = [...((item.parameters as Json[] | undefined) ?? []), ...headers]
  const responses = item.responses as Record<string, Json>
  for (const status of Object.keys(responses)) {
    const kinds = problemsOf(operation, gate).filter((kind) => PROBLEMS[kind].status === Number(status))
    if (kinds.length > 0) responses[status] = problemResponse(document, kinds)
  }
  const content = responses[200]?.content as Record<string, Json>
  const json = content['application/json'] as Json
  json.example = examples.get(operation.id)
  const etag = operation.method === 'GET' ? ETAG : operation.method === 'PUT' ? VERSION : {}
  responses[200] = {
    ...responses[200],
    description: `${operation.summary}: the answer.`,
    headers: operation.volatile ? RATE_HEADERS : { ...RATE_HEADERS, ...etag },
  }
  if (operation.method === 'PUT')
    responses[201] = {
      ...responses[200],
      description: 'It was not there before, and is created.',
      headers: { ...RATE_HEADERS, ...VERSION, ...LOCATION('The path of the resource.') },
    }
  for (const { contentType } of Object.values(operation.formats ?? {}))
    content[contentType.split(';', 1)[0] ?? contentType] = { schema: { type: 'string', maxLength: 50_000_000 } }
  if (operation.body) {
    const body = (item.requestBody as { content: Record<string, Json> }).content['application/json']
    if (body) body.example = operation.example.body
  }
  if (operation.method === 'GET' && !operation.volatile)
    responses[304] = {
      description: 'The answer that you hold (If-None-Match) is still true.',
      headers: { ...RATE_HEADERS, ...ETAG },
    }
  if (operation.refusals.includes('alias'))
    responses[308] = {
      description: 'The path holds a known alias; the id is in Location.',
      headers: { ...RATE_HEADERS, ...LOCATION('The same path with the id.') },
    }
}

/** When the data of the examples was committed: the document must not change with the day on which a server was seeded. */
const EXAMPLE_AT = '2026-11-24T12:00:00.000Z'

function undated(value: unknown, at: string): unknown {
  if (value === at) return EXAMPLE_AT
  if (Array.isArray(value)) return value.map((entry) => undated(entry, at))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, undated(entry, at)]))
}

/** An example need not be long: the first two entries of each list show its shape. */
function abridge(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 2).map(abridge)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, abridge(entry)]))
}

/** Every integer of the contract fits in 32 bits; code generators want that said. */
function formatIntegers(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if ((node as Json).type === 'integer') (node as Json).format = 'int32'
  for (const child of Object.values(node)) formatIntegers(child)
}

/** Drops the component schemas that no path reaches: the provider emits an input twin of each. */
function prune(document: Json): void {
  const schemas = ((document.components as Json | undefined)?.schemas ?? {}) as Json
  const reached = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const ref = (node as Json).$ref
    if (typeof ref === 'string') {
      const name = ref.replace('#/components/schemas/', '')
      if (!reached.has(name)) {
        reached.add(name)
        visit(schemas[name])
      }
    }
    for (const child of Object.values(node)) visit(child)
  }
  visit(document.paths)
  visit((document.components as Json | undefined)?.responses)
  const kept = Object.entries(schemas).filter(([name]) => reached.has(name))
  // By name: the provider lists them in the order in which modules happened to be loaded.
  const components = (document.components ?? {}) as Json
  components.schemas = Object.fromEntries(kept.toSorted(([a], [b]) => a.localeCompare(b)))
}
