/** The page of the portal: the shell, the style and the first matrix in one answer, so that it paints at once. */
import { escapeHtml } from './markup/html.js'
import { categoryName, groupByCategory, type Matrix, matrixHtml } from './markup/matrix.js'

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

const chip = (name: string, value: string, label: string, mark = ''): string =>
  `<label class=chip><input type=checkbox name=${name} value=${value}><span>${mark}${label}</span></label>`

const sample = (classes: string, letter: string): string => `<b class="k ${classes}" aria-hidden=true>${letter}</b>`

function filters({ layers, rows }: Matrix): string {
  const categories = groupByCategory(rows).map(
    ({ id, rows }) => `<option value=${id}>${escapeHtml(categoryName(id))} (${rows.length})</option>`,
  )
  return `<form id=filters class=filters role=search aria-label="Filter the matrix">
<label class=find><span class=vh>Find a service</span><input type=search name=q placeholder="Find a service" autocomplete=off spellcheck=false aria-keyshortcuts="/"><kbd aria-hidden=true>/</kbd></label>
<details class=more id=more open><summary>Filters</summary><div>
<fieldset><legend class=vh>Model</legend>${chip('model', 'iaas', 'IaaS')}${chip('model', 'paas', 'PaaS')}${chip('model', 'saas', 'SaaS')}</fieldset>
<label><span class=vh>Category</span><select name=category><option value="">All categories</option>${categories.join('')}</select></label>
<fieldset><legend class=vh>Owner</legend>${chip('owner', 'aws', 'AWS', sample('a', 'A'))}${chip('owner', 'customer', 'Customer', sample('c', 'C'))}${chip('owner', 'shared', 'Shared', sample('s', 'S'))}${chip('owner', 'not-applicable', 'N/A', sample('n', '–'))}</fieldset>
<details class=menu id=layers><summary>All layers</summary><div role=group aria-label=Layers>${layers
    .map(
      ({ id, name }) => `<label><input type=checkbox name=layer value=${id}><span>${escapeHtml(name)}</span></label>`,
    )
    .reverse()
    .join('')}</div></details>
${chip('facts', '1', 'Own facts only')}
</div></details>
<output id=count class=count></output><button type=reset class=quiet id=reset hidden>Clear</button>
</form>`
}

const LEGEND = `<div class=legend><span>${sample('a', 'A')} AWS</span><span>${sample('c', 'C')} Customer</span><span>${sample('s la', 'S')}${sample('s lc', 'S')} Shared, AWS or customer leads</span><span>${sample('n', '–')} Not applicable</span><span>${sample('a u', 'A')}${sample('c u', 'C')}${sample('s u lc', 'S')} Pale: model default or not verified</span></div>`

/** The words between the tags are the same for every visitor; only view and theme differ. */
export function renderPage({ matrix, style, script, view, theme }: Parts): string {
  const links = Object.entries(VIEWS).map(
    ([id, name]) =>
      `<a href="${id === 'matrix' ? '/' : `/?view=${id}`}" data-view=${id}${id === view ? ' aria-current=page' : ''}>${name}</a>`,
  )
  const rows = matrix?.rows.length ?? 0
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
<h1 id=matrix-title class=vh>Who owns which layer of which AWS service</h1>
${matrix ? filters(matrix) : ''}
<div class=grid-scroll id=grid-scroll>${matrix ? matrixHtml(matrix) : '<p class=empty>Loading the matrix…</p>'}
<p class=empty id=none hidden></p></div>
<footer class=foot>${LEGEND}<span class=rev>${matrix ? `${rows} services, ${matrix.layers.length} layers, revision ${matrix.revision}` : ''}</span></footer>
</section>
<section id=view></section>
</main>
<div id=panel></div>
<noscript><p class=noscript>Without JavaScript this page shows the matrix only. <a href="/v1/duties?format=html">The duties</a> and <a href="/docs">the API</a> work without it.</p></noscript>
</body>
</html>
`
}
