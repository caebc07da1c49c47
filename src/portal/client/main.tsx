/** The start of the page's script: the grid, the theme, and the view and the panel that the address names. */
import { type FunctionComponent, render } from 'preact'
import { matrixSection } from '../markup/filters.js'
import type { Matrix } from '../markup/matrix.js'
import { get, problemOf } from './api.js'
import { Ask } from './ask.js'
import { Failure } from './bits.js'
import { Compare } from './compare.js'
import { Duties } from './duties.js'
import { enliven } from './grid.js'
import { Learn } from './learn.js'
import { Route } from './route.js'
import { Split } from './split.js'
import { query, subscribe } from './state.js'
import { Panel } from './verdict.js'

const VIEWS: Readonly<Record<string, FunctionComponent>> = {
  compare: Compare,
  split: Split,
  duties: Duties,
  ask: Ask,
  route: Route,
  learn: Learn,
}
const root = document.documentElement
const view = document.querySelector('#view')
const panel = document.querySelector('#panel')
const section = document.querySelector('#matrix')

let shown: string | undefined

function showView(): void {
  const asked = query().get('view') ?? ''
  const Component = VIEWS[asked]
  const name = Component ? asked : 'matrix'
  if (name === shown) return
  root.dataset.view = name
  for (const link of document.querySelectorAll<HTMLElement>('.top nav a')) {
    if (link.dataset.view === name) {
      link.setAttribute('aria-current', 'page')
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    } else link.removeAttribute('aria-current')
  }
  // What the server wrote there stood for the view until now
  if (shown === undefined) view?.replaceChildren()
  if (view) render(Component ? <Component key={name} /> : null, view)
  // A change of view is told to screen readers by moving to its content; the first one is where reading starts.
  if (shown !== undefined && name !== 'ask')
    document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true })
  shown = name
}

/** System, light, dark, and round again. A cookie, so that the server paints the right one at once. */
function cycleTheme(): void {
  const next = { undefined: 'light', light: 'dark', dark: '' }[String(root.dataset.theme)] ?? ''
  if (next) root.dataset.theme = next
  else delete root.dataset.theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `theme=${next};path=/;max-age=${next ? 31_536_000 : 0};samesite=lax`
  nameTheme()
}

function nameTheme(): void {
  const name = `Theme: ${root.dataset.theme ?? 'as the system'}`
  const button = document.querySelector<HTMLElement>('#theme')
  button?.setAttribute('aria-label', name)
  button?.setAttribute('title', name)
}

/** Where reads are closed the server sends no matrix: it is asked for here, with the visitor's key. */
async function fetchMatrix(): Promise<void> {
  if (!section) return
  try {
    const matrix = await get<Matrix>('/v1/matrix')
    render(null, section)
    section.innerHTML = matrixSection(matrix)
  } catch (error) {
    section.replaceChildren()
    render(<Failure problem={problemOf(error)} retry={() => void start().catch(() => undefined)} />, section)
    root.dataset.view = 'matrix'
    throw error
  }
}

async function start(): Promise<void> {
  if (!document.querySelector('#grid')) await fetchMatrix()
  enliven()
  subscribe(showView)
  showView()
  if (panel) render(<Panel />, panel)
}

document.querySelector('#theme')?.addEventListener('click', cycleTheme)
nameTheme()
// A refusal is shown where the matrix would stand.
start().catch(() => undefined)

addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input,textarea,select')
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
  const find = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(
    root.dataset.view === 'matrix' ? '#filters input[name=q]' : '#view [data-find]',
  )
  if (!find) return
  event.preventDefault()
  find.focus()
  find.select()
})
