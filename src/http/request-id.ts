/** The id of a request: the caller's `x-request-id` where it is fit to be logged and echoed, else one of ours. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const FIT = /^[\w.:/+=-]{1,128}$/

/** Ids of this process: a random prefix and a counter, which is unique and costs next to nothing. */
export function createRequestId(): (request: IncomingMessage) => string {
  const prefix = randomBytes(6).toString('base64url')
  let count = 0
  return ({ headers }) => {
    const sent = headers['x-request-id']
    if (typeof sent === 'string' && FIT.test(sent)) return sent
    count += 1
    return `${prefix}-${count.toString(36)}`
  }
}
