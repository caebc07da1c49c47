import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import type { PostgresOptions } from '../../db/postgres.js'
import { migratePostgres, run } from '../../db/postgres-migrate.js'
import { readSeed, seedRelease } from '../../seed/read.js'
import { seed } from '../../seed/seed.js'
import type { Store } from '../../src/domain/store.js'
import { type LiveCatalog, openLiveCatalog } from '../../src/live-catalog.js'
import { packageRoot } from '../../src/paths.js'
import { changeOf, model, until } from '../support/changes.js'
import { type Cluster, noPostgres, skipped, startCluster } from '../support/postgres.js'

/** So long that no test sees it: what is seen then was told, not asked for. */
const NEVER = 600_000
/** A second is short where other tests have the processor: what is promised is the way, on a machine with time for it. */
const ON_A_BUSY_MACHINE = { retry: 2 }
const now = () => new Date('2026-11-24T12:00:00.000Z')

const databaseError = (code: string, message: string): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError(message, 0, 'error'), { code })

describe.skipIf(noPostgres)(`several nodes on one PostgreSQL${skipped}`, () => {
  let cluster: Cluster
  const toClose: { close(): unknown }[] = []
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterEach(async () => {
    for (const open of toClose.splice(0).reverse()) await open.close()
  })
  afterAll(() => cluster?.remove())

  const open = async (url: string, options?: PostgresOptions): Promise<Store> => {
    const store = await openStore(url, options)
    toClose.push(store)
    return store
  }
  const watch = async (store: Store, interval?: number): Promise<LiveCatalog> => {
    const live = await openLiveCatalog(store, { ...(interval ? { interval } : {}), onError: () => {} })
    toClose.push(live)
    return live
  }
  const listeners = () =>
    cluster.query("SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()")

  it('tells the others of a write within a second, by NOTIFY alone', ON_A_BUSY_MACHINE, async () => {
    const url = await cluster.createDatabase()
    const [writer, reader] = [await open(url), await open(url)]
    const live = await watch(reader, NEVER)
    await until(async () => (await listeners()).length === 1, 2000)
    await writer.commit(changeOf(0, model('paas', 'new')))
    await until(() => live.current().revision === 1, 1000)
    expect(live.current().models.find(({ id }) => id === 'paas')?.summary).toBe('new')
  })

  it(
    'shows the others a write within a second by polling alone, where the engine has no NOTIFY',
    ON_A_BUSY_MACHINE,
    async () => {
      const url = await cluster.createDatabase()
      const [writer, reader] = [await open(url, { notify: false }), await open(url, { notify: false })]
      const live = await watch(reader)
      expect(await listeners()).toEqual([])
      for (let base = 0; base < 3; base++) {
        await writer.commit(changeOf(base, model('paas', String(base))))
        await until(() => live.current().revision === base + 1, 1000)
      }
    },
  )

  it('shows a write that was made while the listening connection was cut', ON_A_BUSY_MACHINE, async () => {
    const url = await cluster.createDatabase()
    const [writer, reader] = [await open(url), await open(url)]
    const live = await watch(reader, NEVER)
    await until(async () => (await listeners()).length === 1, 2000)
    for (const { pid } of await listeners()) await cluster.query(`SELECT pg_terminate_backend(${pid})`)
    await writer.commit(changeOf(0, model('paas', 'in the gap')))
    await until(() => live.current().revision === 1, 1000)
    await writer.commit(changeOf(1, model('paas', 'after it')))
    await until(() => live.current().revision === 2, 1000)
  })

  it('shows it by polling, should the listening connection never come back', ON_A_BUSY_MACHINE, async () => {
    const url = await cluster.createDatabase()
    const [writer, reader] = [await open(url), await open(url)]
    const live = await watch({ ...reader, watch: () => () => {} })
    await writer.commit(changeOf(0, model('paas', 'new')))
    await until(() => live.current().revision === 1, 1000)
  })

  it('migrates and seeds once when three start at once', async () => {
    const url = await cluster.createDatabase()
    const stores = await Promise.all([open(url), open(url), open(url)])
    const seeded = await Promise.all(stores.map((store) => seed(store, now)))
    expect(seeded.filter(Boolean)).toHaveLength(1)
    const [first, ...others] = await Promise.all(stores.map((store) => store.load()))
    expect(first?.revision).toBe(1)
    for (const other of others) expect(other).toEqual(first)
    const client = new pg.Client(url)
    await client.connect()
    toClose.push({ close: () => client.end() })
    expect((await client.query('SELECT hash FROM __drizzle_migrations')).rowCount).toBe(
      readMigrationFiles({ migrationsFolder: join(packageRoot, 'migrations/postgres') }).length,
    )
  })

  describe('migrations', () => {
    const clientOf = async (url: string): Promise<pg.Client> => {
      const client = new pg.Client(url)
      await client.connect()
      toClose.push({ close: () => client.end() })
      return client
    }

    it('happen once when three start at once on an engine without advisory locks', async () => {
      const url = await cluster.createDatabase()
      const clients = await Promise.all([clientOf(url), clientOf(url), clientOf(url)])
      for (const client of clients) {
        const query = client.query.bind(client) as (text: string) => Promise<unknown>
        client.query = ((text: string) =>
          text.includes('advisory')
            ? Promise.reject(databaseError('0A000', 'not supported'))
            : query(text)) as typeof client.query
      }
      await Promise.all(clients.map((client) => migratePostgres(client)))
      expect(await (await open(url)).revision()).toBe(0)
    })

    it('go on where a start that was cut short has ended', async () => {
      const url = await cluster.createDatabase()
      const client = await clientOf(url)
      const [first] = readMigrationFiles({ migrationsFolder: join(packageRoot, 'migrations/postgres') })
      await client.query('CREATE TABLE __drizzle_migrations (created_at bigint PRIMARY KEY, hash text NOT NULL)')
      for (const statement of first?.sql.slice(0, 3) ?? []) await client.query(statement)
      const store = await open(url)
      expect(await seed(store, now)).toBe(true)
    })

    it('leave a database alone in which another application has such a table', async () => {
      const url = await cluster.createDatabase()
      const client = await clientOf(url)
      await client.query('CREATE TABLE services (name text)')
      await expect(openStore(url)).rejects.toThrow('has a table "services" that is not of this service')
      const { rows } = await client.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
      )
      expect(rows).toEqual([{ table_name: 'services' }])
    })

    it('refuse a database that a newer release has written', async () => {
      const url = await cluster.createDatabase()
      await (await open(url)).revision()
      const client = await clientOf(url)
      await client.query(`INSERT INTO __drizzle_migrations (created_at, hash) VALUES (${Date.UTC(2040, 0)}, 'x')`)
      await expect(openStore(url)).rejects.toThrow(/^The database was written by a newer release .*2040-01-01[^\n]*$/)
    })

    it("create an index in Aurora DSQL's words where it asks for them", async () => {
      const sent: string[] = []
      await run(
        {
          query: (async (text: string) => {
            sent.push(text)
            if (!text.includes('ASYNC'))
              throw databaseError('0A000', 'unsupported mode. please use CREATE INDEX ASYNC.')
          }) as unknown as pg.Client['query'],
        },
        'CREATE INDEX "rules_until" ON "rules" USING btree ("until");',
      )
      expect(sent.at(-1)).toBe('CREATE INDEX ASYNC "rules_until" ON "rules" ("until");')
    })
  })

  describe('on an engine that takes 500 rules in a transaction', () => {
    const bounded = async (): Promise<string> => {
      const url = await cluster.createDatabase()
      await (await open(url)).revision()
      const client = new pg.Client(url)
      await client.connect()
      // The rows that this very transaction has put so far, as Aurora DSQL counts them.
      await client.query(`
        CREATE FUNCTION bound() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF (SELECT count(*) FROM rules WHERE xmin::text::bigint = txid_current() % 4294967296) > 500 THEN
            RAISE EXCEPTION 'transaction row limit exceeded' USING ERRCODE = '54000';
          END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER bound AFTER INSERT ON rules FOR EACH STATEMENT EXECUTE FUNCTION bound();`)
      await client.end()
      return url
    }

    it('seeds in parts, names the release with the last of them, and never seeds twice', async () => {
      const url = await bounded()
      const [one, other] = [await open(url), await open(url)]
      const done = await Promise.all([seed(one, now), seed(other, now)])
      expect(done.filter(Boolean)).toHaveLength(1)
      const { revision, rules, services } = await one.load()
      expect(revision).toBeGreaterThan(2)
      const shipped = readSeed()
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      expect(rules).toEqual(shipped.rules.toSorted(byId))
      expect(services).toEqual(shipped.services.toSorted(byId))
      expect(await one.release()).toBe(seedRelease())
      expect(await seed(other, now)).toBe(false)
    })
  })
})
