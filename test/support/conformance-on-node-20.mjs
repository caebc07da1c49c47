// The conformance package imports `globSync`, which Node has from 22 on, for a command that is not run here. This
// loader takes that one import away, so that the server scenarios run on Node 20 too.
import { register } from 'node:module'

export async function load(url, context, next) {
  const loaded = await next(url, context)
  if (!url.endsWith('/conformance/dist/index.js')) return loaded
  return { ...loaded, source: String(loaded.source).replace(/globSync as [\w$]+,/, '') }
}

if (process.env.CONFORMANCE_LOADER === undefined) {
  process.env.CONFORMANCE_LOADER = 'registered'
  register(import.meta.url)
}
