/** Writes openapi.yaml: what the app serves on the shipped data. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { createApp } from '../src/app.js'
import { readConfig } from '../src/config.js'
import { packageRoot } from '../src/paths.js'

const store = await openStore('file::memory:')
// A fixed instant: the examples hold the time of the data, and the file must not change by being made.
await seed(store, () => new Date('2026-11-24T12:00:00.000Z'))
const app = await createApp({
  config: readConfig({ LOG_LEVEL: 'silent' }),
  store,
  log: pino({ level: 'silent' }),
  now: Date.now,
})
await app.ready()
writeFileSync(join(packageRoot, 'openapi.yaml'), (await app.inject('/openapi.yaml')).body)
await app.close()
await store.close()
