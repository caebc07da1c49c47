/** The texts that the classifier of tickets learns from, and how well it tells those that it did not see. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Catalog } from '../src/domain/catalog.js'
import { createLinear } from '../src/domain/linear.js'
import { Ticket } from '../src/domain/ticket.js'
import { featuresOfTicket, SIDES } from '../src/domain/tickets/likeness.js'
import { readFields } from '../src/domain/tickets/read.js'
import { fieldsOf } from '../src/domain/tickets/tokens.js'
import { type Example, type Training, weightsOf } from './train.js'

/** A whole ticket with what is expected of the router. */
const LearnedTicket = z.object({
  ticket: Ticket,
  expect: z.object({
    outcome: z.enum(['routed', 'not-aws', 'needs-triage']),
    side: z.enum(['aws', 'customer']).nullable(),
    service: z.string().nullable(),
    serviceAlt: z.array(z.string()).default([]),
    layer: z.string().nullable(),
    layerAlt: z.array(z.string()).default([]),
    triageOk: z.boolean().default(false),
  }),
})
export type LearnedTicket = z.output<typeof LearnedTicket>

/** What stands in a label's place for a ticket. */
export const labelOf = ({ expect: { outcome, side } }: LearnedTicket): (typeof SIDES)[number] =>
  outcome === 'not-aws' ? 'not-aws' : outcome === 'needs-triage' ? 'unclear' : (side ?? 'unclear')

const root = join(import.meta.dirname, '..')

function readLines(path: string): LearnedTicket[] {
  const lines = readFileSync(join(root, path), 'utf8').trim().split('\n')
  return lines.flatMap((line) => {
    const value = JSON.parse(line)
    return value.ticket === null ? [] : LearnedTicket.parse(value)
  })
}

/** Each author's tickets, by the name of the file; the half of the corpus that may be learned from is one of them. */
export function readTickets(): ReadonlyMap<string, readonly LearnedTicket[]> {
  const files = readdirSync(join(root, 'seed/phrases/tickets')).filter((name) => name.endsWith('.jsonl'))
  return new Map([
    ...files
      .toSorted()
      .map((name): [string, LearnedTicket[]] => [
        name.replace('.jsonl', ''),
        readLines(`seed/phrases/tickets/${name}`),
      ]),
    ['development', readLines('test/corpus/tickets-development.jsonl')],
    ['review', readLines('test/corpus/tickets-review.jsonl')],
  ])
}

/** The lines of `seed/phrases/tickets/*.txt`: `title — description`, one ticket a line. */
export function phraseExamples(catalog: Catalog): Example[] {
  return SIDES.flatMap((label) => {
    const lines = readFileSync(join(root, 'seed/phrases/tickets', `${label}.txt`), 'utf8')
      .split('\n')
      .filter(Boolean)
    return lines.map((line) => {
      const [title = line, description] = line.split(' — ')
      return exampleOf(catalog, { title, ...(description ? { description } : {}) }, label, 1)
    })
  })
}

const OF_A_TICKET = 2

/** There are few tickets: what stands in two of them counts. */
export const TICKET_TRAINING: Training = { decay: 5e-4, leastTextsOfAPair: 2 }

export const ticketExamples = (catalog: Catalog, tickets: readonly LearnedTicket[]): Example[] =>
  tickets.map((one) => exampleOf(catalog, one.ticket, labelOf(one), OF_A_TICKET))

function exampleOf(catalog: Catalog, ticket: Ticket, label: string, weight: number): Example {
  const fields = fieldsOf(ticket)
  return { features: [...featuresOfTicket(fields, readFields(catalog, fields)).keys()], label, weight }
}

const FOLDS = 5

/** The share of texts of each label that is told right by weights that were trained on the other four fifths. */
export function crossValidate(examples: readonly Example[]): string {
  const tally = new Map(SIDES.map((label) => [label as string, { right: 0, of: 0 }]))
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((_, at) => at % FOLDS !== fold)
    const { classify } = createLinear(weightsOf(seen, SIDES))
    for (const { features, label } of examples.filter((_, at) => at % FOLDS === fold)) {
      const { classes, logs } = classify(features)
      const best = classes[logs.indexOf(Math.max(...logs))]
      const entry = tally.get(label)
      if (!entry) continue
      entry.of++
      if (best === label) entry.right++
    }
  }
  return [...tally].map(([label, { right, of }]) => `${label} ${((100 * right) / of).toFixed(1)} %`).join(', ')
}
