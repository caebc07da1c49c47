/** What the fuzzer found: requests that never reach a route, and answers that outgrew their own schema. */

import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { Problem } from '../../src/http/problems.js'
import { startService } from '../support/app.js'

describe('a request that cannot be read', async () => {
  const service = await startService()
  await service.app.listen({ port: 0 })
  afterAll(() => service.stop())
  const { port } = service.app.server.address() as AddressInfo
  const say = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.setEncoding('utf8').on('data', (part) => {
        heard += part
      })
      socket.on('end', () => resolve(heard)).on('error', reject)
    })

  it.each([
    [
      'whose headers are too large',
      'GET /v1/models HTTP/1.1\r\nhost: a\r\nx-long: %\r\n\r\n',
      431,
      'headers-too-large',
    ],
    ['that is no HTTP', 'HELLO\r\n\r\n', 400, 'invalid-request'],
  ])('%s is told so as a problem', async (_what, text, status, kind) => {
    const [head = '', body = ''] = (await say(text.replace('%', 'x'.repeat(20_000)))).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toContain('content-type: application/problem+json')
    expect(Problem.parse(JSON.parse(body)).type).toBe(`/problems/${kind}`)
  })

  it('whose path is very long is quoted within the bounds of a problem', async () => {
    const answer = await service.app.inject(`/v1/models/${'x'.repeat(12_000)}`)
    expect(answer.statusCode).toBe(400)
    expect(Problem.safeParse(answer.json()).error).toBeUndefined()
  })
})
