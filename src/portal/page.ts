/** The page of the portal: the shell, the style and the first matrix in one answer, so that it paints at once. */
import { matrixSection } from './markup/filters.js'
import type { Matrix } from './markup/matrix.js'

/** The views by the name that the address gives them. */
export const VIEWS = {
  matrix: 'Matrix',
  compare: 'Compare',
  split: 'Split',
  duties: 'Duties',
  ask: 'Ask',
  route: 'Route',
  learn: 'Learn',
} as const
export type View = keyof typeof VIEWS
export const isView = (name: unknown): name is View => typeof name === 'string' && Object.hasOwn(VIEWS, name)

/** Themes a visitor may force; without one the system's choice holds. */
export const isTheme = (name: unknown): name is 'light' | 'dark' => name === 'light' || name === 'dark'

const WHOLE = '<a href="/v1/matrix?format=html">The whole matrix</a>'
/** What each view comes to without its script. */
const WITHOUT_SCRIPT: Readonly<Record<Exclude<View, 'matrix'>, string>> = {
  compare: `This view needs JavaScript. ${WHOLE} shows all services side by side without it.`,
  split: `This view needs JavaScript. ${WHOLE} says the same in a table, and <a href="/v1/matrix?service=rds&amp;format=svg">a picture of one service</a> is drawn by the server.`,
  duties: `This view needs JavaScript. <a href="/v1/duties?format=html">All duties</a> are listed without it, and as <a href="/v1/duties?format=csv">CSV</a>.`,
  ask: `This view needs JavaScript. The same answers come from POST /v1/ask, which <a href="/docs">the documentation</a> shows; ${WHOLE.replace('The', 'the')} works without it.`,
  route: `This view needs JavaScript. The same decisions come from POST /v1/tickets/route, which <a href="/docs">the documentation</a> shows.`,
  learn: `This view needs JavaScript. What it holds is in <a href="/v1/misconceptions">/v1/misconceptions</a>, <a href="/v1/practices">/v1/practices</a>, <a href="/v1/cases">/v1/cases</a> and <a href="/v1/guides">/v1/guides</a>.`,
}

interface Parts {
  /** Null where reads are closed to strangers: the browser then fetches it with a key. */
  matrix: Matrix | null
  style: string
  /** The address of the script. */
  script: string
  view: View
  theme: 'light' | 'dark' | null
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1f66b8"/><path d="M0 3a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3L0 13z" fill="#f2a33a"/></svg>',
)}`

const MARK =
  '<svg class=mark viewBox="0 0 16 16" width=20 height=20 aria-hidden=true><rect width=16 height=16 rx=3 class=mc /><path d="M0 3a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3L0 13z" class=ma /></svg>'

/** The words between the tags are the same for every visitor; only view and theme differ. */
export function renderPage({ matrix, style, script, view, theme }: Parts): string {
  const links = Object.entries(VIEWS).map(
    ([id, name]) =>
      `<a href="${id === 'matrix' ? '/' : `/?view=${id}`}" data-view=${id}${id === view ? ' aria-current=page' : ''}>${name}</a>`,
  )
  return `<!doctype html>
<html lang=en data-view=${view}${theme ? ` data-theme=${theme}` : ''}>
<head>
<meta charset=utf-8>
<meta name=viewport content="width=device-width, initial-scale=1">
<meta name=color-scheme content="light dark">
<title>AWS responsibility matrix</title>
<meta name=description content="Who owns which layer of which AWS service, what each side must do, and how we know.">
<link rel=icon href="${ICON}">
<style>${style}</style>
<script type=module src="${script}"></script>
</head>
<body>
<a class=skip href="#main">Skip to content</a>
<header class=top>
<a class=brand href="/">${MARK}<span>Responsibility matrix</span></a>
<nav aria-label=Views>${links.join('')}</nav>
<div class=aside><a href="/docs">API</a><a href="/openapi.json">OpenAPI</a><button type=button id=theme class=quiet aria-label="Theme"></button></div>
</header>
<main id=main tabindex=-1>
<section id=matrix aria-labelledby=matrix-title>
${matrixSection(matrix)}
</section>
<section id=view>${view === 'matrix' ? '' : `<p class="page loading" role=status>Loading ${VIEWS[view]}… If it stays like this, load the page again.</p><noscript><div class=page><h1>${VIEWS[view]}</h1><p class=note>${WITHOUT_SCRIPT[view]}</p></div></noscript>`}</section>
</main>
<div id=panel></div>
${view === 'matrix' ? `<noscript><p class=noscript>Without JavaScript only the first rows show their cells. ${WHOLE}, <a href="/v1/duties?format=html">the duties</a> and <a href="/docs">the API</a> work without it.</p></noscript>\n` : ''}</body>
</html>
`
}
