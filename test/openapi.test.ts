import { describe, expect, it } from 'vitest'
import { receiveEvent } from '../src/operations/hooks.js'
import { operations } from '../src/operations/index.js'
import { useService } from './support/app.js'

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
