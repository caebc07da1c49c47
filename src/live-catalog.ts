/** Holds the current catalog, and takes a new one when the store's revision has moved. */
import { type Catalog, createCatalog } from './domain/catalog.js'
import type { Store } from './domain/store.js'

export interface LiveCatalog {
  current(): Catalog
  /**
   * Reads the store again where its revision has moved. Returns whether it had. Sees every commit that was
   * acknowledged before it was called.
   */
  refresh(): Promise<boolean>
  close(): void
}

/**
 * Loads the catalog, and reads it anew when the store tells of a commit. What the store cannot tell, or what was lost
 * on the way, is found by asking it every `interval` milliseconds.
 */
export async function openLiveCatalog(
  store: Store,
  { interval = 500, onError }: { interval?: number; onError: (error: unknown) => void },
): Promise<LiveCatalog> {
  let catalog = createCatalog(await store.load())
  let running: Promise<boolean> | null = null
  let queued: Promise<boolean> | null = null
  const read = async (): Promise<boolean> => {
    if ((await store.revision()) === catalog.revision) return false
    catalog = createCatalog(await store.load())
    return true
  }
  const start = (): Promise<boolean> => {
    running = read().finally(() => {
      running = null
    })
    return running
  }
  const refresh = (): Promise<boolean> => {
    if (!running) return start()
    // The read that runs may have looked before the commit that the caller knows of: look once more after it.
    queued ??= running
      .catch(() => false)
      .then(() => {
        queued = null
        return start()
      })
    return queued
  }
  let failing = false
  const look = (): void => {
    refresh().then(
      () => {
        failing = false
      },
      (error: unknown) => {
        // An outage is told once, however often it is met.
        if (!failing) onError(error)
        failing = true
      },
    )
  }
  const timer = setInterval(() => {
    if (!running) look()
  }, interval)
  timer.unref()
  const unwatch = store.watch(look)
  return {
    current: () => catalog,
    refresh,
    close() {
      clearInterval(timer)
      unwatch()
    },
  }
}
