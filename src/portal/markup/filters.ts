/** What stands around the grid: the filters above it, the legend below. */
import { escapeHtml } from './html.js'
import { categoryName, groupByCategory, type Matrix, matrixHtml } from './matrix.js'

const chip = (name: string, value: string, label: string, mark = ''): string =>
  `<label class=chip><input type=checkbox name=${name} value=${value}><span>${mark}${label}</span></label>`

const sample = (classes: string, letter: string): string => `<b class="k ${classes}" aria-hidden=true>${letter}</b>`

function filters({ layers, rows }: Matrix): string {
  const categories = groupByCategory(rows).map(
    ({ id, rows }) => `<option value=${id}>${escapeHtml(categoryName(id))} (${rows.length})</option>`,
  )
  return `<form id=filters class=filters role=search aria-label="Filter the matrix">
<label class=find><span class=vh>Find a service</span><input type=search name=q placeholder="Find a service" autocomplete=off spellcheck=false aria-keyshortcuts="/"><kbd aria-hidden=true>/</kbd></label>
<button type=button id=more class=btn aria-expanded=false aria-controls=more-filters>Filters</button>
<div class=more id=more-filters>
<fieldset><legend class=vh>Model</legend>${chip('model', 'iaas', 'IaaS')}${chip('model', 'paas', 'PaaS')}${chip('model', 'saas', 'SaaS')}</fieldset>
<label><span class=vh>Category</span><select name=category><option value="">All categories</option>${categories.join('')}</select></label>
<fieldset><legend class=vh>Owner</legend>${chip('owner', 'aws', 'AWS', sample('a', 'A'))}${chip('owner', 'customer', 'Customer', sample('c', 'C'))}${chip('owner', 'shared', 'Shared', sample('s', 'S'))}${chip('owner', 'not-applicable', 'N/A', sample('n', '–'))}</fieldset>
<details class=menu id=layers><summary>All layers</summary><div role=group aria-label=Layers>${layers
    .map(
      ({ id, name }) => `<label><input type=checkbox name=layer value=${id}><span>${escapeHtml(name)}</span></label>`,
    )
    .reverse()
    .join('')}</div></details>
${chip('facts', '1', 'Researched only')}
</div>
<output id=count class=count></output><button type=reset class=quiet id=reset hidden>Clear</button>
</form>`
}

const LEGEND = `<div class=legend><span>${sample('a', 'A')} AWS</span><span>${sample('c', 'C')} Customer</span><span>${sample('s la', 'S')}${sample('s lc', 'S')} <i>Shared<span class=long>, AWS or customer leads</span><span class=short> by lead</span></i></span><span>${sample('n', '–')} Not applicable</span><span>${sample('a u', 'A')}${sample('c u', 'C')}${sample('s u lc', 'S')} <i>Pale: <span class=long>model default or </span>not verified</i></span></div>`

/** The whole view of the matrix; without one it says that it is on its way. */
export const matrixSection = (
  matrix: Matrix | null,
): string => `<h1 id=matrix-title class=vh>Who owns which layer of which AWS service</h1>
${matrix ? filters(matrix) : ''}
<div class=grid-scroll id=grid-scroll>${matrix ? matrixHtml(matrix) : '<p class=empty>Loading the matrix…</p>'}
<div class=empty id=none hidden><p role=status></p><button type=button class=btn>Clear the filters</button></div></div>
<footer class=foot>${LEGEND}<span class=rev>${matrix ? `${matrix.rows.length} services, ${matrix.layers.length} layers, revision ${matrix.revision}` : ''}</span></footer>`
