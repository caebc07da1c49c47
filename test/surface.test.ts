/** Guards that walk every operation: what holds for one holds for all. */
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operations } from '../src/operations/index.js'
import type { Operation } from '../src/operations/operation.js'
import { KEY, useService } from './support/app.js'
import { seeded } from './support/catalog.js'
import { keepDecision } from './support/decisions.js'
import { giveKey } from './support/keys.js'
import { send, urlOf } from './support/operations.js'

type Node = { [key: string]: unknown }
const rows = operations.map((operation) => [operation.id, operation] as const)

/** Every node of a JSON schema with the path to it. */
function* nodes(node: unknown, path = ''): Generator<[string, Node]> {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) yield [path, node as Node]
  for (const [key, child] of Object.entries(node)) yield* nodes(child, `${path}/${key}`)
}

/** Strings without a length and lists without a bound. */
const unbounded = (schema: z.ZodType, io: 'input' | 'output'): string[] =>
  [...nodes(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))]
    .filter(
      ([, node]) =>
        (node.type === 'string' &&
          node.maxLength === undefined &&
          node.enum === undefined &&
          node.const === undefined) ||
        (node.type === 'array' && node.maxItems === undefined) ||
        (node.type === 'object' && node.properties !== undefined && node.additionalProperties !== false),
    )
    .map(([path]) => path)

describe('the guard against unbounded schemas', () => {
  it.each([
    ['a string without a length', z.strictObject({ a: z.string() })],
    ['a list without a bound', z.strictObject({ a: z.array(z.int()) })],
    ['an object that takes strangers', z.looseObject({ a: z.int() })],
  ])('finds %s', (_name, schema) => expect(unbounded(schema, 'output')).not.toEqual([]))

  it('passes what is bounded', () => expect(unbounded(z.strictObject({ a: z.string().max(3) }), 'output')).toEqual([]))
})

describe('the list of operations', () => {
  it('has no id and no path twice', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(operations.length)
  })
})

const reader = useService()

describe.each(rows)('%s', (_id, operation) => {
  // What only reads shares one service; what writes has its own.
  const service = operation.access === 'read' ? reader : useService()
  const url = urlOf(operation)
  // The key and the decision that the examples speak of.
  beforeAll(async () => {
    if (operation.path.startsWith('/v1/decisions')) await keepDecision(service.running().store)
    if (operation.access === 'admin') await giveKey(service.running().store, 'write', { id: '0123456789ab' })
  })
  const ask = (wanted: Operation, to = urlOf(wanted)) =>
    send(service.running().request, wanted, wanted.access === 'read' ? {} : { authorization: KEY }, to)

  /** Writes what the example needs to be there; the ETag of what it replaces or removes. */
  const prepare = async (): Promise<string | undefined> => {
    // Both name a team.
    if (/^\/v1\/(?:assignments|routing-rules)/.test(operation.path))
      await service.put('/v1/teams/platform').send({ name: 'Platform', queue: 'PLAT' })
    const at = (method: Operation['method']) =>
      operations.find((other) => other.path === operation.path && other.method === method)
    const [get, put] = [at('GET'), at('PUT')]
    if (!operation.resource || !get || !put) return undefined
    const read = urlOf({ ...get, example: { params: operation.example.params, query: get.example.query } })
    const there = await service.get(read)
    if (there.status === 404 && operation !== put) await ask(put).set('authorization', KEY).expect(201)
    return (await service.get(read)).headers.etag
  }

  it('says what it does in a length that every chat platform takes', () => {
    expect(operation.summary.length).toBeLessThanOrEqual(60)
    expect(operation.description.length).toBeLessThanOrEqual(300)
    for (const field of Object.values({ ...operation.params.shape, ...operation.query.shape })) {
      const { description } = field as z.ZodType
      expect(description).toBeTruthy()
      expect(description?.length).toBeLessThanOrEqual(700)
    }
  })

  it('bounds every string and list of its input and output, and closes every object', () => {
    expect(unbounded(operation.params, 'input')).toEqual([])
    expect(unbounded(operation.query, 'input')).toEqual([])
    expect(operation.body ? unbounded(operation.body, 'input') : []).toEqual([])
    expect(unbounded(operation.output, 'output')).toEqual([])
  })

  it('refuses a field of the body that it does not know', async () => {
    if (!operation.body) return
    const refusal = await ask(operation)
      .send({ ...(operation.example.body as object), nosuch: 1 })
      .expect(400)
    expect(refusal.body.errors[0].pointer).toBe('/body/nosuch')
  })

  it('names in its path exactly its parameters', () => {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(operation.params.shape)).toEqual(names)
  })

  it('answers its example with its own schema, a revision and an ETag that it honours', async () => {
    const etag = await prepare()
    const request = ask(operation)
    if (etag && operation.method !== 'GET') request.set('if-match', etag)
    const answer = await request.expect('content-type', 'application/json; charset=utf-8')
    expect(answer.status).toBe(operation.method === 'PUT' && !etag ? 201 : 200)
    const parsed = operation.output.safeParse(answer.body)
    expect(parsed.error?.message).toBeUndefined()
    expect(parsed.data).toEqual(answer.body)
    // A bare OSCAL document has no envelope: its metadata carries the revision.
    const document: { metadata?: { version?: string } } = Object.values(answer.body)[0] ?? {}
    expect(answer.body.revision ?? Number(document.metadata?.version)).toBeGreaterThanOrEqual(seeded.revision)
    if (operation.method !== 'GET' || operation.volatile) return
    await service.get(url).set('if-none-match', String(answer.headers.etag)).expect(304)
    await service.get(url).set('if-none-match', '"other"').expect(200)
  })

  it('shows no example in the document that breaks its own schema', () => {
    if (operation.example.answer === undefined) return
    expect(operation.output.safeParse(operation.example.answer).error?.message).toBeUndefined()
  })

  it('refuses a parameter that it does not know, by its name', async () => {
    const refusal = await ask(operation, `${url}${url.includes('?') ? '&' : '?'}nosuch=1`).expect(400)
    expect(refusal.body.errors).toEqual([{ pointer: '/query/nosuch', message: expect.stringContaining('"nosuch"') }])
  })

  it('refuses a stranger where it stores something', async () => {
    if (operation.access !== 'write') return
    const refusal = await send(service.running().request, operation, {}, url).expect(401)
    expect(refusal.body.type).toBe('/problems/unauthorized')
  })
})
