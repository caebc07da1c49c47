/** The gate before every operation: who may pass without a key, and what is said to those who may not. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticator } from '../access/authenticator.js'
import { type Access, type Caller, includes } from '../domain/access.js'
import { Refusal } from '../domain/refusal.js'
import type { Context } from '../operations/operation.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once the gate has asked them; null for a stranger. */
    caller: Caller | null
  }
}

export interface Gate {
  /**
   * What a caller needs to be let in, or null where strangers are. Routing is open like a read: without the scope it
   * answers and stores nothing.
   */
  needs(access: Access): Access | null
  /** Who sent a header, let in. Refuses credentials that do not hold, and those that hold too little. */
  admit(header: string | undefined, access: Access): Promise<Caller | null>
}

/** `closed`: reads need a key too. */
export function createGate(authenticator: Authenticator, { closed }: { closed: boolean }): Gate {
  const needs = (access: Access): Access | null =>
    access === 'read' || access === 'route' ? (closed ? 'read' : null) : access
  return {
    needs,
    async admit(header, access) {
      const needed = needs(access)
      // An open read is the same for everyone: it goes on with whatever header, and while keys cannot be looked up.
      if (needed === null && access === 'read') return null
      const caller = await authenticator.callerOf(header)
      if (needed === null) return caller
      if (!caller)
        throw new Refusal(
          'unauthorized',
          `This needs a key with the scope "${needed}". Send it as "Authorization: Bearer <key>".`,
        )
      if (!includes(caller.scope, needed)) {
        const held = caller.scope === null ? 'none of its scopes' : `the scope "${caller.scope}"`
        throw new Refusal('forbidden', `This needs the scope "${needed}". "${caller.actor}" has ${held}.`)
      }
      return caller
    },
  }
}

/** Who asks, as an operation is told. */
export const identityOf = (caller: Caller | null): Pick<Context, 'actor' | 'may'> => ({
  actor: caller?.actor ?? null,
  may: (scope) => includes(caller?.scope ?? null, scope),
})

/** The hook of a route, before its body is read; undefined where everyone passes, so that passing costs nothing. */
export function guard(gate: Gate, access: Access) {
  if (access === 'read' && gate.needs(access) === null) return undefined
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers
    try {
      request.caller = await gate.admit(authorization, access)
    } catch (error) {
      if (error instanceof Refusal) challenge(reply, error, { sent: authorization !== undefined, gate, access })
      throw error
    }
  }
}

/** How to do better, for clients that read headers (RFC 6750, section 3). */
function challenge(
  reply: FastifyReply,
  { kind }: Refusal,
  { sent, gate, access }: { sent: boolean; gate: Gate; access: Access },
): void {
  if (kind === 'unauthorized') reply.header('www-authenticate', sent ? 'Bearer error="invalid_token"' : 'Bearer')
  if (kind === 'forbidden')
    reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${gate.needs(access)}"`)
}
