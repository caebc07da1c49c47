/** Trains a ranking: the weights of named signs by which the right candidate gets the highest score. */
import type { Signs } from '../src/domain/rank.js'
import { createShuffle } from './train.js'

export interface Choice {
  candidates: readonly Signs[]
  /** Places of the candidates that are right; any of them will do. */
  right: readonly number[]
  weight?: number
}

const EPOCHS = 60
const RATE = 0.1
const SHRINK = 2e-3

const dot = (signs: Signs, weights: ReadonlyMap<string, number>): number =>
  Object.entries(signs).reduce((sum, [sign, value]) => sum + value * (weights.get(sign) ?? 0), 0)

/** Conditional logit by AdaGrad; the order is seeded, so that the same choices give the same weights. */
export function trainRanking(choices: readonly Choice[]): Record<string, number> {
  const weights = new Map<string, number>()
  const squares = new Map<string, number>()
  const shuffle = createShuffle(1)
  for (let epoch = 0; epoch < EPOCHS; epoch++)
    for (const { candidates, right, weight = 1 } of shuffle(choices)) {
      const scores = candidates.map((signs) => dot(signs, weights))
      const top = Math.max(...scores)
      const powers = scores.map((score) => Math.exp(score - top))
      const total = powers.reduce((sum, power) => sum + power, 0)
      const wanted = right.reduce((sum, at) => sum + (powers[at] ?? 0), 0)
      const slopes = new Map<string, number>()
      for (const [at, signs] of candidates.entries()) {
        const power = powers[at] ?? 0
        const error = (power / total - (right.includes(at) ? power / wanted : 0)) * weight
        for (const [sign, value] of Object.entries(signs))
          if (value !== 0) slopes.set(sign, (slopes.get(sign) ?? 0) + error * value)
      }
      for (const [sign, slope] of slopes) {
        const old = weights.get(sign) ?? 0
        const step = slope + SHRINK * old
        const square = (squares.get(sign) ?? 1e-8) + step * step
        squares.set(sign, square)
        weights.set(sign, old - (RATE * step) / Math.sqrt(square))
      }
    }
  return Object.fromEntries(
    [...weights]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([sign, weight]) => [sign, Math.round(weight * 1000) / 1000]),
  )
}
