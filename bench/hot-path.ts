/** The hot path alone, for those who add a hook: processor time for a verdict, to bare Fastify's for the same bytes. */
import { load, type Server, startProject, startServer } from './support.js'

const VERDICT = '/v1/services/rds/layers/operating-system'
const SECONDS = Number(process.env.BENCH_SECONDS ?? 1)

/** Microseconds of processor time for a request. */
async function cost(server: Server): Promise<number> {
  const before = server.cpu()
  const rate = await load(server.url + VERDICT, SECONDS)
  return ((server.cpu() - before) / (rate * SECONDS)) * 1e6
}

async function main(): Promise<void> {
  const project = await startProject()
  const body = await (await fetch(project.url + VERDICT)).text()
  const bare = await startServer('bare Fastify', 'bench/bare-fastify.mjs', VERDICT, { BODY: body })
  for (const server of [project, bare]) await cost(server)
  const pairs: { own: number; bare: number }[] = []
  for (let round = 0; round < 10; round++) pairs.push({ own: await cost(project), bare: await cost(bare) })
  // The least of each: what else the machine does only ever adds.
  const own = Math.min(...pairs.map((pair) => pair.own))
  const yardstick = Math.min(...pairs.map((pair) => pair.bare))
  process.stdout.write(
    `${own.toFixed(1)} us to ${yardstick.toFixed(1)} us of bare Fastify: ${(yardstick / own).toFixed(2)} of its rate\n`,
  )
  for (const server of [project, bare]) server.stop()
}

await main()
