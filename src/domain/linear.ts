/** A linear classifier over features that are there or not: reads the weights that `scripts/weights.ts` writes. */

/** How likely each class is by what was seen. */
export interface Beliefs {
  classes: readonly string[]
  /** Natural logarithms of the probabilities, in the order of the classes. */
  logs: readonly number[]
  /** Natural logarithm of the probability of a class; undefined where there is no such class. */
  logOf(label: string): number | undefined
  /** The features that speak for a class most. */
  because(label: string): string[]
}

/** As the file of weights has them: per feature, `class:weight` with commas between, the class by its number, the weight in hundredths. */
export interface Weights {
  classes: readonly string[]
  bias: readonly number[]
  features: Readonly<Record<string, string>>
}

const UNIT = 100
const LONE_FEATURE = 0.5

export interface Linear {
  /** Whether a feature says anything. */
  knows(feature: string): boolean
  /** The features that speak for some class other than this. */
  featuresBeside(label: string): string[]
  /** Nothing known: all classes alike. */
  classify(features: Iterable<string>): Beliefs
}

/** How many features a belief is explained by. */
const MOST_REASONS = 3

/** The weights as columns: lists for so many features would take several times as much. */
interface Columns {
  /** A feature's number; its weights are those from `starts[number]` up to the next start. */
  numbers: ReadonlyMap<string, number>
  starts: Uint32Array
  labels: Uint8Array
  weights: Int16Array
}

function readColumns(features: Weights['features']): Columns {
  const entries = Object.entries(features)
  const rows = entries.map(([, row]) => row.split(','))
  const size = rows.reduce((sum, { length }) => sum + length, 0)
  const columns: Columns = {
    numbers: new Map(entries.map(([feature], number) => [feature, number])),
    starts: new Uint32Array(rows.length + 1),
    labels: new Uint8Array(size),
    weights: new Int16Array(size),
  }
  let at = 0
  for (const [number, row] of rows.entries()) {
    for (const pair of row) {
      const [label, weight] = pair.split(':')
      columns.labels[at] = Number(label)
      columns.weights[at] = Number(weight)
      at++
    }
    columns.starts[number + 1] = at
  }
  return columns
}

export function createLinear({ classes, bias, features: written }: Weights): Linear {
  const { numbers, starts, labels, weights } = readColumns(written)
  const places = new Map(classes.map((label, at) => [label, at]))
  const unmoved = bias.map((one) => one / UNIT)

  /** The features that speak for a class, by its number, the strongest first. */
  const reasonsFor = (label: number, known: readonly string[]): string[] => {
    const speaking: [feature: string, weight: number][] = []
    for (const feature of known) {
      const number = numbers.get(feature) ?? -1
      for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++)
        if (labels[at] === label && (weights[at] ?? 0) > 0) speaking.push([feature, weights[at] ?? 0])
    }
    const strongest = speaking.toSorted(([, a], [, b]) => b - a).slice(0, MOST_REASONS)
    return strongest.map(([feature]) => feature)
  }

  const classify = (features: Iterable<string>): Beliefs => {
    const known: string[] = []
    const found: number[] = []
    for (const feature of features) {
      const number = numbers.get(feature)
      if (number === undefined) continue
      known.push(feature)
      found.push(number)
    }
    // One known word alone is no certainty: it counts as if another, silent one stood beside it.
    const scale = 1 / (UNIT * Math.sqrt(known.length + LONE_FEATURE))
    const scores = unmoved.slice()
    for (const number of found)
      for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++) {
        const label = labels[at] ?? 0
        scores[label] = (scores[label] ?? 0) + (weights[at] ?? 0) * scale
      }
    const top = Math.max(...scores)
    const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0)) + top
    const logs = scores.map((score) => score - total)
    return {
      classes,
      logs,
      logOf: (label) => logs[places.get(label) ?? -1],
      because: (label) => reasonsFor(places.get(label) ?? -1, known),
    }
  }

  const featuresBeside = (label: string): string[] => {
    const other = classes.indexOf(label)
    return [...numbers].flatMap(([feature, number]) => {
      for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++)
        if (labels[at] !== other && (weights[at] ?? 0) > 0) return feature
      return []
    })
  }
  return { knows: (feature) => numbers.has(feature), featuresBeside, classify }
}
