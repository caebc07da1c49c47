/** Gathers all that a ticket shows, before anything is decided: fields, readings, candidates, and the clues of its words. */
import type { Catalog } from '../catalog.js'
import type { Linear } from '../linear.js'
import type { Service, Variant } from '../model.js'
import type { Inbound } from '../ticket.js'
import { type Step, step } from './evidence.js'
import { type Belonging, judgeBelonging, lookalikesIn } from './foreign.js'
import { type Given, givenBy, settledBy } from './given.js'
import { type TicketLayers, weighTicketLayers } from './layers.js'
import { type Likeness, likenessOf } from './likeness.js'
import type { Settled } from './look-up.js'
import { weighMatter } from './matter.js'
import { type Readings, readFields, wordsOf } from './read.js'
import { type Candidate, rankServices, resourceCandidate } from './subject.js'
import { type Field, fieldsOf } from './tokens.js'
import { type Clues, readTicketWords, type TicketWords, weighCandidates } from './weigh.js'

/** A ticket as far as it is read, before anything is decided. */
export interface Gathered {
  fields: readonly Field[]
  given: Given
  settled: Settled | undefined
  readings: Readings
  likeness: Likeness
  words: TicketWords
  belonging: Belonging
  /** The services that could be the broken one, the likeliest first. */
  candidates: readonly Candidate[]
  strong: boolean
}

export function gather(catalog: Catalog, inbound: Inbound, steps: Step[], linear?: Linear): Gathered {
  const fields = fieldsOf(inbound.ticket)
  const given = givenBy(catalog, inbound, steps)
  const settled = settledBy(catalog, inbound, steps, fields)
  const readings = readFields(catalog, fields)
  const ranked = rankServices(catalog, fields, readings, lookalikesIn(readings))
  const resource = resourceCandidate(catalog, inbound)
  const words = readTicketWords(fields)
  const candidates = given.service
    ? []
    : resource
      ? [resource, ...ranked.filter((one) => one.service !== resource.service)]
      : weighCandidates(catalog, ranked, words)
  return {
    fields,
    given,
    settled,
    readings,
    likeness: likenessOf(fields, readings, linear),
    words,
    belonging: judgeBelonging(readings, ranked),
    candidates,
    strong: given.service !== null || settled !== undefined || resource !== undefined,
  }
}

/** Whether what is named says already that it is not about AWS. */
export const isForeign = ({ strong, belonging }: Gathered): boolean => !strong && belonging.matter === 'not-aws'

/** What the words of a ticket tell of the service that they most likely mean. */
export interface Told {
  clues: Clues
  read: Gathered
  service: Service | null
  variant: Variant | null
  layers: TicketLayers
}

/** What is known of a ticket whose words decide; the training looks at the same. */
export function cluesOf(catalog: Catalog, inbound: Inbound, linear?: Linear): Told {
  return clueOf(catalog, gather(catalog, inbound, [], linear))
}

export function clueOf(catalog: Catalog, read: Gathered, steps: Step[] = []): Told {
  const { given, readings, fields, likeness, belonging, candidates, strong, words } = read
  const service = given.service ?? candidates[0]?.service ?? null
  const variant = given.variant ?? variantIn(readings, service, steps)
  const matter = weighMatter({ catalog, fields, readings, service, variant, layer: given.layer })
  const layers = weighTicketLayers(catalog, words, {
    service,
    variant,
    guesses: matter?.guesses ?? [],
    cues: matter?.cues ?? [],
  })
  const size = fields.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const clues = { likeness, matter, belonging, readings, candidates, layers: layers.towardsAws, size, strong }
  return { clues, read, service, variant, layers }
}

/** The way of running the service that the texts name. */
function variantIn(readings: Readings, service: Service | null, steps: Step[]): Variant | null {
  const reading = readings.variants.find(({ meaning }) => meaning.service === service)
  if (!reading) return null
  const { variant } = reading.meaning
  steps.push(step('variant', variant.id, 'named', { field: reading.field.name, text: wordsOf(reading) }))
  return variant
}
