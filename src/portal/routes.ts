/** The routes of the portal: the page, its hashed script, and the embeddable element. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalog } from '../domain/catalog.js'
import { matchesEtag } from '../http/answers.js'
import type { LiveCatalog } from '../live-catalog.js'
import { hashedName } from './build.js'
import { loadBundle } from './bundle.js'
import type { Matrix } from './markup/matrix.js'
import { isTheme, isView, renderPage } from './page.js'

interface File {
  body: Buffer
  gzip: Buffer
  br: Buffer
  etag: string
}

const toGzip = promisify(gzip)
const toBrotli = promisify(brotliCompress)

/** Quick, not smallest: a page is written anew with each revision. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }

async function compress(text: string): Promise<File> {
  const body = Buffer.from(text)
  const [zipped, br] = await Promise.all([toGzip(body), toBrotli(body, BROTLI)])
  return { body, gzip: zipped, br, etag: `W/"${sha256(text).slice(0, 22)}"` }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')

const HTML = 'text/html; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'
const YEAR = 'public, max-age=31536000, immutable'

function send(request: FastifyRequest, reply: FastifyReply, file: File): FastifyReply {
  reply.header('etag', file.etag).header('x-content-type-options', 'nosniff')
  const known = request.headers['if-none-match']
  if (known !== undefined && matchesEtag(known, file.etag)) return reply.code(304).send()
  const accepted = request.headers['accept-encoding'] ?? ''
  const coding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
  if (coding) reply.header('content-encoding', coding)
  return reply.send(coding ? file[coding] : file.body)
}

/** Only its own script and the one style sheet whose hash is named; no address but its own origin. */
const policy = (style: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'sha256-${sha256(style)}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')

/** Registers `/`, `/portal/<script>` and `/embed.js`. The page is written once per revision, view and theme. */
export function registerPortal(app: FastifyInstance, live: LiveCatalog): void {
  let of: Catalog | null = null
  let matrix: Promise<Matrix | null> | undefined
  let pages = new Map<string, Promise<File>>()
  let files: Promise<{ name: string; script: File; embed: File; style: string; csp: string }> | undefined

  const loadFiles = async () => {
    const { script, embed, style } = await loadBundle()
    const [scriptFile, embedFile] = await Promise.all([compress(script), compress(embed)])
    return { name: hashedName('main', script, 'js'), script: scriptFile, embed: embedFile, style, csp: policy(style) }
  }
  const getFiles = () => {
    files ??= loadFiles().catch((error: unknown) => {
      files = undefined
      throw error
    })
    return files
  }

  /** What a stranger may read: asked of the public API, so that closed reads stay closed here. */
  const askMatrix = async (): Promise<Matrix | null> => {
    const answer = await app.inject({ method: 'GET', url: '/v1/matrix', headers: { accept: 'application/json' } })
    return answer.statusCode === 200 ? answer.json<Matrix>() : null
  }

  app.get('/', async (request, reply) => {
    const { name, style, csp } = await getFiles()
    const catalog = live.current()
    if (of !== catalog) {
      of = catalog
      matrix = undefined
      pages = new Map()
    }
    const asked = (request.query as Record<string, unknown>).view
    const view = isView(asked) ? asked : 'matrix'
    const cookie = /(?:^|;\s*)theme=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    const theme = isTheme(cookie) ? cookie : null
    const key = `${view} ${theme}`
    let page = pages.get(key)
    if (!page) {
      matrix ??= askMatrix()
      const asking = matrix
      page = asking.then((matrix) => compress(renderPage({ matrix, style, script: `/portal/${name}`, view, theme })))
      pages.set(key, page)
      // A refusal (too many requests, reads closed) or a failure is not kept.
      const forget = (): void => {
        if (matrix === asking) matrix = undefined
        pages.delete(key)
      }
      asking.then((matrix) => matrix ?? forget(), forget)
    }
    reply
      .type(HTML)
      .header('content-security-policy', csp)
      .header('referrer-policy', 'strict-origin-when-cross-origin')
      .header('cache-control', 'private, no-cache')
      .header('vary', 'accept-encoding, cookie')
    return send(request, reply, await page)
  })

  app.get<{ Params: { file: string } }>('/portal/:file', async (request, reply) => {
    const { name, script } = await getFiles()
    if (request.params.file !== name) return reply.callNotFound()
    return send(request, reply.type(SCRIPT).header('cache-control', YEAR).header('vary', 'accept-encoding'), script)
  })

  app.get('/embed.js', async (request, reply) => {
    const { embed } = await getFiles()
    reply
      .type(SCRIPT)
      .header('cache-control', 'public, max-age=3600')
      .header('vary', 'accept-encoding')
      // A public file that other sites load, also as a module.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    return send(request, reply, embed)
  })
}
