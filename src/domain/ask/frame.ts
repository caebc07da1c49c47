/** What every answer has: the frame that is filled, what goes with it, and what was understood. */
import type { Verdict } from '../verdict.js'
import type { AskAnswer } from './answer.js'
import { findMisconception, relatedTo } from './articles.js'
import type { Reading } from './reading.js'

export function relatedAndUnderstood(
  reading: Reading,
  verdicts: readonly Verdict[],
  evidence: readonly string[],
): Pick<AskAnswer, 'related' | 'understood'> {
  const services = [...new Set(reading.subjects.list.map(({ service }) => service.id))]
  const layers = [...new Set(verdicts.map(({ layer }) => layer.id))].slice(0, 21)
  const claimed = reading.wants.claim ? findMisconception(reading.catalog, reading.words, layers) : null
  return {
    related: relatedTo(reading.catalog, { services, layers, first: claimed ? `misconception/${claimed.id}` : null }),
    understood: {
      services: services.slice(0, 20),
      variants: reading.subjects.list.flatMap(({ variant }) => variant?.id ?? []).slice(0, 20),
      layers,
      because: evidence.slice(0, 30).map((text) => text.slice(0, 200)),
    },
  }
}

export const emptyAnswer = ({ catalog }: Pick<Reading, 'catalog'>): AskAnswer => ({
  reply: '',
  intent: 'who-owns',
  confidence: 0,
  verdict: null,
  verdicts: [],
  clarify: null,
  related: [],
  understood: { services: [], variants: [], layers: [], because: [] },
  revision: catalog.revision,
})

/** A confidence as it is told: two digits, from 0 to 1. */
export const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
