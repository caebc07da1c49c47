/** The log of decisions and the end of the process: what was acknowledged is there after any of them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../db/open.js'
import type { Decision } from '../src/domain/tickets/decision.js'
import { giveKey } from './support/keys.js'
import { startProcess } from './support/process.js'

const CLIENTS = 8
/** The signal falls once as many decisions are acknowledged: in the middle of the load, whatever the machine. */
const ENOUGH = 300

const ticket = (n: number) => ({ title: `RDS instance orders-${n} is down`, description: 'since 03:12 UTC' })

type Send = (path: string, body: object) => Promise<Response>

/** Sends tickets, one by one and in batches in turn, until an answer fails; tells each decision that is acknowledged. */
async function sendUntilItFails(send: Send, acknowledged: (decision: Decision) => void): Promise<void> {
  for (let n = 0; ; n++) {
    const single = await send('/v1/tickets/route', ticket(n))
    if (single.status !== 200) return
    acknowledged((await single.json()) as Decision)
    const items = Array.from({ length: 20 }, (_, at) => ({ ticket: ticket(at) }))
    const batch = await send('/v1/tickets/route/batch', { items })
    if (batch.status !== 200) return
    const answers = (await batch.json()) as { items: { decision: Decision }[] }
    for (const { decision } of answers.items) acknowledged(decision)
  }
}

/** Loads a service until it is ended by a signal, and returns what it acknowledged, what is kept, and how it ended. */
async function endedBy(signal: NodeJS.Signals) {
  const folder = mkdtempSync(join(tmpdir(), 'decisions-'))
  const url = `file:${join(folder, 'decisions.db')}`
  const before = await openStore(url)
  const authorization = `Bearer ${await giveKey(before, 'write')}`
  await before.close()
  const { child, port, ended } = await startProcess({ DATABASE_URL: url, RATE_LIMIT_MAX: '1000000' })
  const send: Send = (path, body) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const acknowledged = new Map<string, Decision>()
  await Promise.allSettled(
    Array.from({ length: CLIENTS }, () =>
      sendUntilItFails(send, (decision) => {
        acknowledged.set(String(decision.decisionId), decision)
        if (acknowledged.size === ENOUGH) child.kill(signal)
      }),
    ),
  )
  const exit = await ended
  const again = await startProcess({ DATABASE_URL: url, RATE_LIMIT_MAX: '1000000' })
  const read = async <T>(path: string): Promise<T> =>
    (await fetch(`http://127.0.0.1:${again.port}${path}`, { headers: { authorization } })).json() as T
  const found = new Map<string, unknown>()
  for (const id of acknowledged.keys())
    found.set(id, (await read<{ decision: Decision }>(`/v1/decisions/${id}`)).decision)
  const { total } = await read<{ total: number }>('/v1/decisions?limit=1')
  again.child.kill('SIGTERM')
  await again.ended
  rmSync(folder, { recursive: true })
  return { acknowledged, found, total, exit }
}

describe('a process that ends in the middle of the load', { timeout: 120_000 }, () => {
  it('by SIGKILL has kept every decision that it acknowledged, as it was answered', async () => {
    const { acknowledged, found, exit } = await endedBy('SIGKILL')
    expect(exit).toBeNull()
    expect(acknowledged.size).toBeGreaterThanOrEqual(ENOUGH)
    expect(acknowledged.has('null')).toBe(false)
    expect(found).toEqual(acknowledged)
  })

  it('by SIGTERM has answered all that it kept, too', async () => {
    const { acknowledged, found, total, exit } = await endedBy('SIGTERM')
    expect(exit).toBe(0)
    expect(found).toEqual(acknowledged)
    expect(total).toBe(acknowledged.size)
  })
})
