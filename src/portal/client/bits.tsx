/** What every view is put together from: hooks for the address and the API, owners, sources, failures. */
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { LETTERS, OWNER_NAMES } from '../markup/matrix.js'
import { get, type Problem, problemOf, setApiKey } from './api.js'
import { subscribe } from './state.js'
import type { Owner, Side, Verdict } from './types.js'

/** Renders anew whenever the address changes. */
export function useAddress(): void {
  const [, tick] = useState(0)
  useEffect(() => subscribe(() => tick((count) => count + 1)), [])
}

export interface Loaded<T> {
  /** What was last loaded stays while the next is on its way, so that the page does not jump. */
  data: T | null
  problem: Problem | null
  loading: boolean
  retry: () => void
}

/** Loads what the API answers under these paths, together; null loads nothing. */
export function useAll<T>(paths: readonly string[] | null): Loaded<T[]> {
  const [state, setState] = useState<{ data: T[] | null; problem: Problem | null; of: string | null }>({
    data: null,
    problem: null,
    of: null,
  })
  const [attempt, setAttempt] = useState(0)
  const key = paths === null ? null : paths.join('\n')
  // `key` says what `paths` holds; an attempt loads it anew
  useEffect(() => {
    if (paths === null) {
      setState({ data: null, problem: null, of: null })
      return
    }
    let live = true
    Promise.all(paths.map((path) => get<T>(path))).then(
      (data) => live && setState({ data, problem: null, of: key }),
      (error: unknown) => live && setState({ data: null, problem: problemOf(error), of: key }),
    )
    return () => {
      live = false
    }
  }, [key, attempt])
  return { ...state, loading: state.of !== key, retry: () => setAttempt((count) => count + 1) }
}

/** Loads one answer of the API. */
export function useGet<T>(path: string | null): Loaded<T> {
  const { data, ...rest } = useAll<T>(path === null ? null : [path])
  return { ...rest, data: data?.[0] ?? null }
}

export const SIDE_NAMES: Readonly<Record<Side, string>> = { aws: 'AWS', customer: 'Customer' }
/** In the middle of a sentence. */
export const sideName = (side: Side): string => (side === 'aws' ? 'AWS' : 'the customer')

/** The classes of a tile: who owns, who leads, whether it is sure. */
export const tileClass = ({ owner, lead, verified }: Pick<Verdict, 'owner' | 'lead' | 'verified'>): string =>
  [owner.charAt(0), verified ? '' : 'u', owner === 'shared' && lead ? `l${lead.charAt(0)}` : '']
    .filter(Boolean)
    .join(' ')

/** The tile of an owner; the words beside it are for the caller. */
export const Tile = (cell: Pick<Verdict, 'owner' | 'lead' | 'verified'>) => (
  <b class={`k ${tileClass(cell)}`} aria-hidden="true">
    {LETTERS[cell.owner]}
  </b>
)

export const ownerWords = (owner: Owner, lead: Side | null): string =>
  owner === 'shared' && lead ? `Shared, ${sideName(lead)} leads` : OWNER_NAMES[owner]

/** Tile and words. */
export const OwnerMark = (cell: Pick<Verdict, 'owner' | 'lead' | 'verified'>) => (
  <span class="owner">
    <Tile {...cell} />
    <span>{ownerWords(cell.owner, cell.lead)}</span>
  </span>
)

export const Loading = ({ what }: { what: string }) => (
  <p class="loading" role="status">
    Loading {what}…
  </p>
)

/** Whether the same request may fare better the next time. */
const mayPass = ({ status }: Problem): boolean => status === 0 || status === 408 || status === 429 || status >= 500

/** Where a proposed name leads from the place that named a wrong one. */
export type Proposal = (id: string, problem: Problem) => string

/** A refusal in the API's own words, with what it proposes as links; where reads are closed, a field for the key. */
export function Failure({
  problem,
  retry,
  propose,
}: {
  problem: Problem
  retry?: () => void
  propose?: Proposal | undefined
}) {
  const unlock = (event: JSX.TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const key = String(new FormData(event.currentTarget).get('key') ?? '').trim()
    if (!key) return
    setApiKey(key)
    retry?.()
  }
  return (
    <div class="note bad" role="alert">
      <h3>{problem.title}</h3>
      <p>{problem.detail}</p>
      {propose && problem.suggestions && problem.suggestions.length > 0 && (
        <p class="chips">
          {problem.suggestions.slice(0, 3).map(({ id, name }) => (
            <a key={id} class="btn" href={propose(id, problem)}>
              {name}
            </a>
          ))}
        </p>
      )}
      {problem.status === 401 && (
        <form class="line" onSubmit={unlock}>
          <label class="grow">
            <span class="vh">API key</span>
            <input
              class="field"
              name="key"
              type="password"
              autocomplete="off"
              placeholder="API key, kept for this tab"
            />
          </label>
          <button class="btn" type="submit">
            Use this key
          </button>
        </form>
      )}
      {retry && mayPass(problem) && (
        <button class="btn" type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  )
}

/** What a page shows of an answer that is on its way, refused, or there. */
export function Answer<T>({
  of,
  what,
  propose,
  children,
}: {
  of: Loaded<T>
  what: string
  propose?: Proposal | undefined
  children: (data: T) => ComponentChildren
}) {
  if (of.problem && !of.loading) return <Failure problem={of.problem} retry={of.retry} propose={propose} />
  if (of.data === null) return <Loading what={what} />
  return <>{children(of.data)}</>
}

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
/** `2026-11-24` as "24 Nov 2026". */
export const dateText = (date: string): string => {
  const time = Date.parse(date)
  return Number.isNaN(time) ? date : DATE.format(time)
}

/** Host and last part of an address. */
export const placeName = (url: string): [host: string, path: string] => {
  const { hostname, pathname } = new URL(url)
  const last = decodeURIComponent(pathname).split('/').filter(Boolean).slice(-2).join('/')
  return [hostname.replace(/^www\./, ''), last.replace(/\.html$/, '')]
}

/** Addresses that were read, with the day. Only web addresses become links. */
export function Sources({ sources }: { sources: readonly { url: string; verifiedAt?: string | null }[] }) {
  const safe = sources.filter(({ url }) => /^https?:\/\//.test(url))
  if (safe.length === 0) return <p class="muted">No source is named.</p>
  return (
    <ul class="sources">
      {safe.map(({ url, verifiedAt }) => {
        const [host, path] = placeName(url)
        return (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {path || host}
            </a>
            <span class="muted">
              {host}
              {verifiedAt === undefined ? '' : verifiedAt ? `, read ${dateText(verifiedAt)}` : ', not confirmed there'}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

const TITLE = 'AWS responsibility matrix'
const titles = { page: '', panel: '' }

/** Names the document after what is shown, so that a bookmark and a tab say what they hold; the panel goes first. */
export function useTitle(part: keyof typeof titles, text: string): void {
  useLayoutEffect(() => {
    const write = (of: string): void => {
      titles[part] = of
      document.title = [titles.panel || titles.page, TITLE].filter(Boolean).join(' | ')
    }
    write(text)
    return () => write('')
  }, [part, text])
}

/** The heading of a view with its lead sentence; the document is called after it. */
export function Head({ title, children }: { title: string; children?: ComponentChildren }) {
  useTitle('page', title)
  return (
    <header class="head">
      <h1>{title}</h1>
      {children && <p class="lead">{children}</p>}
    </header>
  )
}
