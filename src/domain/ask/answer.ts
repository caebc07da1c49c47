/** What a question is answered with, as it is served. */
import { z } from 'zod'
import { ARTICLE_KINDS, Id, Label, Owner, Prose } from '../model.js'
import { Revision, Verdict } from '../verdict.js'

export const INTENTS = ['who-owns', 'duties', 'compare', 'explain', 'not-about-this'] as const
export const Intent = z.enum(INTENTS)
export type Intent = z.output<typeof Intent>

/** What one more word could be: send it back as `context`, or say its label. */
export const AskOption = z.strictObject({
  label: Label,
  service: Id.nullable(),
  variant: Id.nullable(),
  layer: Id.nullable(),
  owner: Owner.nullable().describe('The owner if this is meant; null where that still depends.'),
})
export type AskOption = z.output<typeof AskOption>

export const Clarify = z.strictObject({ question: Prose, options: z.array(AskOption).max(12) })
export type Clarify = z.output<typeof Clarify>

export const Related = z.strictObject({
  kind: z.enum(ARTICLE_KINDS),
  id: Id,
  title: Label,
  path: z.string().min(1).max(200),
})
export type Related = z.output<typeof Related>

export const AskAnswer = z
  .strictObject({
    reply: z.string().min(1).max(4000).describe('One to three sentences that a bot can say as they are.'),
    intent: Intent,
    confidence: z.number().min(0).max(1).describe('0 to 1: how sure it is that this was meant.'),
    verdict: Verdict.nullable().describe('The best one; null where it asks back or abstains.'),
    verdicts: z.array(Verdict).max(200).describe('All that the question touches.'),
    clarify: Clarify.nullable().describe('Only where one more word would decide.'),
    related: z.array(Related).max(5),
    understood: z
      .strictObject({
        services: z.array(Id).max(20),
        variants: z.array(Id).max(20),
        layers: z.array(Id).max(21),
        because: z.array(Label).max(30).describe('The words that the layer rests on.'),
      })
      .describe('What was found in the question.'),
    revision: Revision,
  })
  .meta({ id: 'AskAnswer' })
export type AskAnswer = z.output<typeof AskAnswer>
