/**
 * Trains the rankings of `domain/ask` (`lexicon/ranking.json`) on the questions of `seed/phrases/questions`: which service
 * is meant, which layer of it, and whether it is about the matter at all. Each author's questions are judged by a
 * classifier that saw the others' only, so that its word counts for what it is worth on strangers. Run after `weights.ts`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signsOfServices, weighServices } from '../src/domain/ask/candidates.js'
import { featuresOf, OFF_TOPIC } from '../src/domain/ask/classifier.js'
import { readWants } from '../src/domain/ask/intent.js'
import { readLayers, signsOfLayers } from '../src/domain/ask/layers.js'
import { findMentions } from '../src/domain/ask/mentions.js'
import { groundsOf } from '../src/domain/ask/reading.js'
import { sheetsOf } from '../src/domain/ask/sheets.js'
import { findSubjects } from '../src/domain/ask/subjects.js'
import { setsTogether } from '../src/domain/ask/together.js'
import { MANNERS, type OddsOfManner, oddsOfManner, readTopic, signsOfTopic } from '../src/domain/ask/topic.js'
import { readVariants, signsOfVariants, variantWordsOf } from '../src/domain/ask/variants.js'
import { readWords, type Word } from '../src/domain/ask/words.js'
import type { Catalog } from '../src/domain/catalog.js'
import { type Beliefs, createLinear } from '../src/domain/linear.js'
import { RANKING } from '../src/domain/rank.js'
import { askedWords } from './asked.js'
import {
  LAYER_TRAINING,
  layerClasses,
  layerExamples,
  mannerExamples,
  questionExamples,
  readPhrases,
} from './layer-texts.js'
import { type Question, readQuestions } from './questions.js'
import { type Choice, trainRanking } from './rank.js'
import { createSeeded } from './seeded.js'
import { weightsOf } from './train.js'

const OF_A_PHRASE = 0.15

/** What an author's questions are judged by: all of it learned from the others'. */
interface Judges {
  catalog: Catalog
  layer: (words: readonly Word[]) => Beliefs
  manner: OddsOfManner
}

const authors = readQuestions()

/** One service or none, and one layer: what a ranking can learn from. */
const isPlain = ({ expect, layer, services }: Question): boolean =>
  expect === 'answer' && layer !== null && services.length === 0

function serviceChoice({ text, service }: Question, { catalog }: Judges): Choice[] {
  const words = readWords(text)
  const candidates = signsOfServices(catalog, words, findMentions(catalog, text, words))
  const right = candidates.flatMap((one, at) => ((one.service?.id ?? null) === service ? at : []))
  return right.length > 0 ? [{ candidates: candidates.map(({ signs }) => signs), right }] : []
}

function read(text: string, { catalog, layer }: Judges) {
  const words = readWords(text)
  const wants = readWants(words)
  const subjects = findSubjects(
    catalog,
    findMentions(catalog, text, words),
    { words, sent: text, compares: wants.compare },
    {},
  )
  return { words, wants, subjects, layers: readLayers(catalog, words, subjects, layer), topic: readTopic(words) }
}

/** Where more than one service is named or hinted at: which of them the question is about as a whole, or only one. */
function togetherChoice({ text, service, services }: Question, { catalog, manner }: Judges): Choice[] {
  const words = readWords(text)
  const mentions = findMentions(catalog, text, words)
  const asked = { words, sent: text, compares: readWants(words).compare }
  const sets = setsTogether(catalog, mentions, asked, weighServices(catalog, words, mentions), manner)
  if (sets.length === 0 || (service === null && services.length === 0)) return []
  const isWhole = (set: readonly { service: { id: string } }[]): boolean =>
    set.length === services.length && set.every((one) => services.includes(one.service.id))
  const right = services.length > 1 ? sets.flatMap(({ set }, at) => (isWhole(set) ? at : [])) : [sets.length]
  return right.length > 0 ? [{ candidates: [...sets.map(({ signs }) => signs), {}], right }] : []
}

/** Which variant of the service that it is about, where that has any. */
function variantChoice({ text, service, variant }: Question, { catalog }: Judges): Choice[] {
  const own = service === null ? undefined : catalog.service(service)
  if (!own || own.variants.length === 0) return []
  const words = readWords(text)
  const mentions = findMentions(catalog, text, words)
  const read = readVariants(catalog, own, { words, mentions, features: featuresOf(words) })
  const candidates = signsOfVariants(catalog, own, read)
  const right = candidates.flatMap((one, at) => ((one.variant?.id ?? null) === variant ? at : []))
  return [{ candidates: candidates.map(({ signs }) => signs), right }]
}

function layerChoice({ text, service, layer, layerAlt }: Question, judges: Judges): Choice {
  const { catalog } = judges
  const own = service === null ? null : (catalog.service(service) ?? null)
  const wanted = [layer, ...layerAlt]
  return {
    candidates: signsOfLayers(catalog, read(text, judges).layers, own),
    right: catalog.layers.flatMap(({ id }, at) => (wanted.includes(id) ? at : [])),
  }
}

function topicChoice(text: string, about: boolean, judges: Judges, weight = 1): Choice {
  const reading = read(text, judges)
  const signs = signsOfTopic(reading.topic, groundsOf(reading, judges.manner))
  return { candidates: [signs, {}], right: [about ? 0 : 1], weight }
}

function judgesWithout(author: string | null): Judges {
  const catalog = createSeeded()
  const others = [...authors].flatMap(([name, questions]) => (name === author ? [] : questions))
  const words = askedWords(catalog, others)
  sheetsOf(catalog, words)
  variantWordsOf(catalog, words)
  const examples = [...layerExamples(catalog), ...questionExamples(catalog, others)]
  const layers = createLinear(weightsOf(examples, layerClasses(catalog), LAYER_TRAINING))
  const manners = createLinear(weightsOf(mannerExamples(catalog, others), MANNERS))
  return {
    catalog,
    layer: (words) => layers.classify(featuresOf(words)),
    manner: (features) => oddsOfManner(features, manners),
  }
}

const judged = [...authors].map(([author, questions]) => ({ questions, judges: judgesWithout(author) }))
const each = <T>(make: (question: Question, judges: Judges) => T): T[] =>
  judged.flatMap(({ questions, judges }) => questions.map((question) => make(question, judges)))
const plain = <T>(make: (question: Question, judges: Judges) => T[]): T[] =>
  each((question, judges) => (isPlain(question) ? make(question, judges) : [])).flat()

// Each ranking rests on those before it, so each is in force before the next is trained.
RANKING.service = trainRanking(plain(serviceChoice))
RANKING.variant = trainRanking(plain(variantChoice))
RANKING.together = trainRanking(each(togetherChoice).flat())
RANKING.layer = trainRanking(plain((question, judges) => [layerChoice(question, judges)]))
const all = judgesWithout(null)
RANKING.topic = trainRanking([
  ...each(({ text, expect }, judges) => topicChoice(text, expect !== 'abstain', judges)),
  ...(readPhrases().get(OFF_TOPIC) ?? []).map((line) => topicChoice(line, false, all, OF_A_PHRASE)),
])
const file = join(import.meta.dirname, '../src/domain/lexicon/ranking.json')
writeFileSync(file, `${JSON.stringify(RANKING, null, 2)}\n`)
process.stdout.write(`ranking.json: ${judged.reduce((sum, { questions }) => sum + questions.length, 0)} questions\n`)
