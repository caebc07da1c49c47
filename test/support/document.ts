/** The OpenAPI document as a test reads it: its operations, and a check of answers against their own schemas. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FormatsPlugin } from 'ajv-formats'
import formats from 'ajv-formats'

/** As much of JSON Schema as the document uses. */
export interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
}

export interface Parameter {
  in: 'path' | 'query' | 'header'
  name: string
  required: boolean
  schema: Schema
  example?: unknown
}

interface Content {
  schema: Schema
  example?: unknown
}

interface Response {
  $ref?: string
  content?: Record<string, Content>
}

export interface Described {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, Response>
}

export interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

/** One operation of the document, with where it stands. */
export interface Endpoint extends Described {
  method: string
  path: string
}

export const endpointsOf = ({ paths }: Document): Endpoint[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => ({ ...described, method: method.toUpperCase(), path })),
  )

/** What a `$ref` of the document stands for. */
export const follow = ({ components }: Document, ref: string): Schema => {
  const found = components.schemas[ref.replace('#/components/schemas/', '')]
  if (!found) throw new Error(`The document has no ${ref}.`)
  return found
}

export interface Answer {
  status: number
  type: string
  text: string
}

/** Tells what the document does not allow about an answer; empty where it allows all of it. */
export function createAnswerCheck(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false })
  // The types of ajv-formats name the module, not the function that it exports.
  ;(formats as unknown as FormatsPlugin)(ajv)
  ajv.addSchema(document, 'document')
  const faultsOf = (ref: string, text: string): string[] => {
    const validate = ajv.getSchema(`document#${ref}`) ?? ajv.compile({ $ref: `document#${ref}` })
    return validate(JSON.parse(text)) ? [] : (validate.errors ?? []).map((error) => ajv.errorsText([error]))
  }
  const pointer = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

  return ({ method, path, responses }: Endpoint, { status, type, text }: Answer): string[] => {
    const described = responses[status]
    if (!described) return [`the document knows no ${status} here`]
    const name = described.$ref?.replace('#/components/responses/', '')
    const { content } = name === undefined ? described : (document.components.responses[name] ?? {})
    const media = type.split(';', 1)[0] ?? ''
    if (content === undefined) return text === '' ? [] : ['the document knows no body here']
    if (!content[media]) return [`the document knows no ${media || 'answer without a type'} here`]
    if (!/json$/.test(media)) return []
    const kind = name === undefined ? null : (JSON.parse(text) as { type: string }).type.replace('/problems/', '')
    if (kind !== null && !name?.split('-or-').includes(kind)) return [`the document knows no problem ${kind} here`]
    const at =
      name === undefined
        ? `/paths/${pointer(path)}/${method.toLowerCase()}/responses/${status}`
        : `/components/responses/${pointer(name)}`
    return faultsOf(`${at}/content/${pointer(media)}/schema`, text)
  }
}
