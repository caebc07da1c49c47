import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../src/paths.js'

const folder = mkdtempSync(join(tmpdir(), 'start-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a start that cannot be', () => {
  it.each([
    ['a corrupt file', () => `file:${corrupt()}`, /^Cannot start\. The database file \S+ is corrupt .*$/],
    [
      'a PostgreSQL that does not answer',
      () => 'postgres://somebody:hunter2@127.0.0.1:1/matrix',
      /^Cannot start\. The database matrix at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*$/,
    ],
    ['an address that is none', () => 'postgress://somebody:hunter2@db/x', /^Cannot start\. DATABASE_URL=".*$/],
  ])('ends with status 1 and one line that says why: %s', (_name, url, line) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd: packageRoot,
      env: { ...process.env, DATABASE_URL: url(), PORT: '0' },
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trimEnd()).toMatch(line)
    expect(stderr).not.toContain('hunter2')
  })
})

function corrupt(): string {
  const path = join(folder, 'corrupt.db')
  writeFileSync(path, 'x'.repeat(10_000))
  return path
}
