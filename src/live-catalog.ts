/** Holds the current catalog, and takes a new one when the store's revision has moved. */
import { type Catalog, createCatalog } from './domain/catalog.js'
import type { Store } from './domain/store.js'

export interface LiveCatalog {
  current(): Catalog
  /** Reads the store again where its revision has moved. Returns whether it had. */
  refresh(): Promise<boolean>
  close(): void
}

/** Loads the catalog and asks the store every `interval` milliseconds whether it has moved. */
export async function openLiveCatalog(
  store: Store,
  { interval = 1000, onError }: { interval?: number; onError: (error: unknown) => void },
): Promise<LiveCatalog> {
  let catalog = createCatalog(await store.load())
  let pending: Promise<boolean> | null = null
  const read = async (): Promise<boolean> => {
    if ((await store.revision()) === catalog.revision) return false
    catalog = createCatalog(await store.load())
    return true
  }
  const refresh = (): Promise<boolean> => {
    pending ??= read().finally(() => {
      pending = null
    })
    return pending
  }
  const timer = setInterval(() => refresh().catch(onError), interval)
  timer.unref()
  return { current: () => catalog, refresh, close: () => clearInterval(timer) }
}
