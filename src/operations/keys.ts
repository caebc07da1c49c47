/** API keys over HTTP: listed, made and revoked by those who hold one with the scope admin. */
import { z } from 'zod'
import { createKey } from '../access/keys.js'
import { Access, KeyId, KeyName, type StoredKey } from '../domain/access.js'
import { Refusal } from '../domain/refusal.js'
import { Revision } from '../domain/verdict.js'
import { Nothing, operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'

const Instant = z.iso.datetime().max(40)
const Actor = z.string().min(1).max(200)

const Key = z
  .strictObject({
    id: KeyId.describe('The public part of the key, by which it is revoked.'),
    name: KeyName.describe('What the change log calls its holder.'),
    scope: Access,
    status: z.enum(['active', 'expired', 'revoked']),
    createdAt: Instant,
    createdBy: Actor,
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    revokedBy: Actor.nullable(),
    lastUsedAt: Instant.nullable().describe('To the minute; null before its first use.'),
  })
  .meta({ id: 'Key' })

const present = ({ hash: _hash, ...key }: StoredKey, now: number): z.output<typeof Key> => {
  const expired = key.expiresAt !== null && Date.parse(key.expiresAt) <= now
  return { ...key, status: key.revokedAt !== null ? 'revoked' : expired ? 'expired' : 'active' }
}

/** A key as the examples show it. */
const EXAMPLE = {
  id: '0123456789ab',
  name: 'portal',
  scope: 'write',
  status: 'active',
  createdAt: '2026-11-24T12:00:00.000Z',
  createdBy: 'command line',
  expiresAt: '2027-11-24T00:00:00.000Z',
  revokedAt: null,
  revokedBy: null,
  lastUsedAt: null,
} as const

export const listKeys = operation({
  id: 'listKeys',
  method: 'GET',
  path: '/v1/keys',
  tag: 'Access',
  access: 'admin',
  volatile: true,
  summary: 'List the API keys',
  description: 'All keys, oldest first, those that have expired or were revoked too. The keys themselves are not kept.',
  params: Nothing,
  query: z.strictObject(Page),
  output: listOf(Key),
  refusals: ['invalid'],
  example: {
    params: {},
    query: { limit: 1 },
    answer: { items: [EXAMPLE], nextCursor: null, total: 1, revision: 1 },
  },
  async run({ catalog, store, now }, { query }) {
    const page = pageOf(await store.keys.list(), query)
    return { ...page, items: page.items.map((key) => present(key, now())), revision: catalog.revision }
  },
})

export const createApiKey = operation({
  id: 'createKey',
  method: 'POST',
  path: '/v1/keys',
  tag: 'Access',
  access: 'admin',
  volatile: true,
  summary: 'Make an API key',
  description: 'Makes a key and shows it this once: only its hash is kept, so a lost key is revoked and made anew.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    name: KeyName.describe('Who will hold it; the change log calls them so.'),
    scope: Access.describe('Of read, route, write and admin, each includes those before it.'),
    expiresAt: z.iso
      .datetime({ offset: true })
      .max(40)
      .optional()
      .describe('When it ends, such as 2027-11-24T00:00:00Z. Leave out for a key without an end.'),
  }),
  output: z
    .strictObject({
      key: Key,
      secret: z.string().length(59).describe('The key to send as bearer. It is shown here and never again.'),
      revision: Revision,
    })
    .meta({ id: 'CreatedKey' }),
  refusals: ['invalid'],
  example: {
    params: {},
    query: {},
    body: { name: 'portal', scope: 'write', expiresAt: '2027-11-24T00:00:00Z' },
    answer: { key: EXAMPLE, secret: `rm_0123456789ab_${'x'.repeat(43)}`, revision: 1 },
  },
  async run({ catalog, store, actor, now }, { body }) {
    const { text, stored } = createKey({
      name: body.name,
      scope: body.scope,
      expiresAt: body.expiresAt === undefined ? null : endOf(body.expiresAt, now()),
      createdBy: actor ?? 'unknown',
      at: new Date(now()).toISOString(),
    })
    await store.keys.add(stored)
    return { key: present(stored, now()), secret: text, revision: catalog.revision }
  },
})

/** When a key shall end, in UTC. A key that is over before it is made would only puzzle its holder. */
function endOf(expiresAt: string, now: number): string {
  if (Date.parse(expiresAt) > now) return new Date(expiresAt).toISOString()
  throw new Refusal('invalid', `expiresAt "${expiresAt}" is over already. Send a later time, or leave it out.`, {
    field: 'expiresAt',
  })
}

export const revokeKey = operation({
  id: 'revokeKey',
  method: 'DELETE',
  path: '/v1/keys/{key}',
  tag: 'Access',
  access: 'admin',
  volatile: true,
  summary: 'Revoke an API key',
  description: 'From a few seconds later the key opens nothing, on any node. It stays in the list, as revoked.',
  params: z.strictObject({ key: KeyId.describe('The id of a key: its twelve characters after rm_.') }),
  query: Nothing,
  output: Key.extend({ revision: Revision }).meta({ id: 'RevokedKey' }),
  refusals: ['unknown'],
  example: {
    params: { key: EXAMPLE.id },
    query: {},
    answer: {
      ...EXAMPLE,
      status: 'revoked',
      revokedAt: '2026-11-24T12:00:00.000Z',
      revokedBy: 'operations',
      revision: 1,
    },
  },
  async run({ catalog, store, actor, now }, { params }) {
    await store.keys.revoke(params.key, new Date(now()).toISOString(), actor ?? 'unknown')
    const key = await store.keys.find(params.key)
    if (!key)
      throw new Refusal('unknown', `There is no key "${params.key}". GET /v1/keys lists what there is.`, {
        field: 'key',
      })
    return { ...present(key, now()), revision: catalog.revision }
  },
})
