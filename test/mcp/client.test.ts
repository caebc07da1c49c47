/** A client of the SDK on both eras of the protocol gets what REST answers. */
import type { Client } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/operations/index.js'
import { connect, listen, PROTOCOLS } from './support.js'

/** A call that fits on one page, and the address that answers the same. */
const CALLS: [tool: string, args: Record<string, unknown>, path: string][] = [
  [
    'who_owns',
    { service: 'AWS::RDS::DBInstance', layer: 'patching the os' },
    '/v1/owner?service=AWS::RDS::DBInstance&layer=patching+the+os',
  ],
  ['who_owns', { layer: 'physical' }, '/v1/owner?layer=physical'],
  [
    'who_owns',
    { service: 'rds', variant: 'rds-custom', layer: 'operating-system' },
    '/v1/owner?service=rds&variant=rds-custom&layer=operating-system',
  ],
  ['list_services', { category: 'database', limit: 3 }, '/v1/services?category=database&limit=3'],
  ['list_duties', { service: 'rds', owner: 'aws' }, '/v1/duties?service=rds&owner=aws'],
  ['get_matrix', { service: 'rds,s3', layer: 'data,runtime' }, '/v1/matrix?service=rds,s3&layer=data,runtime'],
  ['get_matrix', { service: 'rds', variants: true }, '/v1/matrix?service=rds&variants=true'],
  ['search', { q: 'encrypt bucket', limit: 4 }, '/v1/search?q=encrypt+bucket&limit=4'],
]

