/**
 * Trains the classifiers of `domain/ask` and `domain/tickets`. Texts of the first: `seed/phrases` (written for it), the
 * vocabulary, the duties of the facts; of the second: `seed/phrases/tickets`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSeed } from '../seed/read.js'
import { featuresOf, OFF_TOPIC } from '../src/domain/ask/classifier.js'
import { findMentions } from '../src/domain/ask/mentions.js'
import { readWords } from '../src/domain/ask/words.js'
import { createCatalog } from '../src/domain/catalog.js'
import { SIDES } from '../src/domain/tickets/likeness.js'
import { crossValidate, ticketExamples } from './ticket-texts.js'
import { type Example, print, weightsOf } from './train.js'

const catalog = createCatalog({ ...readSeed(), revision: 1, at: '1970-01-01T00:00:00.000Z' })

/** The features of a text without the names of services: which service is meant must not decide which layer is. */
function featuresOfText(text: string): string[] {
  const words = readWords(text)
  const named = new Set(
    findMentions(catalog, text, words)
      .filter(({ strength }) => strength === 'name')
      .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  )
  return featuresOf(words.filter((_, at) => !named.has(at)))
}

function examples(): Example[] {
  const found: Example[] = []
  const add = (text: string | null | undefined, label: string, weight: number): void => {
    const features = text ? featuresOfText(text) : []
    if (features.length > 0) found.push({ features, label, weight })
  }
  const folder = join(import.meta.dirname, '../seed/phrases')
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()) {
    const label = file.replace('.txt', '')
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n'))
      add(line, label, label === OFF_TOPIC ? 3 : 2)
  }
  for (const { id, covers, vocabulary } of catalog.layers) {
    add(covers, id, 1)
    for (const name of vocabulary.names) add(name, id, 1)
    for (const { text, weight } of vocabulary.phrases) add(text, id, weight / 3)
    for (const { verb, object, weight } of vocabulary.deeds) add(object ? `${verb} ${object}` : verb, id, weight / 3)
  }
  for (const { scope, layer, aws, customer, flip } of readSeed().rules)
    if (scope === 'service' || scope === 'variant') for (const text of [aws, customer, flip?.when]) add(text, layer, 1)
  return found
}

const data = examples()
const classes = [...catalog.layers.map(({ id }) => id), OFF_TOPIC]
const folder = join(import.meta.dirname, '../src/domain/lexicon')
function write(name: string, data: readonly Example[], classes: readonly string[]): void {
  const json = print(weightsOf(data, classes))
  writeFileSync(join(folder, name), json)
  process.stdout.write(`${name}: ${data.length} texts, ${json.length} bytes\n`)
}
write('weights.json', data, classes)

const tickets = ticketExamples(catalog)
write('ticket-weights.json', tickets, SIDES)
process.stdout.write(`tickets, left out in turn: ${crossValidate(tickets)}\n`)
