/** A whole service on a database of its own (SQLite in memory, or PostgreSQL), asked over a real socket. */
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeAll, inject } from 'vitest'
import { openStore } from '../../db/open.js'
import { seed } from '../../seed/seed.js'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { createDatabase } from './postgres.js'

/** When everything in the tests happens. */
export const NOON = new Date('2026-11-24T12:00:00.000Z')

/** Seeds and serves; `request` asks it, `app` and `store` are for what cannot be asked. */
export async function startService(
  environment: Record<string, string> = {},
  { url, now = () => NOON.getTime() }: { url?: string; now?: () => number } = {},
) {
  const server = inject('databaseServer')
  const store = await openStore(url ?? (server ? await createDatabase(server) : 'file::memory:'))
  await seed(store, () => NOON)
  const config = readConfig({ LOG_LEVEL: 'silent', RATE_LIMIT_MAX: '1000000', ...environment })
  const app = await createApp({ config, store, log: pino({ level: 'silent' }), now })
  await app.ready()
  return {
    app,
    store,
    request: supertest(app.server),
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
    post: (path) => service.request.post(path),
    running: () => service,
  }
}
