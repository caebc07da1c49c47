/** Answers compiled once per data revision: the bytes, the ETag and the headers of every GET that was asked before. */
import { createHash } from 'node:crypto'
import type { Catalog } from '../domain/catalog.js'

export interface Answer {
  body: Buffer
  etag: string
  contentType: string
}

/** How much may be kept: a caller who invents ever new addresses must not fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024

export interface AnswerCache {
  /** The answer to this address on this revision, where it was compiled. */
  get(catalog: Catalog, url: string): Answer | undefined
  /** Compiles an answer and keeps it. */
  put(catalog: Catalog, url: string, text: string, contentType: string): Answer
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
    put(catalog, url, text, contentType) {
      const body = Buffer.from(text)
      const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16)
      const answer = { body, etag: `"${catalog.revision}-${hash}"`, contentType }
      turnTo(catalog)
      if (bytes + body.length > mostBytes) {
        answers.clear()
        bytes = 0
      }
      if (body.length < mostBytes) {
        answers.set(url, answer)
        bytes += body.length + 2 * url.length
      }
      return answer
    },
  }
}

/** Whether an `If-None-Match` names this ETag (weak comparison, RFC 9110 section 13.1.2). */
export function matchesEtag(header: string, etag: string): boolean {
  return header === etag || header === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
