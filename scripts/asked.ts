/** The words of questions by the service that they ask about, and by its variant (`ecs/fargate`): what `domain/ask/sheets.ts` reads as `lexicon/asked.json`. */
import { featuresOf } from '../src/domain/ask/classifier.js'
import type { Asked } from '../src/domain/ask/sheets.js'
import { readWords } from '../src/domain/ask/words.js'
import type { Catalog } from '../src/domain/catalog.js'
import type { Question } from './questions.js'

/** A pair of words of one question alone will hardly be met again. */
const LEAST_QUESTIONS_OF_A_PAIR = 2

export function askedWords(catalog: Catalog, questions: readonly Question[]): Asked {
  const plain = questions.flatMap(({ text, expect, service, variant, layer }) => {
    if (expect !== 'answer' || service === null) return []
    const features = featuresOf(readWords(text))
    const keys = [service, ...(variant === null ? [] : [`${service}/${variant}`])]
    return keys.map((key) => ({ key, layer, features, whole: key === service }))
  })
  const total = new Map<string, number>()
  for (const feature of plain.flatMap(({ features, whole }) => (whole ? features : [])))
    total.set(feature, (total.get(feature) ?? 0) + 1)
  const asked: Record<string, Record<string, [number, number]>> = {}
  for (const { key, layer, features } of plain) {
    const own = asked[key] ?? {}
    asked[key] = own
    // How many questions there were stands under no word.
    own[''] = [(own['']?.[0] ?? 0) + 1, 0]
    const place = catalog.layers.findIndex(({ id }) => id === layer)
    for (const feature of features) {
      if (feature.includes(' ') && (total.get(feature) ?? 0) < LEAST_QUESTIONS_OF_A_PAIR) continue
      const [count, layers] = own[feature] ?? [0, 0]
      own[feature] = [count + 1, place < 0 ? layers : layers | (1 << place)]
    }
  }
  return Object.fromEntries(
    Object.entries(asked)
      .toSorted(byName)
      .map(([service, words]) => [
        service,
        Object.entries(words)
          .toSorted(byName)
          .map(([feature, [count, layers]]) => `${feature}:${count}:${layers.toString(36)}`)
          .join(','),
      ]),
  )
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** One service a line, in order. */
export const printAsked = (asked: Asked): string =>
  `{\n${Object.entries(asked)
    .map(([service, words]) => `${JSON.stringify(service)}:${JSON.stringify(words)}`)
    .join(',\n')}\n}\n`
