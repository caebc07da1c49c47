/** An address as it may be logged or sent on: a question may hold what was never meant to be kept, such as a key. */
import { mask } from '../domain/tickets/mask.js'

/** The query of an address without secrets; as it was sent where it holds none, decoded where one was taken out. */
export function maskQuery(query: string): string {
  const plain = decode(query)
  const masked = mask(plain)
  return masked === plain ? query : masked
}

/** The whole address; its path holds names of ours only. */
export function maskUrl(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? url : `${url.slice(0, at)}?${maskQuery(url.slice(at + 1))}`
}

function decode(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '))
  } catch {
    return query
  }
}
