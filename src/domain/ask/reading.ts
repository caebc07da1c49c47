/** A question as far as it is understood before it is answered: words, subjects, layers, what is wanted, the topic. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service } from '../model.js'
import type { Meant } from './decide.js'
import { readWants, type Wants } from './intent.js'
import { type LayerBelief, type LayerReading, namedLayers, readLayers, weighLayers } from './layers.js'
import { findMentions } from './mentions.js'
import { type AskContext, findSubjects, type Subject, type Subjects } from './subjects.js'
import {
  type Grounds,
  mannersOf,
  type OddsOfManner,
  oddsOfManner,
  readTopic,
  type TopicSigns,
  topicProbability,
} from './topic.js'
import { readWords, type Word } from './words.js'

/** What a conversation was about, as things of the catalog. */
export interface Conversation extends AskContext {
  layer?: Layer | undefined
}

/** What was understood of a question. */
export interface Reading {
  catalog: Catalog
  sent: string
  words: readonly Word[]
  subjects: Subjects
  layers: LayerReading
  /** The layers of the likeliest subject, the likeliest first. */
  beliefs: readonly LayerBelief[]
  wants: Wants
  topic: TopicSigns
  conversation: Conversation
  /** The layer of the conversation, where the words name none of their own. */
  carried: Layer | null
}

/** Below this the words tell no layer. */
export const LEAST_STRENGTH = 1
/** A follow-up ("and on EC2?") tells a layer of its own only with more than this. */
const LEAST_STRENGTH_OF_A_TURN = 1.5
export function readQuestion(catalog: Catalog, sent: string, conversation: Conversation): Reading {
  const words = readWords(sent)
  const wants = readWants(words)
  const text = { words, sent, compares: wants.compare }
  const subjects = findSubjects(catalog, findMentions(catalog, sent, words), text, conversation)
  const layers = readLayers(catalog, words, subjects)
  const little = layers.strength < (conversation.layer ? LEAST_STRENGTH_OF_A_TURN : LEAST_STRENGTH)
  return {
    catalog,
    sent,
    words,
    subjects,
    layers,
    beliefs: weighLayers(catalog, layers, subjects.list[0]?.service ?? null),
    wants,
    topic: readTopic(words),
    conversation,
    carried: little && conversation.layer ? conversation.layer : null,
  }
}

const AWS_WORDS = new Set(['aws', 'amazon', 'cloud', 'account'])

/** A question is left alone below this. Where a service is named more is needed: how-to questions name one too. */
const ABOUT = 0.4
const ABOUT_NAMED = 0.6

/** What is known of a question when its topic is judged; the training looks at the same. */
export function groundsOf(
  { words, subjects, layers, wants }: Pick<Reading, 'words' | 'subjects' | 'layers' | 'wants'>,
  judge: OddsOfManner = oddsOfManner,
): Grounds {
  const [first] = subjects.list
  const none = subjects.beliefs.find(({ subject }) => subject === null)?.probability ?? (first ? 0 : 1)
  return {
    told: first && !first.inferred ? (first.hinted ? 'hint' : first.misspelt ? 'typo' : 'name') : null,
    service: subjects.several.length > 0 ? Math.max(0.5, 1 - none) : 1 - none,
    layerStrength: layers.strength,
    offTopic: Math.log(layers.offTopic),
    familiar: layers.familiar,
    manner: judge(mannersOf(words, subjects.spoken)).about,
    telling: layers.features.filter((feature) => !feature.includes(' ')).length,
    namesAws: words.some(({ text }) => AWS_WORDS.has(text)) || wants.general || wants.stage,
    duties: wants.duties,
    explains: wants.explain,
    claims: wants.claim,
    together: subjects.list.length > 1,
    compares: wants.compare,
  }
}

/** In a conversation little is needed: what was spoken of before is still meant. */
export function isAbout(reading: Reading): boolean {
  const { conversation, topic, words } = reading
  if (words.length === 0) return false
  const followsUp = conversation.service !== undefined || conversation.layer !== undefined
  const foreign = topic.foreign.length + topic.elsewhere.length + topic.howTo.length > 0
  const grounds = groundsOf(reading)
  const least = followsUp && !foreign ? ABOUT / 10 : grounds.told === 'name' ? ABOUT_NAMED : ABOUT
  return topicProbability(topic, grounds) >= least
}

/** Whether the words name a layer, or leave hardly a doubt of it. */
export const namesLayer = ({ catalog, words, subjects, beliefs }: Reading): boolean =>
  namedLayers(
    catalog,
    words.filter((_, at) => !subjects.spoken.has(at)),
    subjects.list[0]?.service ?? null,
  ).length > 0 || (beliefs[0]?.probability ?? 0) > 0.8

/** The beliefs on layers of a service, or certainty of the one that the conversation carries. */
export const layersOf = (
  { catalog, layers, carried, subjects, beliefs }: Reading,
  service: Service | null,
): readonly LayerBelief[] =>
  carried
    ? [{ layer: carried, probability: 1, evidence: () => ['context'] }]
    : service === (subjects.list[0]?.service ?? null)
      ? beliefs
      : weighLayers(catalog, layers, service)

/** The beliefs on the layer that services side by side are asked about: one layer for all of them. */
export function layersOfAll(reading: Reading, list: readonly Subject[]): LayerBelief[] {
  const each = list.map(({ service }) => layersOf(reading, service))
  const [first = []] = each
  const mean = first.map((belief) => {
    const own = each.map((beliefs) => beliefs.find(({ layer }) => layer === belief.layer)?.probability ?? 0)
    return { ...belief, probability: own.reduce((sum, one) => sum + one, 0) / own.length }
  })
  return mean.toSorted((a, b) => b.probability - a.probability)
}

/** What the words could mean where one subject is spoken of, or none. */
export function meantBy(reading: Reading): Meant[] {
  const { list, beliefs } = reading.subjects
  const one = beliefs.length > 0 ? beliefs : [{ subject: list[0] ?? null, probability: 1 }]
  return one.map(({ subject, probability }) => ({
    subject,
    probability,
    layers: layersOf(reading, subject?.service ?? null),
  }))
}
