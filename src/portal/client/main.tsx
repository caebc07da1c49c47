/** The start of the page's script: the grid, the theme, the view that the address names. */
import { enliven } from './grid.js'
import { query, subscribe } from './state.js'

const root = document.documentElement

function showView(): void {
  const view = query().get('view') ?? 'matrix'
  root.dataset.view = view
  for (const link of document.querySelectorAll<HTMLElement>('.top nav a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
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

document.querySelector('#theme')?.addEventListener('click', cycleTheme)
nameTheme()
subscribe(showView)
showView()
enliven()

addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input,textarea,select')
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
  const find = document.querySelector<HTMLInputElement>('#view input[data-find], #filters input[name=q]')
  if (!find) return
  event.preventDefault()
  find.focus()
  find.select()
})
