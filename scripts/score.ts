/**
 * `npm run score`: how well questions and tickets are understood, on all parts of the corpus; `ask` or `tickets`
 * scores one of them. `--failures` lists those of the development half: nobody who builds this reads the others.
 */

import { measureAsk, printAsk, printAskFailures } from './score/ask.js'
import { printScore, scoreTickets } from './score/tickets.js'
import { createSeeded } from './seeded.js'

const catalog = createSeeded()
const write = (line: string): void => void process.stdout.write(`${line}\n`)
const failures = process.argv.includes('--failures')
const wanted = (name: string): boolean =>
  process.argv.includes(name) || !['ask', 'tickets'].some((other) => process.argv.includes(other))

for (const half of ['development', 'heldout', 'strangers'] as const)
  if (wanted('ask')) printAsk(half, measureAsk(catalog, half), write)
for (const half of ['development', 'review', 'heldout', 'strangers'] as const) {
  if (!wanted('tickets')) continue
  const score = scoreTickets(catalog, half)
  for (const line of [`\ntickets, ${half}`, ...printScore(score)]) write(line)
  if ((half === 'development' || half === 'review') && failures) for (const line of score.failures) write(line)
}
if (failures && wanted('ask')) printAskFailures(catalog, write)
