import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { packageRoot } from '../../src/paths.js'
import { changeOf, model, until } from '../support/changes.js'

const folder = mkdtempSync(join(tmpdir(), 'backup-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command beside this process, which goes on reading what others tell it. */
function backup(from: string, to: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/backup.ts', '--to', to], {
    cwd: packageRoot,
    env: { ...process.env, DATABASE_URL: from },
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (part) => {
    said.stdout += part
  })
  child.stderr.on('data', (part) => {
    said.stderr += part
  })
  return new Promise((done) => child.once('close', (status) => done({ status, ...said })))
}

describe('npm run backup', () => {
  it('copies a file that is being written to as it stood at one moment, and a service goes on from the copy', async () => {
    const [live, copy, restored] = ['live.db', 'copies/copy.db', 'restored.db'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    const writer = spawn(process.execPath, ['--import', 'tsx', 'test/support/writer.ts', `file:${live}`], {
      cwd: packageRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let acknowledged = 0
    createInterface({ input: writer.stdout }).on('line', (line) => {
      acknowledged = Number(line)
    })
    await until(() => acknowledged >= 100, 20_000)
    const before = acknowledged
    const { stdout, stderr } = await backup(`file:${live}`, copy)
    const after = acknowledged
    writer.kill('SIGKILL')
    expect(stderr).toBe('')
    // Somebody did write all the while, and the copy is of a moment in between.
    expect(after).toBeGreaterThan(before)
    const revision = Number(/revision (\d+)/.exec(stdout)?.[1])
    expect(revision).toBeGreaterThanOrEqual(before)
    expect(revision).toBeLessThanOrEqual(after + 1)

    copyFileSync(copy, restored)
    const store = await openStore(`file:${restored}`)
    const { models } = await store.load()
    expect(await store.revision()).toBe(revision)
    expect(models.map(({ id, summary }) => [id, summary])).toEqual(
      ['iaas', 'paas', 'saas'].map((id) => [id, String(revision)]),
    )
    expect(await store.commit(changeOf(revision, model('paas', 'after')))).toBe(revision + 1)
    await store.close()
  })

  it('never replaces a file', async () => {
    const [live, copy] = [join(folder, 'second.db'), join(folder, 'kept.db')]
    await (await openStore(`file:${live}`)).close()
    expect((await backup(`file:${live}`, copy)).status).toBe(0)
    const kept = readFileSync(copy)
    const { status, stderr } = await backup(`file:${live}`, copy)
    expect([status, stderr]).toEqual([
      1,
      `No backup. ${copy} exists. A backup never replaces a file: give it a new name.\n`,
    ])
    expect(readFileSync(copy).equals(kept)).toBe(true)
  })

  it('says in one line that there is nothing to copy', async () => {
    const { status, stderr } = await backup(`file:${folder}/none.db`, join(folder, 'none-copy.db'))
    expect([status, stderr]).toEqual([1, `No backup. There is no database file ${folder}/none.db.\n`])
    expect(existsSync(join(folder, 'none-copy.db'))).toBe(false)
  })

  it('points to what backs up PostgreSQL', async () =>
    expect((await backup('postgres://db/matrix', join(folder, 'x.db'))).stderr).toMatch(
      /^No backup\. .*pg_dump.*npm run move/,
    ))
})
