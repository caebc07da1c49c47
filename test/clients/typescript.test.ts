/** The TypeScript client against the running service, and its examples as they stand. */
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer } from '../../clients/typescript/examples/bot.js'
import { ourDuties } from '../../clients/typescript/examples/portal.js'
import { queueOf } from '../../clients/typescript/examples/router.js'
import { ROUTES } from '../../clients/typescript/src/api.js'
import { type Client, createClient, ProblemError } from '../../clients/typescript/src/client.js'
import { operations } from '../../src/operations/index.js'
import { KEY, startService } from '../support/app.js'
import { seeded } from '../support/catalog.js'

describe('the TypeScript client', () => {
  let service: Awaited<ReturnType<typeof startService>>
  let client: Client
  beforeAll(async () => {
    service = await startService()
    await service.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = service.app.server.address() as AddressInfo
    client = createClient({ baseUrl: `http://127.0.0.1:${port}`, key: KEY.replace('Bearer ', '') })
  })
  afterAll(() => service.stop())

  it('has a call for every operation', () => {
    for (const { id, method, path } of operations) expect(ROUTES).toHaveProperty(id, [method, path])
  })

  it('asks with parameters in the path and in the query, and tells the version', async () => {
    const { data, status, version } = await client.call('getVerdict', {
      params: { service: 'rds', layer: 'operating-system' },
      query: { variant: 'rds-custom-oracle' },
    })
    expect([data.owner, status]).toEqual(['customer', 200])
    expect(version).toMatch(/^"/)
  })

  it('walks every page of a list', async () => {
    const ids: string[] = []
    for await (const { id } of client.items('listServices', { query: { limit: 100 } })) ids.push(id)
    expect(new Set(ids).size).toBe(seeded.services.length)
  })

  it('throws a problem with what the service said', async () => {
    const call = client.call('getService', { params: { service: 'rdss' } })
    await expect(call).rejects.toThrow(ProblemError)
    await expect(call).rejects.toMatchObject({
      problem: { status: 404, suggestions: expect.arrayContaining([{ id: 'rds', name: 'Amazon RDS' }]) },
    })
  })

  it('creates, and replaces only the version that it read', async () => {
    const params = { team: 'platform' }
    const created = await client.call('putTeam', { params, body: { name: 'Platform', queue: 'PLAT' }, version: null })
    expect(created.status).toBe(201)
    const read = await client.call('getTeam', { params })
    const write = { params, body: { name: 'Platform', queue: 'PLATFORM' }, version: read.version }
    expect((await client.call('putTeam', write)).data.queue).toBe('PLATFORM')
    await expect(client.call('putTeam', write)).rejects.toMatchObject({ problem: { status: 412 } })
  })

  it('drives a portal, a bot and a router', async () => {
    expect(await ourDuties(client, ['s3', 'workmail'])).toEqual([
      expect.stringMatching(/^Amazon S3: \d+ layers are ours, \d+ shared$/),
      expect.stringMatching(/^Amazon WorkMail: \d+ layers are ours, \d+ shared$/),
    ])
    expect(await answer(client, 'ECS hosts: who patches them?')).toMatchObject({
      buttons: expect.arrayContaining(['Fargate']),
    })
    expect(await queueOf(client, 'EC2 system status check failed', 'on web-7')).toMatch(/^AWS Support \(/)
  })
})
