/** The tables in SQLite's types: what drizzle-kit generates `migrations/sqlite` from. */
import { sqliteColumns } from './columns.js'
import { declareTables } from './tables.js'

export const {
  changes,
  apiKeys,
  layers,
  models,
  services,
  rules,
  articles,
  signals,
  shipped,
  teams,
  assignments,
  routingRules,
  replies,
  decisions,
  feedback,
} = declareTables(sqliteColumns)
