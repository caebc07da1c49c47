import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, openStore } from '../../db/open.js'
import { declareTables } from '../../db/tables.js'
import { packageRoot } from '../../src/paths.js'
import { type Cluster, noPostgres, skipped, startCluster } from '../support/postgres.js'

/** Lets a process write until `count` changes are acknowledged, kills it at once, and returns the last one it told of. */
async function killedAfter(count: number, url: string): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/writer.ts', url], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let acknowledged = 0
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line)
    if (acknowledged === count) child.kill('SIGKILL')
  }
  return acknowledged
}

async function losesNothing(url: string): Promise<void> {
  const acknowledged = await killedAfter(1000, url)
  expect(acknowledged).toBeGreaterThanOrEqual(1000)
  const store = await openStore(url)
  const { revision, models } = await store.load()
  // The process may have died between the commit and telling of it.
  expect([acknowledged, acknowledged + 1]).toContain(revision)
  expect(models.map(({ id, summary }) => [id, summary])).toEqual(
    ['iaas', 'paas', 'saas'].map((id) => [id, String(revision)]),
  )
  await store.close()

  const { db, columns, close } = await connect(url)
  const tables = declareTables(columns)
  const rows = await db.select().from(tables.models)
  const changes = await db.select().from(tables.changes)
  await close()
  expect(changes.map((change) => change.revision).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: revision }, (_, i) => i + 1),
  )
  // Each change has put its three records, and each but the last has seen them replaced by the next.
  expect(rows.length).toBe(3 * revision)
  expect(
    rows.every(({ since, until, summary }) => summary === String(since) && (until ?? revision + 1) === since + 1),
  ).toBe(true)
}

describe('kill -9 in the middle of a thousand writes', { timeout: 120_000 }, () => {
  it('loses no acknowledged write and leaves no half of one on SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kill-'))
    await losesNothing(`file:${join(folder, 'killed.db')}`)
    rmSync(folder, { recursive: true })
  })

  describe.skipIf(noPostgres)(`on PostgreSQL${skipped}`, () => {
    let cluster: Cluster
    beforeAll(async () => {
      cluster = await startCluster()
    })
    afterAll(() => cluster?.remove())

    it('loses no acknowledged write and leaves no half of one', async () =>
      losesNothing(await cluster.createDatabase()))
  })
})
