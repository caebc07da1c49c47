/** Twice the load that it can serve, clients that mean no good, and an hour of mixed load in two minutes. Loopback only. */
import autocannon from 'autocannon'
import { askSteadily, HOSTILE, type Outcome, quantile, type Request } from './clients.js'
import { median, type Server, startProject } from './support.js'

const MINUTES = Number(process.env.BENCH_MINUTES ?? 2)
const OVERLOAD_SECONDS = 20
const CAPACITY_SECONDS = 5
const CAPACITY_CONNECTIONS = 32
/** Connections that the load comes on: enough of them that twice the load is offered, however late it is answered. */
const MANY = 1000
const FEW = 100

const ask = (question: string): Request => ({ path: '/v1/ask', body: JSON.stringify({ question }) })
const route = (title: string): Request => ({ path: '/v1/tickets/route', body: JSON.stringify({ title }) })

/**
 * What costs something: compiled answers, and questions that are answered from memory, alone would be a load that no
 * client on the same machine could double. No question comes back before as many others that the memory has lost it.
 */
const HEAVY: readonly Request[] = Array.from({ length: 3200 }, (_, at) => [
  ask(`who patches the OS under RDS Custom for Oracle number ${at}, us or AWS?`),
  route(`RDS number ${at} at 100 % CPU since the release, slow queries without an index`),
  ask(`Is encryption at rest of S3 bucket number ${at} our job?`),
  { path: '/v1/services/rds/layers/operating-system' },
  { path: '/v1/owner?service=Amazon%20RDS&layer=os%20patching' },
]).flat()

/** What a day brings: portals, bots, routers, exports, and addresses that nobody asked before. */
const MIXED: readonly Request[] = [
  ...HEAVY,
  { path: '/v1/services/ec2/layers/data' },
  { path: '/v1/matrix' },
  { path: '/v1/matrix?service=rds&format=csv' },
  { path: '/v1/search?q=backup' },
  { path: '/v1/services?limit=200' },
  { path: '/v1/oscal/component-definition?service=s3' },
  { path: '/openapi.json' },
  ...Array.from({ length: 500 }, (_, i) => ({ path: `/v1/search?q=word${i}` })),
  ...Array.from({ length: 400 }, (_, i) => ask(`who patches host number ${i} of EKS?`)),
]

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const told = ({ served, shed, failed }: Outcome): string => {
  const all = served.length + shed + failed
  const ms = (at: number): string => quantile(served, at).toFixed(0)
  return `${all.toLocaleString('en')} asked, ${((100 * shed) / all).toFixed(1)} % shed, ${failed} failed; served: p50 ${ms(0.5)} ms, p99 ${ms(0.99)} ms`
}

/** What is served a second on a few connections; what is shed meanwhile, where others take the processor, counts as nothing. */
async function capacity({ url }: Server): Promise<number> {
  const requests = HEAVY.map(({ path, body }) =>
    body === undefined
      ? { path }
      : { path, body, method: 'POST' as const, headers: { 'content-type': 'application/json' } },
  )
  // Each connection begins elsewhere: what the one has asked must not be a memory for the others.
  let clients = 0
  const setupClient = (client: autocannon.Client): void => {
    const at = (clients++ * requests.length) / CAPACITY_CONNECTIONS
    client.setRequests([...requests.slice(at), ...requests.slice(0, at)])
  }
  const result = await autocannon({
    url,
    requests,
    setupClient,
    connections: CAPACITY_CONNECTIONS,
    duration: CAPACITY_SECONDS,
  })
  return result['2xx'] / CAPACITY_SECONDS
}

async function overload(server: Server, port: number, rate: number): Promise<void> {
  const twice = await askSteadily(port, {
    requests: HEAVY,
    rate: 2 * rate,
    seconds: OVERLOAD_SECONDS,
    connections: MANY,
  })
  say(`at twice that for ${OVERLOAD_SECONDS} s: ${told(twice)}; ${twice.unexplained} refusals without Retry-After`)
  const after = await askSteadily(port, { requests: HEAVY, rate: rate / 3, seconds: 6, connections: FEW })
  const last = Math.max(-1, ...after.shedIn)
  say(`at a third of it right after: ${told(after)}; ${last < 0 ? 'nothing shed' : `shed until second ${last + 1}`}`)
  say(`processor time while idle for 2 s: ${(await idle(server)).toFixed(2)} s`)
}

async function idle(server: Server): Promise<number> {
  const before = server.cpu()
  await new Promise((over) => setTimeout(over, 2000))
  return server.cpu() - before
}

async function hostile(server: Server, port: number, rate: number): Promise<void> {
  const calm = await askSteadily(port, { requests: HEAVY, rate: rate / 5, seconds: 8, connections: FEW })
  say(`at a fifth of it, undisturbed: ${told(calm)}`)
  const before = server.memory()
  let end = (): void => undefined
  const ended = new Promise<void>((over) => {
    end = over
  })
  const clients = Object.values(HOSTILE).map((attack) => attack(port, ended))
  const among = await askSteadily(port, { requests: HEAVY, rate: rate / 5, seconds: 15, connections: FEW })
  end()
  await Promise.all(clients)
  say(`at a fifth of it, among ${Object.keys(HOSTILE).join(', ')}: ${told(among)}`)
  say(`memory before and after them: ${before.toFixed(0)} and ${server.memory().toFixed(0)} MiB`)
}

/** An hour of mixed load: resident memory is looked at each second, and told as the median of each third. */
async function endure(server: Server, port: number, rate: number): Promise<void> {
  const seen: number[] = []
  const timer = setInterval(() => seen.push(server.memory()), 1000)
  const outcome = await askSteadily(port, { requests: MIXED, rate: rate / 2, seconds: MINUTES * 60, connections: FEW })
  clearInterval(timer)
  const third = Math.floor(seen.length / 3)
  const thirds = [0, 1, 2].map((at) => median(seen.slice(at * third, (at + 1) * third)).toFixed(0))
  await new Promise((over) => setTimeout(over, 3000))
  say(`mixed for ${MINUTES} min at half of it: ${told(outcome)}`)
  say(`memory in the thirds and at the end: ${thirds.join(', ')} and ${server.memory().toFixed(0)} MiB`)
}

async function main(): Promise<void> {
  const first = await startProject()
  first.stop()
  await new Promise((over) => setTimeout(over, 1000))
  const server = await startProject(first.database, { MAX_EVENT_LOOP_DELAY: '50' })
  const port = Number(new URL(server.url).port)
  await new Promise((over) => setTimeout(over, 3000))
  say(`memory at the start: ${server.memory().toFixed(0)} MiB`)
  await capacity(server)
  const rate = await capacity(server)
  say(
    `served under ${CAPACITY_CONNECTIONS} connections: ${rate.toFixed(0)} requests/s of a mix of questions, tickets and verdicts`,
  )
  await overload(server, port, rate)
  await hostile(server, port, rate)
  await endure(server, port, rate)
  server.stop()
}

await main()
