/** The port that the store implements: what the rest of the house may ask of a database. */
import type { Dataset, Origin, Records } from './model.js'

export const RECORD_KINDS = [
  'layers',
  'models',
  'services',
  'rules',
  'articles',
  'signals',
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

export interface Store {
  /** The number of the last committed change; 0 before the first. */
  revision(): Promise<number>
  /** Everything as it stands now. */
  load(): Promise<Dataset>
  /** The release of the seed that was last brought in, or null. */
  release(): Promise<string | null>
  /** Commits and returns the new revision. Throws {@link LostRace} when `base` is no longer the last revision. */
  commit(change: Change): Promise<number>
  close(): Promise<void>
}
