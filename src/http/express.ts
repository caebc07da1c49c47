/** What is asked most, answered before Fastify makes a request and a reply of it: a fifth of its rate is in those two. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Answer } from './answers.js'
import type { HeadOf, Quota } from './head.js'
import { mayLeaveWhole, type SendWhole } from './whole.js'

interface Parts {
  /** The answer that was compiled for an address, where there is one. */
  find: (url: string) => Answer | undefined
  /** Counts a stranger; null, and nothing counted, where there are no more requests left to them. */
  quotaOf: (address: string) => Quota | null
  requestId: (request: IncomingMessage) => string
  headOf: HeadOf
  sendWhole: SendWhole
  /** Told of a request that is answered here. */
  onAnswer: (request: IncomingMessage, response: ServerResponse, told: { id: string; operation: string }) => void
  /** Whether somebody's `X-Forwarded-For` is believed. */
  trusting: boolean
}

/**
 * Takes the requests of strangers, without conditions, for answers that are compiled and open. All that the hooks do
 * for such a request is done here by the same functions; whatever is not as plain goes its way through Fastify.
 */
export function registerExpress(app: FastifyInstance, parts: Parts): void {
  const { find, quotaOf, requestId, headOf, sendWhole, onAnswer, trusting } = parts
  const [whole] = app.server.listeners('request') as RequestListener[]
  if (!whole) throw new Error('Fastify has not taken its server.')
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })

  const answers = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url, headers } = request
    // At its end Fastify asks for the connection to be closed; a key is counted by itself; a proxy speaks for others.
    if (closing || method !== 'GET' || url === undefined) return false
    if (headers.authorization !== undefined || headers['if-none-match'] !== undefined) return false
    if (trusting && headers['x-forwarded-for'] !== undefined) return false
    const answer = find(url)
    if (!answer?.plain || !mayLeaveWhole(request, response)) return false
    const quota = quotaOf(request.socket.remoteAddress ?? '')
    if (!quota) return false
    const id = requestId(request)
    onAnswer(request, response, { id, operation: answer.plain.operation })
    sendWhole(response, answer.plain, headOf({ id, quota }))
    return true
  }

  app.server.removeListener('request', whole)
  app.server.on('request', (request, response) => {
    if (!answers(request, response)) whole(request, response)
  })
}
