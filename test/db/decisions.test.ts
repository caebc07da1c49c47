/** Where decisions are kept on SQLite: on the connection in memory, by a thread of its own on a file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import type { LoggedDecision } from '../../src/domain/tickets/log.js'
import { keepDecision } from '../support/decisions.js'

const EXAMPLE = '0199f2a0-5c00-7000-8000-000000000001'
const toStop: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop()
})

async function open(where: 'in memory' | 'on a file') {
  const folder = mkdtempSync(join(tmpdir(), 'decisions-'))
  const path = where === 'on a file' ? join(folder, 'test.db') : ':memory:'
  const store = await openStore(`file:${path}`)
  toStop.push(
    () => rmSync(folder, { recursive: true }),
    () => store.close(),
  )
  await keepDecision(store)
  const example = (await store.decisions.find(EXAMPLE)) as LoggedDecision
  const decided = (n: number, event: string | null = null): LoggedDecision => ({
    ...example,
    id: EXAMPLE.replace(/.$/, String(n)),
    event,
  })
  return { store, path, example, decided }
}

describe.each(['in memory', 'on a file'] as const)('a batch of decisions %s', (where) => {
  it('is there once it is told of, as it was given', async () => {
    const { store, decided } = await open(where)
    const batch = [decided(2), decided(3, 'jira 7')]
    const known = await store.decisions.append(batch)
    expect(known).toEqual(new Map([['jira 7', batch[1]]]))
    for (const one of batch) expect(await store.decisions.find(one.id)).toEqual(one)
  })

  it('leaves the first decision on an event as it was, and tells of it', async () => {
    const { store, decided } = await open(where)
    await store.decisions.append([decided(2, 'jira 7')])
    const known = await store.decisions.append([decided(3, 'jira 7'), decided(4)])
    expect(known.get('jira 7')?.id).toBe(decided(2).id)
    expect(await store.decisions.find(decided(3).id)).toBeUndefined()
    expect(await store.decisions.find(decided(4).id)).toBeDefined()
  })

  it('is kept as a whole or not at all', async () => {
    const { store, decided } = await open(where)
    const broken = { ...decided(3), at: null as unknown as string }
    await expect(store.decisions.append([decided(2), broken])).rejects.toThrow()
    expect(await store.decisions.count({})).toBe(1)
    await store.decisions.append([decided(2)])
    expect(await store.decisions.count({})).toBe(2)
  })
})

describe('the thread that writes', () => {
  it('takes many batches at once, and has written all of them when the store is closed', async () => {
    const { store, path, decided } = await open('on a file')
    const batches = [2, 3, 4, 5, 6].map((n) => store.decisions.append([decided(n)]))
    await store.close()
    await Promise.allSettled(batches)
    const client = new Sqlite(path, { readonly: true })
    expect(client.prepare('SELECT count(*) FROM decisions').pluck().get()).toBe(6)
    client.close()
    toStop.pop()
  })

  it('says of a file what is wrong with it, and goes on once that is mended', async () => {
    const { store, path, decided } = await open('on a file')
    const client = new Sqlite(path)
    client.exec('ALTER TABLE decisions RENAME TO away')
    await expect(store.decisions.append([decided(2)])).rejects.toThrow(/no such table/)
    client.exec('ALTER TABLE away RENAME TO decisions')
    client.close()
    await store.decisions.append([decided(2)])
    expect(await store.decisions.find(decided(2).id)).toBeDefined()
  })
})
