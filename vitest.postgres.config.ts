import { defineConfig } from 'vitest/config'

// Whatever starts a service, once more on PostgreSQL: npm run test:postgres.
export default defineConfig({
  test: {
    include: ['test/{http,operations,mcp,portal,hooks}/**/*.test.ts', 'test/surface.test.ts'],
    globalSetup: ['test/support/global-postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
