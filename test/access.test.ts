/** The guard that walks every operation: strangers are refused wherever something is stored. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAuthenticator } from '../src/access/authenticator.js'
import { createKeyring } from '../src/access/keyring.js'
import { createKey } from '../src/access/keys.js'
import { type Access, SCOPES_OF_ACCESS } from '../src/domain/access.js'
import { createGate } from '../src/http/access.js'
import { createAnswerCache } from '../src/http/answers.js'
import { COMPILERS } from '../src/http/compilers.js'
import { registerProblems } from '../src/http/problems.js'
import { registerRoutes } from '../src/http/routes.js'
import { operations } from '../src/operations/index.js'
import { Nothing, type Operation, operation } from '../src/operations/operation.js'
import { startService } from './support/app.js'
import { seeded } from './support/catalog.js'
import { giveKey } from './support/keys.js'
import { NOON } from './support/noon.js'
import { send } from './support/operations.js'

const DAY_BEFORE = new Date(NOON.getTime() - 86_400_000).toISOString()

/** What is asked, of what, and how to see whether anything was stored. */
interface Ground {
  app: FastifyInstance
  /** Headers of callers who must be refused whatever the scope. */
  refused: Record<string, string>
  /** By scope, the header of a caller who holds it. */
  keys: Record<Access, string>
  /** Everything that is stored, but for when a key was last used. */
  contents(): string
}

/** What is wrong with the access of an operation; nothing where strangers can store nothing. */
async function faultsOf(operation: Operation, ground: Ground, { closed = false } = {}): Promise<string[]> {
  const { app, refused, keys, contents } = ground
  const faults: string[] = []
  const before = contents()
  const expectStatus = async (who: string, header: string | undefined, right: (status: number) => boolean) => {
    const answer = await send(supertest(app.server), operation, header === undefined ? {} : { authorization: header })
    if (!right(answer.status)) faults.push(`${who} is answered ${answer.status}`)
    if ((answer.status === 401 || answer.status === 403) && !/^Bearer\b/.test(answer.headers['www-authenticate'] ?? ''))
      faults.push(`${who} is not told how to do better`)
    if (contents() !== before) faults.push(`${who} stores something`)
  }
  const { access } = operation
  const open = access === 'read' || access === 'route'
  const needed: Access | null = !open ? access : closed ? 'read' : null
  const is = (wanted: number) => (status: number) => status === wanted
  const answered = (status: number) => status !== 401 && status !== 403

  await expectStatus('a stranger', undefined, needed === null ? answered : is(401))
  for (const [who, header] of Object.entries(refused))
    await expectStatus(who, header, access === 'read' && needed === null ? answered : is(401))
  // Routing answers those whose scope is less, and stores nothing for them.
  const lesser = SCOPES_OF_ACCESS.slice(0, SCOPES_OF_ACCESS.indexOf(access))
  for (const scope of lesser)
    await expectStatus(
      `the scope ${scope}`,
      keys[scope],
      needed === null || SCOPES_OF_ACCESS.indexOf(scope) >= SCOPES_OF_ACCESS.indexOf(needed) ? answered : is(403),
    )
  if (access === 'read') await expectStatus('a reader', keys.admin, answered)
  return faults
}

/** Tables and rows as text: what a stranger must not change. */
function contentsOf(file: string): string {
  const db = new Sqlite(file, { readonly: true })
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all()
    return JSON.stringify(
      tables.map((table) => {
        const columns = db.prepare('select name from pragma_table_info(?)').pluck().all(table)
        // Versions are never changed but in `until`, so their numbers tell whether one was added or ended.
        if (columns.includes('until')) return [table, db.prepare(`select count(*), count(until) from "${table}"`).get()]
        const rows = db.prepare(`select * from "${table}"`).all() as Record<string, unknown>[]
        return [table, rows.map(({ last_used_at: _lastUsedAt, ...row }) => row)]
      }),
    )
  } finally {
    db.close()
  }
}

