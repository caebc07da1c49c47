import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { seed } from '../../seed/seed.js'

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))
chmodSync(folder, 0o755)
let count = 0
const newPath = (): string => join(folder, `${count++}.db`)

async function seeded(): Promise<string> {
  const path = newPath()
  const store = await openStore(`file:${path}`)
  await seed(store, () => new Date('2026-11-24T12:00:00.000Z'))
  await store.close()
  return path
}
const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

describe('a database file that cannot be used', () => {
  it.each<[name: string, damage: (path: string) => void]>([
    ['holds something else', (path) => writeFileSync(path, 'Dear diary, '.repeat(1000))],
    ['was cut off', (path) => truncateSync(path, Math.floor(readFileSync(path).length / 8192) * 4096)],
    [
      'was overwritten in the middle',
      (path) => {
        const bytes = readFileSync(path)
        bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 16_384)
        writeFileSync(path, bytes)
      },
    ],
  ])('stops the start with one line and stays as it was where it %s', async (_name, damage) => {
    const path = await seeded()
    damage(path)
    const before = hash(path)
    await expect(openStore(`file:${path}`)).rejects.toThrow(
      /^The database file \S+ is corrupt or no SQLite database [^\n]*restore a backup[^\n]*$/,
    )
    expect(hash(path)).toBe(before)
  })

  it('is left alone where it is the database of another application', async () => {
    const path = newPath()
    new Sqlite(path).exec('CREATE TABLE notes (text)').close()
    const before = hash(path)
    await expect(openStore(`file:${path}`)).rejects.toThrow(/^[^\n]*belongs to another application[^\n]*$/)
    expect(hash(path)).toBe(before)
  })

  it('is left alone where a newer release has written it', async () => {
    const path = await seeded()
    const client = new Sqlite(path)
    client.exec(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ${Date.UTC(2040, 0)})`)
    client.close()
    const before = hash(path)
    await expect(openStore(`file:${path}`)).rejects.toThrow(
      /^The database was written by a newer release [^\n]*2040-01-01[^\n]*$/,
    )
    expect(hash(path)).toBe(before)
  })
})

describe('several processes on one file', () => {
  it('migrate and seed it once when three start at once', async () => {
    const url = `file:${newPath()}`
    const stores = await Promise.all([openStore(url), openStore(url), openStore(url)])
    const done = await Promise.all(stores.map((store) => seed(store, () => new Date())))
    expect(done.filter(Boolean)).toHaveLength(1)
    for (const store of stores) {
      expect(await store.revision()).toBe(1)
      await store.close()
    }
  })
})
