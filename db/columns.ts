/** The vocabulary of columns that the tables are declared in; a dialect says each word in its own types. */
import { customType, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** JSON kept as text: every PostgreSQL-compatible engine has text, not every one has jsonb. */
const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
})

export const sqliteColumns = { table: sqliteTable, text, integer, json, primaryKey, index }
export type Columns = typeof sqliteColumns
