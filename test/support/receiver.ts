/** What spans are sent to: keeps every delivery of OTLP over HTTP. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SentSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  status: { code: number; message?: string }
  attributes: Record<string, unknown>
  /** Of the process that sent it. */
  resource: Record<string, unknown>
}

interface Attribute {
  key: string
  value: Record<string, unknown>
}

const read = (attributes: readonly Attribute[] = []): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** Takes deliveries on a free port of this machine. */
export async function startReceiver() {
  const deliveries: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      deliveries.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    /** The spans of all deliveries in JSON. */
    spans: (): SentSpan[] =>
      deliveries.flatMap(({ body }) =>
        JSON.parse(body.toString()).resourceSpans.flatMap(
          ({ resource, scopeSpans }: { resource: { attributes: Attribute[] }; scopeSpans: { spans: unknown[] }[] }) =>
            scopeSpans
              .flatMap(({ spans }) => spans as (Omit<SentSpan, 'attributes'> & { attributes: Attribute[] })[])
              .map((span) => ({
                ...span,
                attributes: read(span.attributes),
                resource: read(resource.attributes),
              })),
        ),
      ),
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
