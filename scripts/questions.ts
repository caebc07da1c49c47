/** The questions of `seed/phrases/questions`: what the understanding is trained on. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Question = z.object({
  text: z.string().min(1).max(2000),
  kind: z.string(),
  service: z.string().nullable(),
  services: z.array(z.string()),
  variant: z.string().nullable(),
  layer: z.string().nullable(),
  layerAlt: z.array(z.string()),
  expect: z.enum(['answer', 'clarify', 'abstain']),
})
export type Question = z.output<typeof Question>

const Developed = z.object({
  text: z.string(),
  kind: z.string(),
  context: z.unknown(),
  expect: z.object({
    outcome: z.enum(['answer', 'clarify', 'abstain']),
    service: z.string().nullable(),
    services: z.array(z.string()),
    variant: z.string().nullable(),
    layer: z.string().nullable(),
    layerAlt: z.array(z.string()),
  }),
})

function readLines<T>(path: string, read: (value: unknown) => T): T[] {
  const lines = readFileSync(join(import.meta.dirname, '..', path), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => read(JSON.parse(line)))
}

/** The half of the corpus that may be learned from; what stands in a conversation says too little by itself. */
const readDeveloped = (): Question[] =>
  readLines('test/corpus/ask-development.jsonl', (value) => Developed.parse(value))
    .filter(({ context }) => context === null)
    .map(({ text, kind, expect: { outcome, ...expected } }) => ({ text, kind, expect: outcome, ...expected }))

/** Each author's questions, by the name of the file. */
export function readQuestions(): ReadonlyMap<string, readonly Question[]> {
  const folder = join(import.meta.dirname, '../seed/phrases/questions')
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  return new Map([
    ...files
      .toSorted()
      .map((name): [string, Question[]] => [
        name.replace('.jsonl', ''),
        readLines(`seed/phrases/questions/${name}`, (value) => Question.parse(value)),
      ]),
    ['development', readDeveloped()],
  ])
}
