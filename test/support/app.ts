/** A whole service on a database in memory, asked over a real socket. */
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeAll } from 'vitest'
import { openStore } from '../../db/open.js'
import { seed } from '../../seed/seed.js'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import type { Store } from '../../src/domain/store.js'
import type { Authenticate } from '../../src/http/routes.js'

const NOON = new Date('2026-11-24T12:00:00.000Z')

/** What the tests write as: a caller with every scope, known by its key. */
export const KEY = 'Bearer test'
const authenticate: Authenticate = async ({ headers }) =>
  headers.authorization === KEY ? { name: 'tester', scopes: ['read', 'route', 'write', 'admin'] } : null

/** Serves what is in a store, as one node of however many. */
export async function serve(store: Store, environment: Record<string, string> = {}) {
  const config = readConfig({ LOG_LEVEL: 'silent', RATE_LIMIT_MAX: '1000000', ...environment })
  const app = await createApp({
    config,
    store,
    log: pino({ level: 'silent' }),
    now: () => NOON.getTime(),
    authenticate,
  })
  await app.ready()
  return { app, request: supertest(app.server) }
}

/** Seeds and serves; `request` asks it, `app` and `store` are for what cannot be asked. */
export async function startService(environment: Record<string, string> = {}) {
  const store = openStore('file::memory:')
  await seed(store, () => NOON)
  const { app, request } = await serve(store, environment)
  return {
    app,
    store,
    request,
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
  }
}
