/** `npm run score`: how well questions are understood, on both halves of the corpus. `--failures` lists those of the development half. */
import { readSeed } from '../seed/read.js'
import { createCatalog } from '../src/domain/catalog.js'
import { measureAsk, printAsk, printAskFailures } from './score/ask.js'

const catalog = createCatalog({ ...readSeed(), revision: 1, at: '1970-01-01T00:00:00.000Z' })
const write = (line: string): void => void process.stdout.write(`${line}\n`)
for (const half of ['development', 'heldout'] as const) printAsk(half, measureAsk(catalog, half), write)
if (process.argv.includes('--failures')) printAskFailures(catalog, write)
