/** Brings a release of the seed into a store: once, as one change, leaving alone what the organisation decided. */
import { isDeepStrictEqual } from 'node:util'
import type { Dataset, Records } from '../src/domain/model.js'
import { type Edit, LostRace, RECORD_KINDS, type RecordKind, type Store, TooLarge } from '../src/domain/store.js'
import { readSeed, seedRelease } from './read.js'

const ofOrganisation = (record: Records[RecordKind] | undefined): boolean =>
  record !== undefined && 'origin' in record && record.origin === 'organisation'

/** What has to change for the shipped records to be those of this release. */
export function seedEdits(current: Dataset, shipped: { [K in RecordKind]: readonly Records[K][] }): Edit[] {
  return RECORD_KINDS.flatMap((kind) => {
    const stored = new Map<string, Records[RecordKind]>(current[kind].map((record) => [record.id, record]))
    const next = new Map<string, Records[RecordKind]>(shipped[kind].map((record) => [record.id, record]))
    const puts = [...next].filter(([id, record]) => {
      const now = stored.get(id)
      return !ofOrganisation(now) && !isDeepStrictEqual(now, record)
    })
    const gone = [...stored].filter(([id, record]) => !next.has(id) && !ofOrganisation(record))
    return [
      ...puts.map(([id, record]) => ({ kind, id, record }) as Edit),
      ...gone.map(([id]) => ({ kind, id, record: null }) as Edit),
    ]
  })
}

/**
 * Seeds the store unless it holds this release already. Returns whether it was this call that completed it: of several
 * nodes that start at once, one writes and the others find it written.
 */
export async function seed(store: Store, now: () => Date): Promise<boolean> {
  const release = seedRelease()
  let size = Number.POSITIVE_INFINITY
  for (;;) {
    if ((await store.release()) === release) return false
    const current = await store.load()
    const edits = seedEdits(current, readSeed())
    const rest = edits.length > size
    try {
      await store.commit({
        base: current.revision,
        at: now().toISOString(),
        actor: 'seed',
        reason: `Seed release ${release}${rest ? `, ${edits.length} records to go` : ''}`,
        origin: 'seed',
        // A part does not name the release: whoever starts next goes on.
        release: rest ? null : release,
        edits: edits.slice(0, size),
      })
      if (!rest) return true
    } catch (error) {
      // Aurora DSQL takes 3,000 rows in a transaction, entries of indices included.
      if (error instanceof TooLarge && edits.length > 1) size = Math.ceil(Math.min(size, edits.length) / 2)
      else if (!(error instanceof LostRace)) throw error
    }
  }
}
