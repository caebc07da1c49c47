/** The tools as a reading of the operations. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Refusal } from '../../src/domain/refusal.js'
import { Ticket } from '../../src/domain/ticket.js'
import { describeRefusal } from '../../src/http/problems.js'
import { readTools } from '../../src/mcp/tools.js'
import { operations } from '../../src/operations/index.js'
import { type Context, Nothing, type Operation, operation } from '../../src/operations/operation.js'
import { seeded } from '../support/catalog.js'

/** What the tools take from a model's attention, by the two measures that are at hand. */
function tokensOf(listing: unknown): number {
  const text = JSON.stringify(listing)
  // As tokenizers cut text before they merge: words with what stands before them, digits in threes, runs of signs.
  const pieces = text.match(/[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+/gu) ?? []
  const inWords = (piece: string): number =>
    1 + (piece.match(/[a-z](?=[A-Z])/g)?.length ?? 0) + Math.floor(piece.length / 12)
  return Math.max(
    text.length / 4,
    pieces.reduce((sum, piece) => sum + inWords(piece), 0),
  )
}

const declare = (id: string, over: Partial<Operation>): Operation => ({
  ...operation({
    id,
    method: 'POST',
    path: `/v1/${id}`,
    tag: 'Matrix',
    access: 'read',
    summary: id,
    description: id,
    params: Nothing,
    query: Nothing,
    output: z.strictObject({}),
    refusals: [],
    example: { params: {}, query: {} },
    run: () => ({}),
  }),
  ...over,
})

const context: Context = {
  catalog: seeded,
  describeRefusal,
  actor: null,
  may: () => false,
  now: () => 0,
  get history(): never {
    throw new Error('not asked')
  },
  get store(): never {
    throw new Error('not asked')
  },
}
const reading = (operation: Operation) => {
  const [tool] = readTools([operation]).values()
  if (!tool) throw new Error('no tool')
  return { listing: tool.listing, call: (sent: Record<string, unknown>) => tool.call(() => context, sent) }
}

describe('the list of tools', () => {
  const { tools } = { tools: [...readTools(operations).values()].map(({ listing }) => listing) }

  it('takes less than 1,200 tokens of a model, those that are still to come included', () => {
    const names = tools.map(({ name }) => name)
    const later = [['ask', 180] as const, ['route_ticket', 330] as const].filter(([name]) => !names.includes(name))
    const reserved = later.reduce((sum, [, tokens]) => sum + tokens, 0)
    expect(tokensOf({ tools }) + reserved).toBeLessThan(1200)
  })

  it('names a tool in snake_case and says in 120 characters what it is for', () => {
    for (const { name, description } of tools) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/)
      expect(description.length).toBeLessThanOrEqual(120)
    }
  })

  it('has the tools of the contract whose operations there are', () => {
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['who_owns', 'list_duties', 'get_matrix', 'search', 'list_services']),
    )
  })
})

describe('an operation read as a tool', () => {
  it('is picked up by its tool field alone', () => {
    expect(
      readTools([declare('a', {}), declare('b', { tool: { name: 'b', description: 'b', readOnly: true } })]).size,
    ).toBe(1)
  })

  it('takes what stands in the path, the query and the body as one flat input', async () => {
    const { listing, call } = reading(
      declare('a', {
        params: z.strictObject({ service: z.string().max(9) }),
        query: z.strictObject({
          variants: z.enum(['true', 'false']).default('false'),
          format: z.string().max(9).optional(),
        }),
        body: z.strictObject({ title: z.string().max(9) }),
        tool: { name: 'a', description: 'a', readOnly: true },
        run: (_context, input) => input,
      }),
    )
    expect(Object.keys(listing.inputSchema.properties as object)).toEqual(['service', 'variants', 'title'])
    expect(listing.inputSchema.required).toEqual(['service', 'title'])
    const { structuredContent } = await call({ service: 'rds', variants: true, title: 't' })
    expect(structuredContent).toEqual({ params: { service: 'rds' }, query: { variants: 'true' }, body: { title: 't' } })
  })

  it('announces a tool that writes as one', () => {
    const { listing } = reading(
      declare('route', { body: Ticket, tool: { name: 'route_ticket', description: 'r', readOnly: false } }),
    )
    expect(listing.annotations).toEqual({ readOnlyHint: false, destructiveHint: false })
    expect(listing.inputSchema.properties).toMatchObject({ labels: { type: 'array', items: { type: 'string' } } })
  })

  it('is refused at the start where two fields or two tools share a name', () => {
    const tool = { name: 'a', description: 'a', readOnly: true }
    const field = z.strictObject({ q: z.string().max(9) })
    expect(() => readTools([declare('a', { params: field, query: field, tool })])).toThrow(/"q"/)
    expect(() => readTools([declare('a', { tool }), declare('b', { tool })])).toThrow(/same name/)
  })

  it('tells a refusal as an error to read, and throws what nobody foresaw', async () => {
    const tool = { name: 'a', description: 'a', readOnly: true }
    const failing = (error: Error) =>
      reading(
        declare('a', {
          tool,
          run: () => {
            throw error
          },
        }),
      )
    const refusal = new Refusal('ambiguous', 'Which?', { candidates: [{ id: 'rds', name: 'Amazon RDS' }] })
    expect(await failing(refusal).call({})).toEqual({
      content: [{ type: 'text', text: 'Which?\nCandidates: rds (Amazon RDS).' }],
      isError: true,
    })
    await expect(failing(new Error('disk')).call({})).rejects.toThrow('disk')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes no argument named %s', async (name) => {
    const { call } = reading(declare('a', { tool: { name: 'a', description: 'a', readOnly: true } }))
    const answer = await call(JSON.parse(`{"${name}":{"x":1}}`))
    expect(answer).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(`"${name}"`) }] })
  })
})
