/** Config, store, seed, app, listen; ends with grace. Nothing else. */
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { createApp } from './app.js'
import { readConfig } from './config.js'
import { tracesEndpoint } from './telemetry/variables.js'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.LOG_LEVEL })
  const store = await openStore(config.DATABASE_URL, {
    poolSize: config.DATABASE_POOL_SIZE,
    onError: (error) => log.warn({ err: error }, 'a connection to the database was lost; it is made anew'),
  })
  await seed(store, () => new Date())
  let draining = false
  const traces = tracesEndpoint(config)
  // Whoever wants no traces loads nothing for them.
  const tracing =
    traces === null ? null : await (await import('./telemetry/tracing.js')).createTracing(traces, config, log)
  const app = await createApp({ config, store, log, now: Date.now, draining: () => draining, tracing })
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err, signal }) => {
    draining = true
    // The last line says why, at any log level and on one line.
    if (err) process.stderr.write(`Ending after an unforeseen error. ${String(err.message).replaceAll(/\s+/g, ' ')}\n`)
    if (err) log.fatal({ err }, 'ending after an unforeseen error')
    if (signal === 'SIGTERM') await new Promise((over) => setTimeout(over, config.SHUTDOWN_DELAY))
    await app.close()
    await store.close()
    await tracing?.close()
  })
  // As many connections as may wait to be taken, up to what the system allows. Beyond Node's 511, those who connect
  // while it is busy are dropped, and try again only after seconds.
  const address = await app.listen({ host: config.HOST, port: config.PORT, backlog: 4096 })
  // Whoever typed `npm start` wants to know where, at any log level.
  process.stdout.write(`The responsibility matrix is served at ${address} (documentation: ${address}/docs)\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`Cannot start. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
