/** A complete HTML page around one table: no script, readable without colour, on paper and by a screen reader. */
import { type Cell, FILLS, letterOf, type Table } from './table.js'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for an element or a quoted attribute of HTML or XML, and drops the characters that XML cannot hold. */
export const escapeMarkup = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

const DARK: typeof FILLS = { aws: '#6b4300', customer: '#0d4479', shared: '#523080', 'not-applicable': '#444444' }

const colours = (fills: typeof FILLS): string =>
  Object.entries(fills)
    .map(([owner, fill]) => `--${owner}:${fill};`)
    .join('')

const STYLE = `
:root{color-scheme:light dark;--page:#ffffff;--text:#161616;--line:#b5b5b5;--head:#f0f0f0;--link:#0b57b0;${colours(FILLS)}}
@media (prefers-color-scheme:dark){:root{--page:#161616;--text:#f2f2f2;--line:#5c5c5c;--head:#262626;--link:#9cc9ff;${colours(DARK)}}}
body{margin:1.5rem;background:var(--page);color:var(--text);font:0.9rem/1.4 system-ui,sans-serif}
a{color:var(--link);overflow-wrap:anywhere}
.scroll{overflow:auto;max-height:85vh;border:1px solid var(--line)}
table{border-collapse:separate;border-spacing:0}
caption{text-align:left;font-size:1.3rem;font-weight:600;padding:0.6rem}
th,td{border-right:1px solid var(--line);border-bottom:1px solid var(--line);padding:0.3rem 0.5rem;text-align:left;vertical-align:top}
thead th{position:sticky;top:0;z-index:1;background:var(--head);vertical-align:bottom}
tbody th,thead th:first-child{position:sticky;left:0;background:var(--head)}
thead th:first-child{z-index:2}
.wide{min-width:18rem}
${Object.keys(FILLS)
  .map((owner) => `.${owner}{background:var(--${owner})}`)
  .join('\n')}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0.3rem 0.8rem}
dt{padding:0 0.5rem;border:1px solid var(--line)}
dd{margin:0}
@media print{
@page{size:landscape;margin:1cm}
:root{color-scheme:light;--page:#ffffff;--text:#000000;--line:#888888;--head:#f0f0f0;--link:#000000;${colours(FILLS)}}
body{margin:0;font-size:7pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scroll{overflow:visible;max-height:none;border:0}
th,td{position:static!important;padding:1pt 2pt}
.wide{min-width:0}
thead{display:table-header-group}
tr{break-inside:avoid}
}
`

export function toHtml({ title, header, rows, legend, notes, revision }: Table): string {
  const columns = header.map(
    ({ name, width }) => `<th scope="col"${width >= 40 ? ' class="wide"' : ''}>${escapeMarkup(name)}</th>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<div class="scroll" role="region" aria-labelledby="caption" tabindex="0">
<table>
<caption id="caption">${escapeMarkup(title)}</caption>
<thead><tr>${columns.join('')}</tr></thead>
<tbody>
${rows.map(rowOf).join('\n')}
</tbody>
</table>
</div>
<h2>Legend</h2>
<dl>
${legend.map((entry) => `<dt class="${entry.owner}"><b>${entry.letter}</b> ${escapeMarkup(entry.label)}</dt><dd>${escapeMarkup(entry.meaning)}</dd>`).join('\n')}
</dl>
${notes.map((note) => `<p>${escapeMarkup(note)}</p>`).join('\n')}
<p>Revision ${revision}.</p>
</main>
</body>
</html>
`
}

const rowOf = ([name, ...cells]: readonly Cell[]): string =>
  `<tr><th scope="row">${escapeMarkup(name?.text ?? '')}</th>${cells.map(cellOf).join('')}</tr>`

/** The letter is for the eye; a screen reader has the words. */
function cellOf({ text, owner, links }: Cell): string {
  if (owner) return `<td class="${owner}"><b aria-hidden="true">${letterOf(owner)}</b> ${escapeMarkup(text)}</td>`
  return `<td>${links ? links.map(link).join('<br>') : escapeMarkup(text)}</td>`
}

const link = (url: string): string =>
  url.startsWith('https://') ? `<a href="${escapeMarkup(url)}">${escapeMarkup(url)}</a>` : escapeMarkup(url)
