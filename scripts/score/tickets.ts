/** Scores the router on the corpus of tickets and events: each class and each side apart. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Catalog } from '../../src/domain/catalog.js'
import { Refusal } from '../../src/domain/refusal.js'
import { type Inbound, Ticket } from '../../src/domain/ticket.js'
import { DEFAULT_THRESHOLD, type Decision } from '../../src/domain/tickets/decision.js'
import { route } from '../../src/domain/tickets/route.js'
import { NO_ORGANISATION } from '../../src/domain/tickets/rules.js'
import { HOOK_SOURCES, parseEvent } from '../../src/hooks/parse.js'
import { packageRoot } from '../../src/paths.js'

const SIDES = ['aws', 'customer', 'not-aws', 'needs-triage'] as const
type Place = (typeof SIDES)[number]

const Item = z.object({
  id: z.string(),
  class: z.string(),
  hook: z.enum(HOOK_SOURCES).nullable(),
  ticket: Ticket.nullable(),
  event: z.unknown(),
  expect: z.object({
    outcome: z.enum(['routed', 'needs-triage', 'not-aws']),
    service: z.string().nullable(),
    serviceAlt: z.array(z.string()).default([]),
    layer: z.string().nullable(),
    layerAlt: z.array(z.string()).default([]),
    side: z.enum(['aws', 'customer']).nullable(),
    nextActor: z.string().nullable().optional(),
    nextActorAlt: z.array(z.string()).optional(),
    openAwsCase: z.boolean().nullable(),
    destination: z.string().nullable(),
    destinationAlt: z.array(z.string()).optional(),
    triageOk: z.boolean().default(false),
  }),
})
type Item = z.output<typeof Item>

/**
 * `review`: terse tickets of the router's own authors; their layers are not labelled. `strangers`: written by somebody
 * else when the router stood; only scored, like `heldout`.
 */
export type Half = 'development' | 'heldout' | 'review' | 'strangers'

/** One right answer in so many. */
interface Share {
  right: number
  of: number
}

interface Score {
  /** By class and by side: where the tickets of each went. */
  went: Map<string, Map<Place, Map<Place, number>>>
  service: Share
  layer: Share
  destination: Share
  nextActor: Share
  openAwsCase: Share
  notAwsToSupport: number
  /** One line each, for whoever may read them. */
  failures: string[]
}

