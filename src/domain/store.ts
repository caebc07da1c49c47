/** The port that the store implements: what the rest of the house may ask of a database. */
import type { Dataset, Origin, Records } from './model.js'

export const RECORD_KINDS = ['layers', 'models', 'services', 'rules', 'articles'] as const satisfies (keyof Records)[]
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

/** Every method but `watch` and `close` may throw {@link Unavailable}. */
export interface Store {
  /** The number of the last committed change; 0 before the first. */
  revision(): Promise<number>
  /** Everything as it stands now. */
  load(): Promise<Dataset>
  /** The release of the seed that was last brought in, or null. */
  release(): Promise<string | null>
  /**
   * Commits and returns the new revision. Throws {@link LostRace} when `base` is no longer the last revision, and
   * {@link TooLarge} where the database bounds its transactions. A change that ended in {@link Unavailable} may have
   * been kept: read again before it is repeated.
   */
  commit(change: Change): Promise<number>
  /**
   * Calls `moved` when somebody has committed, as far as the database can tell; returns how to stop that. A database
   * that cannot tell never calls, and a call can be lost with a connection: ask for `revision` from time to time.
   */
  watch(moved: () => void): () => void
  close(): Promise<void>
}
