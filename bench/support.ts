/** Starts servers in processes of their own, loads them in turn, and compares them within one run. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import autocannon from 'autocannon'
import { packageRoot } from '../src/paths.js'

export interface Server {
  name: string
  url: string
  /** Milliseconds from the start of `node` to the first answer. */
  startup: number
  /** Resident memory, MiB. */
  memory(): number
  /** Seconds of processor time so far: steadier than a rate where others share the machine. */
  cpu(): number
  stop(): void
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The flags that `npm start` gives to Node. */
const START_FLAGS = String(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).scripts.start)
  .split(' ')
  .filter((word) => word.startsWith('--'))

/** Runs `node file` with `PORT` set, and waits for `path` to answer. */
export async function startServer(
  name: string,
  file: string,
  path: string,
  environment: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<Server> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, [...flags, file], {
    cwd: packageRoot,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  const url = `http://127.0.0.1:${port}`
  while (
    !(await fetch(url + path).then(
      (r) => r.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() - started > 60_000) throw new Error(`${name} did not start`)
    await new Promise((next) => setTimeout(next, 5))
  }
  return {
    name,
    url,
    startup: performance.now() - started,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    cpu() {
      // After the name in brackets: the 12th and 13th fields are user and system time in hundredths (proc(5)).
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    stop() {
      child.kill('SIGTERM')
      running.delete(child)
    },
  }
}

/** This project, built, started as `npm start` does, on a database of its own. */
export async function startProject(
  database = join(mkdtempSync(join(tmpdir(), 'bench-')), 'bench.db'),
  environment: Record<string, string> = {},
): Promise<Server & { database: string }> {
  const settings = {
    DATABASE_URL: `file:${database}`,
    LOG_LEVEL: 'error',
    RATE_LIMIT_MAX: '1000000000',
    // A rate is of what was answered: nothing is shed while it is measured.
    MAX_EVENT_LOOP_DELAY: '0',
    ...environment,
  }
  const server = await startServer('this project', 'dist/src/main.js', '/readyz', settings, START_FLAGS)
  return { ...server, database }
}

/**
 * Whether `wrk` is at hand. Autocannon is as busy as a fast server and reads headers at its own cost, so that it tells
 * of two such servers how many headers they send.
 */
export const HAS_WRK = spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined

const inLua = (text: string): string => `[==[${text}]==]`

/** `wrk` for these options: requests a second that were answered by 2xx. */
async function loadByWrk(
  url: string,
  seconds: number,
  { connections = 32, method = 'GET', headers = {}, body }: Partial<autocannon.Options>,
): Promise<number> {
  const script = join(mkdtempSync(join(tmpdir(), 'bench-')), 'request.lua')
  const lines = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[ ${inLua(name)} ] = ${inLua(String(value))}`,
  )
  writeFileSync(
    script,
    [`wrk.method = ${inLua(method)}`, ...lines, ...(body ? [`wrk.body = ${inLua(String(body))}`] : [])].join('\n'),
  )
  const parts = ['-t1', `-c${connections}`, `-d${Math.ceil(seconds)}s`, '-s', script, url]
  const { stdout } = await promisify(execFile)('wrk', parts)
  const [, failed] = /Non-2xx or 3xx responses: (\d+)/.exec(stdout) ?? []
  if (failed) throw new Error(`${url}: ${failed} answers not 2xx`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
}

/** Requests a second under 32 connections for `seconds`; fails on any answer that is not 2xx. */
export async function load(url: string, seconds: number, options: Partial<autocannon.Options> = {}): Promise<number> {
  if (HAS_WRK && !options.setupClient) return loadByWrk(url, seconds, options)
  const result = await autocannon({ url, connections: 32, duration: seconds, ...options })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers not 2xx, ${result.errors} errors`)
  return result['2xx'] / result.duration
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
