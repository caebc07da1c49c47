/** All that the domain can say no to. */
import type { Fault } from './integrity.js'

/**
 * Why something was refused. `alias`: a known name stands where an id is meant; `unknown`: no such thing;
 * `ambiguous`: several things are meant; `invalid`: the input breaks a rule that its shape does not show;
 * `unauthorized`: who asks has not proved who they are; `forbidden`: they have, and may not; `unavailable`: what the
 * answer needs does not answer itself.
 * Of writes: `conflict`: it would contradict what else is stored; `unconditional`: it does not say which version it
 * replaces; `stale`: that version is not the present one, or what it creates is there; `lost-race`: another write came
 * first; `key-reused`: the key belongs to another request; `in-progress`: the same request is being answered.
 */
export type RefusalKind =
  | 'alias'
  | 'unknown'
  | 'ambiguous'
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'unavailable'
  | 'conflict'
  | 'unconditional'
  | 'stale'
  | 'lost-race'
  | 'key-reused'
  | 'in-progress'

export interface Suggestion {
  id: string
  name: string
}

interface RefusalDetails {
  /** The field of the input that is at fault (`service`), where one is. */
  field?: string
  suggestions?: readonly Suggestion[]
  /** For `ambiguous`: what could be meant. */
  candidates?: readonly Suggestion[]
  /** For `alias`: the id that is meant. */
  id?: string
  /** For `conflict`: what would not hold, at which record and in which of its fields. */
  faults?: readonly Fault[]
}

/** A "no" with its reason in the caller's words: what was sent, what is wrong with it, and what to do next. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly details: RefusalDetails

  constructor(kind: RefusalKind, message: string, details: RefusalDetails = {}) {
    super(message)
    this.name = 'Refusal'
    this.kind = kind
    this.details = details
  }
}
