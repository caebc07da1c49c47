/**
 * Tickets a second in one process with every decision stored on SQLite: asked one by one and in batches, beside bare
 * Fastify in the same run; and how long each takes while tickets come one by one at half of what is aimed at.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../db/open.js'
import { createKey } from '../src/access/keys.js'
import { Ticket } from '../src/domain/ticket.js'
import { packageRoot } from '../src/paths.js'
import { load, median, type Server, startProject, startServer } from './support.js'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const BATCH = 500
const AIM = 5000

const PATH = '/v1/tickets/route'
const JSON_BODY = { 'content-type': 'application/json' }

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const database = join(folder, 'bench.db')
const tickets = ['development', 'review'].flatMap((half) =>
  readFileSync(join(packageRoot, `test/corpus/tickets-${half}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => Ticket.safeParse(JSON.parse(line).ticket).data ?? []),
)
/** A key that may route, made as `npm run keys` makes it. */
async function giveKey(): Promise<string> {
  const store = await openStore(`file:${database}`)
  const { text, stored } = createKey({
    name: 'bench',
    scope: 'route',
    expiresAt: null,
    createdBy: 'bench',
    at: new Date().toISOString(),
  })
  await store.keys.add(stored)
  await store.close()
  return `Bearer ${text}`
}

async function countDecisions(): Promise<number> {
  const store = await openStore(`file:${database}`)
  const count = await store.decisions.count({})
  await store.close()
  return count
}

interface Rate {
  /** Tickets a second. */
  rate: number
  /** Microseconds of the server's processor time for a ticket. */
  cost: number
}

/** Those of the tickets that are routed: one of the corpus names a layer that there is not, and is refused. */
async function accepted(url: string): Promise<Ticket[]> {
  const routed: Ticket[] = []
  for (const ticket of tickets) {
    const answer = await fetch(url + PATH, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(ticket) })
    await answer.arrayBuffer()
    if (answer.ok) routed.push(ticket)
  }
  return routed
}

/** Posts these bodies in turn as fast as they are answered. */
async function measure(server: Server, path: string, sent: readonly string[], options: Posting): Promise<Rate> {
  const { headers, connections, counts = 1 } = options
  let opened = 0
  const before = server.cpu()
  const started = performance.now()
  const rate =
    counts *
    (await load(server.url + path, SECONDS, {
      connections,
      method: 'POST',
      // It writes the length of a body into the headers that it is given.
      headers: { ...headers },
      // Each connection begins elsewhere, so that all bodies are sent.
      setupClient(client) {
        const first = Math.floor((sent.length * opened++) / connections)
        client.setRequests([...sent.slice(first), ...sent.slice(0, first)].map((body) => ({ body })))
      },
    }))
  const seconds = (performance.now() - started) / 1000
  return { rate, cost: ((server.cpu() - before) / (rate * seconds)) * 1e6 }
}

interface Posting {
  headers: Record<string, string>
  connections: number
  /** Tickets in one request. */
  counts?: number
}

const CONNECTIONS = 64

/**
 * Posts texts over connections that stay open, each as soon as one is free. Written on sockets: Node's own client costs
 * the machine half of what the server does, and is measured with it.
 */
