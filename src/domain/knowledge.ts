/** Knowledge about the model that is not a rule: stages, misconceptions, practices, cases, guides and the article's lists. */
import { z } from 'zod'
import type { Catalog } from './catalog.js'
import { type Article, type ArticleKind, CalendarDate, Id, Label, Prose, SourceUrl } from './model.js'
import { Refusal } from './refusal.js'

/** Where the seed article is out of date, the fact that replaces its claim. */
const Correction = z.strictObject({
  claim: Prose,
  correction: Prose,
  since: CalendarDate.optional(),
  sources: z.array(SourceUrl).max(10),
})

const Linked = {
  layers: z.array(Id).max(21).describe('The layers that this is about.'),
  services: z.array(Id).max(60).describe('The services that this is about.'),
}
const Sourced = {
  sources: z.array(SourceUrl).max(20),
  verifiedAt: CalendarDate.nullable().default(null).describe('Null where it was not confirmed at its sources.'),
}
const Steps = z.array(Prose).max(12)
const Corrections = z.array(Correction).max(10).default([])

export const Stage = z.strictObject({
  id: Id,
  name: Label,
  position: z.int().min(1).max(7),
  summary: Prose,
  customer: Prose.describe("The customer's duty at this stage."),
  aws: Prose.describe("AWS's duty at this stage."),
  article: z.strictObject({ customer: Label, aws: Label }).describe("The seed article's own cells."),
  ...Linked,
  ...Sourced,
})

export const Misconception = z.strictObject({
  id: Id,
  title: Label,
  belief: Prose,
  correction: Prose,
  examples: z.array(z.strictObject({ service: Id, layer: Id, text: Prose })).max(12),
  phrases: z.array(Label).max(40).describe('How people say it.'),
  corrections: Corrections,
  fromArticle: z.boolean(),
  ...Linked,
  ...Sourced,
})

export const Practice = z.strictObject({
  id: Id,
  title: Label,
  summary: Prose,
  why: Prose,
  steps: Steps,
  corrections: Corrections,
  ...Linked,
  ...Sourced,
})

export const Case = z.strictObject({
  id: Id,
  title: Label,
  summary: Prose,
  whatHappened: Prose,
  ownership: Prose,
  lesson: Prose,
  steps: Steps,
  corrections: Corrections,
  ...Linked,
  ...Sourced,
})

export const Guide = z.strictObject({
  id: Id,
  title: Label,
  summary: Prose,
  problem: Prose.describe("What is wrong or out of date in the seed article's version."),
  blocks: z
    .array(
      z.strictObject({
        title: Label,
        language: z.enum(['json', 'shell']),
        kind: z.enum(['iam-policy', 'bucket-policy', 'cli']),
        status: z.enum(['outdated', 'recommended']),
        code: z.string().min(1).max(4000),
        explanation: Prose,
      }),
    )
    .max(12),
  steps: Steps,
  corrections: Corrections,
  ...Linked,
  ...Sourced,
})

export const Responsibility = z.strictObject({
  id: Id,
  side: z.enum(['aws', 'customer']),
  title: Label,
  summary: Prose,
  corrections: Corrections,
  ...Linked,
  ...Sourced,
})

export const Area = z.strictObject({ id: Id, title: Label, aws: Prose, customer: Prose, ...Linked, ...Sourced })

export const Takeaway = z.strictObject({ id: Id, text: Prose, ...Linked, ...Sourced })

/** The shape of each kind of article, and its plural: the file it is seeded from and the path it is served under. */
export const KNOWLEDGE = {
  stage: { plural: 'stages', schema: Stage },
  misconception: { plural: 'misconceptions', schema: Misconception },
  practice: { plural: 'practices', schema: Practice },
  case: { plural: 'cases', schema: Case },
  guide: { plural: 'guides', schema: Guide },
  responsibility: { plural: 'responsibilities', schema: Responsibility },
  area: { plural: 'areas', schema: Area },
  takeaway: { plural: 'takeaways', schema: Takeaway },
} as const satisfies Record<ArticleKind, { plural: string; schema: z.ZodObject }>

/** The article of a kind under a slug; an unknown one is refused with the slugs that there are. */
export function requireArticle(catalog: Catalog, kind: ArticleKind, slug: string): Article {
  const articles = catalog.articles(kind)
  const article = articles.find(({ id }) => id === `${kind}/${slug}`)
  if (article) return article
  const suggestions = articles.map(({ document }) => ({
    id: String(document.id),
    name: String(document.title ?? document.name ?? document.text).slice(0, 200),
  }))
  const known = suggestions.map(({ id }) => id).join(', ')
  throw new Refusal('unknown', `There is no ${kind} "${slug}". There are: ${known}.`, { field: kind, suggestions })
}
