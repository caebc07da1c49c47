/** Brings a release of the seed into a store: once, as one change, leaving alone what the organisation decided. */
import { isDeepStrictEqual } from 'node:util'
import type { Dataset, Records } from '../src/domain/model.js'
import { type Edit, RECORD_KINDS, type RecordKind, type Store } from '../src/domain/store.js'
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

/** Seeds the store unless it holds this release already. Returns whether anything was written. */
export async function seed(store: Store, now: () => Date): Promise<boolean> {
  const release = seedRelease()
  if ((await store.release()) === release) return false
  const current = await store.load()
  await store.commit({
    base: current.revision,
    at: now().toISOString(),
    actor: 'seed',
    reason: `Seed release ${release}`,
    origin: 'seed',
    release,
    edits: seedEdits(current, readSeed()),
  })
  return true
}
