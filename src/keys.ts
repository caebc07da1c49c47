/** `npm run keys`: makes, lists and revokes API keys in the database of the service, which may be running. */
import { openStore } from '../db/open.js'
import { CommandError, runKeysCommand } from './access/command.js'
import { readConfig } from './config.js'

async function main(): Promise<void> {
  const store = await openStore(readConfig(process.env).DATABASE_URL)
  try {
    process.stdout.write(await runKeysCommand(process.argv.slice(2), store.keys, Date.now))
  } finally {
    await store.close()
  }
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${error instanceof CommandError ? '' : 'Cannot open the database. '}${message.trimEnd()}\n`)
  process.exitCode = 1
})
