/** Answers compiled once per data revision: the text, its length and its ETag for every GET that was asked before. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Catalog } from '../domain/catalog.js'
import { type Whole, wholeOf } from './whole.js'

/** What an answer is sent with, beside its text. */
export interface AnswerHead {
  contentType: string
  disposition?: string
  /** Whether another `Accept` would have got another form. */
  varies?: boolean
  /** The operation that it answers, where strangers may ask it. */
  open?: string
  /** Of the record that can be written under this path; leads the ETag in the place of the revision. */
  version?: string
}

export interface Answer extends AnswerHead {
  /** A string where it is text. */
  body: string | Buffer
  /** In bytes. */
  length: string
  etag: string
  /** How it leaves where it is the same for whoever asks, and the operation that it answers. */
  plain?: Whole & { operation: string }
  /** The compressed body, made when it is first asked for; absent where it would gain little. */
  gzip?: () => Buffer
}

/** How much may be kept: a caller who invents ever new addresses must not fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024
/** Kept by whoever likes, and asked for anew each time. */
export const REVALIDATE = 'max-age=0, must-revalidate'
/** Below this a packet is a packet. */
const WORTH_COMPRESSING = 4096

export interface AnswerCache {
  /** The answer under this key on this revision, where it was compiled. */
  get(catalog: Catalog, key: string): Answer | undefined
  /** Compiles an answer and keeps it. */
  put(catalog: Catalog, key: string, body: string | Buffer, head: AnswerHead): Answer
}

export function createAnswerCache(mostBytes = MOST_BYTES): AnswerCache {
  let of: Catalog | null = null
  let answers = new Map<string, Answer>()
  let bytes = 0
  const forget = (catalog: Catalog | null): void => {
    of = catalog
    answers = new Map()
    bytes = 0
  }
  const drop = (key: string): void => {
    const answer = answers.get(key)
    if (!answer) return
    answers.delete(key)
    bytes -= sizeOf(key, answer)
  }
  return {
    get(catalog, key) {
      return of === catalog ? answers.get(key) : undefined
    },
    put(catalog, key, body, head) {
      const answer = compileAnswer(catalog, body, head)
      const size = sizeOf(key, answer)
      if (of !== catalog) forget(catalog)
      drop(key)
      if (size > mostBytes) return answer
      // A map keeps the order of insertion: the first is the oldest.
      for (const oldest of answers.keys()) {
        if (bytes + size <= mostBytes) break
        drop(oldest)
      }
      answers.set(key, answer)
      bytes += size
      return answer
    },
  }
}

/** What an answer weighs in memory, the compressed form that may join it included. */
const sizeOf = (key: string, { length }: Answer): number => 2 * (Number(length) + key.length)

/** An answer with its ETag, which holds the revision that it was made from. */
export function compileAnswer(catalog: Catalog, body: string | Buffer, head: AnswerHead): Answer {
  const length = Buffer.byteLength(body)
  const etag = etagOf(head.version ?? String(catalog.revision), body)
  const answer: Answer = { ...head, body, length: String(length), etag }
  if (Buffer.isBuffer(body)) return answer
  if (length < WORTH_COMPRESSING) {
    if (head.open !== undefined && !head.varies && !head.disposition)
      answer.plain = {
        operation: head.open,
        ...wholeOf(body, {
          etag,
          'cache-control': `public, ${REVALIDATE}`,
          'content-type': head.contentType,
          'content-length': answer.length,
        }),
      }
    return answer
  }
  let zipped: Buffer | undefined
  answer.gzip = () => {
    zipped ??= gzipSync(body)
    return zipped
  }
  return answer
}

/** `"<lead>-<hash of the text>"`: a strong ETag. The lead is the record's version, else the revision. */
export const etagOf = (lead: string, body: string | Buffer): string =>
  `"${lead}-${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`

/** Two encodings of one answer are two representations, each with its ETag (RFC 9110, section 8.8.3.3). */
export const zippedEtag = (etag: string): string => etag.replace(/"$/, '.gzip"')

/** Whether an `If-None-Match` names this ETag in either encoding (weak comparison, RFC 9110 section 13.1.2). */
export function matchesEtag(header: string, etag: string): boolean {
  const bare = (tag: string): string =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replace(/\.gzip"$/, '"')
  return header === etag || header === '*' || header.split(',').some((one) => bare(one) === etag)
}
