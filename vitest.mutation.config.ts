import { defineConfig } from 'vitest/config'

// What Stryker runs once for each mutant: the domain's own tests, which ask functions and start nothing.
export default defineConfig({
  test: {
    include: ['test/domain/{resolve,names}.test.ts', 'test/domain/tickets/rules.test.ts'],
    testTimeout: 10_000,
  },
})
