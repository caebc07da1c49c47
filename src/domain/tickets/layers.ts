/** Which layer a ticket is about, and whose layer the words mean: a ranking whose weights are trained. */
import { sheetsOf } from '../ask/sheets.js'
import type { Catalog } from '../catalog.js'
import type { Layer, Service, Side, Variant } from '../model.js'
import { believe, RANKING, type Signs, scoreOf } from '../rank.js'
import { sideOf, type Verdict } from '../verdict.js'
import { rowOf } from './cells.js'
import type { Weighed } from './cues.js'
import type { LayerGuess } from './matter.js'
import type { TicketWords } from './weigh.js'

const A_GOOD_CUE = 3
const LEAST_LOG_PROBABILITY = -8

const names = new WeakMap<Catalog, readonly string[]>()

/** The sign that each layer has for being itself, in the order of the catalog. */
function namesOf(catalog: Catalog): readonly string[] {
  const known = names.get(catalog) ?? catalog.layers.map(({ id }) => `of ${id}`)
  names.set(catalog, known)
  return known
}

/** What the layers of a ticket are weighed by, beside its words. */
interface AskedLayers {
  service: Service | null
  variant: Variant | null
  guesses: readonly LayerGuess[]
  cues: readonly Weighed[]
}

/** A sign of all layers, in the order of the catalog. */
type Column = readonly number[]

/** What the words say for the layers, whoever moves on them: by sign. */
function signsOfWords(
  catalog: Catalog,
  words: TicketWords,
  { service, guesses, cues }: AskedLayers,
): Readonly<Record<string, Column>> {
  const { layers } = catalog
  const none = layers.map(() => 0)
  const [score, top, cued] = [none.slice(), none.slice(), none.slice()]
  for (const [rank, guess] of guesses.entries()) {
    const at = layers.indexOf(guess.layer)
    score[at] = Math.log(1 + guess.score)
    top[at] = Number(rank === 0)
  }
  for (const { cue, weight } of cues) {
    const at = layers.findIndex(({ id }) => id === cue.layer)
    if (at >= 0) cued[at] = Math.max(cued[at] ?? 0, weight / A_GOOD_CUE)
  }
  const fit = service ? sheetsOf(catalog).fitLayers(words.features, service) : null
  return {
    score,
    top,
    cued,
    classifier: layers.map(({ id }) =>
      Math.max(words.classified.logOf(id) ?? LEAST_LOG_PROBABILITY, LEAST_LOG_PROBABILITY),
    ),
    words: fit?.words ?? none,
    shares: fit?.shares ?? none,
  }
}

/** Whether the cell of a layer lets a side move. */
const signsOfSide = (verdict: Verdict, side: Side): Signs => ({
  leads: Number(sideOf(verdict) === side),
  barred: Number(verdict.owner !== 'shared' && verdict.owner !== side),
})

/** Each layer with all signs for it, in the order of the catalog; of its cell only where the side is known: what the training sees. */
export function signsOfTicketLayers(
  catalog: Catalog,
  words: TicketWords,
  { side, ...asked }: AskedLayers & { side: Side | null },
): Signs[] {
  const row = rowOf(catalog, asked.service, asked.variant)
  const said = Object.entries(signsOfWords(catalog, words, asked))
  return row.map(({ verdict }, at) => ({
    ...Object.fromEntries(said.map(([sign, column]) => [sign, column[at] ?? 0])),
    ...(side && signsOfSide(verdict, side)),
    [namesOf(catalog)[at] ?? '']: 1,
  }))
}

/** The layers of one ticket, weighed. */
export interface TicketLayers {
  /** Log-odds that the layer that the words mean is AWS's to move on first. */
  towardsAws: number
  /** The likeliest layer on which a side moves. */
  likeliestFor(side: Side): Layer | undefined
}

export function weighTicketLayers(catalog: Catalog, words: TicketWords, asked: AskedLayers): TicketLayers {
  const row = rowOf(catalog, asked.service, asked.variant)
  const weights = RANKING.ticketLayer
  const scores = namesOf(catalog).map((name) => weights[name] ?? 0)
  const said = signsOfWords(catalog, words, asked)
  for (const sign in said) {
    const weight = weights[sign] ?? 0
    const column = said[sign] ?? []
    for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] ?? 0) + weight * (column[at] ?? 0)
  }
  const beliefs = believe(scores)
  const aws = row.reduce((sum, { verdict }, at) => (sideOf(verdict) === 'aws' ? sum + (beliefs[at] ?? 0) : sum), 0)
  return {
    towardsAws: Math.log((aws + 0.02) / (1 - aws + 0.02)),
    likeliestFor(side) {
      const sided = row.map(({ verdict }, at) => (scores[at] ?? 0) + scoreOf('ticketLayer', signsOfSide(verdict, side)))
      return catalog.layers[sided.indexOf(Math.max(...sided))]
    },
  }
}
