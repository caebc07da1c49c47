/** npm run organisation -- --load example: brings an organisation of seed/organisations into the database of the service. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { readConfig } from '../src/config.js'
import { createCatalog } from '../src/domain/catalog.js'
import { plan } from '../src/domain/change.js'
import { DataFile, decideImport } from '../src/domain/transfer.js'
import { packageRoot } from '../src/paths.js'

const FOLDER = join(packageRoot, 'seed/organisations')

async function main(): Promise<void> {
  const { load } = parseArgs({ options: { load: { type: 'string' } } }).values
  const known = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
  if (load === undefined || !known.includes(load))
    throw new Error(`Say which organisation: npm run organisation -- --load ${known.join('|')}`)
  const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, load, `${name}.json`), 'utf8'))
  const file = DataFile.parse({
    format: 'responsibility-matrix/1',
    teams: read('teams'),
    assignments: read('assignments'),
    routingRules: read('routing-rules'),
  })
  const store = await openStore(readConfig(process.env).DATABASE_URL)
  try {
    await seed(store, () => new Date())
    const catalog = createCatalog(await store.load())
    const { edits, changes } = decideImport(catalog, file, 'merge')
    const taken = Object.entries(changes).flatMap(([kind, { replaced }]) => replaced.map((id) => `${kind}/${id}`))
    if (taken.length > 0)
      throw new Error(`There are others under these ids, and nothing was loaded: ${taken.join(', ')}.`)
    const { change } = plan(catalog, edits, {
      actor: 'command line',
      at: new Date().toISOString(),
      reason: `Load the organisation "${load}"`,
      release: null,
    })
    if (change) await store.commit(change)
    process.stdout.write(
      change ? `Loaded ${change.edits.length} records of "${load}".\n` : 'It is all there already.\n',
    )
  } finally {
    await store.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
