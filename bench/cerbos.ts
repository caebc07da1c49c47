/**
 * Cerbos asked the same question as a policy check: may this side act on this layer of this service? Its policies are
 * written from our verdicts. Its binary is found as CERBOS or on the PATH (`npm i --prefix /tmp/cerbos cerbos`).
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Verdict {
  service: { id: string }
  layer: { id: string }
  owner: string
}

export interface Cerbos {
  url: string
  /** The body of a check for one layer of one service. */
  question(service: string, layer: string): string
  stop(): void
}

function findBinary(): string | null {
  for (const name of [process.env.CERBOS, 'cerbos'])
    if (name)
      try {
        execFileSync(name, ['--version'], { stdio: 'ignore' })
        return name
      } catch {
        // Not there: the next place.
      }
  return null
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** One resource policy for each service: each layer is an action, each owner a role. */
function policyOf(service: string, verdicts: readonly Verdict[]): object {
  const roles = (owner: string): string[] => (owner === 'shared' ? ['aws', 'customer'] : [owner])
  return {
    apiVersion: 'api.cerbos.dev/v1',
    resourcePolicy: {
      resource: service,
      version: 'default',
      rules: verdicts.map(({ layer, owner }) => ({ actions: [layer.id], effect: 'EFFECT_ALLOW', roles: roles(owner) })),
    },
  }
}

/** Starts Cerbos on these verdicts; null where its binary is not at hand. */
export async function startCerbos(verdicts: readonly Verdict[]): Promise<Cerbos | null> {
  const binary = findBinary()
  if (!binary) return null
  const folder = mkdtempSync(join(tmpdir(), 'cerbos-'))
  for (const [service, own] of grouped(verdicts))
    writeFileSync(join(folder, `${service}.json`), JSON.stringify(policyOf(service, own)))
  const port = await freePort()
  const settings = [
    `server.httpListenAddr=127.0.0.1:${port}`,
    `server.grpcListenAddr=127.0.0.1:${await freePort()}`,
    `storage.disk.directory=${folder}`,
    'telemetry.disabled=true',
  ]
  const child = spawn(binary, ['server', '--log-level=error', ...settings.map((one) => `--set=${one}`)], {
    stdio: 'ignore',
  })
  process.on('exit', () => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`${url}/_cerbos/health`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (up) break
    await new Promise((next) => setTimeout(next, 100))
  }
  return {
    url: `${url}/api/check/resources`,
    question: (service, layer) =>
      JSON.stringify({
        principal: { id: 'aws', roles: ['aws'] },
        resources: [{ resource: { id: '1', kind: service }, actions: [layer] }],
      }),
    stop: () => void child.kill('SIGTERM'),
  }
}

function grouped(verdicts: readonly Verdict[]): Map<string, Verdict[]> {
  const groups = new Map<string, Verdict[]>()
  for (const verdict of verdicts) groups.set(verdict.service.id, [...(groups.get(verdict.service.id) ?? []), verdict])
  return groups
}
