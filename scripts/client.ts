/** Writes the types of the TypeScript client from `openapi.yaml`: its schemas, and what each operation takes and answers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../src/paths.js'

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  description?: string
}
interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
  description?: string
}
interface Body {
  content: Record<string, { schema: Schema }>
  required?: boolean
}
interface Operation {
  operationId: string
  summary: string
  parameters?: Parameter[]
  requestBody?: Body
  responses: Record<string, Partial<Body>>
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`)
const comment = (text: string | undefined, indent: string): string =>
  text ? `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n` : ''

/** A schema as a TypeScript type. */
function typeOf(schema: Schema, indent = ''): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)))
  const either = schema.anyOf ?? schema.oneOf
  if (either) return union(either.map((one) => typeOf(one, indent)))
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type }, indent)))
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array': {
      const item = schema.items ? typeOf(schema.items, indent) : 'unknown'
      return /[ |]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
    }
    case 'object':
      return objectOf(schema, indent)
    default:
      return 'unknown'
  }
}

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ')

function objectOf({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (!properties) {
    const value = typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown'
    return `Record<string, ${value}>`
  }
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(
    ([name, field]) =>
      `${comment(field.description, inner)}${inner}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field, inner)}\n`,
  )
  return `{\n${fields.join('')}${indent}}`
}

const fieldsOf = (parameters: readonly Parameter[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    parameters.map(({ name, schema, description }) => [name, { ...schema, ...(description ? { description } : {}) }]),
  ),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
})

function operationOf(method: string, path: string, operation: Operation): string {
  const { operationId, summary, parameters = [], requestBody, responses } = operation
  const inside = (place: Parameter['in']) => parameters.filter((one) => one.in === place)
  const json = (body: Partial<Body> | undefined): Schema | undefined => body?.content?.['application/json']?.schema
  const lines = [
    `method: '${method.toUpperCase()}'`,
    `path: '${path}'`,
    `params: ${inside('path').length > 0 ? typeOf(fieldsOf(inside('path')), '    ') : 'None'}`,
    `query: ${inside('query').length > 0 ? typeOf(fieldsOf(inside('query')), '    ') : 'None'}`,
    `body: ${requestBody ? typeOf(json(requestBody) ?? {}, '    ') : 'undefined'}`,
    `answer: ${typeOf(json(responses['200']) ?? {}, '    ')}`,
  ]
  return `${comment(summary, '  ')}  ${key(operationId)}: {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`
}

/** The text of `clients/typescript/src/api.ts`. */
export function clientTypes(document: Document): string {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${comment(schema.description, '')}export type ${name} = ${typeOf(schema)}\n`,
  )
  const found = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )
  const operations = found.map(({ path, method, operation }) => operationOf(method, path, operation))
  const routes = found.map(
    ({ path, method, operation }) => `  ${key(operation.operationId)}: ['${method.toUpperCase()}', '${path}'],\n`,
  )
  return [
    '/** Generated from openapi.yaml by `npm run generate:client`; never edited. */\n',
    'export type None = Record<string, never>\n',
    ...schemas,
    `/** What each operation takes and answers. */\nexport interface Operations {\n${operations.join('')}}\n`,
    `/** Where each operation is found. */\nexport const ROUTES = {\n${routes.join('')}} as const\n`,
  ].join('\n')
}

const document = parse(readFileSync(join(packageRoot, 'openapi.yaml'), 'utf8')) as Document
writeFileSync(join(packageRoot, 'clients/typescript/src/api.ts'), clientTypes(document))
