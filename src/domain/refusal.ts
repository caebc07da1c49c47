/** All that the domain can say no to. */

/**
 * Why something was refused. `alias`: a known name stands where an id is meant; `unknown`: no such thing;
 * `ambiguous`: several things are meant; `invalid`: the input breaks a rule that its shape does not show;
 * `unauthorized`: who asks has not proved who they are; `forbidden`: they have, and may not; `unavailable`: what the
 * answer needs does not answer itself.
 */
export type RefusalKind = 'alias' | 'unknown' | 'ambiguous' | 'invalid' | 'unauthorized' | 'forbidden' | 'unavailable'

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
