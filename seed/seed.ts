/** Brings a release of the seed into a store: once, as one change, leaving alone what the organisation decided. */
import { isDeepStrictEqual } from 'node:util'
import type { Dataset, Records, Rule, Service } from '../src/domain/model.js'
import { type Edit, LostRace, type SEED_KINDS, type Store, TooLarge } from '../src/domain/store.js'
import { readSeed, seedRelease } from './read.js'

type Shipped = { [K in (typeof SEED_KINDS)[number]]: readonly Records[K][] }

/**
 * What has to change for the shipped records to be those of this release. Where the organisation replaced or removed
 * one, its decision stays, and the new record goes beneath it.
 */
export function seedEdits(current: Dataset, shipped: Shipped): Edit[] {
  const matrix = (['layers', 'models', 'articles', 'signals'] as const).flatMap((kind) =>
    moved(kind, current[kind], shipped[kind]),
  )
  const services = overlaid('services', current, shipped.services, () => true)
  const offers = subjectsAfter(current.services, services)
  // A rule on what the organisation removed waits beneath: it comes back together with its service or variant.
  const rules = overlaid('rules', current, shipped.rules, ({ scope, subject }) =>
    scope === 'service' || scope === 'variant' ? offers.has(subject) : true,
  )
  return [...matrix, ...services, ...rules]
}

/** Kinds that the seed alone writes. */
function moved(
  kind: 'layers' | 'models' | 'articles' | 'signals',
  stored: readonly { id: string }[],
  next: readonly { id: string }[],
): Edit[] {
  const before = new Map(stored.map((record) => [record.id, record]))
  const after = new Set(next.map(({ id }) => id))
  return [
    ...next
      .filter((record) => !isDeepStrictEqual(before.get(record.id), record))
      .map((record) => ({ kind, id: record.id, record }) as Edit),
    ...stored.filter(({ id }) => !after.has(id)).map(({ id }) => ({ kind, id, record: null })),
  ]
}

/** Kinds that the organisation writes over. */
function overlaid<K extends 'services' | 'rules'>(
  kind: K,
  current: Dataset,
  next: readonly Records[K][],
  fits: (record: Records[K]) => boolean,
): Edit[] {
  const stored = new Map<string, Service | Rule>(current[kind].map((record) => [record.id, record]))
  const beneath = new Map(current.shipped.filter((one) => one.kind === kind).map(({ id, document }) => [id, document]))
  const edits: Edit[] = []
  for (const document of next) {
    const now = stored.get(document.id)
    const id = `${kind}/${document.id}`
    if (beneath.has(id) || now?.origin === 'organisation' || !fits(document)) {
      if (!isDeepStrictEqual(beneath.get(id), document))
        edits.push({ kind: 'shipped', id, record: { id, kind, document } })
    } else if (!isDeepStrictEqual(now, document)) edits.push({ kind, id: document.id, record: document } as Edit)
  }
  const ids = new Set(next.map(({ id }) => id))
  for (const { id, origin } of stored.values())
    if (origin === 'seed' && !ids.has(id)) edits.push({ kind, id, record: null })
  for (const id of beneath.keys())
    if (!ids.has(id.slice(kind.length + 1))) edits.push({ kind: 'shipped', id, record: null })
  return edits
}

/** The services and variants that there are once these edits are made: what a rule can speak of. */
function subjectsAfter(stored: readonly Service[], edits: readonly Edit[]): Set<string> {
  const services = new Map(stored.map((service) => [service.id, service]))
  for (const { kind, id, record } of edits) {
    if (kind !== 'services') continue
    if (record) services.set(id, record)
    else services.delete(id)
  }
  return new Set(
    [...services.values()].flatMap(({ id, variants }) => [id, ...variants.map((variant) => `${id}/${variant.id}`)]),
  )
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
