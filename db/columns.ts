/** The vocabulary of columns that the tables are declared in; a dialect says each word in its own types. */
import * as pg from 'drizzle-orm/pg-core'
import { customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** JSON kept as text: every PostgreSQL-compatible engine has text, not every one has jsonb. */
const json = {
  dataType: () => 'text',
  toDriver: (value: unknown) => JSON.stringify(value),
  fromDriver: (value: string): unknown => JSON.parse(value),
}
type Json = { data: unknown; driverData: string }

export const sqliteColumns = {
  table: sqliteTable,
  text,
  integer,
  json: customType<Json>(json),
  primaryKey,
  index,
  uniqueIndex,
}
export type Columns = typeof sqliteColumns

// The same words with the same meaning; drizzle types a dialect's builders apart, so the second is told as the first.
export const postgresColumns = {
  table: pg.pgTable,
  text: pg.text,
  integer: pg.integer,
  json: pg.customType<Json>(json),
  primaryKey: pg.primaryKey,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
} as unknown as Columns
