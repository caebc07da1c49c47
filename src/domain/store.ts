/** The port that the store implements: what the rest of the house may ask of a database. */
import type { Dataset, Origin, Records } from './model.js'

/** The kinds that the seed ships. */
export const SEED_KINDS = ['layers', 'models', 'services', 'rules', 'articles'] as const satisfies (keyof Records)[]
export const RECORD_KINDS = [
  ...SEED_KINDS,
  'shipped',
  'teams',
  'assignments',
  'routingRules',
] as const satisfies (keyof Records)[]
export type RecordKind = keyof Records

/** One record put in place of whatever its kind held under its id, or taken away. */
export type Edit = { [K in RecordKind]: { kind: K; id: string; record: Records[K] | null } }[RecordKind]

/** A write as a value: committed whole, as the revision after `base`, or not at all. */
export interface Change {
  /** The revision that this change was made against. */
  base: number
  /** RFC 3339, UTC. */
  at: string
  /** Who made it: `seed`, or the name of a key or subject. */
  actor: string
  reason: string
  origin: Origin
  /** The release of the seed that this change brought in; null for everything else. */
  release: string | null
  edits: readonly Edit[]
}

/** Another change took the revision that this one was made for; read again and decide anew. */
export class LostRace extends Error {
  constructor(base: number) {
    super(`Another change was committed after revision ${base}.`)
    this.name = 'LostRace'
  }
}

/** A request that must not be done twice: who sent it, under which key, and a hash over what it asks. */
export interface Claim {
  actor: string
  key: string
  fingerprint: string
}

/** The answer that a claimed request was given. */
export interface Reply {
  status: number
  etag: string | null
  body: string
}

/** How a claim ended: it is the caller's now, another request holds it, it asked for something else, or it was answered. */
export type ClaimOutcome = 'claimed' | 'pending' | 'differs' | Reply

/** Answers kept for 24 hours, so that a request that is sent again is answered again and not done again. */
export interface Replies {
  /** Takes the key at this time (RFC 3339) unless it is taken; a claim that was never settled lapses after a minute. */
  claim(claim: Claim, at: string): Promise<ClaimOutcome>
  /** Keeps the answer of a claimed request that committed nothing; {@link Store.commit} keeps the others'. */
  settle(claim: Claim, reply: Reply): Promise<void>
  /** Gives a claim back: its request was refused. */
  release(claim: Claim): Promise<void>
}

export interface Store {
  /** The number of the last committed change; 0 before the first. */
  revision(): Promise<number>
  /** Everything as it stands now. */
  load(): Promise<Dataset>
  /** The release of the seed that was last brought in, or null. */
  release(): Promise<string | null>
  /**
   * Commits and returns the new revision. Throws {@link LostRace} when `base` is no longer the last revision.
   * The answer of a claimed request is kept in the same transaction: both are there, or neither.
   */
  commit(change: Change, answered?: { claim: Claim; reply: Reply }): Promise<number>
  replies: Replies
  close(): Promise<void>
}
