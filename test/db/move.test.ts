import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../db/connection.js'
import { move } from '../../db/move.js'
import { connect, openStore } from '../../db/open.js'
import { declareTables } from '../../db/tables.js'
import { seed } from '../../seed/seed.js'
import { packageRoot } from '../../src/paths.js'
import { changeOf, model } from '../support/changes.js'
import { type Cluster, noPostgres, skipped, startCluster } from '../support/postgres.js'

const folder = mkdtempSync(join(tmpdir(), 'move-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
const newFile = (): string => `file:${join(folder, `${count++}.db`)}`

/** A seeded database in which records were replaced and removed since, so that it has a history. */
async function withHistory(url: string): Promise<void> {
  const store = await openStore(url)
  await seed(store, () => new Date('2026-11-24T12:00:00.000Z'))
  await store.commit(changeOf(1, model('paas', 'one')))
  await store.commit(changeOf(2, model('paas', "two 'quoted' \u00fc \u2713")))
  await store.commit({ ...changeOf(3), edits: [{ kind: 'models', id: 'saas', record: null }] })
  await store.close()
}

async function moved(from: string, to: string) {
  const [source, target] = [await connect(from), await connect(to)]
  try {
    return await move(source, target)
  } finally {
    await source.close()
    await target.close()
  }
}

/** Every row of every table, sorted as text. */
async function everything(url: string): Promise<Record<string, string[]>> {
  const connection: Connection = await connect(url)
  const found: Record<string, string[]> = {}
  for (const [name, table] of Object.entries(declareTables(connection.columns)))
    found[name] = (await connection.db.select().from(table)).map((row) => JSON.stringify(row)).sort()
  await connection.close()
  return found
}

describe('moving a database', () => {
  it('carries every row of every table with its history, from file to file', async () => {
    const [from, to] = [newFile(), newFile()]
    await withHistory(from)
    const { copied, digests } = await moved(from, to)
    const all = await everything(from)
    expect(await everything(to)).toEqual(all)
    expect(copied).toBe(Object.values(all).flat().length)
    expect(digests.map(({ table, rows }) => [table, rows])).toEqual(
      Object.entries(all).map(([table, rows]) => [table, rows.length]),
    )
  })

  it('does nothing the second time', async () => {
    const [from, to] = [newFile(), newFile()]
    await withHistory(from)
    const first = await moved(from, to)
    expect(await moved(from, to)).toEqual({ digests: first.digests, copied: 0 })
  })

  it('goes on where a move was cut short', async () => {
    const [from, to] = [newFile(), newFile()]
    await withHistory(from)
    const [source, target] = [await connect(from), await connect(to)]
    let batches = 0
    const cut = {
      ...target,
      batch: (build: Parameters<Connection['batch']>[0]) =>
        ++batches > 2 ? Promise.reject(new Error('cut')) : target.batch(build),
    }
    await expect(move(source, cut)).rejects.toThrow('cut')
    await source.close()
    await target.close()
    expect((await moved(from, to)).copied).toBeGreaterThan(0)
    expect(await everything(to)).toEqual(await everything(from))
  })

  it('refuses a target that holds anything else, and leaves it as it was', async () => {
    const [from, to] = [newFile(), newFile()]
    await withHistory(from)
    const store = await openStore(to)
    await store.commit(changeOf(0, model('paas', 'of somebody else')))
    await store.close()
    const before = await everything(to)
    await expect(moved(from, to)).rejects.toThrow('The target holds other data: changes has 1.')
    expect(await everything(to)).toEqual(before)
  })

  it('is refused by the command in one line where there is nothing to move', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'scripts/move.ts', '--from', `file:${folder}/none.db`, '--to', newFile()],
      { cwd: packageRoot, encoding: 'utf8' },
    )
    expect([status, stderr]).toEqual([1, `Not moved. There is no file ${folder}/none.db.\n`])
  })

  describe.skipIf(noPostgres)(`between SQLite and PostgreSQL${skipped}`, () => {
    let cluster: Cluster
    beforeAll(async () => {
      cluster = await startCluster()
    })
    afterAll(() => cluster?.remove())

    it('carries everything there and back again, by the command, and a service answers from it', {
      timeout: 120_000,
    }, async () => {
      const [from, through, to] = [newFile(), await cluster.createDatabase(), newFile()]
      await withHistory(from)
      for (const [source, target] of [
        [from, through],
        [from, through],
        [through, to],
      ] as const) {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          ['--import', 'tsx', 'scripts/move.ts', '--from', source, '--to', target],
          { cwd: packageRoot, encoding: 'utf8' },
        )
        expect([status, stderr]).toEqual([0, ''])
        expect(stdout).toMatch(/^changes +4 rows {2}[0-9a-f]{16}$/m)
      }
      const all = await everything(from)
      expect(await everything(through)).toEqual(all)
      expect(await everything(to)).toEqual(all)
      const [one, other] = [await openStore(from), await openStore(through)]
      expect(await other.load()).toEqual(await one.load())
      expect(await other.commit(changeOf(4, model('paas', 'three')))).toBe(5)
      await one.close()
      await other.close()
    })
  })
})
