/** The tables in PostgreSQL's types: what drizzle-kit generates `migrations/postgres` from. */
import { postgresColumns } from './columns.js'
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
} = declareTables(postgresColumns)
