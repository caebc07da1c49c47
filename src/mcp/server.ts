/** The MCP server: one handler for protocol 2026-07-28 and for the clients of 2025, stateless for both. */
import {
  createMcpHandler,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
} from '@modelcontextprotocol/server'
import { Refusal } from '../domain/refusal.js'
import type { Context, Operation } from '../operations/operation.js'
import { packageVersion } from '../paths.js'
import { listResources, RESOURCE_TEMPLATES, readResource } from './resources.js'
import { readTools, type ToolReading } from './tools.js'

const INSTRUCTIONS =
  'Answers who owns which layer of which AWS service under the shared responsibility model. Prefer who_owns for one question. ' +
  'Tell both duties and the sources; where verified is false or variants differ, say so. A refusal names what to ask instead: never guess an owner.'

/** How long a client may keep a list, in milliseconds: the tools change with a release, the services with a revision. */
const FRESH = { tools: 3_600_000, resources: 60_000 }

interface Parts<Caller> {
  operations: readonly Operation[]
  /** What a call is answered with; `operation` is null for resources. Throws a {@link Refusal} to whoever may not call. */
  contextFor(caller: Caller, operation: Operation | null): Context | Promise<Context>
  onError(error: unknown): void
}

export interface Mcp<Caller> {
  /** Answers one message, parsed before; `request` brings the headers. `Origin`, `Host` and size are checked before. */
  fetch(request: Request, message: unknown, caller: Caller): Promise<Response>
  close(): Promise<void>
}

export function createMcp<Caller extends object>({ operations, contextFor, onError }: Parts<Caller>): Mcp<Caller> {
  const callers = new WeakMap<Request, Caller>()
  const tools = readTools(operations)
  const listing = { tools: [...tools.values()].map(({ listing }) => listing) }
  const handler = createMcpHandler(
    ({ requestInfo }) => {
      const caller = requestInfo && callers.get(requestInfo)
      if (!caller) throw new Error('A message came in without its caller.')
      const server = new Server(
        { name: 'aws-responsibility-matrix', title: 'AWS responsibility matrix', version: packageVersion },
        {
          capabilities: { tools: {}, resources: {} },
          instructions: INSTRUCTIONS,
          cacheHints: {
            'tools/list': { ttlMs: FRESH.tools, cacheScope: 'public' },
            'server/discover': { ttlMs: FRESH.tools, cacheScope: 'public' },
            'resources/templates/list': { ttlMs: FRESH.tools, cacheScope: 'public' },
            'resources/list': { ttlMs: FRESH.resources, cacheScope: 'public' },
          },
        },
      )
      server.setRequestHandler('tools/list', () => listing)
      server.setRequestHandler('tools/call', async ({ params }) => {
        const tool = tools.get(params.name) ?? refuseTool(params.name, tools)
        try {
          const answer = await tool.call(() => contextFor(caller, tool.operation), params.arguments ?? {})
          return server.projectCallToolResult(answer, tool.listing.outputSchema)
        } catch (error) {
          onError(error)
          // What went wrong inside is for the log; the caller learns that it was not the call.
          throw new ProtocolError(ProtocolErrorCode.InternalError, 'The service failed; the call was not at fault.')
        }
      })
      server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: RESOURCE_TEMPLATES }))
      server.setRequestHandler('resources/list', async ({ params }) => {
        const { catalog } = await contextFor(caller, null)
        return orInvalid(() => listResources(catalog, params?.cursor))
      })
      server.setRequestHandler('resources/read', async ({ params }) => {
        const found = await readResource(await contextFor(caller, null), params.uri)
        if (found) return found
        const text = `There is no resource "${clip(params.uri)}". resources/list names all; the form is responsibility://services/rds.`
        throw new ResourceNotFoundError(params.uri, text)
      })
      return server
    },
    // Nothing here is worth a stream: every answer is one message, and nothing changes that could be subscribed to.
    { maxSubscriptions: 0, onerror: onError },
  )
  return {
    fetch(request, message, caller) {
      callers.set(request, caller)
      return handler.fetch(request, { parsedBody: message })
    },
    close: () => handler.close(),
  }
}

const clip = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text)

function refuseTool(name: string, tools: ReadonlyMap<string, ToolReading>): never {
  const text = `There is no tool "${clip(name)}". There are: ${[...tools.keys()].join(', ')}.`
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, text)
}

/** A refusal outside a tool call is the protocol's own error for bad parameters. */
function orInvalid<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message)
    throw error
  }
}
