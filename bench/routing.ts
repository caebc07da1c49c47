/** Tickets a second in one process with every decision stored on SQLite, and how long each takes at half that load. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { createDecisionLog } from '../src/decisions.js'
import { createCatalog } from '../src/domain/catalog.js'
import { Ticket } from '../src/domain/ticket.js'
import { decide } from '../src/operations/tickets.js'
import { packageRoot } from '../src/paths.js'

const ROUND_MS = 4000
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const store = await openStore(`file:${join(folder, 'bench.db')}`)
await seed(store, () => new Date())
const catalog = createCatalog(await store.load())
const settings = { threshold: 0.5, defaultTeam: null }
const log = createDecisionLog({
  store,
  now: Date.now,
  router: { version: 'bench', ...settings },
  retention: 400,
  onError(error) {
    throw error
  },
})
const tickets = readFileSync(join(packageRoot, 'test/corpus/tickets-development.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .flatMap((line) => {
    const parsed = Ticket.safeParse(JSON.parse(line).ticket)
    return parsed.success ? [parsed.data] : []
  })

let next = 0
const one = async (): Promise<void> => {
  const ticket = tickets[next++ % tickets.length]
  if (!ticket) throw new Error('The corpus holds no ticket.')
  const inbound = { ticket, signals: [], resources: [], eventId: null, idle: null }
  const { decisionId } = await log.keep(inbound, decide(catalog, inbound, settings), 'bench')
  if (decisionId === null) throw new Error('A decision was not stored.')
}

/** As many as 500 at once can bring through. */
async function throughput(): Promise<number> {
  const started = performance.now()
  let done = 0
  const worker = async (): Promise<void> => {
    while (performance.now() - started < ROUND_MS) {
      await one()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: 500 }, worker))
  return (done * 1000) / (performance.now() - started)
}

/** Milliseconds from when a ticket was due until it was answered, tickets being due at a steady rate. */
async function latencies(rate: number): Promise<number[]> {
  const taken: number[] = []
  const pending: Promise<void>[] = []
  const started = performance.now()
  for (let count = 0; performance.now() - started < ROUND_MS; ) {
    for (; started + (count * 1000) / rate <= Math.min(performance.now(), started + ROUND_MS); count++) {
      const due = started + (count * 1000) / rate
      pending.push(one().then(() => void taken.push(performance.now() - due)))
      if (count % 4 === 3) await new Promise((turn) => setImmediate(turn))
    }
    await new Promise((turn) => setImmediate(turn))
  }
  await Promise.all(pending)
  return taken.sort((a, b) => a - b)
}

await throughput()
const most = await throughput()
const taken = await latencies(most / 2)
const at = (share: number): string => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(1)
process.stdout.write(
  `${most.toFixed(0)} tickets/s decided and stored (aim: 5000); at half of that p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (aim: under 10)\n`,
)
await store.close()
rmSync(folder, { recursive: true })
