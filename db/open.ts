/** Opens the store that `DATABASE_URL` names. */
import { resolve } from 'node:path'
import type { Store } from '../src/domain/store.js'
import { connectSqlite } from './sqlite.js'
import { createStore } from './store.js'

/** `file:data/responsibility.db` (relative to the working directory), `file:/var/lib/…` or `file::memory:`. */
export function openStore(url: string): Store {
  const path = url.slice('file:'.length)
  return createStore(connectSqlite(path === ':memory:' ? path : resolve(path)))
}
