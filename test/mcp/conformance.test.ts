/** The server scenarios of the conformance package, run by its own command against a service on the loopback address. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packageRoot } from '../../src/paths.js'
import { listen } from './support.js'

const run = promisify(execFile)
let service: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  service = await listen()
})
afterAll(() => service.stop())

it('passes every scenario that conformance.yaml does not name, and fails those that it names', async () => {
  const { stdout } = await run(
    process.execPath,
    [
      '--import',
      join(packageRoot, 'test/support/conformance-on-node-20.mjs'),
      join(packageRoot, 'node_modules/@modelcontextprotocol/conformance/dist/index.js'),
      ...['server', '--url', `${service.url}/mcp`, '--suite', 'all'],
      ...['--expected-failures', join(packageRoot, 'test/mcp/conformance.yaml')],
    ],
    { timeout: 60_000 },
  )
  const passed = [...stdout.matchAll(/^✓ ([\w-]+): [1-9]\d* passed, 0 failed/gm)].map(([, name]) => name)
  expect(passed).toEqual(['server-initialize', 'ping', 'tools-list', 'resources-list', 'dns-rebinding-protection'])
})
