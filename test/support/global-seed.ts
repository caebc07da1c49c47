/** One seeded SQLite file for a whole run of the tests: a service starts on a copy of it, which takes a tenth of seeding. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../db/open.js'
import { seed } from '../../seed/seed.js'
import { NOON } from './noon.js'

const folder = mkdtempSync(join(tmpdir(), 'seeded-'))

export async function setup({ provide }: TestProject): Promise<void> {
  const path = join(folder, 'seeded.db')
  const store = await openStore(`file:${path}`)
  await seed(store, () => NOON)
  await store.close()
  provide('seededFile', path)
}

export function teardown(): void {
  rmSync(folder, { recursive: true })
}
