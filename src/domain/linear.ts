/** A linear classifier over features that are there or not: reads the weights that `scripts/weights.ts` writes. */

export interface Belief {
  label: string
  /** Natural logarithm of the probability. */
  logProbability: number
  /** The features that speak for it most. */
  because(): string[]
}

/** As the file of weights has them: per feature, pairs of class number and weight in hundredths. */
export interface Weights {
  classes: readonly string[]
  bias: readonly number[]
  features: Readonly<Record<string, readonly number[]>>
}

const UNIT = 100
const LONE_FEATURE = 0.5

export interface Linear {
  rows: ReadonlyMap<string, readonly number[]>
  /** Every class, in the order of the weights, with its probability. Nothing known: all alike. */
  classify(features: Iterable<string>): Belief[]
}

/** How many features a belief is explained by. */
const MOST_REASONS = 3

export function createLinear(weights: Weights): Linear {
  const rows: ReadonlyMap<string, readonly number[]> = new Map(Object.entries(weights.features))

  /** The features that speak for a class, by its number, the strongest first. */
  const reasonsFor = (label: number, known: readonly string[]): string[] => {
    const speaking: [feature: string, weight: number][] = []
    for (const feature of known) {
      const row = rows.get(feature) ?? []
      for (let at = 0; at < row.length; at += 2) {
        const weight = row[at + 1] ?? 0
        if (row[at] === label && weight > 0) speaking.push([feature, weight])
      }
    }
    const strongest = speaking.toSorted(([, a], [, b]) => b - a).slice(0, MOST_REASONS)
    return strongest.map(([feature]) => feature)
  }

  const classify = (features: Iterable<string>): Belief[] => {
    const known: string[] = []
    const found: (readonly number[])[] = []
    for (const feature of features) {
      const row = rows.get(feature)
      if (!row) continue
      known.push(feature)
      found.push(row)
    }
    // One known word alone is no certainty: it counts as if another, silent one stood beside it.
    const scale = 1 / (UNIT * Math.sqrt(known.length + LONE_FEATURE))
    const scores = weights.bias.map((bias) => bias / UNIT)
    for (const row of found)
      for (let at = 0; at < row.length; at += 2) {
        const label = row[at] ?? 0
        scores[label] = (scores[label] ?? 0) + (row[at + 1] ?? 0) * scale
      }
    const top = Math.max(...scores)
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0)) + top
    return weights.classes.map((label, at) => ({
      label,
      logProbability: (scores[at] ?? 0) - total,
      because: () => reasonsFor(at, known),
    }))
  }
  return { rows, classify }
}
