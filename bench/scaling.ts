/** What docs/scaling.md rests on: the cost of a write and of its way to the other nodes, on SQLite and on PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { createCatalog } from '../src/domain/catalog.js'
import type { Store } from '../src/domain/store.js'
import { openLiveCatalog } from '../src/live-catalog.js'
import { changeOf, model } from '../test/support/changes.js'
import { startCluster } from '../test/support/postgres.js'
import { load, median, startServer } from './support.js'

const WRITES = 500
const SIGHTINGS = 40
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3)

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const spread = (values: readonly number[]): string =>
  `${ms(median(values))} (99th percentile ${ms(quantile(values, 0.99))})`

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** Milliseconds for each of many commits of one record, one after the other. */
async function commits(store: Store): Promise<number[]> {
  const times: number[] = []
  let revision = await store.revision()
  for (let i = 0; i < WRITES; i++) {
    const change = changeOf(revision, model('paas', String(i)))
    times.push(
      await timed(async () => {
        revision = await store.commit(change)
      }),
    )
  }
  return times
}

/** Milliseconds from an acknowledged commit on one node until another answers from it. */
async function sightings(writer: Store, reader: Store): Promise<number[]> {
  const live = await openLiveCatalog(reader, { onError: console.error })
  await new Promise((next) => setTimeout(next, 1000))
  const times: number[] = []
  for (let i = 0; i < SIGHTINGS; i++) {
    // At any moment between two looks, as writes come.
    await new Promise((next) => setTimeout(next, Math.random() * 500))
    const revision = await writer.commit(changeOf(await writer.revision(), model('paas', String(i))))
    times.push(
      await timed(async () => {
        while (live.current().revision < revision) await new Promise((next) => setTimeout(next, 1))
      }),
    )
  }
  live.close()
  return times
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const cluster = await startCluster({ fsync: true })
  const report = (what: string, sqlite: string, postgres: string): void =>
    void process.stdout.write(`| ${what} | ${sqlite} | ${postgres} |\n`)
  try {
    const urls = [`file:${join(folder, 'bench.db')}`, await cluster.createDatabase()] as const
    const stores = [await openStore(urls[0]), await openStore(urls[1])] as const
    report('', 'SQLite', 'PostgreSQL')
    report('---', '---', '---')

    const seeding = [await timed(() => seed(stores[0], () => new Date()))]
    seeding.push(await timed(() => seed(stores[1], () => new Date())))
    report('tables made before, first start: seeding', ms(seeding[0] ?? 0), ms(seeding[1] ?? 0))

    const rates: number[] = []
    for (const url of urls) {
      const server = await startServer('node', 'dist/src/main.js', '/readyz', {
        DATABASE_URL: url,
        LOG_LEVEL: 'error',
        RATE_LIMIT_MAX: '1000000000',
      })
      const address = `${server.url}/v1/services/rds/layers/operating-system`
      await load(address, 1)
      rates.push(await load(address, SECONDS))
      server.stop()
    }
    const [files = 0, nodes = 0] = rates.map(Math.round)
    report('verdicts a second of one node', files.toLocaleString('en'), nodes.toLocaleString('en'))

    const reloads = await Promise.all(
      stores.map(async (store) => {
        const times: number[] = []
        for (let i = 0; i < 10; i++) times.push(await timed(async () => createCatalog(await store.load())))
        return median(times)
      }),
    )
    report('reading the whole catalog anew', ms(reloads[0] ?? 0), ms(reloads[1] ?? 0))
    report('a commit of one record', spread(await commits(stores[0])), spread(await commits(stores[1])))

    const other = await openStore(urls[1])
    report('seen by another node, by NOTIFY', '', spread(await sightings(stores[1], other)))
    const [quietWriter, quietReader] = [
      await openStore(urls[1], { notify: false }),
      await openStore(urls[1], { notify: false }),
    ]
    const secondFile = await openStore(urls[0])
    report(
      'seen by another node, by polling alone',
      spread(await sightings(stores[0], secondFile)),
      spread(await sightings(quietWriter, quietReader)),
    )
    for (const store of [...stores, other, quietWriter, quietReader, secondFile]) await store.close()
  } finally {
    await cluster.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
