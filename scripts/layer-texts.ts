/** The texts from which the classifier of layers learns: phrases and questions written for it, the vocabulary, the facts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSeed } from '../seed/read.js'
import { featuresOf, OFF_TOPIC } from '../src/domain/ask/classifier.js'
import { findMentions } from '../src/domain/ask/mentions.js'
import { spokenOf } from '../src/domain/ask/together.js'
import { mannersOf } from '../src/domain/ask/topic.js'
import { readWords, type Word } from '../src/domain/ask/words.js'
import type { Catalog } from '../src/domain/catalog.js'
import type { Question } from './questions.js'
import type { Example, Training } from './train.js'

const OF_A_QUESTION = 2
/** Phrases are short and say less of the manner. */
const OF_A_PHRASE = 0.4
/** There are fewer questions about other things. */
/** Questions on several services are few. */
const OF_SEVERAL = 2
const OF_AN_OTHER = 3

/** The stems of all that is written with care; a word of a question beside them may be a slip of a name. */
const knownStems = new WeakMap<Catalog, ReadonlySet<string>>()

function isKnownTo(catalog: Catalog): (stem: string) => boolean {
  const known =
    knownStems.get(catalog) ??
    new Set(
      carefulTexts(catalog)
        .flatMap(({ text }) => readWords(text))
        .map(({ stem }) => stem),
    )
  knownStems.set(catalog, known)
  return (stem) => known.has(stem)
}

/** The places of the words of a text that name services, slips included. */
function namesIn(catalog: Catalog, text: string, words: readonly Word[]): ReadonlySet<number> {
  return spokenOf(findMentions(catalog, text, words, isKnownTo(catalog)))
}

/** Texts as examples without the names of services: which service is meant must not decide which layer is. */
function examplesOf(catalog: Catalog, texts: readonly Text[]): Example[] {
  return texts.flatMap(({ text, label, weight }) => {
    const words = readWords(text)
    const spoken = namesIn(catalog, text, words)
    const features = featuresOf(words.filter((_, at) => !spoken.has(at)))
    return features.length > 0 ? [{ features, label, weight }] : []
  })
}

/** The lines of `seed/phrases`, by label. */
export function readPhrases(): ReadonlyMap<string, readonly string[]> {
  const folder = join(import.meta.dirname, '../seed/phrases')
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  return new Map(
    files
      .toSorted()
      .map((file) => [file.replace('.txt', ''), readFileSync(join(folder, file), 'utf8').trim().split('\n')]),
  )
}

interface Text {
  text: string
  label: string
  weight: number
}

function carefulTexts(catalog: Catalog): Text[] {
  const phrases = [...readPhrases()].flatMap(([label, lines]) =>
    lines.map((text) => ({ text, label, weight: label === OFF_TOPIC ? 3 : 2 })),
  )
  const words = catalog.layers.flatMap(({ id: label, covers, vocabulary }) => [
    { text: covers, label, weight: 1 },
    ...vocabulary.names.map((text) => ({ text, label, weight: 1 })),
    ...vocabulary.phrases.map(({ text, weight }) => ({ text, label, weight: weight / 3 })),
    ...vocabulary.deeds.map(({ verb, object, weight }) => ({
      text: object ? `${verb} ${object}` : verb,
      label,
      weight: weight / 3,
    })),
  ])
  const duties = readSeed().rules.flatMap(({ scope, layer, aws, customer, flip }) =>
    scope === 'service' || scope === 'variant'
      ? [aws, customer, flip?.when].flatMap((text) => (text ? { text, label: layer, weight: 1 } : []))
      : [],
  )
  return [...phrases, ...words, ...duties]
}

export const layerExamples = (catalog: Catalog): Example[] => examplesOf(catalog, carefulTexts(catalog))

export const questionExamples = (catalog: Catalog, questions: readonly Question[]): Example[] =>
  examplesOf(
    catalog,
    questions.flatMap(({ text, layer, expect }) => {
      if (expect === 'abstain') return { text, label: OFF_TOPIC, weight: OF_A_QUESTION }
      return expect === 'answer' && layer !== null ? { text, label: layer, weight: OF_A_QUESTION } : []
    }),
  )

/** There are many texts: what is kept of them stays below 1 MB. */
export const LAYER_TRAINING: Training = { decay: 2e-3, leastTextsOfAPair: 4 }

/** How questions are put that are about the matter, and how others are. */
export function mannerExamples(catalog: Catalog, questions: readonly Question[]): Example[] {
  const exampleOf = (text: string, label: string, weight: number): Example => {
    const words = readWords(text)
    return { features: mannersOf(words, namesIn(catalog, text, words)), label, weight }
  }
  return [
    ...questions.map(({ text, expect, services }) =>
      expect === 'abstain'
        ? exampleOf(text, 'other', OF_AN_OTHER)
        : services.length > 1
          ? exampleOf(text, 'several', OF_SEVERAL)
          : exampleOf(text, 'about', 1),
    ),
    ...(readPhrases().get(OFF_TOPIC) ?? []).map((text) => exampleOf(text, 'other', OF_A_PHRASE)),
  ]
}

export const layerClasses = (catalog: Catalog): string[] => [...catalog.layers.map(({ id }) => id), OFF_TOPIC]
