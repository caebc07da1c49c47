/** Answers that leave whole are the answers that Fastify gives, byte for byte, on every kind of connection. */
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { sendsWhole, wholeOf } from '../../src/http/whole.js'
import { startService } from '../support/app.js'

const VERDICT = '/v1/services/rds/layers/operating-system'

describe('an answer that leaves whole', async () => {
  const service = await startService()
  await service.app.listen({ port: 0 })
  afterAll(() => service.stop())
  const { port } = service.app.server.address() as AddressInfo
  /** What comes back until the server closes, or is silent once the last of so many bodies has ended. */
  const say = (text: string, bodies = 1): Promise<string> =>
    new Promise((resolve, reject) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.setEncoding('utf8').on('data', (part) => {
        heard += part
        if (answersIn(heard).length === bodies && /keep-alive/i.test(heard)) socket.end()
      })
      socket.on('close', () => resolve(heard)).on('error', reject)
    })
  const ask = (path: string, more = '', version = '1.1'): string =>
    `GET ${path} HTTP/${version}\r\nhost: a\r\n${more}\r\n`
  await say(ask(VERDICT))

  it('is sent so by the Node that runs this', () => expect(sendsWhole()).toBe(true))

  it('carries the head and the body that it has by Fastify', async () => {
    const [whole] = answersIn(await say(ask(VERDICT)))
    const [ordinary] = answersIn(await say(ask(VERDICT, 'if-none-match: "another"\r\n')))
    expect(whole?.status).toBe('HTTP/1.1 200 OK')
    expect({ ...whole, head: fixed(whole) }).toEqual({ ...ordinary, head: fixed(ordinary) })
    expect(whole?.head['x-request-id']).not.toBe(ordinary?.head['x-request-id'])
    expect(Date.parse(whole?.head.date ?? '')).toBeGreaterThan(Date.now() - 5000)
    expect(Number(whole?.head['ratelimit-remaining'])).toBe(Number(ordinary?.head['ratelimit-remaining']) + 1)
  })

  it('comes in turn where requests are pipelined, also after one that is slower', async () => {
    const paths = [VERDICT, '/v1/services?limit=3', VERDICT, '/v1/services/nothing', VERDICT]
    const answers = answersIn(await say(paths.map((path) => ask(path)).join(''), paths.length))
    expect(answers.map(({ status }) => status.slice(9, 12))).toEqual(['200', '200', '200', '404', '200'])
    const [first, list, second] = answers.map(({ body }) => JSON.parse(body))
    expect(first).toEqual(second)
    expect(list.items).toHaveLength(3)
  })

  it.each([
    ['asks for its end', ask(VERDICT, 'connection: close\r\n')],
    ['is of HTTP/1.0', ask(VERDICT, '', '1.0')],
  ])('says close, and closes, where the connection %s', async (_what, text) => {
    const [answer] = answersIn(await say(text, Number.POSITIVE_INFINITY))
    expect(answer?.head.connection).toBe('close')
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ owner: 'aws' })
  })

  it('is the same over many requests on one connection', async () => {
    const answers = answersIn(await say(ask(VERDICT).repeat(50), 50))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  })

  it('has the bytes of UTF-8', () => {
    const { lines, bytes } = wholeOf('Größe €', { etag: '"1"' })
    expect(Buffer.from(bytes, 'latin1').toString('utf8')).toBe('Größe €')
    expect(lines).toBe('etag: "1"\r\n')
  })
})

interface Answered {
  status: string
  head: Record<string, string>
  body: string
}

/** The answers that are whole in what was heard. */
function answersIn(heard: string): Answered[] {
  const answers: Answered[] = []
  for (let rest = heard; rest.includes('\r\n\r\n'); ) {
    const [top = ''] = rest.split('\r\n\r\n', 1)
    const [status = '', ...lines] = top.split('\r\n')
    const head = Object.fromEntries(
      lines.map((line) => [line.split(':', 1)[0]?.toLowerCase(), line.replace(/^.*?: /, '')]),
    )
    const after = Buffer.from(rest.slice(top.length + 4))
    const length = Number(head['content-length'])
    if (after.length < length) break
    answers.push({ status, head, body: after.subarray(0, length).toString() })
    rest = after.subarray(length).toString()
  }
  return answers
}

/** The head without what is another's in each answer. */
function fixed(answer: Answered | undefined): Record<string, string> {
  const { date: _, 'x-request-id': _id, 'ratelimit-remaining': _left, ...rest } = answer?.head ?? {}
  return rest
}
