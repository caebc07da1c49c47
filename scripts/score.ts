/** Prints how well the words of people are understood: `npm run score`, `npm run score -- --failures`. */
import { readSeed } from '../seed/read.js'
import { createCatalog } from '../src/domain/catalog.js'
import { printScore, scoreTickets } from './score/tickets.js'

const catalog = createCatalog({ ...readSeed(), revision: 1, at: '1970-01-01T00:00:00.000Z' })
const print = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

for (const half of ['development', 'review', 'heldout'] as const) {
  const score = scoreTickets(catalog, half)
  print([`\n# Tickets, ${half}`, ...printScore(score)])
  // Nobody who builds this reads the half that is set aside.
  if (half !== 'heldout' && process.argv.includes('--failures')) print(['', ...score.failures])
}
