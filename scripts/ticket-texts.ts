/** The texts that the classifier of tickets learns from, and how well it tells those that it did not see. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../src/domain/catalog.js'
import { createLinear } from '../src/domain/linear.js'
import { featuresOfTicket, SIDES } from '../src/domain/tickets/likeness.js'
import { readFields } from '../src/domain/tickets/read.js'
import { fieldsOf } from '../src/domain/tickets/tokens.js'
import { type Example, weightsOf } from './train.js'

/** `title — description`, one ticket a line. */
export function ticketExamples(catalog: Catalog): Example[] {
  return SIDES.flatMap((label) => {
    const file = join(import.meta.dirname, '../seed/phrases/tickets', `${label}.txt`)
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    return lines.map((line) => {
      const [title = line, description] = line.split(' — ')
      const fields = fieldsOf({ title, ...(description ? { description } : {}) })
      return { features: [...featuresOfTicket(fields, readFields(catalog, fields)).keys()], label, weight: 1 }
    })
  })
}

const FOLDS = 5

/** The share of texts of each label that is told right by weights that were trained on the other four fifths. */
export function crossValidate(examples: readonly Example[]): string {
  const tally = new Map(SIDES.map((label) => [label as string, { right: 0, of: 0 }]))
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((_, at) => at % FOLDS !== fold)
    const { classify } = createLinear(weightsOf(seen, SIDES))
    for (const { features, label } of examples.filter((_, at) => at % FOLDS === fold)) {
      const [best] = classify(features).toSorted((a, b) => b.logProbability - a.logProbability)
      const entry = tally.get(label)
      if (!entry) continue
      entry.of++
      if (best?.label === label) entry.right++
    }
  }
  return [...tally].map(([label, { right, of }]) => `${label} ${((100 * right) / of).toFixed(1)} %`).join(', ')
}
