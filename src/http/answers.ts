/** Answers compiled once per data revision: the text, its length and its ETag of every GET that was asked before. */
import { createHash } from 'node:crypto'
import type { Catalog } from '../domain/catalog.js'

export interface Answer {
  /** A string, not a Buffer: Node then writes head and body to the socket as one piece. */
  body: string
  /** In bytes. */
  length: string
  etag: string
  contentType: string
}

/** How much may be kept: a caller who invents ever new addresses must not fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024

export interface AnswerCache {
  /** The answer to this address on this revision, where it was compiled. */
  get(catalog: Catalog, url: string): Answer | undefined
  /** Compiles an answer and keeps it. */
  put(catalog: Catalog, url: string, body: string, contentType: string): Answer
}

export function createAnswerCache(mostBytes = MOST_BYTES): AnswerCache {
  let of: Catalog | null = null
  let answers = new Map<string, Answer>()
  let bytes = 0
  const turnTo = (catalog: Catalog): void => {
    if (of === catalog) return
    of = catalog
    answers = new Map()
    bytes = 0
  }
  return {
    get(catalog, url) {
      return of === catalog ? answers.get(url) : undefined
    },
    put(catalog, url, body, contentType) {
      const size = Buffer.byteLength(body)
      const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16)
      const answer = { body, length: String(size), etag: `"${catalog.revision}-${hash}"`, contentType }
      turnTo(catalog)
      if (bytes + size > mostBytes) {
        answers.clear()
        bytes = 0
      }
      if (size < mostBytes) {
        answers.set(url, answer)
        bytes += 2 * (size + url.length)
      }
      return answer
    },
  }
}

/** Whether an `If-None-Match` names this ETag (weak comparison, RFC 9110 section 13.1.2). */
export function matchesEtag(header: string, etag: string): boolean {
  return header === etag || header === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
