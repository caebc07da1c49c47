/** Which addresses may be trusted with keys. */

/** Whether an address may be trusted with keys: over TLS, or on this very machine. */
export const isTrustworthy = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname))
}

/** The part of a discovery document that we need (OpenID Connect Discovery 1.0, section 3). */
