/** The public API as the portal asks it: answers kept for the visit, refusals in words, a key where reads are closed. */

/** An RFC 9457 problem, or what stands for one when there was no answer. */
export interface Problem {
  status: number
  title: string
  detail: string
  requestId?: string
  suggestions?: { id: string; name: string }[]
  candidates?: { id: string; name: string }[]
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

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const key = apiKey()
  const headers = { accept: 'application/json', ...init.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) }
  let response: Response
  try {
    response = await fetch(path, { ...init, headers })
  } catch {
    throw new ApiError({
      status: 0,
      title: 'No connection',
      detail: 'The server did not answer. Check the network and try again.',
    })
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
