/** The service as a process of its own: for what only shows when it ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { packageRoot } from '../../src/paths.js'

export interface Running {
  child: ChildProcess
  port: number
  /** The exit code, once it has ended; null where a signal ended it. */
  ended: Promise<number | null>
  stderr: () => string
  stdout: () => string
}

/** Runs the service on a free port, with `preload` as a module that is loaded before it. */
export async function startProcess(environment: Record<string, string>, preload?: string): Promise<Running> {
  const preloaded = preload ? ['--import', `data:text/javascript,${encodeURIComponent(preload)}`] : []
  const child = spawn(process.execPath, ['--import', 'tsx', ...preloaded, 'src/main.ts'], {
    cwd: packageRoot,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error', MAX_EVENT_LOOP_DELAY: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  let stdout = ''
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const port = await new Promise<number>((done, fail) => {
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
      const address = /served at http:\/\/[^:]+:(\d+)/.exec(stdout)
      if (address) done(Number(address[1]))
    })
    void ended.then((code) => fail(new Error(`ended with ${code}: ${stderr}`)))
  })
  return { child, port, ended, stderr: () => stderr, stdout: () => stdout }
}
