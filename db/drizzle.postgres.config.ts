/** drizzle-kit: PostgreSQL's migrations, by `npm run generate:migrations`. */
import { defineConfig } from 'drizzle-kit'

// biome-ignore lint/style/noDefaultExport: drizzle-kit reads the default export
export default defineConfig({ dialect: 'postgresql', schema: './db/postgres.tables.ts', out: './migrations/postgres' })
