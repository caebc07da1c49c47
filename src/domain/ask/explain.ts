/** Answers that are knowledge and no verdict: what the model is, what a stage asks for, which misunderstandings there are. */
import type { Catalog } from '../catalog.js'
import type { ArticleKind } from '../model.js'
import type { AskAnswer } from './answer.js'
import { articlesOn, findStages, relatedOf } from './articles.js'
import { lower, orList } from './decide.js'
import { firstSentence, sayDuty } from './reply.js'
import type { Word } from './words.js'

type Explanation = Pick<
  AskAnswer,
  'reply' | 'intent' | 'confidence' | 'verdict' | 'verdicts' | 'clarify' | 'related' | 'understood'
>

const explanation = (reply: string, related: AskAnswer['related'], layers: readonly string[] = []): Explanation => ({
  reply: reply.slice(0, 3900),
  intent: 'explain',
  confidence: 0.8,
  verdict: null,
  verdicts: [],
  clarify: null,
  related,
  understood: { services: [], variants: [], layers: [...layers], because: [] },
})

const STAGE_STEMS = new Set(['stage', 'phase', 'step'])

/** Both sides' duties at the stages that the words name; null where no stage is meant after all. */
export function explainStages(catalog: Catalog, words: readonly Word[]): Explanation | null {
  const stems = new Set(words.map(({ stem }) => stem))
  const all = catalog.articles('stage')
  const stages = findStages(catalog, words)
  const oneNamed = stages.length < all.length
  const beside = words.some(
    ({ stem }, at) =>
      STAGE_STEMS.has(stem) &&
      stages.some(({ id }) => [words[at - 1]?.text, words[at + 1]?.text, words[at + 2]?.text].includes(id)),
  )
  if (!stems.has('devsecop') && !(oneNamed && beside)) return null
  const reply =
    stages.length === 1 && stages[0]
      ? `At the ${stages[0].name} stage ${sayDuty('customer', stages[0].customer)}. ${sayDuty('aws', stages[0].aws)}.`
      : stages
          .map(({ name, article }) => `${name}: you ${lower(article.customer)}, AWS ${lower(article.aws)}`)
          .join('; ')
  const related = all
    .filter(({ document }) => stages.some(({ id }) => id === document.id))
    .slice(0, 5)
    .map(relatedOf)
  return explanation(
    reply.endsWith('.') ? reply : `${reply}.`,
    related,
    [...new Set(stages.flatMap(({ layers }) => layers))].slice(0, 21),
  )
}

const MODEL_STEMS = new Set(['model', 'cloud', 'share', 'respons', 'secur'])
const EXPLAINING: readonly ArticleKind[] = ['misconception', 'practice', 'case', 'guide', 'takeaway']

/** What the model is, what a layer covers, or the piece of knowledge that fits best; null where nothing does. */
export function explain(catalog: Catalog, sent: string, words: readonly Word[]): Explanation | null {
  const stems = new Set(words.map(({ stem }) => stem))
  const texts = new Set(words.map(({ text }) => text))
  const models = catalog.models.filter(({ id }) => texts.has(id))
  const [model] = models
  if (model) {
    const reply = models
      .map(
        ({ name, aws, customer }) =>
          `${name}: AWS: ${lower(firstSentence(aws))}; you: ${lower(firstSentence(customer))}.`,
      )
      .join(' ')
    return explanation(reply, [])
  }
  if (stems.has('misunderstand') || stems.has('misconcept') || stems.has('myth')) {
    const all = catalog.articles('misconception')
    const own = all.filter(({ document }) => document.fromArticle === true)
    const reply = own
      .map(({ document }) => `"${String(document.title)}": ${firstSentence(String(document.correction))}.`)
      .join(' ')
    return explanation(reply, own.slice(0, 5).map(relatedOf))
  }
  const spoken = ` ${words.map(({ text }) => text).join(' ')} `
  const covered = catalog.layers.find(({ name, id, vocabulary }) =>
    [id.replaceAll('-', ' '), name.toLowerCase(), ...vocabulary.names].some((text) => spoken.includes(` ${text} `)),
  )
  if (covered)
    return explanation(
      `The layer "${covered.name}" covers ${lower(covered.covers).replace(/\.$/, '')}. Who owns it depends on the service.`,
      [],
      [covered.id],
    )
  const aboutModel = [...MODEL_STEMS].filter((stem) => stems.has(stem)).length >= 2
  const [found] = articlesOn(catalog, sent, EXPLAINING)
  if (aboutModel) {
    const [takeaway] = catalog.articles('takeaway')
    const kinds = orList(catalog.models.map(({ name }) => name))
    return takeaway
      ? explanation(`${String(takeaway.document.text)} How the line runs depends on the service: ${kinds}.`, [
          relatedOf(takeaway),
        ])
      : null
  }
  if (!found || words.length < 3) return null
  const { document } = found
  const text = document.correction ?? document.ownership ?? document.summary ?? document.text
  return explanation(`${firstSentence(String(text))}.`, [relatedOf(found)])
}
