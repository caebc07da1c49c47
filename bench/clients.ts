/** Clients over plain sockets: at a steady rate whatever the server does, and such as mean no good. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Request {
  path: string
  /** JSON; a POST where it is there. */
  body?: string
}

export const bytesOf = ({ path, body }: Request): string =>
  body === undefined
    ? `GET ${path} HTTP/1.1\r\nhost: bench\r\n\r\n`
    : `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

export interface Outcome {
  /** Milliseconds from when it was due until it was answered, of those that were served, in order of size. */
  served: number[]
  shed: number
  /** Refusals for overload that do not say when to come back. */
  unexplained: number
  /** Neither 2xx nor 503, and connections that broke. */
  failed: number
  /** Whether anything was shed, by seconds since the start. */
  shedIn: Set<number>
}

/** The share of the served that took no longer. */
export const quantile = (sorted: readonly number[], at: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0

interface Steady {
  requests: readonly Request[]
  /** Requests a second, whatever the server does. */
  rate: number
  seconds: number
  /** Kept open before and through it, as by a load balancer: libuv takes one new connection in each turn of its loop. */
  connections: number
}

/**
 * Asks at a steady rate, each request at its time: a server that falls behind is not asked less. What waits for a
 * connection that is free is waiting too.
 */
export async function askSteadily(port: number, { requests, rate, seconds, connections }: Steady): Promise<Outcome> {
  const outcome: Outcome = { served: [], shed: 0, unexplained: 0, failed: 0, shedIn: new Set() }
  const texts = requests.map(bytesOf)
  const idle: Socket[] = []
  const waiting: { text: string; due: number }[] = []
  const done = new WeakMap<Socket, (head: string) => void>()
  const all = new Set<Socket>()
  let started = 0
  let open = 0

  const dial = (): Socket => {
    const socket = connect(port, '127.0.0.1')
    all.add(socket)
    let head = ''
    let left = -1
    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      if (left < 0) {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        left = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) - (head.length - end - 4)
      } else left -= chunk.length
      if (left > 0) return
      const answered = head
      head = ''
      left = -1
      done.get(socket)?.(answered)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      all.delete(socket)
      done.get(socket)?.('')
    })
    return socket
  }

  const ask = (text: string, due: number): void => {
    open += 1
    // Whoever broke off is dialled anew.
    const socket = idle.pop() ?? dial()
    done.set(socket, (head) => {
      done.delete(socket)
      open -= 1
      const now = performance.now()
      if (/^HTTP\/1\.1 2/.test(head)) outcome.served.push(now - due)
      else if (/^HTTP\/1\.1 503/.test(head)) {
        outcome.shed += 1
        outcome.shedIn.add(Math.floor((now - started) / 1000))
        if (!/^retry-after: \d/im.test(head)) outcome.unexplained += 1
      } else outcome.failed += 1
      if (!socket.destroyed) idle.push(socket)
      const next = waiting.shift()
      if (next) ask(next.text, next.due)
    })
    socket.write(text)
  }

  for (let dialled = 0; dialled < connections; dialled++) {
    const socket = dial()
    await once(socket, 'connect')
    idle.push(socket)
  }
  started = performance.now()
  let count = 0
  while (performance.now() - started < seconds * 1000) {
    for (; started + (count * 1000) / rate <= performance.now(); count++) {
      const due = started + (count * 1000) / rate
      const text = texts[count % texts.length] ?? ''
      if (open < connections) ask(text, due)
      else waiting.push({ text, due })
    }
    await new Promise((turn) => setTimeout(turn, 1))
  }
  const patience = performance.now() + 10_000
  while (open > 0 && performance.now() < patience) await new Promise((turn) => setTimeout(turn, 10))
  outcome.failed += open
  for (const socket of all) {
    done.delete(socket)
    socket.destroy()
  }
  outcome.served.sort((a, b) => a - b)
  return outcome
}

/** What hostile clients do, by name; each goes on doing it until `ended`, and leaves nothing open. */
export const HOSTILE: Record<string, (port: number, ended: Promise<unknown>) => Promise<void>> = {
  'half a request': (port, ended) => hold(port, 300, 'GET /v1/matrix HTTP/1.1\r\nhost: bench\r\n', ended),
  'a letter a second': (port, ended) => hold(port, 100, 'GET /', ended, 'x'),
  'half a body': (port, ended) =>
    hold(
      port,
      100,
      'POST /v1/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n{',
      ended,
    ),
  'bodies of 1 MiB': (port, ended) =>
    again(
      port,
      bytesOf({ path: '/v1/ask', body: JSON.stringify({ question: 'x'.repeat(1024 * 1024 - 20) }) }),
      200,
      ended,
    ),
  '10,000 headers': (port, ended) =>
    again(
      port,
      `GET /healthz HTTP/1.1\r\nhost: x\r\n${Array.from({ length: 10_000 }, (_, i) => `x-${i}: ${i}\r\n`).join('')}\r\n`,
      200,
      ended,
    ),
  '500 requests in one piece': (port, ended) => again(port, bytesOf({ path: '/v1/models' }).repeat(500), 500, ended),
  'gone before the answer': (port, ended) => again(port, bytesOf({ path: '/v1/matrix' }), 3, ended),
}

/** Connections that are held open, with a piece more each second. */
async function hold(port: number, count: number, text: string, ended: Promise<unknown>, more = ''): Promise<void> {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    return socket.on('error', () => socket.destroy())
  })
  const timer = setInterval(() => {
    for (const socket of sockets) if (more && socket.writable) socket.write(more)
  }, 1000)
  await ended
  clearInterval(timer)
  for (const socket of sockets) socket.destroy()
}

/** The same again and again, a connection each, which is left after so many milliseconds. */
async function again(port: number, text: string, after: number, ended: Promise<unknown>): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over)
    await new Promise<void>((next) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.on('error', () => socket.destroy())
      socket.on('data', () => undefined)
      setTimeout(() => {
        socket.destroy()
        next()
      }, after)
    })
}
