import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection, Failure } from '../../db/connection.js'
import { connect } from '../../db/open.js'
import { classifyPostgres } from '../../db/postgres-failures.js'
import { createStore, translateFailures } from '../../db/store.js'
import { LostRace, TooLarge, Unavailable } from '../../src/domain/store.js'
import { changeOf, model } from '../support/changes.js'

const databaseError = (code: string): Error => Object.assign(new pg.DatabaseError(code, 0, 'error'), { code })
const systemError = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code })

describe('an error of PostgreSQL', () => {
  it.each<[Failure['kind'] | null, string, Error]>([
    ['collision', 'a key that is taken', databaseError('23505')],
    ['conflict', 'a serialization failure, as Aurora DSQL and CockroachDB have them', databaseError('40001')],
    ['conflict', 'a deadlock', databaseError('40P01')],
    ['too-large', "Aurora DSQL's bound on a transaction", databaseError('54000')],
    ['unfit', 'a NUL in a text', databaseError('22021')],
    ['unavailable', 'a server that is shut down', databaseError('57P01')],
    ['unavailable', 'a read-only replica', databaseError('25006')],
    ['unavailable', 'a full disk', databaseError('53100')],
    ['unavailable', 'too many connections', databaseError('53300')],
    ['unavailable', 'a password that has expired', databaseError('28P01')],
    ['unavailable', 'nobody at the address', systemError('ECONNREFUSED')],
    ['unavailable', 'a name that is not known', systemError('ENOTFOUND')],
    ['unavailable', 'a connection that broke', new Error('Connection terminated unexpectedly')],
    ['unavailable', 'no free connection in time', new Error('timeout exceeded when trying to connect')],
    ['unavailable', 'no answer in time', new Error('Query read timeout')],
    ['unavailable', 'one that drizzle has wrapped', new Error('Failed query', { cause: databaseError('57P01') })],
    [null, 'a column that is not there: a fault of ours', databaseError('42703')],
    [null, 'a value that must not be null: a fault of ours', databaseError('23502')],
    [null, 'a fault of our code', new TypeError('x is not a function')],
  ])('is %s where it is %s', (kind, _name, error) => expect(classifyPostgres(error)?.kind ?? null).toBe(kind))
})

describe('what the store throws', () => {
  const opened: Connection[] = []
  afterEach(async () => {
    for (const connection of opened.splice(0)) await connection.close()
  })
  /** A store whose first batches fail with these errors. */
  async function failing(...errors: Error[]) {
    const connection = await connect('file::memory:')
    opened.push(connection)
    return createStore({
      ...connection,
      classify: classifyPostgres,
      batch: async (build, options) => {
        const error = errors.shift()
        if (error) throw error
        await connection.batch(build, options)
      },
    })
  }
  const change = changeOf(0, model('paas', 'x'))

  it('is nothing where a commit was undone by an engine and nobody else came first: it is tried again', async () =>
    expect(await (await failing(databaseError('40001'), databaseError('40001'))).commit(change)).toBe(1))

  it('is a lost race where somebody else came first', async () => {
    const connection = await connect('file::memory:')
    opened.push(connection)
    const other = createStore(connection)
    const store = createStore({
      ...connection,
      classify: classifyPostgres,
      batch: async () => {
        await other.commit(change)
        throw databaseError('40001')
      },
    })
    await expect(store.commit(change)).rejects.toThrow(LostRace)
  })

  it('is Unavailable where an engine undoes a commit again and again', async () =>
    await expect(
      (await failing(...Array.from({ length: 5 }, () => databaseError('40001')))).commit(change),
    ).rejects.toThrow(Unavailable))

  it('is TooLarge where a transaction takes fewer rows', async () =>
    await expect((await failing(databaseError('54000'))).commit(change)).rejects.toThrow(TooLarge))

  it('is the error itself where the fault is ours', async () => {
    const error = databaseError('42703')
    await expect((await failing(error)).commit(change)).rejects.toBe(error)
  })

  it('is Unavailable from what the store groups by subject, too', async () => {
    const store = translateFailures(
      { classify: classifyPostgres },
      { keys: { find: async () => Promise.reject(systemError('ECONNRESET')) }, name: 'store' },
    )
    expect(store.name).toBe('store')
    await expect(store.keys.find()).rejects.toThrow(Unavailable)
  })
})
