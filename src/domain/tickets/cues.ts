/** What people's words say of the side, weighed: once each, less where denied, nothing where a rival says more. */
import type { Service } from '../model.js'
import { stemsOf } from './phrases.js'
import { type ReadingOf, type Readings, wordsOf } from './read.js'
import type { Cue } from './reference.js'

export interface Weighed {
  cue: Cue
  /** With the weight of the field that it stands in. */
  weight: number
  evidence: { field: string; text: string }
}

/** The cues that speak of this service, each once at its strongest; a second wording of one adds a little. */
export function weighCues(readings: Readings, service: Service | null): Weighed[] {
  const byId = new Map<string, { weighed: Weighed; words: Set<string> }>()
  for (const reading of readings.cues) {
    const { cue } = reading.meaning
    if (cue.services.length > 0 && (service === null || !cue.services.includes(service.id))) continue
    if (service !== null && cue.notServices.includes(service.id)) continue
    if (isDenied(reading) || countsThings(reading)) continue
    const weight = cue.weight * (reading.field.name === 'title' ? 1.2 : 1)
    const text = wordsOf(reading)
    const known = byId.get(cue.id)
    if (!known) {
      const evidence = { field: reading.field.name, text }
      byId.set(cue.id, { weighed: { cue, weight, evidence }, words: new Set([text]) })
    } else if (!known.words.has(text)) {
      const { weighed, words } = known
      words.add(text)
      if (text.length > weighed.evidence.text.length && reading.field.name === weighed.evidence.field)
        weighed.evidence = { field: reading.field.name, text }
      weighed.weight = Math.min(Math.max(weighed.weight, weight) + cue.weight * 0.25, cue.weight * 1.8)
    }
  }
  const cues = Array.from(byId.values(), ({ weighed }) => weighed)
  const failing = readings.fails.length > 0 || cues.some(({ cue }) => cue.side === 'aws' && !CIRCUMSTANCES.has(cue.id))
  for (const weighed of cues) if (!failing && CIRCUMSTANCES.has(weighed.cue.id)) weighed.weight *= 0.3
  return settleRivals(cues).sort((a, b) => b.weight - a.weight)
}

/** Cues that tell how something fails, and nothing where nothing does. */
const CIRCUMSTANCES = new Set(['region-wide', 'all-of-a-kind', 'nothing-changed', 'sudden', 'only-one-region'])

const DENIALS = new Set(stemsOf('no not without zero never kein keine keinen nicht ohne isn aren wasn doesn didn'))
/** Cues whose own words deny something: "nothing was changed", "no MFA". */
const isDenied = ({ field, from, to }: ReadingOf<'cue'>): boolean => {
  const first = field.tokens[from]
  if (!first || to - from >= 4) return false
  return [1, 2].some((back) => {
    const before = field.tokens[from - back]
    return (
      before !== undefined &&
      DENIALS.has(before.stem) &&
      // "no writes throttled" denies it; "no: failed" does not.
      !/[^\p{L}\p{N}\s'’-]/u.test(field.text.slice(before.end, first.start))
    )
  })
}

/** What a number counts where it is no status: "500 connections". */
const THINGS = new Set(
  stemsOf(
    'connections mb gb kb tb gib users items ms rows eur euro usd records requests per wcu rcu iops messages objects files instances seconds minutes days percent people hosts mails queries nodes tasks vcpu vcpus tps rps customers accounts times',
  ),
)
const countsThings = ({ meaning, field, to }: ReadingOf<'cue'>): boolean =>
  meaning.cue.id === 'bare-5xx' && THINGS.has(field.tokens[to]?.stem ?? '')

/** Cues that say nothing where another stands beside them. */
const OVERRULED: Readonly<Record<string, readonly string[]>> = {
  'instance-status-check': ['system-status-check'],
  'system-status-check': ['system-check-fine'],
  'own-change': ['nothing-changed'],
  'service-unavailable': ['unable-to-place-task'],
  'api-5xx': ['unable-to-place-task', 'access-denied'],
  'insufficient-capacity': ['quota'],
  'engage-aws': ['quota'],
  'bare-5xx': ['api-5xx', 'unable-to-place-task', 'access-denied', 'throttled'],
  design: ['platform-fails'],
  'guest-os': ['maintenance-window'],
  'maintenance-window': ['major-upgrade', 'stuck', 'managed-job-fails', 'aws-shipped', 'platform-fails', 'api-5xx'],
  request: ['maintenance-window', 'scheduled-event', 'retirement'],
  'all-of-a-kind': ['missing-setting', 'request', 'own-change', 'guest-os', 'access-denied', 'own-code'],
  'fix-not-published': [],
}

function settleRivals(cues: readonly Weighed[]): Weighed[] {
  const present = new Map(cues.map((one) => [one.cue.id, one]))
  return cues.filter(({ cue, weight }) => {
    const over = OVERRULED[cue.id]
    if (!over) return true
    return !over.some((id) => {
      const rival = present.get(id)
      return rival !== undefined && (cue.id === 'insufficient-capacity' ? rival.weight > weight : true)
    })
  })
}
