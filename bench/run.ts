/** The benchmarks: every figure is a ratio to a baseline that is measured in the same run. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load, median, startProject, startServer } from './support.js'

const VERDICT = '/v1/services/rds/layers/operating-system'
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2)
const ROUNDS = 5

/** Every verdict of every service, as json-server keeps records: with an `id` of their own. */
async function allVerdicts(url: string): Promise<object[]> {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { id: string }[]; nextCursor: string | null } = await fetch(
      `${url}/v1/services?limit=200${cursor && `&cursor=${cursor}`}`,
    ).then((r) => r.json() as never)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  const perService = await Promise.all(
    ids.map(async (id) => {
      const { items } = (await (await fetch(`${url}/v1/services/${id}/layers`)).json()) as {
        items: { layer: { id: string } }[]
      }
      return items.map((verdict) => ({ id: `${id}-${verdict.layer.id}`, ...verdict }))
    }),
  )
  return perService.flat()
}

async function main(): Promise<void> {
  const first = await startProject()
  first.stop()
  await new Promise((next) => setTimeout(next, 500))
  const project = await startProject(first.database)
  const memory = project.memory()
  const body = await (await fetch(project.url + VERDICT)).text()
  const data = join(mkdtempSync(join(tmpdir(), 'bench-')), 'verdicts.json')
  writeFileSync(data, JSON.stringify({ verdicts: await allVerdicts(project.url) }))
  const bare = await startServer('bare Fastify', 'bench/bare-fastify.mjs', VERDICT, { BODY: body })
  const json = await startServer('json-server', 'bench/json-server.cjs', '/verdicts/rds-operating-system', {
    DATA: data,
  })

  const targets = [
    { name: 'this project', url: project.url + VERDICT },
    { name: 'bare Fastify', url: bare.url + VERDICT },
    { name: 'json-server', url: `${json.url}/verdicts?service.id=rds&layer.id=operating-system` },
    { name: 'json-server by id', url: `${json.url}/verdicts/rds-operating-system` },
  ]
  const rates = new Map(targets.map(({ name }) => [name, [] as number[]]))
  for (const { url } of targets) await load(url, 1)
  // Turn and turn about, so that whatever else the machine does falls on all alike.
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, url } of targets) rates.get(name)?.push(await load(url, SECONDS))

  const batch = JSON.stringify({
    items: Array.from({ length: 100 }, (_, i) => ({
      id: String(i),
      service: ['rds', 'ec2', 's3', 'lambda'][i % 4],
      layer: ['operating-system', 'data', 'runtime'][i % 3],
    })),
  })
  const post = { method: 'POST', body: batch, headers: { 'content-type': 'application/json' } } as const
  const exact = project.url + VERDICT
  const forgiving = `${project.url}/v1/owner?service=Amazon%20RDS&layer=os%20patching`
  const perBatch = `${project.url}/v1/owner/batch`
  await load(perBatch, 1, { ...post, connections: 8 })
  const versus: Record<'forgiving' | 'batch' | 'exact', number[]> = { forgiving: [], batch: [], exact: [] }
  for (let round = 0; round < ROUNDS; round++) {
    versus.exact.push(await load(exact, SECONDS))
    versus.forgiving.push(await load(forgiving, SECONDS))
    versus.batch.push(100 * (await load(perBatch, SECONDS, { ...post, connections: 8 })))
  }

  const own = rates.get('this project') ?? []
  const ratio = (name: string): string =>
    median(own.map((rate, i) => rate / (rates.get(name)?.[i] ?? Number.NaN))).toFixed(2)
  const rate = (name: string): string => Math.round(median(rates.get(name) ?? [])).toLocaleString('en')
  const shown = (values: readonly number[]): string => Math.round(median(values)).toLocaleString('en')
  const over = (a: readonly number[], b: readonly number[]): string =>
    median(a.map((x, i) => x / (b[i] ?? Number.NaN))).toFixed(2)
  process.stdout.write(
    [
      '| measure | this project | baseline | ratio |',
      '| --- | --- | --- | --- |',
      `| verdict, requests/s, to bare Fastify sending the same bytes | ${rate('this project')} | ${rate('bare Fastify')} | ${ratio('bare Fastify')} |`,
      `| verdict, requests/s, to json-server asked for the same service and layer | ${rate('this project')} | ${rate('json-server')} | ${ratio('json-server')} |`,
      `| verdict, requests/s, to json-server asked for the id of the record | ${rate('this project')} | ${rate('json-server by id')} | ${ratio('json-server by id')} |`,
      `| forgiving form, requests/s, to the exact form | ${shown(versus.forgiving)} | ${shown(versus.exact)} | ${over(versus.forgiving, versus.exact)} |`,
      `| verdicts/s in batches of 100, to single requests | ${shown(versus.batch)} | ${shown(versus.exact)} | ${over(versus.batch, versus.exact)} |`,
      `| start on an existing database, ms, to bare Fastify | ${Math.round(project.startup)} | ${Math.round(bare.startup)} | ${(project.startup / bare.startup).toFixed(2)} |`,
      `| memory after start, MiB, to bare Fastify | ${Math.round(memory)} | ${Math.round(bare.memory())} | ${(memory / bare.memory()).toFixed(2)} |`,
      '',
    ].join('\n'),
  )
  for (const server of [project, bare, json]) server.stop()
}

await main()
