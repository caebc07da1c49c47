/** Inserts into an SQLite file by a thread of its own, or on the connection where there is no file to share. */
import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from './connection.js'

/** What the thread is told: rows of bound values for an INSERT of one row, all in one transaction. */
export interface WriterTask {
  id: number
  insert: string
  rows: readonly (readonly unknown[])[]
}

/** What it answers once the rows are on the disk, or none of them is. */
interface WriterReply {
  id: number
  error: { message: string; code: string } | null
}

/** Inserts rows of bound values in one transaction; resolves once they are on the disk. */
export interface Writer {
  write(insert: string, rows: WriterTask['rows']): Promise<void>
  close(): Promise<void>
}

/** The INSERT of one row into a table, where no key of it is taken, and what binds a row to it. */
export function createInserts(db: Database) {
  const build = (table: SQLiteTable) => {
    const columns = Object.entries(getTableColumns(table))
    const values = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)]))
    return {
      insert: db.insert(table).values(values).onConflictDoNothing().toSQL().sql,
      bind: (row: Record<string, unknown>) =>
        columns.map(([name, column]) => (row[name] == null ? null : column.mapToDriverValue(row[name]))),
    }
  }
  // To build a statement takes longer than to run it.
  const built = new Map<SQLiteTable, ReturnType<typeof build>>()
  return (table: SQLiteTable) => {
    const found = built.get(table) ?? build(table)
    built.set(table, found)
    return found
  }
}

/** Writes on a connection that is there, as a database in memory needs it. */
export const createLocalWriter = (client: Sqlite.Database): Writer => ({
  async write(insert, rows) {
    const statement = client.prepare(insert)
    client
      .transaction(() => {
        for (const row of rows) statement.run(row)
      })
      .immediate()
  },
  close: async () => {},
})

interface Pending {
  done(): void
  fail(error: Error): void
}

/** Writes by a thread, which is started when it is first needed, and anew where it has died. */
export function createThreadWriter(path: string): Writer {
  let worker: Worker | null = null
  let last = 0
  let pending = new Map<number, Pending>()

  const start = (): Worker => {
    const made = new Worker(new URL('./sqlite-writer.mjs', import.meta.url), { workerData: path, execArgv: [] })
    made.on('message', ({ id, error }: WriterReply) => {
      const task = pending.get(id)
      pending.delete(id)
      if (pending.size === 0) made.unref()
      if (error) task?.fail(new Sqlite.SqliteError(error.message, error.code))
      else task?.done()
    })
    made.on('error', (error) => lose(made, error))
    made.on('exit', () => lose(made, new Error('The thread that writes has ended.')))
    return made
  }
  const lose = (lost: Worker, error: Error): void => {
    if (worker !== lost) return
    worker = null
    const tasks = pending
    pending = new Map()
    for (const { fail } of tasks.values()) fail(error)
  }

  return {
    write(insert, rows) {
      worker ??= start()
      worker.ref()
      const id = ++last
      const task: WriterTask = { id, insert, rows }
      worker.postMessage(task)
      return new Promise((done, fail) => pending.set(id, { done, fail }))
    },
    async close() {
      const closing = worker
      if (!closing) return
      const ended = new Promise((done) => closing.once('exit', done))
      closing.ref()
      closing.postMessage('close')
      await ended
    },
  }
}
