/** The tools: a reading of those operations that declare one. Input and output are the operation's own schemas. */
import { z } from 'zod'
import { Refusal } from '../domain/refusal.js'
import { describeRefusal, explain, InvalidInput } from '../http/problems.js'
import type { Context, Operation, RefusalNote, Tool } from '../operations/operation.js'
import { pageOf } from '../operations/paging.js'
import { compactInput, compactOutput, type JsonSchema } from './compact.js'

/** A tool as `tools/list` shows it. */
export interface ToolListing {
  [key: string]: unknown
  name: string
  description: string
  inputSchema: { type: 'object'; [key: string]: unknown }
  outputSchema: { type: 'object'; [key: string]: unknown }
  annotations: { readOnlyHint: boolean; destructiveHint?: boolean }
}

export interface ToolAnswer {
  [key: string]: unknown
  content: { type: 'text'; text: string }[]
  structuredContent?: Record<string, unknown>
  isError?: boolean
}

/** What a caller may ask of an operation as a tool. */
export interface ToolReading {
  operation: Operation
  listing: ToolListing
  /** Runs the operation. Whatever the caller can mend comes back as an error to read; the rest is thrown. */
  call(context: () => Context | Promise<Context>, sent: Readonly<Record<string, unknown>>): Promise<ToolAnswer>
}

type Part = 'params' | 'query' | 'body'
const PARTS = ['params', 'query', 'body'] as const

/** In the place of the parameters that an operation without pages of its own lacks. */
const MOST_ITEMS = 100
const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).optional().describe('Items at most.'),
  cursor: z.string().min(1).max(300).optional().describe('nextCursor of the page before.'),
})

/** A tool answers with JSON; the forms for people and spreadsheets are of no use to a model. */
const WITHOUT = new Set(['format'])

/** The tools of all operations that declare one, by name. Throws where two share a name or a field. */
export function readTools(operations: readonly Operation[]): ReadonlyMap<string, ToolReading> {
  const readings = operations.flatMap((operation) => (operation.tool ? [readTool(operation, operation.tool)] : []))
  const byName = new Map(readings.map((reading) => [reading.listing.name, reading]))
  if (byName.size < readings.length) throw new Error('Two operations declare a tool of the same name.')
  return byName
}

function readTool(operation: Operation, tool: Tool<unknown>): ToolReading {
  const { pages } = tool
  const schemas = { params: operation.params, query: operation.query, body: operation.body ?? z.strictObject({}) }
  const partOf = new Map<string, Part>()
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const part of PARTS) {
    const input = compactInput(schemas[part])
    for (const [field, schema] of Object.entries(input.properties)) {
      if (WITHOUT.has(field)) continue
      if (partOf.has(field)) throw new Error(`The tool ${tool.name} has the field "${field}" in two places.`)
      partOf.set(field, part)
      properties[field] = schema
      if (input.required.includes(field)) required.push(field)
    }
  }
  if (pages) Object.assign(properties, compactInput(Paging).properties)

  /** The flat arguments as the operation takes them. Throws {@link InvalidInput} with every fault. */
  const parse = (sent: Readonly<Record<string, unknown>>) => {
    const parts: Record<Part | 'paging', Record<string, unknown>> = { params: {}, query: {}, body: {}, paging: {} }
    const strangers: string[] = []
    for (const [field, value] of Object.entries(sent)) {
      // A flag in a query string is a word; a model sends it as what it is.
      const flag = typeof value === 'boolean' && properties[field]?.type === 'boolean' && partOf.get(field) === 'query'
      if (pages && Object.hasOwn(Paging.shape, field)) parts.paging[field] = value
      else {
        const part = partOf.get(field)
        if (part) parts[part][field] = flag ? String(value) : value
        else strangers.push(field)
      }
    }
    if (tool.limit !== undefined && partOf.has('limit')) parts.query.limit ??= tool.limit
    const issues: z.core.$ZodIssue[] = strangers.length
      ? [{ code: 'unrecognized_keys', keys: strangers, path: [], message: '', input: sent }]
      : []
    const take = (schema: z.ZodType, value: unknown): unknown => {
      const parsed = schema.safeParse(value)
      if (!parsed.success) issues.push(...parsed.error.issues)
      return parsed.data
    }
    const input = {
      params: take(schemas.params, parts.params),
      query: take(schemas.query, parts.query),
      body: operation.body ? take(operation.body, parts.body) : undefined,
    }
    const paging = take(Paging, parts.paging) as z.output<typeof Paging>
    if (issues.length > 0) throw new InvalidInput('arguments', issues, sent)
    return { input, paging }
  }

  return {
    operation,
    listing: {
      name: tool.name,
      description: tool.description,
      inputSchema: {
        type: 'object',
        properties,
        ...(required.length > 0 ? { required } : {}),
      },
      outputSchema: compactOutput(operation.output),
      annotations: tool.readOnly ? { readOnlyHint: true } : { readOnlyHint: false, destructiveHint: false },
    },
    async call(context, sent) {
      try {
        const { input, paging } = parse(sent)
        const whole = await operation.run(await context(), input)
        return answer(
          pages ? cut(whole, pages, { limit: paging.limit ?? tool.limit ?? 10, cursor: paging.cursor }) : whole,
        )
      } catch (error) {
        if (error instanceof Refusal) return failure(inWords(describeRefusal(error)))
        if (error instanceof InvalidInput) return failure(faults(error, Object.keys(properties)))
        throw error
      }
    },
  }
}

/** A page of an answer that the operation gives whole; one that fits is left as it is. */
function cut(
  whole: unknown,
  { idsOf, keep }: NonNullable<Tool<unknown>['pages']>,
  asked: { limit: number; cursor: string | undefined },
): unknown {
  const all = idsOf(whole).map((id) => ({ id }))
  const { items, nextCursor, total } = pageOf(all, asked)
  if (items.length === total) return whole
  const page = keep(whole, new Set(items.map(({ id }) => id))) as object
  if (nextCursor === null) return page
  const more = `${items.length} of ${total}. Call again with cursor for the next, or name services and layers.`
  return { ...page, nextCursor, more }
}

/** The same answer twice: as text for clients that read text only, and as data. */
function answer(output: unknown): ToolAnswer {
  const text = JSON.stringify(output)
  return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) }
}

const failure = (text: string): ToolAnswer => ({ content: [{ type: 'text', text }], isError: true })

/** A refusal in words: what is wrong, and what to send in its place. */
function inWords({ detail, suggestions, candidates }: RefusalNote): string {
  const list = (label: string, named: typeof suggestions): string =>
    named?.length ? `\n${label}: ${named.map(({ id, name }) => `${id} (${name})`).join(', ')}.` : ''
  return detail + list('Suggestions', suggestions) + list('Candidates', candidates)
}

function faults(error: InvalidInput, fields: readonly string[]): string {
  const lines = explain(error).map(({ pointer, message }) => `${pointer.replace('/arguments/', '')}: ${message}`)
  return [...lines, fields.length > 0 ? `The arguments are: ${fields.join(', ')}.` : 'It takes no arguments.'].join(
    '\n',
  )
}
