/**
 * Schemas as a model reads them: of what is taken the names, types and a hint, of what is answered the names. Looser
 * than what is enforced, never stricter: bounds are told in the error to a call that breaks them.
 */
import { z } from 'zod'

export interface JsonSchema {
  [key: string]: unknown
  type?: string | string[]
}

/** Fields that mean the same in every list. */
const KNOWN = new Set(['limit', 'cursor'])

/** Longer descriptions are cut to what stands before their first colon or full stop. */
const LONGEST_HINT = 42

/** The fields of an object that is taken, and which of them must be there. */
export function compactInput(schema: z.ZodType): { properties: Record<string, JsonSchema>; required: string[] } {
  const whole = toJson(schema, 'input')
  const properties = mapFields(whole, (field, name) => {
    const shape = shapeOf(field, whole)
    // The few values of a field say themselves what it is.
    const hint = 'enum' in shape || KNOWN.has(name) ? undefined : hintOf(field.description)
    return hint === undefined ? shape : { ...shape, description: hint }
  })
  return { properties, required: (whole.required as string[] | undefined) ?? [] }
}

/** An object that is answered: the names of all fields that are always there. */
export const compactOutput = (schema: z.ZodType): JsonSchema & { type: 'object' } => ({
  type: 'object',
  required: toJson(schema, 'output').required ?? [],
})

/** As JSON Schema; an object that has a name of its own stands behind a reference even at the root. */
function toJson(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
  return { ...referred(whole, whole), $defs: whole.$defs }
}

function referred(node: JsonSchema, whole: JsonSchema): JsonSchema {
  if (typeof node.$ref !== 'string') return node
  return (whole.$defs as Record<string, JsonSchema>)[node.$ref.replace('#/$defs/', '')] ?? {}
}

const mapFields = (
  schema: JsonSchema,
  map: (field: JsonSchema, name: string) => JsonSchema,
): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(([name, field]) => [
      name,
      map(field, name),
    ]),
  )

/** Type and, where they are few, the values of a field. */
function shapeOf(named: JsonSchema, whole: JsonSchema): JsonSchema {
  const field = referred(named, whole)
  if (Array.isArray(field.anyOf)) {
    const types = field.anyOf.flatMap((one: JsonSchema) => shapeOf(one, whole).type ?? [])
    return types.length === field.anyOf.length ? { type: [...new Set(types)] } : {}
  }
  if (Array.isArray(field.enum)) {
    if (field.enum.length === 2 && field.enum.includes('true') && field.enum.includes('false'))
      return { type: 'boolean' }
    return { type: 'string', enum: field.enum }
  }
  if (field.type === 'array') {
    const items = shapeOf((field.items ?? {}) as JsonSchema, whole)
    return items.type === undefined ? { type: 'array' } : { type: 'array', items }
  }
  return field.type === undefined ? {} : { type: field.type }
}

/** What a field is, in a few words; undefined where a description has no short beginning. */
function hintOf(description: unknown): string | undefined {
  if (typeof description !== 'string') return undefined
  const whole = description.replace(/\.$/, '')
  if (whole.length <= LONGEST_HINT) return whole
  const start = (whole.split(/[.:;](?=\s)/, 1)[0] ?? '').split(', such as', 1)[0] ?? ''
  return start.length <= LONGEST_HINT ? start : undefined
}