function readItems(half: Half): Item[] {
  const lines = readFileSync(join(packageRoot, 'test/corpus', `tickets-${half}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => Item.parse(JSON.parse(line)))
}

/** The ticket or event as it comes out of its reader. */
function inboundOf({ hook, ticket, event }: Item): Inbound {
  if (ticket) return { ticket, signals: [], resources: [], eventId: null, idle: null }
  if (!hook) throw new Error('An item of the corpus has neither a ticket nor a hook.')
  const headers: Record<string, string> = hook === 'github' ? { 'x-github-event': 'issues' } : {}
  const [first] = parseEvent(hook, event, headers)
  if (!first) throw new Error('A reader returned nothing.')
  return first
}

const expectedPlace = ({ expect }: Item): Place =>
  expect.outcome === 'routed' ? (expect.side ?? 'needs-triage') : expect.outcome

const actualPlace = ({ outcome, owner }: Decision): Place =>
  outcome === 'routed' ? (owner ?? 'needs-triage') : outcome

/** Scores one half of the corpus. */
export function scoreTickets(catalog: Catalog, half: Half, threshold = DEFAULT_THRESHOLD): Score {
  const score: Score = {
    went: new Map(),
    service: { right: 0, of: 0 },
    layer: { right: 0, of: 0 },
    destination: { right: 0, of: 0 },
    nextActor: { right: 0, of: 0 },
    openAwsCase: { right: 0, of: 0 },
    notAwsToSupport: 0,
    failures: [],
  }
  for (const item of readItems(half)) {
    try {
      const inbound = inboundOf(item)
      // What its reader calls foreign (another cloud's finding) is known not to be AWS.
      const decision = route(catalog, inbound, { organisation: NO_ORGANISATION, threshold })
      judge(score, item, decision, inbound)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      score.failures.push(`${item.id} ${item.class}: ${error.message}`)
      count(score, item, 'needs-triage')
    }
  }
  return score
}

function count({ went }: Score, item: Item, place: Place): void {
  for (const name of ['all', item.class]) {
    const sides = went.get(name) ?? new Map<Place, Map<Place, number>>()
    went.set(name, sides)
    const expected = expectedPlace(item)
    const places = sides.get(expected) ?? new Map<Place, number>()
    sides.set(expected, places)
    places.set(place, (places.get(place) ?? 0) + 1)
  }
}

function judge(score: Score, item: Item, decision: Decision, inbound: Inbound): void {
  const { expect } = item
  const expected = expectedPlace(item)
  const actual = inbound.idle === 'not-aws' ? 'not-aws' : actualPlace(decision)
  count(score, item, actual)
  const tally = (share: Share, right: boolean): void => {
    share.of++
    if (right) share.right++
  }
  if (expected === 'not-aws' && decision.destination.kind === 'aws-support') score.notAwsToSupport++
  const wrong: string[] = expected === actual ? [] : [`went to ${actual}, not ${expected}`]
  if (expect.outcome === 'routed') {
    const check = (share: Share, name: string, wanted: readonly (string | null)[], got: string | null): void => {
      tally(share, wanted.includes(got))
      if (!wanted.includes(got)) wrong.push(`${name} ${got}, not ${wanted.join(' or ')}`)
    }
    check(score.service, 'service', [expect.service, ...expect.serviceAlt], decision.service?.id ?? null)
    if (expect.layer) check(score.layer, 'layer', [expect.layer, ...expect.layerAlt], decision.layer?.id ?? null)
    if (expect.destination)
      check(
        score.destination,
        'destination',
        [expect.destination, ...(expect.destinationAlt ?? [])],
        decision.destination.kind,
      )
    if (expect.nextActor)
      check(score.nextActor, 'next actor', [expect.nextActor, ...(expect.nextActorAlt ?? [])], decision.nextActor)
    if (expect.openAwsCase !== null) tally(score.openAwsCase, expect.openAwsCase === decision.openAwsCase)
  }
  if (wrong.length === 0) return
  const cues = decision.explanation.map(
    ({ step, found, evidence }) => `      ${step} ${found} [${evidence.field}: ${evidence.text.slice(0, 60)}]`,
  )
  score.failures.push(
    [
      `${item.id} ${item.class} ${inbound.ticket.title}: ${wrong.join('; ')} (${decision.confidence}) idle ${inbound.idle}`,
      ...cues,
    ].join('\n'),
  )
}

const percent = ({ right, of }: Share): string =>
  of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} % (${right}/${of})`

/** The score as lines of text; totals only. */
export function printScore(score: Score): string[] {
  const lines = ['class         side          recall            triage  wrong side']
  for (const [name, sides] of score.went)
    for (const side of SIDES) {
      const places = sides.get(side)
      if (!places) continue
      const of = [...places.values()].reduce((sum, one) => sum + one, 0)
      const right = places.get(side) ?? 0
      const triage = side === 'needs-triage' ? 0 : (places.get('needs-triage') ?? 0)
      lines.push(
        `${name.padEnd(13)} ${side.padEnd(13)} ${percent({ right, of }).padEnd(17)} ${String(triage).padEnd(7)} ${of - right - triage}`,
      )
    }
  lines.push(
    `wrong side without triage: ${percent(wrongSide(score))}`,
    `not AWS, sent to AWS Support: ${score.notAwsToSupport}`,
    `service ${percent(score.service)}, layer ${percent(score.layer)}, destination ${percent(score.destination)}`,
    `next actor ${percent(score.nextActor)}, case ${percent(score.openAwsCase)}`,
  )
  return lines
}

/** Tickets of one side that went to the other, or of neither that went to one, of all that were scored. */
export function wrongSide({ went }: Score): Share {
  const share: Share = { right: 0, of: 0 }
  for (const [side, places] of went.get('all') ?? [])
    for (const [place, number] of places) {
      share.of += number
      if (side !== place && place !== 'needs-triage' && !(side === 'needs-triage')) share.right += number
    }
  return share
}

/** The share of a side's tickets that were told to be of that side. */
export function recallOf({ went }: Score, side: Place): Share {
  const places = went.get('all')?.get(side) ?? new Map<Place, number>()
  return { right: places.get(side) ?? 0, of: [...places.values()].reduce((sum, one) => sum + one, 0) }
}
