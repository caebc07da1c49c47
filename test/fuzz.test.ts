/** What the service answers to what its own document allows, almost allows, and does not. */
import { Agent, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { PROBLEMS } from '../src/http/problem-kinds.js'
import { packageRoot } from '../src/paths.js'
import { KEY, startService } from './support/app.js'
import { type Answer, createAnswerCheck, type Document, endpointsOf } from './support/document.js'
import { giveKey } from './support/keys.js'
import { type Asked, requestsTo, textsIn } from './support/requests.js'
import { SECRET, STANDARD_SECRET, sign } from './support/signatures.js'

/** How many requests in all; 20,000 in `npm run fuzz`. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2000)
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124)

const service = await startService({
  GITHUB_WEBHOOK_SECRET: SECRET,
  JIRA_WEBHOOK_SECRET: SECRET,
  ZENDESK_WEBHOOK_SECRET: SECRET,
  PAGERDUTY_WEBHOOK_SECRET: SECRET,
  SLACK_SIGNING_SECRET: SECRET,
  STANDARD_WEBHOOK_SECRET: STANDARD_SECRET,
})
afterAll(() => service.stop())
await service.app.listen({ port: 0 })
const { port } = service.app.server.address() as AddressInfo
const document: Document = (await service.app.inject('/openapi.json')).json()
const endpoints = endpointsOf(document)
const check = createAnswerCheck(document)
const texts = textsIn(document)
const keys = [
  null,
  null,
  KEY,
  KEY,
  KEY,
  `Bearer ${await giveKey(service.store, 'route')}`,
  `Bearer rm_0123456789ab_${'x'.repeat(43)}`,
]
// A connection for each: what one request breaks must not be blamed on the next.
const agent = new Agent({ keepAlive: false })

/** Asks over a socket, so that the bytes of the address and of the headers arrive as they are. */
async function ask(method: string, { target, headers, body }: Asked): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent, method, path: target, headers, timeout: 20_000 }, resolve)
    asked.on('error', reject).on('timeout', () => asked.destroy(new Error('No answer in 20 seconds.')))
    if (body !== null) asked.setHeader('content-length', Buffer.byteLength(body))
    asked.end(body ?? undefined)
  })
  const bytes = Buffer.concat(await answer.toArray())
  return {
    status: answer.statusCode ?? 0,
    type: answer.headers['content-type'] ?? '',
    text: (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8'),
  }
}

/** What only the inside of the process knows: frames of a stack, its paths, its SQL. Nothing that is sent holds these. */
const INSIDE =
  /\n\s+at \S+ \(|node_modules|node:internal|SQLITE_|SqliteError|Failed query|insert into "|(?:delete|select)[^.]{0,200} from "|root:x:0:/i

/** What is wrong with an answer; empty where nothing is. */
function faultsOf(endpoint: (typeof endpoints)[number], asked: Asked, answer: Answer): string[] {
  const faults = []
  if (answer.status >= 500) faults.push('a failure of the service')
  if (INSIDE.test(answer.text) || answer.text.includes(packageRoot)) faults.push('tells of the inside of the process')
  // A path that leads elsewhere, or nowhere, is not this operation's to answer.
  const elsewhere =
    asked.astray && [404, 405].includes(answer.status) && /\/problems\/(?:not-found|method)/.test(answer.text)
  if (!elsewhere && !(asked.astray && leadsElsewhere(endpoint.path, asked.target)))
    faults.push(...check(endpoint, answer))
  return faults
}

/** Whether the address is of another form than the operation's path. */
const leadsElsewhere = (path: string, target: string): boolean =>
  !new RegExp(`^${path.replace(/\{\w+\}/g, '[^/?#]+')}$`).test(target.split('?', 1)[0] ?? '')

const SCHEMES = { github: 'github', jira: 'jira', zendesk: 'zendesk', pagerduty: 'pagerduty', slack: 'slack' } as const
/** An event as its sender would sign it: else no hostile one would come past the signature. */
function signed(asked: Asked): Asked {
  const source = asked.target.replace('/v1/hooks/', '')
  if (!Object.hasOwn(SCHEMES, source) || asked.body === null) return asked
  const body =
    source === 'slack'
      ? new URLSearchParams({ command: '/who', text: asked.body.slice(0, 9000) }).toString()
      : asked.body
  const type = source === 'slack' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  return {
    ...asked,
    body,
    headers: { ...asked.headers, ...type, ...sign(SCHEMES[source as keyof typeof SCHEMES], Buffer.from(body)) },
  }
}

describe('whatever is sent', () => {
  it.each(endpoints.map((endpoint, index) => [`${endpoint.method} ${endpoint.path}`, endpoint, index] as const))(
    '%s answers as the document says, and tells nothing of its inside',
    async (_name, endpoint, index) => {
      await fc.assert(
        fc.asyncProperty(requestsTo(endpoint, { document, texts, keys }), async (made) => {
          const asked = endpoint.operationId === 'receiveEvent' ? signed(made) : made
          const answer = await ask(endpoint.method, asked)
          expect(
            faultsOf(endpoint, asked, answer),
            `${answer.status} ${answer.type} ${answer.text.slice(0, 1500)}`,
          ).toEqual([])
        }),
        { seed: SEED + index, numRuns: Math.ceil(REQUESTS / endpoints.length) },
      )
    },
    60_000 + REQUESTS * 10,
  )

  it('is told of by problems that each have a page', async () => {
    for (const kind of Object.keys(PROBLEMS))
      await service.request
        .get(`/problems/${kind}`)
        .expect(200)
        .expect('content-type', /^text\/html/)
  })

  it('leaves the service answering', async () => {
    expect((await service.app.inject('/readyz')).statusCode).toBe(200)
  })
})
