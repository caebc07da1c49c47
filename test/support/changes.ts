/** Small changes to write, for tests of the store. */
import type { Model } from '../../src/domain/model.js'
import type { Change } from '../../src/domain/store.js'

/** A record that any change can carry; `mark` tells its versions apart. */
export const model = (id: Model['id'], mark: string): Model => ({
  id,
  name: id.toUpperCase(),
  summary: mark,
  aws: 'a',
  customer: 'c',
  examples: ['rds'],
})

/** The change after `base` that puts these records. */
export const changeOf = (base: number, ...records: Model[]): Change => ({
  base,
  at: '2026-11-24T12:00:00.000Z',
  actor: 'test',
  reason: 'because',
  origin: 'organisation',
  release: null,
  edits: records.map((record) => ({ kind: 'models', id: record.id, record })),
})

/** Asks every few milliseconds until it holds; returns how many milliseconds that took, or throws after `limit`. */
export async function until(holds: () => boolean | Promise<boolean>, limit: number): Promise<number> {
  const start = performance.now()
  while (!(await holds())) {
    if (performance.now() - start > limit) throw new Error(`It did not hold within ${limit} ms.`)
    await new Promise((next) => setTimeout(next, 5))
  }
  return performance.now() - start
}
