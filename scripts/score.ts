/** `npm run score`: how well questions are understood, on both halves of the corpus. `--failures` lists those of the development half. */
import { readSeed } from '../seed/read.js'
import { createCatalog } from '../src/domain/catalog.js'
import { scoreAsk } from './score/ask.js'

const catalog = createCatalog({ ...readSeed(), revision: 1, at: '1970-01-01T00:00:00.000Z' })
const failures = process.argv.includes('--failures')
const write = (line: string): void => void process.stdout.write(`${line}\n`)
scoreAsk(catalog, 'development', failures, write)
if (!failures) scoreAsk(catalog, 'heldout', false, write)
