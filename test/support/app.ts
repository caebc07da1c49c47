/** A whole service on a database in memory, asked over a real socket. */
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeAll } from 'vitest'
import { openStore } from '../../db/open.js'
import { seed } from '../../seed/seed.js'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'

const NOON = new Date('2026-11-24T12:00:00.000Z')

/** Seeds and serves; `request` asks it, `app` and `store` are for what cannot be asked. */
export async function startService(environment: Record<string, string> = {}) {
  const store = openStore('file::memory:')
  await seed(store, () => NOON)
  const config = readConfig({
    LOG_LEVEL: 'silent',
    RATE_LIMIT_MAX: '1000000',
    MAX_EVENT_LOOP_DELAY: '0',
    ...environment,
  })
  const app = await createApp({ config, store, log: pino({ level: 'silent' }), now: () => NOON.getTime() })
  await app.ready()
  return {
    app,
    store,
    request: supertest(app.server),
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
} {
  let service: Awaited<ReturnType<typeof startService>>
  beforeAll(async () => {
    service = await startService(environment)
  })
  afterAll(() => service.stop())
  return { get: (path) => service.request.get(path), post: (path) => service.request.post(path) }
}
