/** What an error of PostgreSQL, of its driver or of the network between means. */
import pg from 'pg'
import { causes, type Failure } from './connection.js'

const UNREACHABLE = 'The database does not answer.'

/** By SQLSTATE, whole or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REASONS: readonly [prefix: string, reason: string][] = [
  ['08', UNREACHABLE],
  ['25006', 'The database can only be read.'],
  ['28', 'The database does not let the service in.'],
  ['53100', 'The disk of the database is full.'],
  ['53', 'The database has no room for another connection.'],
  ['55P03', 'The database is locked.'],
  ['57014', 'The database took too long.'],
  ['57P', UNREACHABLE],
  ['58', 'The disk of the database fails.'],
]

/** Node's own codes (`ECONNREFUSED`, `ENOTFOUND`); pg's own errors have only words. */
const DRIVER =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired|timeout exceeded when trying to connect|Cannot use a pool after)/

export function classifyPostgres(error: unknown): Failure | null {
  for (const cause of causes(error)) {
    if (cause instanceof pg.DatabaseError) {
      const code = cause.code ?? ''
      if (code === '23505') return { kind: 'collision', table: cause.table ?? '' }
      // 40001 is also what Aurora DSQL (OC000, OC001) and CockroachDB (restart transaction) say; 40P01 is a deadlock.
      if (code === '40001' || code === '40P01') return { kind: 'conflict' }
      if (code === '22021') return { kind: 'unfit' }
      if (code.startsWith('54')) return { kind: 'too-large' }
      const found = REASONS.find(([prefix]) => code.startsWith(prefix))
      if (found) return { kind: 'unavailable', reason: found[1] }
    } else if (cause instanceof Error) {
      const { code } = cause as NodeJS.ErrnoException
      if ((code !== undefined && /^E[A-Z_]+$/.test(code)) || DRIVER.test(cause.message))
        return { kind: 'unavailable', reason: UNREACHABLE }
    }
  }
  return null
}
