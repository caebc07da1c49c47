/** How an operation is asked for its example over HTTP. */
import type supertest from 'supertest'
import type { Operation } from '../../src/operations/operation.js'

/** The address of its example. */
export function urlOf({ path, example }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(example.params[name])))
  const query = new URLSearchParams(
    Object.entries(example.query).map(([key, value]): [string, string] => [key, String(value)]),
  )
  return query.size > 0 ? `${filled}?${query}` : filled
}

/** Asks for the example, at its address or another. */
export function send(
  request: ReturnType<typeof supertest>,
  operation: Operation,
  headers: Record<string, string> = {},
  url = urlOf(operation),
): supertest.Test {
  const { method, body, example } = operation
  const asked = request[method.toLowerCase() as Lowercase<Operation['method']>](url).set(headers)
  return body ? asked.send(example.body as object) : asked
}
