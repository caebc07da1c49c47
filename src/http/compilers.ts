/** How Fastify is told to read and write: by our own schemas, so that its own compilers need not be loaded. */
import type { FastifyServerOptions } from 'fastify'
import type { z } from 'zod'
import { InvalidInput } from './problems.js'

interface Part {
  schema: z.ZodType
  httpPart?: string
}

/** The schemas of a route are zod's own; they answer with output values (defaults, coercions) or throw. */
const readBy = ({ schema, httpPart }: Part) => {
  const part = httpPart === 'querystring' ? 'query' : httpPart === 'params' ? 'params' : 'body'
  return (sent: unknown) => {
    const parsed = schema.safeParse(sent)
    return parsed.success ? { value: parsed.data } : { error: new InvalidInput(part, parsed.error.issues, sent) }
  }
}

/**
 * Set when the application is made: Fastify loads ajv and fast-json-stringify (2 MiB) where it is not told of others.
 * What an operation returns is checked against its schema by its type and by the tests, not once more per request.
 */
export const COMPILERS = {
  compilersFactory: { buildValidator: () => readBy, buildSerializer: () => () => JSON.stringify },
} as unknown as NonNullable<FastifyServerOptions['schemaController']>

/** `/v1/services/{service}` as Fastify writes it. */
export const fastifyPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')
