import { describe, expect, it } from 'vitest'
import { receiveEvent } from '../src/operations/hooks.js'
import { operations } from '../src/operations/index.js'
import { startService, useService } from './support/app.js'

describe('the document', () => {
  const service = useService()

  it('is the file openapi.yaml, byte for byte', async () => {
    const { text } = await service.get('/openapi.yaml').expect(200)
    await expect(text).toMatchFileSnapshot('../openapi.yaml')
  })

  it('describes every operation with an example, and nothing else', async () => {
    const { body } = await service.get('/openapi.json').expect(200)
    const described = Object.entries<Record<string, { operationId: string }>>(body.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    )
    expect(described.toSorted()).toEqual(
      [...operations, receiveEvent].map(({ id, method, path }) => `${method} ${path} ${id}`).toSorted(),
    )
    for (const item of Object.values<
      Record<string, { responses: Record<string, { content: Record<string, { example: unknown }> }> }>
    >(body.paths))
      for (const { responses } of Object.values(item))
        expect(responses['200']?.content['application/json']?.example).toBeDefined()
  })

  it('asks for a bearer wherever the gate does, and nowhere else', async () => {
    const closed = await startService({ REQUIRE_AUTH_FOR_READS: 'true' })
    for (const [answer, open] of [
      [await service.get('/openapi.json'), true],
      [await closed.request.get('/openapi.json'), false],
    ] as const)
      for (const { path, method, access } of operations) {
        const { security, responses } = answer.body.paths[path][method.toLowerCase()]
        if (access === 'route' && open) expect(security).toEqual([{}, { bearer: [] }])
        else if (access === 'read' && open) expect(security).toBeUndefined()
        else expect(security).toEqual([{ bearer: [] }])
        expect('401' in responses && '403' in responses).toBe(access !== 'read' || !open)
      }
    await closed.stop()
  })

  it('tells of every write what it takes and what it may be refused for', async () => {
    const { body } = await service.get('/openapi.json').expect(200)
    for (const { path, method, resource, refusals } of operations) {
      // Keys and the log of decisions are no part of the versioned data.
      if (!refusals.includes('lost-race')) continue
      const { parameters, responses } = body.paths[path][method.toLowerCase()]
      const headers = parameters.flatMap((one: { in: string; name: string }) => (one.in === 'header' ? [one.name] : []))
      expect(headers).toContain('Idempotency-Key')
      if (resource) expect(headers).toContain('If-Match')
      if (method === 'PUT') expect(headers).toContain('If-None-Match')
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '401', '409', '412', '422', '428']))
      if (method === 'PUT') expect(responses['201'].headers).toHaveProperty('Location')
      expect(responses['304']).toBeUndefined()
    }
  })

  it('names no schema that no path uses', async () => {
    const { text, body } = await service.get('/openapi.json')
    for (const name of Object.keys(body.components.schemas)) expect(text).toContain(`#/components/schemas/${name}"`)
  })

  it('is shown to people at /docs', async () => {
    const page = await service.get('/docs/').expect(200)
    expect(page.text).toContain('swagger-ui')
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  })
})
