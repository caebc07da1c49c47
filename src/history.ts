/** The catalog as it stood: at a revision or at a time, a few of them held for whoever asks next. */
import { type Catalog, createCatalog } from './domain/catalog.js'
import type { History } from './domain/history.js'
import { Refusal } from './domain/refusal.js'
import type { Store } from './domain/store.js'
import type { LiveCatalog } from './live-catalog.js'

/** A catalog takes a few megabytes. */
const MOST_HELD = 4
/** Loading one takes some 30 ms of the only thread: those who wait in line must be few. */
const MOST_WAITING = 16

export function createHistory(store: Store, live: LiveCatalog, now: () => number): History {
  // Promises, so that callers who ask together load once; a map keeps the order of use.
  const held = new Map<number, Promise<Catalog>>()
  let loading: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const refuse = (field: 'asOf' | 'since', message: string): never => {
    throw new Refusal('invalid', message, { field })
  }
  const load = (revision: number): Promise<Catalog> => {
    const known = held.get(revision)
    if (known) {
      held.delete(revision)
      held.set(revision, known)
      return known
    }
    if (waiting >= MOST_WAITING)
      throw new Refusal('unavailable', 'Too many revisions of the past are being read at once. Try again soon.')
    waiting += 1
    const catalog = loading.then(async () => createCatalog(await store.load(revision)))
    loading = catalog
      .catch(() => held.delete(revision))
      .finally(() => {
        waiting -= 1
      })
    held.set(revision, catalog)
    for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest)
    return catalog
  }
  const revisionAt = async (moment: string, field: 'asOf' | 'since'): Promise<number> => {
    const revision = /^\d+$/.test(moment) ? Number(moment) : null
    const instant = revision === null ? Date.parse(moment) : null
    if (instant !== null && instant > now())
      refuse(field, `${field}=${moment} is yet to come: it is ${new Date(now()).toISOString()}.`)
    const found = revision ?? (await store.log.revisionAt(new Date(instant ?? 0).toISOString()))
    // Another node may have committed it a moment ago.
    if (found > live.current().revision) await live.refresh()
    const { revision: last } = live.current()
    if (found > last) refuse(field, `There is no revision ${moment} yet: the last one is ${last}.`)
    return found
  }

  return {
    revisionAt: (moment) => revisionAt(moment, 'since'),
    async at(moment) {
      const revision = await revisionAt(moment, 'asOf')
      const current = live.current()
      if (revision === current.revision) return current
      if (revision > 0) return load(revision)
      const [first] = await store.log.read([1])
      return refuse(
        'asOf',
        /^\d+$/.test(moment)
          ? 'Revisions are counted from 1.'
          : `asOf=${moment} lies before the first change${first ? `, which was made at ${first.at}` : ''}. Ask for a later time.`,
      )
    },
  }
}
