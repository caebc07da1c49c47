/** The benchmarks: every figure is a ratio to a baseline that is measured in the same run. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../db/open.js'
import { startCerbos, type Verdict } from './cerbos.js'
import { measureGrowth, overrides } from './growth.js'
import { HAS_WRK, load, median, type Server, startProject, startServer } from './support.js'

const VERDICT = '/v1/services/rds/layers/operating-system'
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2)
const ROUNDS = 5
/** As many overrides as a large organisation may write. */
const MANY = 10_000

const pause = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms))

/** Every verdict of every service, as json-server keeps records: with an `id` of their own. */
async function allVerdicts(url: string): Promise<(Verdict & { id: string })[]> {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { id: string }[]; nextCursor: string | null } = await fetch(
      `${url}/v1/services?limit=200${cursor && `&cursor=${cursor}`}`,
    ).then((r) => r.json() as never)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  const verdicts: (Verdict & { id: string })[] = []
  // One after the other: all at once would be an overload, and refused as one.
  for (const id of ids) {
    const { items } = (await (await fetch(`${url}/v1/services/${id}/layers`)).json()) as { items: Verdict[] }
    verdicts.push(...items.map((verdict) => ({ id: `${id}-${verdict.layer.id}`, ...verdict })))
  }
  return verdicts
}

const JSON_BODY = { 'content-type': 'application/json' }
const posted = (body: string) => ({ method: 'POST', body, headers: JSON_BODY }) as const

/** What is loaded, and how many answers one request counts for. */
interface Target {
  url: string
  options?: Parameters<typeof load>[2]
  counts?: number
}

/** Rates of several targets, each loaded in turn, so that whatever else the machine does falls on all alike. */
async function race<K extends string>(targets: Record<K, Target>): Promise<Record<K, number[]>> {
  const names = Object.keys(targets) as K[]
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (const name of names) await load(targets[name].url, 1, targets[name].options)
  for (let round = 0; round < ROUNDS; round++)
    for (const name of names) {
      const { url, options, counts = 1 } = targets[name]
      rates[name].push(counts * (await load(url, SECONDS, options)))
    }
  return rates
}

const shown = (values: readonly number[]): string => Math.round(median(values)).toLocaleString('en')
const over = (a: readonly number[], b: readonly number[]): string =>
  median(a.map((x, i) => x / (b[i] ?? Number.NaN))).toFixed(2)
const row = (measure: string, own: readonly number[], base: readonly number[]): string =>
  `| ${measure} | ${shown(own)} | ${shown(base)} | ${over(own, base)} |`

/** What an answer says beside the connection's own headers. */
const headersOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)))

async function raceVerdicts(project: Server, verdicts: readonly (Verdict & { id: string })[]): Promise<string[]> {
  const answer = await fetch(project.url + VERDICT)
  const body = await answer.text()
  const data = join(mkdtempSync(join(tmpdir(), 'bench-')), 'verdicts.json')
  writeFileSync(data, JSON.stringify({ verdicts }))
  const http = await startServer('node:http', 'bench/bare-http.mjs', VERDICT, { BODY: body })
  const bare = await startServer('bare Fastify', 'bench/bare-fastify.mjs', VERDICT, { BODY: body })
  const alike = await startServer('bare Fastify', 'bench/bare-fastify.mjs', VERDICT, {
    BODY: body,
    HEADERS: JSON.stringify(headersOf(answer)),
  })
  const json = await startServer('json-server', 'bench/json-server.cjs', '/verdicts/rds-operating-system', {
    DATA: data,
  })
  const cerbos = await startCerbos(verdicts)
  const own = await race({
    project: { url: project.url + VERDICT },
    http: { url: http.url + VERDICT },
    bare: { url: bare.url + VERDICT },
    alike: { url: alike.url + VERDICT },
    json: { url: `${json.url}/verdicts?service.id=rds&layer.id=operating-system` },
    record: { url: `${json.url}/verdicts/rds-operating-system` },
  })
  const rows = [
    row('verdict, requests/s, to node:http sending the same bytes', own.project, own.http),
    row('verdict, requests/s, to bare Fastify sending the same bytes', own.project, own.bare),
    row('verdict, requests/s, to bare Fastify sending the same bytes and headers', own.project, own.alike),
    row('verdict, requests/s, to json-server asked for the same service and layer', own.project, own.json),
    row('verdict, requests/s, to json-server asked for the id of the record', own.project, own.record),
  ]
  if (cerbos) {
    const check = posted(cerbos.question('rds', 'operating-system'))
    const both = await race({ project: { url: project.url + VERDICT }, cerbos: { url: cerbos.url, options: check } })
    rows.push(row('verdict, requests/s, to Cerbos asked the same as a policy check', both.project, both.cerbos))
    cerbos.stop()
  } else rows.push('| verdict, requests/s, to Cerbos | – | its binary is not at hand (bench/cerbos.ts) | – |')
  rows.push(
    `| start on an existing database, ms, to bare Fastify | ${Math.round(project.startup)} | ${Math.round(bare.startup)} | ${(project.startup / bare.startup).toFixed(2)} |`,
    `| memory after the load, MiB, to bare Fastify | ${Math.round(project.memory())} | ${Math.round(bare.memory())} | ${(project.memory() / bare.memory()).toFixed(2)} |`,
  )
  for (const server of [http, bare, alike, json]) server.stop()
  return rows
}

