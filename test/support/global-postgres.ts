/** One PostgreSQL for a whole run of the tests; each service that they start gets a database of its own in it. */
import type { TestProject } from 'vitest/node'
import { type Cluster, noPostgres, startCluster } from './postgres.js'

let cluster: Cluster | undefined

export async function setup({ provide }: TestProject): Promise<void> {
  if (noPostgres) throw new Error(`These tests need PostgreSQL: ${noPostgres}.`)
  cluster = await startCluster()
  provide('databaseServer', cluster.url)
}

export async function teardown(): Promise<void> {
  await cluster?.remove()
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL in which services are to be started; absent: SQLite in memory. */
    databaseServer?: string
  }
}
