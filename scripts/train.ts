/** Trains a linear classifier: multinomial logistic regression by AdaGrad, seeded, so that the same texts give the same weights. */
import type { Weights } from '../src/domain/linear.js'

const EPOCHS = 15
const RATE = 0.5
/** Weights below this (in hundredths) and pairs of words that stand in fewer texts are left out: they decide little. */
const LEAST_WEIGHT = 30
const LEAST_TEXTS_OF_A_PAIR = 3
/** By how much a weight is drawn to nothing at each step, so that words of few texts prove little. */
const DECAY = 1e-3
const UNIT = 100

export interface Example {
  features: string[]
  label: string
  weight: number
}

/** A linear congruential generator: the order of the examples must be the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

export interface Training {
  decay?: number
  leastWeight?: number
  leastTextsOfAPair?: number
}

/** Puts lists into another order each time, the same on every machine. */
export function createShuffle(seed: number): <T>(list: readonly T[]) => T[] {
  const random = createRandom(seed)
  return (list) => {
    const order = [...list]
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1))
      const [a, b] = [order[at], order[other]]
      if (a !== undefined && b !== undefined) [order[at], order[other]] = [b, a]
    }
    return order
  }
}

function train(
  data: readonly Example[],
  classes: readonly string[],
  { decay, leastTextsOfAPair }: { decay: number; leastTextsOfAPair: number },
) {
  const columns = new Map<string, number>()
  const texts = new Map<string, number>()
  for (const feature of data.flatMap(({ features }) => features)) texts.set(feature, (texts.get(feature) ?? 0) + 1)
  for (const [feature, count] of texts)
    if (!feature.includes(' ') || count >= leastTextsOfAPair) columns.set(feature, columns.size)
  const rows = data.map(({ features, label, weight }) => ({
    columns: features.flatMap((feature) => columns.get(feature) ?? []),
    scale: 1 / Math.sqrt(features.length),
    target: classes.indexOf(label),
    weight,
  }))
  const weights = classes.map(() => new Float64Array(columns.size))
  const squares = classes.map(() => new Float64Array(columns.size).fill(1e-8))
  const shuffle = createShuffle(1)
  for (let epoch = 0; epoch < EPOCHS; epoch++)
    for (const row of shuffle(rows)) {
      const scores = weights.map((own) => row.columns.reduce((sum, column) => sum + (own[column] ?? 0) * row.scale, 0))
      const top = Math.max(...scores)
      const powers = scores.map((score) => Math.exp(score - top))
      const total = powers.reduce((sum, power) => sum + power, 0)
      for (const [label, power] of powers.entries()) {
        const gradient = (power / total - (label === row.target ? 1 : 0)) * row.weight
        const own = weights[label]
        const square = squares[label]
        if (Math.abs(gradient) < 1e-4 || !own || !square) continue
        for (const column of row.columns) {
          const slope = gradient * row.scale + decay * (own[column] ?? 0)
          const seen = (square[column] ?? 0) + slope * slope
          square[column] = seen
          own[column] = (own[column] ?? 0) - (RATE * slope) / Math.sqrt(seen)
        }
      }
    }
  return { columns, weights }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * The weights as they are kept: rounded, the small ones left out. What a feature says of all classes alike says nothing,
 * so its weights are told from their median: of most classes nothing is left.
 */
export function weightsOf(
  data: readonly Example[],
  classes: readonly string[],
  { decay = DECAY, leastWeight = LEAST_WEIGHT, leastTextsOfAPair = LEAST_TEXTS_OF_A_PAIR }: Training = {},
): Weights {
  const { columns, weights } = train(data, classes, { decay, leastTextsOfAPair })
  const features: Record<string, string> = {}
  for (const [feature, column] of [...columns].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const all = weights.map((own) => own[column] ?? 0)
    const middle = median(all)
    const row = all.flatMap((own, label) => {
      const weight = Math.round((own - middle) * UNIT)
      return Math.abs(weight) < leastWeight ? [] : `${label}:${weight}`
    })
    if (row.length > 0) features[feature] = row.join(',')
  }
  return { classes, bias: classes.map(() => 0), features }
}

/** One feature a line, so that a change of the texts shows as a change of lines. */
export function print({ classes, bias, features }: Weights): string {
  const rows = Object.entries(features).map(([feature, row]) => `${JSON.stringify(feature)}:${JSON.stringify(row)}`)
  return `{"classes":${JSON.stringify(classes)},"bias":${JSON.stringify(bias)},"features":{\n${rows.join(',\n')}\n}}\n`
}
