/** Answers what stores something: preconditions handed on, one answer for one Idempotency-Key, one's own write read back. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { canonical } from '../domain/canonical.js'
import { Refusal } from '../domain/refusal.js'
import type { Claim, Reply } from '../domain/store.js'
import type { LiveCatalog } from '../live-catalog.js'
import type { Context, Operation, Outcome } from '../operations/operation.js'
import { versionOf } from '../operations/write.js'
import { etagOf } from './answers.js'

interface Parts {
  live: LiveCatalog
  log: Logger
}

/** Runs an operation that stores, at most once for each Idempotency-Key of a caller in 24 hours. */
export async function answerWrite(
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  context: Context,
  { live, log }: Parts,
): Promise<FastifyReply> {
  const { store, now } = context
  // An answer that holds a secret, such as a new key, is not kept to be given again.
  const claim = operation.volatile ? null : claimOf(request, context.actor)
  if (claim) {
    const known = await store.replies.claim(claim, new Date(now()).toISOString())
    if (typeof known === 'object') return send(request, reply.header('idempotent-replayed', 'true'), known)
    if (known !== 'claimed') throw refuseClaim(known, claim)
  }
  let answer: Reply | undefined
  let committed = false
  const encode = (output: unknown): string => String((operation.encode ?? JSON.stringify)(output))
  const { params, query, body, headers } = request
  try {
    const output = await operation.run(
      {
        ...context,
        writer: {
          match: headers['if-match'] ?? null,
          noneMatch: headers['if-none-match'] ?? null,
          async latest() {
            await catchUp(live, await store.revision())
            return live.current()
          },
          async commit(change, outcome) {
            answer = replyOf(outcome, encode)
            if (!change) return
            const revision = await store.commit(change, claim ? { claim, reply: answer } : undefined)
            committed = true
            // Committed is committed: where it cannot be read back now, the next refresh will.
            await catchUp(live, revision).catch((error: unknown) =>
              log.error({ err: error, requestId: request.id }, 'the catalog was not refreshed'),
            )
          },
        },
      },
      { params, query, body },
    )
    answer ??= { status: 200, etag: null, body: encode(output) }
    if (claim && !committed) await store.replies.settle(claim, answer)
  } catch (error) {
    // A refusal stored nothing; whoever mends the request may send it again under the same key.
    if (claim && !committed) await store.replies.release(claim)
    throw error
  }
  return send(request, reply, answer)
}

async function catchUp(live: LiveCatalog, revision: number): Promise<void> {
  while (live.current().revision < revision) await live.refresh()
}

/** The answer as it is sent and kept: what a GET of the resource would answer now, with its ETag. */
function replyOf({ output, created, resource }: Outcome, encode: (output: unknown) => string): Reply {
  const body = encode(output)
  return { status: created ? 201 : 200, etag: resource && etagOf(versionOf(resource), body), body }
}

function send(request: FastifyRequest, reply: FastifyReply, { status, etag, body }: Reply): FastifyReply {
  if (etag !== null) reply.header('etag', etag)
  if (status === 201) reply.header('location', request.url.split('?', 1)[0])
  return reply.code(status).type('application/json; charset=utf-8').header('cache-control', 'no-store').send(body)
}

/** The claim of a request: its key belongs to its caller, and to nothing but the very same request. */
function claimOf({ headers, method, url, body }: FastifyRequest, actor: string | null): Claim | null {
  const key = headers['idempotency-key']
  // A stranger stores nothing, so there is nothing to do twice.
  if (key === undefined || actor === null) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Refusal('invalid', 'Idempotency-Key takes 1 to 200 visible characters, such as a UUID.')
  const fingerprint = createHash('sha256')
    .update(canonical([method, url, body]))
    .digest('base64url')
  return { actor, key, fingerprint }
}

function refuseClaim(outcome: 'pending' | 'differs', { key }: Claim): Refusal {
  if (outcome === 'differs')
    return new Refusal(
      'key-reused',
      `The Idempotency-Key "${key}" was sent with another request. Take a new key for a new request.`,
    )
  return new Refusal(
    'in-progress',
    `A request with the Idempotency-Key "${key}" is being answered. Send it again in a second.`,
  )
}
