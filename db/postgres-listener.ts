/** Hears of commits by LISTEN, on a connection of its own that is made anew when it is lost. */
import pg from 'pg'

export const CHANNEL = 'responsibility_matrix_changes'

const FIRST_WAIT = 100
const LONGEST_WAIT = 5000

export interface Listener {
  /** Calls `moved` after each commit, and after each gap in which one may have been missed. */
  subscribe(moved: () => void): () => void
  close(): Promise<void>
}

/** Connects when the first subscriber comes. `onError` is told of each connection that was lost or not made. */
export function createListener(newClient: () => pg.Client, onError: (error: unknown) => void): Listener {
  const subscribers = new Set<() => void>()
  let current: pg.Client | null = null
  let retry: NodeJS.Timeout | undefined
  let wait = FIRST_WAIT
  let closed = false
  const tell = (): void => {
    for (const moved of subscribers) moved()
  }

  const listen = async (): Promise<void> => {
    const client = newClient()
    current = client
    let lost = false
    const lose = (error: unknown): void => {
      if (lost || closed) return
      lost = true
      client.end().catch(() => {})
      onError(error)
      // A database that does not know the word will not learn it; asking from time to time carries alone.
      if (error instanceof pg.DatabaseError && error.code?.match(/^(0A|42)/)) return
      retry = setTimeout(listen, wait)
      retry.unref()
      wait = Math.min(wait * 2, LONGEST_WAIT)
    }
    client.on('error', lose)
    client.on('end', () => lose(new Error('The connection that listens for changes was closed.')))
    client.on('notification', tell)
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      wait = FIRST_WAIT
      tell()
    } catch (error) {
      lose(error)
    }
  }

  return {
    subscribe(moved) {
      subscribers.add(moved)
      if (!current) void listen()
      return () => subscribers.delete(moved)
    },
    async close() {
      closed = true
      clearTimeout(retry)
      await current?.end().catch(() => {})
    },
  }
}
