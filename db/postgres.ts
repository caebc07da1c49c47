/** A connection to PostgreSQL, or to what speaks its protocol. */
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { postgresColumns } from './columns.js'
import type { Connection, Database } from './connection.js'
import { classifyPostgres } from './postgres-failures.js'
import { CHANNEL, createListener } from './postgres-listener.js'
import { migratePostgres } from './postgres-migrate.js'

export interface PostgresOptions {
  /** Connections that queries share; watching takes one more. */
  poolSize?: number
  /** Whether to use LISTEN and NOTIFY where the database has them. */
  notify?: boolean
  /** Is told what went wrong beside any query: a connection that was lost while nobody used it. */
  onError?: (error: unknown) => void
}

/** Half an hour: Aurora DSQL ends a connection after an hour, and load balancers have their own ideas. */
const LIFETIME_SECONDS = 1800

/** Connects, brings the tables up to date, and returns a connection that heals itself. */
export async function connectPostgres(
  url: string,
  { poolSize = 5, notify = true, onError = () => {} }: PostgresOptions = {},
): Promise<Connection> {
  const settings = {
    connectionString: url,
    application_name: 'responsibility-matrix',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  }
  const notifies = await prepare(settings, notify)
  const pool = new pg.Pool({
    ...settings,
    max: poolSize,
    query_timeout: 15_000,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    // Whoever watches the service decides how long it runs, not an idle connection.
    allowExitOnIdle: true,
  })
  pool.on('error', onError)
  // A connection that breaks in somebody's hands tells them by their query; its event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const listener = notifies ? createListener(() => new pg.Client(settings), onError) : null

  const inTransaction = async <T>(begin: string, run: (db: Database, client: pg.PoolClient) => Promise<T>) => {
    const client = await pool.connect()
    try {
      await client.query(begin)
      const result = await run(drizzle(client) as unknown as Database, client)
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      // A broken connection is thrown away, which also undoes what was begun; on a whole one it is undone in words.
      if (classifyPostgres(error)?.kind === 'unavailable') client.release(true)
      else
        await client.query('ROLLBACK').then(
          () => client.release(),
          () => client.release(true),
        )
      throw error
    }
  }

  return {
    columns: postgresColumns,
    db: drizzle(pool) as unknown as Database,
    batch: (build, { announce = false } = {}) =>
      inTransaction('BEGIN', async (db, client) => {
        // A statement of this dialect runs when it is awaited.
        for (const statement of build(db)) await (statement as unknown as PromiseLike<unknown>)
        // Delivered when the transaction is committed, and only then.
        if (announce && notifies) await client.query('SELECT pg_notify($1, $2)', [CHANNEL, ''])
      }),
    insertNew: (table, rows) =>
      inTransaction('BEGIN', async (db) => {
        await db
          .insert(table)
          .values([...rows])
          .onConflictDoNothing()
      }),
    snapshot: (read) => inTransaction('BEGIN ISOLATION LEVEL REPEATABLE READ', read),
    classify: classifyPostgres,
    watch: (moved) => listener?.subscribe(moved) ?? (() => {}),
    async close() {
      await listener?.close()
      await pool.end()
    },
  }
}

/** Migrates, and finds out whether the database can notify. Throws one line that names the database, not its password. */
async function prepare(settings: pg.ClientConfig, notify: boolean): Promise<boolean> {
  const client = new pg.Client(settings)
  client.on('error', () => {})
  try {
    await client.connect()
    await migratePostgres(client)
    return notify && (await canNotify(client))
  } catch (error) {
    const failure = classifyPostgres(error)
    if (failure?.kind !== 'unavailable') throw error
    const why = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error)
    throw new Error(`The database ${client.database} at ${client.host}:${client.port} cannot be used: ${why}`, {
      cause: error,
    })
  } finally {
    await client.end().catch(() => {})
  }
}

/** CockroachDB and Aurora DSQL have no NOTIFY; there the catalog asks from time to time. */
const canNotify = (client: pg.Client): Promise<boolean> =>
  client.query('SELECT pg_notify($1, $2)', [CHANNEL, '']).then(
    () => true,
    (error: unknown) => {
      if (error instanceof pg.DatabaseError) return false
      throw error
    },
  )
