/** Whether a ticket is about AWS at all. */
import { type ReadingOf, type Readings, wordsOf } from './read.js'
import type { Candidate } from './subject.js'

export interface Belonging {
  /** `unclear`: nothing says AWS and nothing says otherwise, but something of a computer system is meant. */
  matter: 'aws' | 'not-aws' | 'unclear'
  because: string
  evidence: { field: string; text: string } | null
  /** How much speaks of AWS, and of something else; from 0. */
  aws: number
  foreign: number
}

/** The services that words only look like. */
export const lookalikesIn = (readings: Readings): ReadonlySet<string> =>
  new Set(
    readings.foreign.flatMap(({ meaning }) => (meaning.foreign.insteadOf === null ? [] : [meaning.foreign.insteadOf])),
  )

const WHAT: Readonly<Record<ReadingOf<'foreign'>['meaning']['foreign']['what'], string>> = {
  'other-cloud': 'another cloud or hosting company',
  'other-place': 'said not to run on AWS',
  'on-premises': "on the customer's own premises",
  office: 'a device or program of the office',
  facility: 'a matter of the building',
  business: 'a matter of the business, not of a system',
  saas: 'a product of another company',
  private: 'a private matter or another business of Amazon',
  lookalike: 'only looks like the name of an AWS service',
}

/** Cues that people give of anything, not only of running systems. */
const EVERYDAY = new Set(['request', 'learned', 'missing-setting', 'sudden', 'own-change', 'costs', 'own-client'])

/** Cues of systems that an organisation on AWS runs there, until something says otherwise. */
const TECHNICAL = new Set([
  'own-code',
  'guest-os',
  'own-network',
  'access-denied',
  'request-invalid',
  'throttled',
  'quota',
  'image-pull',
])

/** What it takes for AWS to be meant: one name of a service, or several hints. */
const ENOUGH = 2.2

/** Judges by what is named: AWS and its services on one side, everything else on the other. */
export function judgeBelonging(readings: Readings, candidates: readonly Candidate[]): Belonging {
  const aws = evidenceOfAws(readings, candidates)
  const strongest = strongestForeign(readings)
  const { matter, because, evidence } = judge(readings, candidates, aws, strongest)
  return { matter, because, evidence, aws, foreign: strongest?.score ?? 0 }
}

function judge(
  readings: Readings,
  candidates: readonly Candidate[],
  aws: number,
  foreign: ReturnType<typeof strongestForeign>,
): Omit<Belonging, 'aws' | 'foreign'> {
  const best = candidates.find(({ named }) => named) ?? candidates[0]
  const inTitle = readings.foreign.some(({ field }) => field.name === 'title')
  if (foreign && foreign.score > 0) {
    const elsewhere = foreign.reading.meaning.foreign.what
    const denied = elsewhere === 'other-place' || (elsewhere === 'lookalike' && foreign.score >= 5)
    const needed = denied ? foreign.score : inTitle ? foreign.score * 0.7 : foreign.score * 0.45
    if (aws < ENOUGH || aws < needed)
      return {
        matter: 'not-aws',
        because: WHAT[elsewhere],
        evidence: { field: foreign.reading.field.name, text: wordsOf(foreign.reading) },
      }
  }
  if (aws >= ENOUGH) return { matter: 'aws', because: 'AWS is named', evidence: best?.evidence ?? null }
  const weak = candidates.reduce((sum, { score }) => sum + score, 0)
  if (weak >= 0.7 && readings.cues.length > 0)
    return { matter: 'aws', because: 'words of running systems', evidence: best?.evidence ?? null }
  const technical = readings.cues.filter(({ meaning }) => TECHNICAL.has(meaning.cue.id))
  const [first] = technical
  if (first && technical.reduce((sum, { meaning, field }) => sum + meaning.cue.weight * field.weight, 0) >= 5)
    return {
      matter: 'aws',
      because: 'an error of a running system',
      evidence: { field: first.field.name, text: wordsOf(first) },
    }
  const [vague] = readings.vague
  if (vague || weak > 0 || aws > 0 || readings.cues.some(({ meaning }) => !EVERYDAY.has(meaning.cue.id)))
    return {
      matter: 'unclear',
      because: 'no service is named',
      evidence: vague ? { field: vague.field.name, text: wordsOf(vague) } : null,
    }
  return { matter: 'not-aws', because: 'nothing of AWS and nothing of a computer system is named', evidence: null }
}

function evidenceOfAws(readings: Readings, candidates: readonly Candidate[]): number {
  const named = candidates.filter((candidate) => candidate.named).map(({ score }) => score)
  const words = readings.aws.reduce((sum, { field }) => sum + 2.4 * field.weight, 0)
  return Math.min(words, 5) + Math.min(Math.max(0, ...named) + 0.3 * (named.length - 1 > 0 ? named.length - 1 : 0), 12)
}

function strongestForeign(readings: Readings): { reading: ReadingOf<'foreign'>; score: number } | undefined {
  let strongest: ReadingOf<'foreign'> | undefined
  let score = 0
  let most = 0
  const seen = new Set<string>()
  const named = new Set(readings.services.map(({ meaning }) => meaning.service.id))
  for (const reading of readings.foreign) {
    const words = wordsOf(reading).toLowerCase()
    if (seen.has(words)) continue
    seen.add(words)
    const { insteadOf, weight } = reading.meaning.foreign
    // Words around a look-alike name say little where the name itself does not stand.
    const worth = (insteadOf !== null && !named.has(insteadOf) ? 2 : weight) * reading.field.weight
    score += seen.size === 1 ? worth : worth * 0.5
    if (worth > most) {
      most = worth
      strongest = reading
    }
  }
  return strongest && { reading: strongest, score }
}
