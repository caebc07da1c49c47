/** A store in memory with the seed in it. */
import type Sqlite from 'better-sqlite3'
import { inject } from 'vitest'
import { connect, openStore } from '../../db/open.js'
import { createStore } from '../../db/store.js'
import { seed } from '../../seed/seed.js'
import type { Store } from '../../src/domain/store.js'
import { NOON } from './noon.js'

/** Copies the rows of the seeded file where the run has one, and seeds where it has none. */
export async function openSeededStore(): Promise<Store> {
  const path = inject('seededFile')
  if (!path) {
    const store = await openStore('file::memory:')
    await seed(store, () => NOON)
    return store
  }
  const connection = await connect('file::memory:')
  // The handle that drizzle keeps of its driver; no other way leads from file to memory.
  const { $client } = connection.db as unknown as { $client: Sqlite.Database }
  $client.prepare('ATTACH ? AS seeded').run(path)
  const tables = $client.prepare("SELECT name FROM main.sqlite_master WHERE type = 'table'").pluck().all() as string[]
  $client.transaction(() => {
    for (const table of tables)
      $client.exec(`DELETE FROM main."${table}"; INSERT INTO main."${table}" SELECT * FROM seeded."${table}"`)
  })()
  $client.exec('DETACH seeded')
  return createStore(connection)
}

declare module 'vitest' {
  interface ProvidedContext {
    /** An SQLite file that the seed was brought into at noon; absent: each service is seeded by itself. */
    seededFile?: string
  }
}
