/** A whole service on a database of its own (SQLite in memory, or PostgreSQL), asked over a real socket. */
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeAll, inject } from 'vitest'
import { openStore } from '../../db/open.js'
import { seed } from '../../seed/seed.js'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import type { Store } from '../../src/domain/store.js'
import { giveKey } from './keys.js'
import { NOON } from './noon.js'
import { createDatabase } from './postgres.js'
import { openSeededStore } from './seeded-store.js'

const TEXT = `rm_00000000feed_${'t'.repeat(43)}`
/** What the tests write with: a key with every scope. */
export const KEY = `Bearer ${TEXT}`

type AppParts = Parameters<typeof createApp>[0]

/** Serves what is in a store, as one node of however many. */
export async function serve(
  store: Store,
  environment: Record<string, string> = {},
  { now = () => NOON.getTime(), ...parts }: Partial<AppParts> = {},
) {
  await giveKey(store, 'admin', { name: 'tester', text: TEXT })
  const config = readConfig({
    LOG_LEVEL: 'silent',
    RATE_LIMIT_MAX: '1000000',
    MAX_EVENT_LOOP_DELAY: '0',
    ...environment,
  })
  const app = await createApp({ config, store, log: pino({ level: 'silent' }), now, ...parts })
  await app.ready()
  return { app, request: supertest(app.server) }
}

/** Seeds and serves; `request` asks it, `app` and `store` are for what cannot be asked. */
export async function startService(
  environment: Record<string, string> = {},
  { url, now = () => NOON.getTime(), ...parts }: { url?: string; now?: () => number } & Partial<AppParts> = {},
) {
  const server = inject('databaseServer')
  const address = url ?? (server && (await createDatabase(server)))
  const store = address ? await openStore(address) : await openSeededStore()
  if (address) await seed(store, () => NOON)
  const { app, request } = await serve(store, environment, { now, ...parts })
  return {
    app,
    store,
    request,
    now,
    async stop() {
      await app.close()
      await store.close()
    },
  }
}

/** One service for all tests of a file. */
export function useService(environment: Record<string, string> = {}): {
  get: (path: string) => supertest.Test
  post: (path: string) => supertest.Test
  put: (path: string) => supertest.Test
  delete: (path: string) => supertest.Test
  /** The service itself, once the tests run. */
  running: () => Awaited<ReturnType<typeof startService>>
} {
  let service: Awaited<ReturnType<typeof startService>>
  beforeAll(async () => {
    service = await startService(environment)
  })
  afterAll(() => service.stop())
  return {
    get: (path) => service.request.get(path),
    post: (path) => service.request.post(path).set('authorization', KEY),
    put: (path) => service.request.put(path).set('authorization', KEY),
    delete: (path) => service.request.delete(path).set('authorization', KEY),
    running: () => service,
  }
}
