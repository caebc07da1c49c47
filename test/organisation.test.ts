/** The command that loads an organisation to try routing with. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { packageRoot } from '../src/paths.js'

const folder = mkdtempSync(join(tmpdir(), 'organisation-'))
afterAll(() => rmSync(folder, { recursive: true }))

const load = (url: string, name: string) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/organisation.ts', '--load', name], {
    cwd: packageRoot,
    env: { ...process.env, DATABASE_URL: url },
    encoding: 'utf8',
  })

it('loads the example once as one change, and a fresh database has no team', async () => {
  const url = `file:${join(folder, 'fresh.db')}`
  const store = await openStore(url)
  await seed(store, () => new Date())
  const before = await store.load()
  expect([before.teams, before.assignments, before.routingRules]).toEqual([[], [], []])
  expect(load(url, 'example')).toMatchObject({ status: 0, stdout: expect.stringContaining('Loaded') })
  const after = await store.load()
  expect(after.revision).toBe(before.revision + 1)
  expect(after.teams).toHaveLength(6)
  expect((await store.log.read([after.revision]))[0]?.actor).toBe('command line')
  expect(load(url, 'example')).toMatchObject({ status: 0, stdout: 'It is all there already.\n' })
  expect(await store.revision()).toBe(after.revision)
  await store.close()
}, 30_000)

it('overwrites nothing', async () => {
  const url = `file:${join(folder, 'taken.db')}`
  const store = await openStore(url)
  await seed(store, () => new Date())
  const base = await store.revision()
  const team = { id: 'platform', name: 'Ours', queue: 'OURS', contact: null }
  await store.commit({
    base,
    at: new Date().toISOString(),
    actor: 'test',
    reason: 'test',
    origin: 'organisation',
    release: null,
    edits: [{ kind: 'teams', id: team.id, record: team }],
  })
  expect(load(url, 'example')).toMatchObject({ status: 1, stderr: expect.stringContaining('teams/platform') })
  expect((await store.load()).teams).toEqual([team])
  await store.close()
}, 30_000)
