import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { buildBundle } from '../../src/portal/build.js'
import { registerPortal } from '../../src/portal/routes.js'
import { useService } from '../support/app.js'
import { seeded } from '../support/catalog.js'

const KILOBYTE = 1000

describe('the page of the portal', () => {
  const service = useService()

  it('brings the matrix with it: every service by name, in one answer', async () => {
    const { text } = await service.get('/').expect(200).expect('content-type', 'text/html; charset=utf-8')
    for (const { id } of seeded.services) expect(text).toContain(`data-id=${id} `)
    expect(text.match(/data-layer=/g)).toHaveLength(21)
    expect(text).toContain(`revision ${seeded.revision}`)
  })

  it('allows its own script and the one style whose hash it names, and nothing inline', async () => {
    const { text, headers } = await service.get('/')
    const policy = String(headers['content-security-policy'])
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? ''
    expect(policy).toContain(`style-src 'self' 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).not.toContain('unsafe')
    expect(text).not.toMatch(/<script(?![^>]* src=)/)
    expect(text).not.toMatch(/ (style|on\w+)=/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('is revalidated by its ETag and sent compressed', async () => {
    const { headers } = await service.get('/').set('accept-encoding', 'gzip').expect('content-encoding', 'gzip')
    expect(headers['cache-control']).toBe('private, no-cache')
    await service.get('/').set('if-none-match', String(headers.etag)).expect(304)
  })

  it('paints the view and the theme that were asked for, and takes no other word for either', async () => {
    const { text } = await service.get('/?view=duties').set('cookie', 'a=b; theme=dark')
    expect(text).toContain('<html lang=en data-view=duties data-theme=dark>')
    const { text: other } = await service.get('/?view=%22onload=1').set('cookie', 'theme=x')
    expect(other).toContain('<html lang=en data-view=matrix>')
  })

  it('says in each view what there is without its script', async () => {
    for (const view of ['compare', 'split', 'duties', 'ask', 'route', 'learn']) {
      const { text } = await service.get(`/?view=${view}`)
      const words = /<section id=view><p.*?<\/p><noscript>(.*?)<\/noscript>/s.exec(text)?.[1] ?? ''
      expect(words).toContain('This view needs JavaScript.')
      const links = [...words.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
      expect(links.length).toBeGreaterThan(0)
      for (const link of links) await service.get(link).redirects(1).expect(200)
    }
    const { text } = await service.get('/')
    expect(text).toContain('Without JavaScript only the first rows show their cells.')
  })

  it('names its script by its content, to be kept for ever', async () => {
    const { text } = await service.get('/')
    const script = String(/src="(\/portal\/main-[0-9a-f]{10}\.js)"/.exec(text)?.[1])
    await service
      .get(script)
      .expect(200)
      .expect('content-type', 'text/javascript; charset=utf-8')
      .expect('cache-control', 'public, max-age=31536000, immutable')
    await service
      .get('/portal/main-0000000000.js')
      .expect(404)
      .expect('content-type', /problem\+json/)
  })

  it('lets other sites load the embeddable element', () =>
    service
      .get('/embed.js')
      .expect(200)
      .expect('content-type', 'text/javascript; charset=utf-8')
      .expect('access-control-allow-origin', '*')
      .expect('cross-origin-resource-policy', 'cross-origin'))
})

describe('the page where reads are closed', () => {
  it('holds nothing that the public API would not have answered', async () => {
    const app = fastify()
    app.get('/v1/matrix', (_request, reply) => reply.code(401).send({}))
    registerPortal(app, { current: () => seeded, refresh: async () => false, close: () => undefined })
    const { body } = await app.inject('/')
    expect(body).toContain('Loading the matrix')
    expect(body).not.toContain('data-id=')
    await app.close()
  })
})

describe('what the browser loads', () => {
  it('weighs less than 80 kB compressed, and the element less than 30 kB', async () => {
    const { script, style, embed } = await buildBundle()
    expect(gzipSync(script).length + gzipSync(style).length).toBeLessThan(80 * KILOBYTE)
    expect(gzipSync(embed).length).toBeLessThan(30 * KILOBYTE)
  })
})