function createPoster(url: string, headers: Record<string, string>) {
  const { hostname, port, host } = new URL(url)
  const head = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  const free: Socket[] = []
  const waiting: { text: string; answered: () => void }[] = []
  const answering = new Map<Socket, () => void>()
  const next = (socket: Socket): void => {
    const task = waiting.shift()
    if (!task) return void free.push(socket)
    answering.set(socket, task.answered)
    socket.write(
      `POST ${PATH} HTTP/1.1\r\n${head.join('')}content-length: ${Buffer.byteLength(task.text)}\r\n\r\n${task.text}`,
    )
  }
  const open = (): Socket => {
    const socket = connect(Number(port), hostname).setNoDelay(true)
    let left = 0
    return socket.on('data', (chunk) => {
      if (left === 0) {
        const text = chunk.toString('latin1')
        const length = /^HTTP\/1\.1 200 .*?content-length: (\d+)/is.exec(text)?.[1]
        if (length === undefined) throw new Error(`not answered: ${text.slice(0, 100)}`)
        left = text.indexOf('\r\n\r\n') + 4 + Number(length)
      }
      left -= chunk.length
      if (left > 0) return
      answering.get(socket)?.()
      next(socket)
    })
  }
  const sockets = Array.from({ length: CONNECTIONS }, open)
  free.push(...sockets)
  return {
    post: (text: string): Promise<void> =>
      new Promise((answered) => {
        waiting.push({ text, answered })
        const socket = free.pop()
        if (socket) next(socket)
      }),
    close(): void {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Milliseconds from when a ticket was due until it was answered, tickets being due at a steady rate. */
async function latencies(
  url: string,
  bodies: readonly string[],
  headers: Record<string, string>,
  rate: number,
): Promise<number[]> {
  const poster = createPoster(url, headers)
  const taken: number[] = []
  const pending: Promise<void>[] = []
  const started = performance.now()
  const most = rate * SECONDS
  for (let count = 0; count < most; ) {
    const due = started + (count * 1000) / rate
    if (performance.now() < due) {
      // Sleeps rather than spins: the server may need this core.
      await new Promise((turn) => setTimeout(turn, 1))
      continue
    }
    pending.push(poster.post(bodies[count % bodies.length] ?? '').then(() => void taken.push(performance.now() - due)))
    count += 1
    // Answers are read as they come, not when all that is due has been sent.
    if (count % 4 === 0) await new Promise((turn) => setImmediate(turn))
  }
  await Promise.all(pending)
  poster.close()
  return taken.sort((a, b) => a - b)
}

const shown = (value: number): string => Math.round(value).toLocaleString('en')
const least = (rates: readonly Rate[]): number => Math.min(...rates.map(({ cost }) => cost))

async function main(): Promise<void> {
  const project = await startProject(database)
  const authorization = await giveKey()
  const headers = { ...JSON_BODY, authorization }
  const routed = await accepted(project.url)
  const bodies = routed.map((ticket) => JSON.stringify(ticket))
  const items = Array.from({ length: 4 * BATCH }, (_, at) => ({ ticket: routed[at % routed.length] }))
  const batches = [0, 1, 2, 3].map((at) => JSON.stringify({ items: items.slice(at * BATCH, (at + 1) * BATCH) }))
  const first = await fetch(project.url + PATH, { method: 'POST', headers, body: bodies[0] ?? '' })
  const bare = await startServer('bare Fastify', 'bench/bare-fastify.mjs', '/v1/services/a/layers/b', {
    BODY: await first.text(),
  })
  const runs = {
    single: () => measure(project, PATH, bodies, { headers, connections: 64 }),
    batch: () => measure(project, `${PATH}/batch`, batches, { headers, connections: 2, counts: BATCH }),
    bare: () => measure(bare, PATH, bodies, { headers, connections: 64 }),
  }
  for (const run of Object.values(runs)) await run()
  const rates = { single: [] as Rate[], batch: [] as Rate[], bare: [] as Rate[] }
  const tails: number[] = []
  const before = await countDecisions()
  for (let round = 0; round < ROUNDS; round++) {
    rates.bare.push(await runs.bare())
    rates.single.push(await runs.single())
    rates.batch.push(await runs.batch())
  }
  const answered = [...rates.single, ...rates.batch].reduce((sum, { rate }) => sum + rate * SECONDS, 0)
  const stored = (await countDecisions()) - before
  if (stored < answered * 0.95) throw new Error(`${shown(answered)} answered and only ${shown(stored)} stored`)
  // What the most left behind is cleared away first, as the most was warmed up for.
  await latencies(project.url, bodies, headers, AIM / 2)
  for (let round = 0; round < ROUNDS; round++) {
    const taken = await latencies(project.url, bodies, headers, AIM / 2)
    tails.push(taken[Math.floor(taken.length * 0.99)] ?? Number.NaN)
  }
  const write = (line: string): void => void process.stdout.write(`${line}\n`)
  write(`tickets/s in one process, every decision stored (aim ${shown(AIM)}; medians of ${ROUNDS})`)
  write('| how | tickets/s | to bare Fastify | processor time for a ticket, least |')
  write('| --- | --- | --- | --- |')
  for (const [how, name] of [
    ['one by one', 'single'],
    [`in batches of ${BATCH}`, 'batch'],
    ['bare Fastify, nothing decided or stored', 'bare'],
  ] as const) {
    const own = rates[name].map(({ rate }) => rate)
    const ratio = median(own.map((rate, at) => rate / (rates.bare[at]?.rate ?? Number.NaN)))
    write(`| ${how} | ${shown(median(own))} | ${ratio.toFixed(2)} | ${least(rates[name]).toFixed(0)} us |`)
  }
  write(
    `at ${shown(AIM / 2)}/s one by one: p99 ${median(tails).toFixed(1)} ms (aim: under 10), of ${tails.map((tail) => tail.toFixed(1)).join(', ')}`,
  )
  project.stop()
  bare.stop()
  rmSync(folder, { recursive: true })
}

await main()
