/** The process itself: how it ends, and how it bears clients that mean no good. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startProcess } from './support/process.js'

const database = join(mkdtempSync(join(tmpdir(), 'process-')), 'test.db')
const start = (environment: Record<string, string> = {}, preload?: string): Promise<Running> =>
  startProcess({ DATABASE_URL: `file:${database}`, ...environment }, preload)

/** Sends raw bytes; resolves with all that comes back once the other side has closed, or after `wait` milliseconds. */
const raw = (port: number, bytes: string, wait = 2000): Promise<string> =>
  new Promise((done) => {
    let text = ''
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const finish = () => {
      socket.destroy()
      done(text)
    }
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', finish).on('error', finish)
    setTimeout(finish, wait)
  })

describe('the end of the process', () => {
  it('on SIGTERM: readiness falls first, what was asked is still answered, then it ends with 0', async () => {
    const { child, port, ended } = await start({ SHUTDOWN_DELAY: '3000' })
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    const asked = Date.now()
    child.kill('SIGTERM')
    await new Promise((over) => setTimeout(over, 300))
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${port}/v1/services/rds/layers/data`)).status).toBe(200)
    expect(await ended).toBe(0)
    expect(Date.now() - asked).toBeLessThan(10_000)
  })

  it('on SIGTERM: a request that is half sent is answered before the end', async () => {
    const { child, port, ended } = await start()
    const body = JSON.stringify({ items: [{ layer: 'data' }] })
    const answer = new Promise<string>((done) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /v1/owner/batch HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
        )
        setTimeout(() => child.kill('SIGTERM'), 200)
        setTimeout(() => socket.write(body.slice(5)), 600)
      })
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => done(text))
    })
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*"revision"/)
    expect(await ended).toBe(0)
  })

  it('on an unforeseen error: the last line says why, and the exit code is not 0', async () => {
    const trigger = join(mkdtempSync(join(tmpdir(), 'trigger-')), 'now')
    const { ended, stderr } = await start(
      { LOG_LEVEL: 'silent' },
      `import { existsSync } from 'node:fs'
       setInterval(() => { if (existsSync(${JSON.stringify(trigger)})) throw new Error('the disk\\nis gone') }, 50).unref()`,
    )
    writeFileSync(trigger, '')
    expect(await ended).not.toBe(0)
    expect(stderr().trim().split('\n').at(-1)).toBe('Ending after an unforeseen error. the disk is gone')
  })

  it('at the start: an ill-formed variable is named on one line', async () => {
    await expect(start({ TRUST_PROXY: 'yes' })).rejects.toThrow(
      /ended with 1: Cannot start\. TRUST_PROXY="yes": must be/,
    )
  })
})

describe('a client that means no good', () => {
  let running: Running
  beforeAll(async () => {
    running = await start()
  })
  afterAll(async () => {
    running.child.kill('SIGTERM')
    await running.ended
  })
  const alive = async () => expect((await fetch(`http://127.0.0.1:${running.port}/healthz`)).status).toBe(200)

  it('with 10,000 headers is refused', async () => {
    const headers = Array.from({ length: 10_000 }, (_, i) => `x-${i}: ${i}\r\n`).join('')
    expect(await raw(running.port, `GET /healthz HTTP/1.1\r\nhost: x\r\n${headers}\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
    await alive()
  })

  it('with 500 requests in one piece gets 500 answers in order', async () => {
    const one = (i: number) => `GET /v1/models?limit=${1 + (i % 3)} HTTP/1.1\r\nhost: x\r\nx-request-id: r${i}\r\n\r\n`
    const text = await raw(running.port, Array.from({ length: 500 }, (_, i) => one(i)).join(''), 4000)
    const ids = [...text.matchAll(/^x-request-id: r(\d+)/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual(Array.from({ length: 500 }, (_, i) => i))
    await alive()
  })

  it('with a body beyond 1 MiB is refused, and with one of 1 MiB told what is wrong in it', async () => {
    const send = (question: string) =>
      fetch(`http://127.0.0.1:${running.port}/v1/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question }),
      })
    const room = 1024 * 1024 - JSON.stringify({ question: '' }).length
    expect((await send('x'.repeat(room))).status).toBe(400)
    expect((await send('x'.repeat(room + 1))).status).toBe(413)
    await alive()
  })

  it('that sends its head or body letter by letter keeps nobody else waiting', async () => {
    const slow = ['GET /v1/models HTT', 'POST /v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: 500000\r\n\r\n'].flatMap(
      (text) =>
        Array.from({ length: 50 }, () => {
          const socket = connect(running.port, '127.0.0.1', () => socket.write(text))
          return socket.on('error', () => undefined)
        }),
    )
    for (let letter = 0; letter < 5; letter++) {
      for (const socket of slow) socket.write('x')
      await alive()
    }
    for (const socket of slow) socket.destroy()
    await alive()
  })

  it('that goes away in the middle, or sends nonsense, does no harm', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        raw(running.port, i % 2 ? 'GET /v1/matrix HTTP/1.1\r\nhost: x\r\n\r\n' : '\u0000\u0001nonsense\r\n\r\n', 5),
      ),
    )
    await alive()
  })

  it('that holds 200 connections half open leaves the others their answers', async () => {
    const sockets = Array.from({ length: 200 }, () => {
      const socket = connect(running.port, '127.0.0.1', () => socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n'))
      socket.on('error', () => undefined)
      return socket
    })
    await alive()
    for (const socket of sockets) socket.destroy()
  })
})
