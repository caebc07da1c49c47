/** drizzle-kit: SQLite's migrations, by `npm run generate:migrations`. */
import { defineConfig } from 'drizzle-kit'

// biome-ignore lint/style/noDefaultExport: drizzle-kit reads the default export
export default defineConfig({ dialect: 'sqlite', schema: './db/sqlite.tables.ts', out: './migrations/sqlite' })