describe.each(PROTOCOLS)('a client that speaks %s', (version) => {
  let service: Awaited<ReturnType<typeof listen>>
  let client: Client
  beforeAll(async () => {
    service = await listen()
    client = await connect(service.url, version)
  })
  afterAll(async () => {
    await client.close()
    await service.stop()
  })
  const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args })
  const structured = async (name: string, args: Record<string, unknown>) =>
    (await call(name, args)).structuredContent as Record<string, unknown>

  it('agrees on that version and is told what the service is for', () => {
    expect(client.getNegotiatedProtocolVersion()).toBe(version)
    expect(client.getServerVersion()?.name).toBe('aws-responsibility-matrix')
    expect(client.getInstructions()).toContain('who_owns')
  })

  it('lists every operation that declares a tool, with a description, schemas, and a hint whether it writes', async () => {
    const { tools } = await client.listTools()
    const declared = operations.flatMap(({ tool }) => tool ?? [])
    expect(tools.map(({ name }) => name)).toEqual(declared.map(({ name }) => name))
    for (const { name, description, inputSchema, outputSchema, annotations } of tools) {
      expect(description?.length).toBeGreaterThan(10)
      expect(inputSchema.type).toBe('object')
      expect(outputSchema?.type).toBe('object')
      expect(annotations?.readOnlyHint).toBe(name !== 'route_ticket')
    }
  })

  it.each(CALLS)('gets from %s of %j what REST answers, as data and as text', async (name, args, path) => {
    const rest = await (await fetch(service.url + path)).json()
    const answer = await call(name, args)
    expect(answer.isError).toBeFalsy()
    expect(answer.structuredContent).toEqual(rest)
    expect(answer.content).toEqual([{ type: 'text', text: JSON.stringify(rest) }])
  })

  it('calls every tool with the example of its operation', async () => {
    for (const { tool, example } of operations) {
      if (!tool) continue
      const body = typeof example.body === 'object' ? example.body : {}
      const answer = await call(tool.name, { ...example.params, ...example.query, ...body })
      expect(answer.isError, tool.name).toBeFalsy()
    }
  })

  it('pages through the whole matrix and ends with what REST answers at once', async () => {
    const whole = (await (await fetch(`${service.url}/v1/matrix?layer=data`)).json()) as { rows: unknown[] }
    const rows: unknown[] = []
    let cursor: string | undefined
    do {
      const page = await structured('get_matrix', { layer: 'data', limit: 100, ...(cursor ? { cursor } : {}) })
      rows.push(...(page.rows as unknown[]))
      cursor = page.nextCursor as string | undefined
      if (cursor) expect(page.more).toMatch(/^100 of \d+\. Call again with cursor/)
    } while (cursor)
    expect(rows).toEqual(whole.rows)
  })

  it('gets a short first page where it asks for everything', async () => {
    for (const name of ['get_matrix', 'list_duties', 'list_services']) {
      const answer = await structured(name, {})
      expect(answer.nextCursor, name).toEqual(expect.any(String))
      expect(JSON.stringify(answer).length, name).toBeLessThan(40_000)
    }
  })

  it('pages through duties without losing or repeating one', async () => {
    const path = '/v1/duties?service=rds,s3,ec2'
    const whole = (await (await fetch(service.url + path)).json()) as { layers: { layer: object; duties: object[] }[] }
    const flat = (layers: unknown) =>
      (layers as typeof whole.layers).flatMap(({ layer, duties }) => duties.map((duty) => ({ layer, duty })))
    const found: unknown[] = []
    let cursor: string | undefined
    do {
      const page = await structured('list_duties', { service: 'rds,s3,ec2', ...(cursor ? { cursor } : {}) })
      found.push(...flat(page.layers))
      cursor = page.nextCursor as string | undefined
    } while (cursor)
    expect(found).toEqual(flat(whole.layers))
  })

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    [
      'a misspelt service',
      'who_owns',
      { service: 'dynamo base', layer: 'data' },
      /dynamo base[\s\S]*Suggestions: .*dynamodb \(/,
    ],
    ['an ambiguous layer', 'who_owns', { service: 's3', layer: 'encryption' }, /Candidates: .*encryption-at-rest \(/],
    [
      'an unknown argument',
      'who_owns',
      { layer: 'data', service_name: 'rds' },
      /"service_name"[\s\S]*The arguments are: service, layer, variant, asOf\./,
    ],
    ['a missing argument', 'who_owns', { service: 'rds' }, /^layer: .*Nothing was sent/],
    ['a wrong type', 'search', { q: 7 }, /^q: .*You sent 7/],
    ['a page that is too long', 'get_matrix', { limit: 5000 }, /^limit: .*100.*You sent 5000/],
    ['a cursor of nowhere', 'get_matrix', { cursor: 'bm93aGVyZQ' }, /cursor "bm93aGVyZQ".*Leave it out/],
  ])('reads in the error to %s how to mend the call', async (_what, name, args, text) => {
    const answer = await call(name, args)
    expect(answer.isError).toBe(true)
    expect(answer.content).toEqual([{ type: 'text', text: expect.stringMatching(text) }])
  })

  it('is told the very words of the problem that REST answers', async () => {
    const problem = await (await fetch(`${service.url}/v1/owner?service=dynamo+base&layer=data`)).json()
    const { content } = await call('who_owns', { service: 'dynamo base', layer: 'data' })
    expect(content[0]).toMatchObject({ text: expect.stringContaining((problem as { detail: string }).detail) })
  })

  it('is refused a tool that there is not, with the names of those there are', async () => {
    await expect(call('delete_everything', {})).rejects.toThrow(/delete_everything.*who_owns/)
  })

  it('lists a resource for each service in pages, and reads the matrix of one', async () => {
    const uris: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.request({ method: 'resources/list', params: cursor ? { cursor } : {} })
      expect(page.resources.length).toBeLessThanOrEqual(50)
      uris.push(...page.resources.map(({ uri }) => uri))
      cursor = page.nextCursor
    } while (cursor)
    const { total } = (await (await fetch(`${service.url}/v1/services?limit=1`)).json()) as { total: number }
    expect(new Set(uris).size).toBe(total)
    const { contents } = await client.readResource({ uri: 'responsibility://services/rds' })
    const rest = await (await fetch(`${service.url}/v1/matrix?service=rds&variants=true`)).text()
    expect(contents).toEqual([{ uri: 'responsibility://services/rds', mimeType: 'application/json', text: rest }])
  })

  it('finds the form of the addresses in a template, and is told of an address that there is not', async () => {
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resourceTemplates[0]?.uriTemplate).toBe('responsibility://services/{service}')
    await expect(client.readResource({ uri: 'responsibility://services/nosuch' })).rejects.toThrow(/nosuch/)
  })
})
