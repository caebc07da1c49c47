/** A linear classifier over features that are there or not: reads the weights that `scripts/weights.ts` writes. */

export interface Belief {
  label: string
  /** Natural logarithm of the probability. */
  logProbability: number
  /** The features that speak for it most. */
  because: string[]
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
  classify(features: readonly string[]): Belief[]
}

export function createLinear(weights: Weights): Linear {
  const rows: ReadonlyMap<string, readonly number[]> = new Map(Object.entries(weights.features))
  const classify = (features: readonly string[]): Belief[] => {
    const known = features.flatMap((feature) => {
      const row = rows.get(feature)
      return row ? [{ feature, row }] : []
    })
    // One known word alone is no certainty: it counts as if another, silent one stood beside it.
    const scale = 1 / (UNIT * Math.sqrt(known.length + LONE_FEATURE))
    const scores = weights.bias.map((bias) => bias / UNIT)
    const because = weights.classes.map((): [string, number][] => [])
    for (const { feature, row } of known)
      for (let at = 0; at < row.length; at += 2) {
        const label = row[at] ?? 0
        const weight = row[at + 1] ?? 0
        scores[label] = (scores[label] ?? 0) + weight * scale
        if (weight > 0) because[label]?.push([feature, weight])
      }
    const top = Math.max(...scores)
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0)) + top
    return weights.classes.map((label, at) => ({
      label,
      logProbability: (scores[at] ?? 0) - total,
      because: (because[at] ?? [])
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, 3)
        .map(([feature]) => feature),
    }))
  }
  return { rows, classify }
}
