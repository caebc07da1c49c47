/** What a model is told is here, is here. */
import { describe, expect, it } from 'vitest'
import { operations } from '../../src/operations/index.js'
import { useService } from '../support/app.js'

describe('/llms.txt', () => {
  const service = useService()
  const read = async () =>
    (
      await service
        .get('/llms.txt')
        .expect(200)
        .expect('content-type', /text\/markdown/)
    ).text

  it('has the form of llmstxt.org: a title, a summary in a quote, sections of links', async () => {
    const text = await read()
    expect(text).toMatch(/^# [^\n]+\n\n> [^\n]+\n\n/)
    expect(text.match(/^# /gm)).toHaveLength(1)
    expect(text).toMatch(/\n## Optional\n\n- \[/)
  })

  it('names every operation and every tool', async () => {
    const text = await read()
    for (const { method, path, tool } of operations) {
      expect(text).toContain(`[${method} ${path}](`)
      if (tool) expect(text).toContain(`\`${tool.name}\``)
    }
  })

  it('leads only to addresses that answer', async () => {
    const links = [...(await read()).matchAll(/^- \[[^\]]+\]\(([^)]+)\)/gm)].map(([, link]) => String(link))
    expect(links.length).toBeGreaterThan(operations.length)
    for (const link of new Set(links)) {
      const { status } = await service.get(link)
      expect([200, 302], link).toContain(status)
    }
  })
})
