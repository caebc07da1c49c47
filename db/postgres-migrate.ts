/**
 * Brings PostgreSQL's tables up to date, by any number of nodes at once.
 *
 * Each statement is a transaction of its own, since Aurora DSQL takes one DDL statement in each; what is there already
 * counts as done, so a run that was cut short goes on where it ended. An advisory lock keeps nodes from doing each
 * other's work where the engine has one.
 */
import pg from 'pg'
import { LEDGER, type Migration, pendingMigrations, readMigrations } from './migrations.js'

/** A number of our own among a database's advisory locks. */
const LOCK = 727_310_417

/** Table, type, index, column or constraint exists; two `CREATE … IF NOT EXISTS` that met end in the unique violation. */
const EXISTS = new Set(['42P07', '42710', '42701', '23505'])
const ATTEMPTS = 20

/** Runs what is missing on a connection that is closed afterwards, which also frees the lock. */
export async function migratePostgres(client: pg.Client): Promise<void> {
  const known = readMigrations('postgres')
  if ((await missing(client, known)).length === 0) return
  // It spares the nodes each other's work and no more: what follows holds without it, as on an engine that has none.
  await client.query(`SELECT pg_advisory_lock(${LOCK})`).catch(ignoreRefusal)
  await run(client, `CREATE TABLE IF NOT EXISTS ${LEDGER} (created_at bigint PRIMARY KEY, hash text NOT NULL)`)
  for (const { at, hash, statements } of await missing(client, known)) {
    for (const statement of statements) await run(client, statement)
    await run(client, `INSERT INTO ${LEDGER} (created_at, hash) VALUES (${at}, '${hash}')`)
  }
}

async function missing(client: pg.Client, known: readonly Migration[]): Promise<Migration[]> {
  const ours = known.flatMap(({ statements }) => statements).flatMap((s) => /CREATE TABLE "(\w+)"/.exec(s)?.[1] ?? [])
  const { rows } = await client.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()',
  )
  const names = rows.map(({ name }) => name)
  if (!names.includes(LEDGER)) {
    const foreign = ours.find((name) => names.includes(name))
    if (foreign === undefined) return [...known]
    throw new Error(
      `The database has a table "${foreign}" that is not of this service. Give the service a database of its own.`,
    )
  }
  const ledger = await client.query<{ at: string }>(`SELECT created_at AS at FROM ${LEDGER}`)
  return pendingMigrations(
    known,
    ledger.rows.map(({ at }) => Number(at)),
  )
}

/** Runs one statement: again where an optimistic engine undid it, in DSQL's words where it has words of its own. */
export async function run(client: Pick<pg.Client, 'query'>, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      const { code = '', message } = error
      if (EXISTS.has(code)) return
      if (/INDEX ASYNC/i.test(message) && /^\s*CREATE (UNIQUE )?INDEX (?!ASYNC)/i.test(statement))
        return run(client, statement.replace(/INDEX/i, 'INDEX ASYNC').replace(/ USING btree/i, ''))
      if (code !== '40001' || attempt === ATTEMPTS) throw error
      await new Promise((next) => setTimeout(next, 20 * attempt))
    }
  }
}

/** Lets pass what the database itself said no to; a lost connection is still told. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof pg.DatabaseError)) throw error
}
