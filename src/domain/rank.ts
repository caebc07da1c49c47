/** Beliefs over candidates by a linear score of named signs; the weights are trained and stand in `lexicon/ranking.json`. */
import weights from './lexicon/ranking.json' with { type: 'json' }

/** Signs of one candidate by name; what is absent counts nothing. */
export type Signs = Readonly<Record<string, number>>

/** Of questions: which service, whether several, which variant, which layer, whether it is about the matter. Of tickets: service, outcome, layer. */
export type RankingName =
  | 'service'
  | 'together'
  | 'variant'
  | 'layer'
  | 'topic'
  | 'ticketService'
  | 'ticket'
  | 'ticketLayer'

/** The weights of each ranking by sign; only the training writes them. */
export const RANKING: Record<RankingName, Readonly<Record<string, number>>> = { ...weights }

/** The sum of the signs, each by its weight. */
export function weighed(signs: Signs, weights: Signs): number {
  let score = 0
  for (const sign in signs) {
    const value = signs[sign]
    // Most signs are absent.
    if (value) score += value * (weights[sign] ?? 0)
  }
  return score
}

/** Natural logarithm of the odds that the weights give to the signs. */
export const scoreOf = (name: RankingName, signs: Signs): number => weighed(signs, RANKING[name])

/** Scores as probabilities that sum to 1. */
export function believe(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - top))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}
