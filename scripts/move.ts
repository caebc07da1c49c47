/** npm run move -- --from file:data/responsibility.db --to postgres://…: carries everything over, in either direction. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { move } from '../db/move.js'
import { connect } from '../db/open.js'

const USAGE = 'npm run move -- --from <file:path or postgres://…> --to <file:path or postgres://…>'

async function main(): Promise<void> {
  const { from, to } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } }).values
  if (!from || !to) throw new Error(`Say what is moved and where: ${USAGE}`)
  for (const url of [from, to])
    if (!/^(file:.+|postgres(ql)?:\/\/.+)/.test(url)) throw new Error(`An address is none of ours: ${USAGE}`)
  if (from.startsWith('file:') && !existsSync(from.slice('file:'.length)))
    throw new Error(`There is no file ${from.slice('file:'.length)}.`)
  const source = await connect(from)
  try {
    const target = await connect(to)
    try {
      const { digests, copied } = await move(source, target)
      for (const { table, rows, hash } of digests)
        process.stdout.write(`${table.padEnd(20)} ${String(rows).padStart(8)} rows  ${hash.slice(0, 16)}\n`)
      process.stdout.write(
        copied > 0 ? 'Moved; counts and hashes agree.\n' : 'Nothing to do: the target holds it all.\n',
      )
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`Not moved. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
