/**
 * Trains the classifiers of `domain/ask` and `domain/tickets`. Texts of the first: `seed/phrases` (written for it), the
 * vocabulary, the duties of the facts; of the second: `seed/phrases/tickets`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MANNERS } from '../src/domain/ask/topic.js'
import { SIDES } from '../src/domain/tickets/likeness.js'
import { askedWords, printAsked } from './asked.js'
import { LAYER_TRAINING, layerClasses, layerExamples, mannerExamples, questionExamples } from './layer-texts.js'
import { readQuestions } from './questions.js'
import { createSeeded } from './seeded.js'
import { crossValidate, phraseExamples, readTickets, TICKET_TRAINING, ticketExamples } from './ticket-texts.js'
import { type Example, print, type Training, weightsOf } from './train.js'

const catalog = createSeeded()
const folder = join(import.meta.dirname, '../src/domain/lexicon')

function write(name: string, data: readonly Example[], classes: readonly string[], training?: Training): void {
  const json = print(weightsOf(data, classes, training))
  writeFileSync(join(folder, name), json)
  process.stdout.write(`${name}: ${data.length} texts, ${json.length} bytes\n`)
}

const questions = [...readQuestions().values()].flat()
const texts = [...layerExamples(catalog), ...questionExamples(catalog, questions)]
write('weights.json', texts, layerClasses(catalog), LAYER_TRAINING)
write('topic-weights.json', mannerExamples(catalog, questions), MANNERS)

const asked = printAsked(askedWords(catalog, questions))
writeFileSync(join(folder, 'asked.json'), asked)
process.stdout.write(`asked.json: ${asked.length} bytes\n`)

const tickets = [...phraseExamples(catalog), ...ticketExamples(catalog, [...readTickets().values()].flat())]
write('ticket-weights.json', tickets, SIDES, TICKET_TRAINING)
process.stdout.write(`tickets, left out in turn: ${crossValidate(tickets)}\n`)
