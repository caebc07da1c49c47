/** The public API as the portal asks it: answers kept for the visit, refusals in words, a key where reads are closed. */

/** An RFC 9457 problem, or what stands for one when there was no answer. */
export interface Problem {
  status: number
  title: string
  detail: string
  requestId?: string
  suggestions?: { id: string; name: string }[]
  candidates?: { id: string; name: string }[]
  errors?: { pointer: string; message: string }[]
}

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

const KEY = 'api-key'
export const apiKey = (): string | null => sessionStorage.getItem(KEY)
/** Kept for this tab only. */
export const setApiKey = (key: string): void => {
  sessionStorage.setItem(KEY, key)
  answers.clear()
}

/** After this long nobody believes that an answer still comes. */
const PATIENCE = 20_000
/** A busy server is asked once more after its `Retry-After`, as long as that is short enough to wait for. */
const LONGEST_WAIT = 3

const waitOf = (response: Response): number | null => {
  if (response.status !== 503 && response.status !== 429) return null
  const seconds = Number(response.headers.get('retry-after') ?? 1)
  return seconds <= LONGEST_WAIT ? seconds : null
}

async function ask<T>(path: string, init: RequestInit = {}, again = true): Promise<T> {
  const key = apiKey()
  const headers = { accept: 'application/json', ...init.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) }
  let response: Response
  try {
    response = await fetch(path, { ...init, headers, signal: AbortSignal.timeout(PATIENCE) })
  } catch (error) {
    throw new ApiError(
      error instanceof DOMException && error.name === 'TimeoutError'
        ? { status: 0, title: 'No answer', detail: `The server took longer than ${PATIENCE / 1000} seconds.` }
        : {
            status: 0,
            title: 'No connection',
            detail: 'The server did not answer. Check the network and try again.',
          },
    )
  }
  const wait = again ? waitOf(response) : null
  if (wait !== null) {
    await new Promise((over) => setTimeout(over, wait * 1000))
    return ask<T>(path, init, false)
  }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return body as T
  const problem = (body ?? {}) as Partial<Problem>
  throw new ApiError({
    ...problem,
    status: response.status,
    title: problem.title ?? `Status ${response.status}`,
    detail: problem.detail ?? 'The server answered in a form that this page does not read.',
  })
}

const answers = new Map<string, Promise<unknown>>()

/** An answer of the API; asked once for the visit, unless it failed. */
export function get<T>(path: string): Promise<T> {
  const known = answers.get(path)
  if (known) return known as Promise<T>
  const asked = ask<T>(path)
  answers.set(path, asked)
  asked.catch(() => answers.delete(path))
  return asked
}

export const post = <T>(path: string, body: unknown): Promise<T> =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** A failure as a problem, whatever was thrown. */
export const problemOf = (error: unknown): Problem =>
  error instanceof ApiError
    ? error.problem
    : { status: 0, title: 'This page failed', detail: error instanceof Error ? error.message : String(error) }
