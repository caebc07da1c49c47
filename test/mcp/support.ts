/** A service on a real port of the loopback address, and real clients of it. */
import type { AddressInfo } from 'node:net'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { startService } from '../support/app.js'

/** The two eras of the protocol that are served: stateless, and the handshake of 2025. */
export const PROTOCOLS = ['2026-07-28', '2025-06-18'] as const
export type ProtocolVersion = (typeof PROTOCOLS)[number]

export async function listen(environment: Record<string, string> = {}) {
  const service = await startService(environment)
  await service.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = service.app.server.address() as AddressInfo
  return { ...service, url: `http://127.0.0.1:${port}` }
}

/** A client of the SDK that speaks exactly this version. */
export async function connect(url: string, version: ProtocolVersion): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    version === '2026-07-28'
      ? { versionNegotiation: { mode: { pin: version } } }
      : { versionNegotiation: { mode: 'legacy' }, supportedProtocolVersions: [version] },
  )
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)))
  return client
}
