/** `GET /llms.txt`: what a language model finds here, read off the operations, in the form of llmstxt.org. */
import type { FastifyInstance } from 'fastify'
import { type Operation, TAGS } from '../operations/operation.js'

const INTRO = `# AWS responsibility matrix

> Who owns layer X of AWS service Y, what each side must do, and how we know: the AWS shared responsibility model as data, with sources.

Every answer names the owner (aws, customer, shared or not-applicable), both duties, the side that leads on a shared layer, the rule that won, its sources, and the data revision. \`verified: false\` marks what was not confirmed at its source, or what only a default of the service model says. A name that could mean several things is refused with candidates: ask again with one of them, do not guess. Reads need no key unless this server closes them. Errors are application/problem+json and say how to mend the request.`

/** The address of an operation's example, where it can be followed. */
function exampleOf({ path, example }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(example.params[name])))
  const query = new URLSearchParams(
    Object.entries(example.query).map(([key, value]): [string, string] => [key, String(value)]),
  )
  return query.size > 0 ? `${filled}?${query}` : filled
}

const line = (operation: Operation): string => {
  const { method, path, access, example, rehearse, summary, description, tool } = operation
  // What takes a body, a key or something that is not shipped cannot be followed; the document says what to send.
  const follows = method === 'GET' && access === 'read' && example.answer === undefined && !rehearse
  const link = follows ? exampleOf(operation) : '/openapi.json'
  return `- [${method} ${path}](${link}): ${summary}. ${description}${tool ? ` MCP tool: ${tool.name}.` : ''}`
}

export function writeLlmsText(operations: readonly Operation[]): string {
  const sections = Object.entries(TAGS).flatMap(([tag, about]) => {
    const tagged = operations.filter((operation) => operation.tag === tag)
    return tagged.length > 0 ? [`## ${tag}\n\n${about}\n\n${tagged.map(line).join('\n')}`] : []
  })
  const tools = operations.flatMap(({ tool }) => (tool ? [`\`${tool.name}\``] : []))
  const connect = `## For assistants

Model Context Protocol, Streamable HTTP, at \`POST /mcp\`: protocol 2026-07-28 and older clients. Tools: ${tools.join(', ')}. Resources: \`responsibility://services/{service}\`.`
  const optional = `## Optional

- [OpenAPI 3.1, JSON](/openapi.json): every operation with its schemas and an example that works
- [OpenAPI 3.1, YAML](/openapi.yaml): the same
- [Documentation](/docs): the same, to try out in a browser`
  return `${[INTRO, connect, ...sections, optional].join('\n\n')}\n`
}

export function registerLlms(app: FastifyInstance, operations: readonly Operation[]): void {
  const text = writeLlmsText(operations)
  app.get('/llms.txt', (_request, reply) =>
    reply.type('text/markdown; charset=utf-8').header('cache-control', 'public, max-age=3600').send(text),
  )
}
