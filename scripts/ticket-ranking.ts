/**
 * Trains the rankings of `domain/tickets` (`lexicon/ranking.json`): which service is broken, where the ticket belongs, on
 * which layer. Each author's tickets are judged by a classifier that saw the others' only. Run after `ranking.ts`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinear, type Linear } from '../src/domain/linear.js'
import { RANKING } from '../src/domain/rank.js'
import { inboundOf } from '../src/domain/ticket.js'
import { lookalikesIn } from '../src/domain/tickets/foreign.js'
import { cluesOf } from '../src/domain/tickets/gather.js'
import { signsOfTicketLayers } from '../src/domain/tickets/layers.js'
import { SIDES } from '../src/domain/tickets/likeness.js'
import { readFields } from '../src/domain/tickets/read.js'
import { rankServices } from '../src/domain/tickets/subject.js'
import { fieldsOf } from '../src/domain/tickets/tokens.js'
import { readTicketWords, signsOfCandidates, signsOfOutcomes } from '../src/domain/tickets/weigh.js'
import { type Choice, trainRanking } from './rank.js'
import { createSeeded } from './seeded.js'
import {
  type LearnedTicket,
  labelOf,
  phraseExamples,
  readTickets,
  TICKET_TRAINING,
  ticketExamples,
} from './ticket-texts.js'
import { weightsOf } from './train.js'

const catalog = createSeeded()
const authors = readTickets()
const phrases = phraseExamples(catalog)

/** Only words tell of these: a resource or a field that names the service leaves nothing to learn. */
const isWordy = ({ ticket }: LearnedTicket): boolean => ticket.resource === undefined && ticket.service === undefined

function serviceChoice(one: LearnedTicket): Choice[] {
  const { outcome, service, serviceAlt } = one.expect
  if (outcome !== 'routed') return []
  const fields = fieldsOf(one.ticket)
  const readings = readFields(catalog, fields)
  const ranked = rankServices(catalog, fields, readings, lookalikesIn(readings))
  const candidates = signsOfCandidates(catalog, ranked, readTicketWords(fields))
  const wanted = [service, ...serviceAlt]
  const right = candidates.flatMap(({ candidate }, at) => (wanted.includes(candidate?.service.id ?? null) ? at : []))
  return right.length > 0 ? [{ candidates: candidates.map(({ signs }) => signs), right }] : []
}

function layerChoice(one: LearnedTicket): Choice[] {
  const { outcome, service, side, layer, layerAlt } = one.expect
  const own = service === null ? undefined : catalog.service(service)
  if (outcome !== 'routed' || layer === null || !own) return []
  const { read, clues } = cluesOf(catalog, inboundOf(one.ticket))
  const asked = { service: own, variant: null, guesses: clues.matter?.guesses ?? [], cues: clues.matter?.cues ?? [] }
  const wanted = [layer, ...layerAlt]
  const right = catalog.layers.flatMap(({ id }, at) => (wanted.includes(id) ? at : []))
  // Once as it is asked before the side is known, once as it is asked then.
  return [null, side].map((known) => ({
    candidates: signsOfTicketLayers(catalog, read.words, { ...asked, side: known }),
    right,
  }))
}

function outcomeChoice(one: LearnedTicket, linear: Linear): Choice {
  const { clues } = cluesOf(catalog, inboundOf(one.ticket), linear)
  const right = [SIDES.indexOf(labelOf(one)), ...(one.expect.triageOk ? [SIDES.indexOf('unclear')] : [])]
  return { candidates: signsOfOutcomes(clues), right }
}

function linearWithout(author: string): Linear {
  const others = [...authors].flatMap(([name, tickets]) => (name === author ? [] : tickets))
  return createLinear(weightsOf([...phrases, ...ticketExamples(catalog, others)], SIDES, TICKET_TRAINING))
}

// Each ranking rests on those before it, so each is in force before the next is trained.
const all = [...authors.values()].flat().filter(isWordy)
RANKING.ticketService = trainRanking(all.flatMap(serviceChoice))
RANKING.ticketLayer = trainRanking(all.flatMap(layerChoice))
RANKING.ticket = trainRanking(
  [...authors].flatMap(([author, tickets]) => {
    const linear = linearWithout(author)
    return tickets.filter(isWordy).map((one) => outcomeChoice(one, linear))
  }),
)
const file = join(import.meta.dirname, '../src/domain/lexicon/ranking.json')
writeFileSync(file, `${JSON.stringify(RANKING, null, 2)}\n`)
process.stdout.write(`ranking.json: ${all.length} tickets\n`)