async function callers(store: Awaited<ReturnType<typeof startService>>['store']) {
  const valid = await giveKey(store, 'admin')
  const bearer = (text: string): string => `Bearer ${text}`
  const never = createKey({ name: 'never', scope: 'admin', expiresAt: null, createdBy: 'test', at: DAY_BEFORE }).text
  return {
    refused: {
      'garbage in the header': 'nonsense',
      'another scheme': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      'an empty key': 'Bearer ',
      'a key that never was': bearer(never),
      'the id of a key with another secret': bearer(valid.slice(0, 16) + never.slice(16)),
      'a key with one character changed': bearer(valid.slice(0, -2) + (valid.endsWith('AA') ? 'BB' : 'AA')),
      'an expired key': bearer(await giveKey(store, 'admin', { expiresAt: DAY_BEFORE })),
      'a key that expires this instant': bearer(await giveKey(store, 'admin', { expiresAt: NOON.toISOString() })),
      'a revoked key': bearer(await giveKey(store, 'admin', { revoked: true })),
      'an unsigned token': 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInNjb3BlIjoiYWRtaW4ifQ.',
    },
    keys: {
      read: bearer(await giveKey(store, 'read')),
      route: bearer(await giveKey(store, 'route')),
      write: bearer(await giveKey(store, 'write')),
      admin: bearer(valid),
    },
  }
}

describe.each([
  ['open to read', {}, false],
  ['closed to strangers', { REQUIRE_AUTH_FOR_READS: 'true' }, true],
])('a service that is %s', (_name, environment, closed) => {
  const folder = mkdtempSync(join(tmpdir(), 'access-'))
  const file = join(folder, 'service.db')
  let service: Awaited<ReturnType<typeof startService>>
  let ground: Ground
  beforeAll(async () => {
    service = await startService(environment, { url: `file:${file}` })
    ground = { app: service.app, contents: () => contentsOf(file), ...(await callers(service.store)) }
  })
  afterAll(async () => {
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    'lets nobody store by %s without its scope',
    async (_id, operation) => expect(await faultsOf(operation, ground, { closed })).toEqual([]),
  )

  it.each(['/healthz', '/readyz', '/problems/unauthorized', '/openapi.json', '/docs/'])(
    'shows everyone %s',
    async (path) => {
      await service.request.get(path).expect(200)
    },
  )
})

describe('the guard', () => {
  let stored = 0
  const made = (id: string, access: Access, stores: (may: boolean) => boolean): Operation =>
    operation({
      id,
      method: 'POST',
      path: `/v1/${id}`,
      tag: 'Access',
      access,
      summary: id,
      description: id,
      params: Nothing,
      query: Nothing,
      body: z.strictObject({}),
      output: z.strictObject({}),
      refusals: [],
      example: { params: {}, query: {}, body: {} },
      run({ may }) {
        if (stores(may('route'))) stored += 1
        return {}
      },
    })
  const list = {
    readThatStores: made('readThatStores', 'read', () => true),
    routeThatStores: made('routeThatStores', 'route', () => true),
    routeThatAsks: made('routeThatAsks', 'route', (may) => may),
    write: made('write', 'write', () => true),
  }
  let ground: Ground
  let service: Awaited<ReturnType<typeof startService>>
  beforeAll(async () => {
    service = await startService()
    const { store, now } = service
    const app = fastify({ schemaController: COMPILERS })
    const keyring = createKeyring({ keys: store.keys, now, onError: () => undefined })
    registerProblems(app, { error: () => undefined } as never)
    registerRoutes(app, Object.values(list), {
      answers: createAnswerCache(),
      live: { current: () => seeded, refresh: async () => false, close: () => undefined },
      store,
      history: { at: async () => seeded, revisionAt: async () => 1 },
      gate: createGate(createAuthenticator(keyring, null), { closed: false }),
      now,
      log: pino({ level: 'silent' }),
    })
    await app.ready()
    ground = { app, contents: () => String(stored), ...(await callers(store)) }
  })
  afterAll(async () => {
    await ground.app.close()
    await service.stop()
  })

  it('finds a read that stores', async () =>
    expect(await faultsOf(list.readThatStores, ground)).toContain('a stranger stores something'))
  it('finds a route that stores for strangers and for lesser keys', async () =>
    expect(await faultsOf(list.routeThatStores, ground)).toEqual(
      expect.arrayContaining(['a stranger stores something', 'the scope read stores something']),
    ))
  it('finds a write that is declared as a route', async () =>
    expect(await faultsOf({ ...list.routeThatAsks, access: 'write' }, ground)).toContain('a stranger is answered 200'))
  it('passes a route that asks first, and a write', async () => {
    expect(await faultsOf(list.routeThatAsks, ground)).toEqual([])
    expect(await faultsOf(list.write, ground)).toEqual([])
  })
  it('sees that the right key does store', async () => {
    const before = stored
    await send(supertest(ground.app.server), list.routeThatAsks, { authorization: ground.keys.route })
    await send(supertest(ground.app.server), list.write, { authorization: ground.keys.write })
    expect(stored).toBe(before + 2)
  })
})
