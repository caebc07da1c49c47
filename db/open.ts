/** Opens what `DATABASE_URL` names. */
import { resolve } from 'node:path'
import type { Store } from '../src/domain/store.js'
import type { Connection } from './connection.js'
import type { PostgresOptions } from './postgres.js'
import { connectSqlite } from './sqlite.js'
import { createStore } from './store.js'

/**
 * `file:data/responsibility.db` (relative to the working directory), `file:/var/lib/…`, `file::memory:`, or
 * `postgres://user:password@host:port/database`.
 */
export async function connect(url: string, options: PostgresOptions = {}): Promise<Connection> {
  // Its driver is loaded where it is used: on SQLite it would only take memory.
  if (!url.startsWith('file:')) return (await import('./postgres.js')).connectPostgres(url, options)
  const path = url.slice('file:'.length)
  return connectSqlite(path === ':memory:' ? path : resolve(path))
}

export async function openStore(url: string, options: PostgresOptions = {}): Promise<Store> {
  return createStore(await connect(url, options))
}
