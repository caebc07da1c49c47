/** Questions in plain words. */
import { z } from 'zod'
import { AskAnswer } from '../domain/ask/answer.js'
import type { ask } from '../domain/ask/ask.js'
import type { Conversation } from '../domain/ask/reading.js'
import { type Catalog, requireVariant } from '../domain/catalog.js'
import { identifyService } from '../domain/identify.js'
import { Id, Label } from '../domain/model.js'
import { recogniseLayer } from '../domain/recognise.js'
import { Refusal } from '../domain/refusal.js'
import { Nothing, operation } from './operation.js'

const AskContext = z.strictObject({
  service: z.string().min(1).max(2048).optional().describe('The service that was spoken of, by any of its names.'),
  layer: Label.optional().describe('The layer that was spoken of.'),
  variant: Id.optional().describe('The variant of that service.'),
})

/** A refusal of what the context names is told at its place in the body. */
function inContext<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.kind, error.message, { ...error.details, field: `context/${field}` })
  }
}

function readContext(catalog: Catalog, { service, layer, variant }: z.output<typeof AskContext>): Conversation {
  const own = service === undefined ? undefined : inContext('service', () => identifyService(catalog, service).service)
  if (variant !== undefined && !own)
    throw new Refusal('invalid', `The variant "${variant}" needs its service beside it.`, { field: 'context/variant' })
  return {
    service: own,
    layer: layer === undefined ? undefined : inContext('layer', () => recogniseLayer(catalog, layer).layer),
    variant: own && variant !== undefined ? requireVariant(own, variant) : undefined,
  }
}

/** Loaded with the first question: its weights take 5 MiB, which whoever never asks in plain words need not have. */
let understand: typeof ask | undefined

export const askQuestion = operation({
  id: 'ask',
  method: 'POST',
  path: '/v1/ask',
  tag: 'Ask',
  access: 'read',
  summary: 'Ask in plain words who owns what',
  description:
    'Understands services, variants and layers by any words, comparisons, lists and follow-ups. Asks back where one more word would decide, and abstains on what is not about this. Deterministic.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    question: z
      .string()
      .min(1)
      .max(2000)
      .refine((text) => text.trim() !== '', 'must hold more than white space')
      .describe('A question or statement as a person types it.'),
    context: AskContext.optional().describe(
      'What the conversation was about before; "and the OS?" then has a service.',
    ),
  }),
  output: AskAnswer,
  tool: {
    name: 'ask',
    description: 'Answers a question in plain words, or asks back for the one word that is missing.',
    readOnly: true,
  },
  recurring: true,
  refusals: ['invalid', 'unknown', 'ambiguous'],
  example: { params: {}, query: {}, body: { question: 'who patches the OS under RDS?' } },
  async run({ catalog }, { body }) {
    const context = readContext(catalog, body.context ?? {})
    understand ??= (await import('../domain/ask/ask.js')).ask
    return understand(catalog, body.question, context)
  },
})
