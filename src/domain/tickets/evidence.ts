/** What is understood of a ticket: the result, and the steps that led to it. */
import type { Layer, Service, Side, Variant } from '../model.js'
import type { Verdict } from '../verdict.js'
import type { Actor } from './reference.js'

/** One step of the reasoning, with the very words that it rests on. */
export interface Step {
  step: 'service' | 'layer' | 'variant' | 'signal' | 'side' | 'flip' | 'cue' | 'belonging' | 'unsure'
  found: string
  because: string
  evidence: { field: string; text: string }
}

/** Another reading of the ticket. */
export interface Alternative {
  service: Service | null
  layer: Layer | null
  side: Side | null
  because: string
}

export interface Evidence {
  matter: 'aws' | 'not-aws' | 'unclear'
  service: Service | null
  variant: Variant | null
  layer: Layer | null
  /** Whose move it is by the layer; null where nothing tells. */
  side: Side | null
  acts: Actor | null
  openCase: boolean | null
  verdict: Verdict | null
  /** 0 to 1. */
  confidence: number
  steps: readonly Step[]
  alternatives: readonly Alternative[]
}

/** As much of a text as a step quotes. */
export const MOST_QUOTED = 300

export const step = (kind: Step['step'], found: string, because: string, evidence: Step['evidence'] | null): Step => ({
  step: kind,
  found: found.slice(0, MOST_QUOTED),
  because,
  evidence: evidence
    ? { field: evidence.field, text: evidence.text.slice(0, MOST_QUOTED) }
    : { field: 'title', text: '' },
})

/** What is understood where no side can be told. */
export const nothing = (matter: Evidence['matter'], steps: readonly Step[], confidence: number): Evidence => ({
  matter,
  service: null,
  variant: null,
  layer: null,
  side: null,
  acts: null,
  openCase: null,
  verdict: null,
  confidence,
  steps,
  alternatives: [],
})

/** Services that could be meant as well, as other readings of the ticket. */
export const otherServices = (
  candidates: readonly { service: Service; because: string }[],
  most: number,
): Alternative[] =>
  candidates.slice(0, most).map(({ service, because }) => ({ service, layer: null, side: null, because }))
