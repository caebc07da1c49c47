/** The address is the state: what is shown can be linked to, and the back button works. */

/** Read-only access to the query of the address. */
export const query = (): URLSearchParams => new URLSearchParams(location.search)

export const listOf = (name: string): string[] => query().get(name)?.split(',').filter(Boolean) ?? []

type Listener = () => void
const listeners = new Set<Listener>()

/** Calls back after every change of the address; returns how to stop. */
export function subscribe(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const announce = (): void => {
  for (const listener of listeners) listener()
}

/** The address with these parameters set; an empty or null value takes its parameter away. */
export function addressWith(changes: Readonly<Record<string, string | null>>, from = query()): string {
  for (const [name, value] of Object.entries(changes)) {
    if (value) from.set(name, value)
    else from.delete(name)
  }
  // Commas, slashes and colons may stand in a query as they are, and are read more easily so.
  const text = from.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':')
  return text ? `/?${text}` : '/'
}

/** Goes to an address of the portal. `replace` is for what is typed: the back button skips it. */
export function navigate(address: string, { replace = false }: { replace?: boolean } = {}): void {
  if (address !== location.pathname + location.search)
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
  announce()
}

/** Changes parameters of the present address. */
export const change = (changes: Readonly<Record<string, string | null>>, options?: { replace?: boolean }): void =>
  navigate(addressWith(changes), options)

addEventListener('popstate', announce)

// Links within the portal change the address without loading the page anew.
addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.target || link.download || link.origin !== location.origin || link.pathname !== '/' || link.hash)
    return
  event.preventDefault()
  const view = query().get('view')
  navigate(link.pathname + link.search)
  if (query().get('view') !== view) scrollTo(0, 0)
})

/** One cell of the matrix as the address names it: `rds/data`, `rds:rds-custom/data`, `model:paas/data`. */
export interface Place {
  service: string | null
  variant: string | null
  model: string | null
  layer: string
}

export function parsePlace(text: string | null): Place | null {
  const parts = /^(?:(model):)?([a-z0-9-]+)(?::([a-z0-9-]+))?\/([a-z0-9-]+)$/.exec(text ?? '')
  if (!parts) return null
  const [, model, subject = '', variant, layer = ''] = parts
  return model
    ? { service: null, variant: null, model: subject, layer }
    : { service: subject, variant: variant ?? null, model: null, layer }
}

export const placeOf = (subject: string, layer: string): string => `${subject}/${layer}`