async function raceQuestions(project: Server): Promise<string[]> {
  const batch = JSON.stringify({
    items: Array.from({ length: 100 }, (_, i) => ({
      id: String(i),
      service: ['rds', 'ec2', 's3', 'lambda'][i % 4],
      layer: ['operating-system', 'data', 'runtime'][i % 3],
    })),
  })
  const question = JSON.stringify({ question: 'who patches the OS under RDS Custom for Oracle, us or AWS?' })
  const ticket = JSON.stringify({
    title: 'Checkout is slow',
    description: 'RDS CPU at 100 % since the release, slow queries without an index',
    resource: 'arn:aws:rds:eu-west-1:111122223333:db:shop',
  })
  const own = await race({
    exact: { url: project.url + VERDICT },
    forgiving: { url: `${project.url}/v1/owner?service=Amazon%20RDS&layer=os%20patching` },
    batch: { url: `${project.url}/v1/owner/batch`, options: { ...posted(batch), connections: 8 }, counts: 100 },
    ask: { url: `${project.url}/v1/ask`, options: posted(question) },
    route: { url: `${project.url}/v1/tickets/route`, options: posted(ticket) },
    matrix: { url: `${project.url}/v1/matrix`, options: { connections: 2, headers: { 'accept-encoding': 'gzip' } } },
  })
  const matrix = await fetch(`${project.url}/v1/matrix`, { headers: { 'accept-encoding': 'gzip' } })
  const kib = Number(matrix.headers.get('content-length')) / 1024
  return [
    row('forgiving form, requests/s, to the exact form', own.forgiving, own.exact),
    row('verdicts/s in batches of 100, to single requests', own.batch, own.exact),
    row('questions in plain words, requests/s, to the exact form', own.ask, own.exact),
    row('tickets routed, requests/s, to the exact form', own.route, own.exact),
    row(`whole matrix (${kib.toFixed(0)} KiB gzip), requests/s, to the exact form`, own.matrix, own.exact),
  ]
}

/** A database that holds `count` overrides: on every layer nearly everywhere, the rest on services of the organisation. */
async function databaseWithOverrides(count: number): Promise<string> {
  const database = join(mkdtempSync(join(tmpdir(), 'bench-')), 'overrides.db')
  const first = await startProject(database)
  first.stop()
  await pause(1000)
  const store = await openStore(`file:${database}`)
  const { revision } = await store.load()
  const { services, rules } = overrides(count)
  await store.commit({
    base: revision,
    at: new Date().toISOString(),
    actor: 'bench',
    reason: 'overrides',
    origin: 'organisation',
    release: null,
    edits: [
      ...services.map((record) => ({ kind: 'services' as const, id: record.id, record })),
      ...rules.map((record) => ({ kind: 'rules' as const, id: record.id, record })),
    ],
  })
  await store.close()
  return database
}

/** Resident memory three seconds after a start, MiB: the median of several starts, as it varies by some MiB. */
async function memoryAfterStart(database: string): Promise<number> {
  const seen: number[] = []
  for (let start = 0; start < 3; start++) {
    const server = await startProject(database)
    await pause(3000)
    seen.push(server.memory())
    server.stop()
    await pause(500)
  }
  return median(seen)
}

async function raceOverrides(plainDatabase: string): Promise<string[]> {
  const database = await databaseWithOverrides(MANY)
  const count = MANY.toLocaleString('en')
  const memory = { plain: await memoryAfterStart(plainDatabase), heavy: await memoryAfterStart(database) }
  const plain = await startProject(plainDatabase)
  const heavy = await startProject(database)
  const rates = await race({ heavy: { url: heavy.url + VERDICT }, plain: { url: plain.url + VERDICT } })
  for (const server of [heavy, plain]) server.stop()
  return [
    row(`verdict, requests/s, with ${count} overrides, to none`, rates.heavy, rates.plain),
    `| memory after start, MiB (aim: under 120) | ${Math.round(memory.plain)} | | |`,
    `| memory after start with ${count} overrides, MiB (aim: under 150), to none | ${Math.round(memory.heavy)} | ${Math.round(memory.plain)} | ${(memory.heavy / memory.plain).toFixed(2)} |`,
  ]
}

async function main(): Promise<void> {
  const first = await startProject()
  first.stop()
  await pause(500)
  const project = await startProject(first.database)
  const verdicts = await allVerdicts(project.url)
  const rows = [
    ...(await raceVerdicts(project, verdicts)),
    ...(await raceQuestions(project)),
    ...(await raceOverrides(first.database)),
  ]
  project.stop()
  const growth = measureGrowth()
  rows.push(
    `| a verdict resolved anew, 50 services to 5 | | | ${growth.fifty.toFixed(2)} |`,
    `| a verdict resolved anew, all services to 5 | | | ${growth.all.toFixed(2)} |`,
    `| a verdict resolved anew, ${growth.overrides.toLocaleString('en')} overrides to none | | | ${growth.overridden.toFixed(2)} |`,
  )
  process.stdout.write(
    `load by ${HAS_WRK ? 'wrk' : 'autocannon'}\n\n${['| measure | this project | baseline | ratio |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`,
  )
}

await main()
