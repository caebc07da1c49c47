/** What a browser may do with an answer: security headers, and the pages of other origins that may read it. */
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import { type Config, listed } from '../config.js'
import { COMPILERS } from './compilers.js'

/** For pages and pictures that bring their own style and nothing else: the matrix as HTML and SVG. */
export const STYLED_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

/** A year, as browsers ask for before they remember it. Only heeded over TLS. */
const YEAR = 31_536_000

/**
 * The headers that @fastify/helmet would set, asked of it once: its two asynchronous hooks and eleven calls cost more
 * than the hot path has, and the headers of an API never change. Pages (`/docs`, the portal) set a policy of their own.
 */
export async function headersOfHelmet(): Promise<Record<string, string>> {
  const model = fastify({ schemaController: COMPILERS })
  await model.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: { maxAge: YEAR },
    // Of no effect on answers that are no pages, or said already by frame-ancestors.
    frameguard: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    dnsPrefetchControl: false,
    ieNoOpen: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
    // The embedded element must be loaded by other pages; who may read an answer is a matter of CORS.
    crossOriginResourcePolicy: false,
  })
  model.get('/', (_request, reply) => reply.send())
  const { headers } = await model.inject('/')
  await model.close()
  const own = new Set(['content-length', 'date', 'connection'])
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      own.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  )
}

/** Lets the pages of these origins read answers. Returns whether there are any. */
export async function registerCors(
  app: FastifyInstance,
  { CORS_ORIGINS }: Pick<Config, 'CORS_ORIGINS'>,
): Promise<boolean> {
  const origins = listed(CORS_ORIGINS)
  // Closed unless configured: no hook, no header, and a preflight finds nothing.
  if (origins.length === 0) return false
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : origins,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: [
      'etag',
      'location',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'x-request-id',
    ],
    maxAge: 600,
  })
  return true
}
