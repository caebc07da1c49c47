// A thread that inserts rows into an SQLite file: each commit waits for the disk, and nobody else does. Plain
// JavaScript, because a thread is started without the loader that lets the tests run TypeScript.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** @type {Sqlite.Database | null} */
let client = null

/** @type {Map<string, Sqlite.Statement>} */
const statements = new Map()

/** Opened when it is first needed, so that what is wrong with the file is the answer to a task. */
function open() {
  const opened = new Sqlite(workerData, { fileMustExist: true })
  opened.pragma('busy_timeout = 5000')
  // A commit is acknowledged when it is on the disk, not when it is on its way there.
  opened.pragma('synchronous = FULL')
  // Who waits for a commit waits for its checkpoint too: many short ones (of 400 KiB) rather than a long one now and then.
  opened.pragma('wal_autocheckpoint = 100')
  return opened
}

/** @param {import('./sqlite-inserts.js').WriterTask} task */
function write({ insert, rows }) {
  client ??= open()
  const statement = statements.get(insert) ?? client.prepare(insert)
  statements.set(insert, statement)
  client
    .transaction(() => {
      for (const row of rows) statement.run(row)
    })
    .immediate()
}

parentPort?.on('message', (/** @type {import('./sqlite-inserts.js').WriterTask | 'close'} */ task) => {
  if (task === 'close') {
    client?.close()
    parentPort?.close()
    return
  }
  let error = null
  try {
    write(task)
  } catch (thrown) {
    // An error of SQLite loses its class and its code on the way to another thread.
    error = { message: thrown.message, code: thrown.code ?? '' }
  }
  parentPort?.postMessage({ id: task.id, error })
})
