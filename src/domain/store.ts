/** The port that the store implements: what the rest of the house may ask of a database. */
import type { KeyStore } from './access.js'
import type { Dataset, Origin, Records } from './model.js'
import type { DecisionStore } from './tickets/log.js'

/** The kinds that the seed ships. */
export const SEED_KINDS = [
  'layers',
  'models',
  'services',
  'rules',
  'articles',
  'signals',
] as const satisfies (keyof Records)[]
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

/** A record that a change touched. */
export interface Touch {
  /** Of the change. */
  revision: number
  kind: RecordKind
  id: string
}

/** One edit as it happened: what stood before it and what after; null where nothing did. */
export interface LoggedEdit extends Touch {
  before: Records[RecordKind] | null
  after: Records[RecordKind] | null
}

/** A committed change, without the records themselves. */
export interface LoggedChange extends Omit<Change, 'base' | 'edits'> {
  revision: number
  /** What it touched: by kind in the order of `RECORD_KINDS`, then by id. */
  touched: readonly Touch[]
}

/** Which changes are asked for: all that hold. */
export interface ChangeFilter {
  /** Only changes after this revision. */
  after: number
  /** Only changes up to this revision. */
  upTo: number
  /** Only changes by exactly this actor. */
  actor?: string | undefined
  /** Only changes that touched a record with this in its id: `rds`, `rds/rds-custom`, `service/rds/data`. */
  subject?: string | undefined
}

/** The change log, read off the versions of the records. */
export interface ChangeLog {
  /** The revision that stood at an instant (RFC 3339, UTC, milliseconds); 0 before the first change. */
  revisionAt(instant: string): Promise<number>
  /** The revisions of the changes that are asked for, newest first. */
  find(filter: ChangeFilter): Promise<number[]>
  /** These changes, newest first; revisions that there are not are left out. */
  read(revisions: readonly number[]): Promise<LoggedChange[]>
  /** What stood before and after, in the order in which it is asked for. */
  edits(of: readonly Touch[]): Promise<LoggedEdit[]>
}

/** The store cannot do this now (no connection, a full disk, a read-only file); what was asked is not at fault. */
export class Unavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'Unavailable'
  }
}

/** A change has more rows than the database takes in one transaction; nothing of it was kept. */
export class TooLarge extends Error {
  constructor(rows: number, options?: ErrorOptions) {
    super(`The database does not take ${rows} records in one change. Send it in smaller parts.`, options)
    this.name = 'TooLarge'
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

/** Every method but `watch` and `close` may throw {@link Unavailable}. */
export interface Store {
  readonly keys: KeyStore
  readonly log: ChangeLog
  readonly decisions: DecisionStore
  /** The number of the last committed change; 0 before the first. */
  revision(): Promise<number>
  /** Everything as it stands now, or as it stood at a revision that there is. */
  load(at?: number): Promise<Dataset>
  /** The release of the seed that was last brought in, or null. */
  release(): Promise<string | null>
  /**
   * Commits and returns the new revision. Throws {@link LostRace} when `base` is no longer the last revision, and
   * {@link TooLarge} where the database bounds its transactions. A change that ended in {@link Unavailable} may have
   * been kept: read again before it is repeated. The answer of a claimed request is kept in the same transaction: both
   * are there, or neither.
   */
  commit(change: Change, answered?: { claim: Claim; reply: Reply }): Promise<number>
  readonly replies: Replies
  /**
   * Calls `moved` when somebody has committed, as far as the database can tell; returns how to stop that. A database
   * that cannot tell never calls, and a call can be lost with a connection: ask for `revision` from time to time.
   */
  watch(moved: () => void): () => void
  close(): Promise<void>
}
