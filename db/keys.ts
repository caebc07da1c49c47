/** Where API keys are kept. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { KeyStore, StoredKey } from '../src/domain/access.js'
import type { Connection } from './connection.js'
import type { Tables } from './tables.js'

export function createKeyStore(connection: Connection, { apiKeys }: Tables): KeyStore {
  const { db } = connection
  // A row is a key: the columns are declared to be so, but the scope is any text to a database.
  const read = (rows: readonly (typeof apiKeys.$inferSelect)[]): StoredKey[] => rows as StoredKey[]
  return {
    add: (key) => connection.batch((target) => [target.insert(apiKeys).values(key)]),
    async find(id) {
      return read(await db.select().from(apiKeys).where(eq(apiKeys.id, id)))[0]
    },
    async list() {
      return read(await db.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id)))
    },
    revoke: (id, at, by) =>
      connection.batch((target) => [
        target
          .update(apiKeys)
          .set({ revokedAt: at, revokedBy: by })
          .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt))),
      ]),
    touch: (id, at) =>
      connection.batch((target) => [target.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id))]),
  }
}
