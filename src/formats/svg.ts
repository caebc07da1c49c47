/** The split as a picture: layers as bands from the bottom of the stack up, a column for each service. */
import type { MatrixCell, MatrixRow } from '../domain/matrix.js'
import type { Owner } from '../domain/model.js'
import { Refusal } from '../domain/refusal.js'
import { escapeMarkup } from './html.js'
import { DISCLAIMER, FILLS, LEGEND, letterOf, type MatrixAnswer, ownerText, rowName } from './table.js'

/** More columns would be too small to read. */
export const MOST_COLUMNS = 12

const PAD = 16
const LABELS = 190
const BAND = 28
const TITLE = 34
const LINE = 16
/** Mean widths of a character in the sizes used, generous: a picture cannot measure its text. */
const CHARACTER = 7.4
const INK = '#161616'

/** Refuses to draw more than can be read. */
export function requireDrawable(rows: readonly MatrixRow[]): void {
  if (rows.length <= MOST_COLUMNS) return
  throw new Refusal(
    'invalid',
    `A picture shows at most ${MOST_COLUMNS} services side by side, and this would be ${rows.length}. Name fewer, such as service=rds,s3, or take another format.`,
    { field: 'service' },
  )
}

/** Plain attributes only, no style and no script: it looks alike in a page, a chat and a document. */
export function toSvg({ layers, rows, revision }: MatrixAnswer): string {
  requireDrawable(rows)
  const column = rows.length <= 1 ? 280 : rows.length <= 4 ? 204 : 100
  const heads = rows.map((row) => wrap(rowName(row), Math.floor((column - 8) / CHARACTER), 4))
  const headHeight = Math.max(1, ...heads.map(({ length }) => length)) * LINE + 8
  const width = PAD * 2 + LABELS + Math.max(280, rows.length * column)
  const top = PAD + TITLE + headHeight
  const bottom = top + layers.length * BAND
  const legend = legendAt(bottom + 26, width)
  const foot = wrap(`Revision ${revision}. ${DISCLAIMER}`, Math.floor((width - PAD * 2) / 6.2), 3)
  const height = legend.end + foot.length * LINE + PAD
  const id = ['split', ...rows.flatMap(({ id, variant }) => (variant ? [id, variant.id] : [id]))].join('-')
  const title = `Who owns which layer: ${rows.map(rowName).join(', ') || 'no service'}`

  const bands = layers.map((layer, index) => {
    const y = bottom - (index + 1) * BAND
    return [
      rect(PAD, y, width - PAD * 2, BAND - 2, index % 2 ? '#f1f1f1' : '#f8f8f8'),
      text(PAD + 6, y + 18, wrap(layer.name, 26, 1).join('')),
      ...rows.map((row, at) => cellAt(PAD + LABELS + at * column, y, column, row.cells[index])),
    ].join('\n')
  })
  const columns = heads.flatMap((lines, at) =>
    lines.map((line, index) =>
      text(
        PAD + LABELS + at * column + column / 2,
        top - 10 - (lines.length - 1 - index) * LINE,
        line,
        'font-weight="bold" text-anchor="middle"',
      ),
    ),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12.5" fill="${INK}">`,
    `<title id="${id}-title">${escapeMarkup(title)}</title>`,
    `<desc id="${id}-desc">${escapeMarkup(describe({ layers, rows, revision }))}</desc>`,
    rect(0, 0, width, height, '#ffffff'),
    text(PAD, PAD + 16, 'Who owns which layer', 'font-size="17" font-weight="bold"'),
    ...columns,
    ...(rows.length === 0 ? [text(PAD + LABELS, top - 10, 'No service matches.')] : []),
    ...bands.toReversed(),
    legend.markup,
    ...foot.map((line, index) => text(PAD, legend.end + 8 + index * LINE, line, 'font-size="11"')),
    '</svg>',
    '',
  ].join('\n')
}

/** A letter always, the words beside it where there is room; a question mark where the fact is not verified. */
function cellAt(x: number, y: number, width: number, cell: MatrixCell | undefined): string {
  if (!cell) return ''
  const letter = `${letterOf(cell.owner)}${cell.verified ? '' : '?'}`
  const box = rect(x + 2, y, width - 4, BAND - 2, FILLS[cell.owner])
  const bold = 'font-size="14" font-weight="bold"'
  if (width < 180) return `${box}\n${text(x + width / 2, y + 18, letter, `${bold} text-anchor="middle"`)}`
  return `${box}\n${text(x + 12, y + 18, letter, bold)}\n${text(x + 38, y + 18, ownerText(cell))}`
}

function legendAt(y: number, width: number): { markup: string; end: number } {
  const entries: { letter: string; label: string; owner: Owner | null }[] = [
    ...LEGEND,
    { letter: '?', label: 'Not verified', owner: null },
  ]
  let x = PAD
  let line = y
  const drawn = entries.map(({ letter, label, owner }) => {
    const room = 26 + label.length * CHARACTER + 14
    if (x > PAD && x + room > width - PAD) {
      x = PAD
      line += 26
    }
    const at = x
    x += room
    return [
      rect(at, line - 15, 20, 20, owner ? FILLS[owner] : '#f1f1f1'),
      text(at + 10, line, letter, 'font-weight="bold" text-anchor="middle"'),
      text(at + 26, line, label),
    ].join('\n')
  })
  return { markup: drawn.join('\n'), end: line + 24 }
}

/** The whole picture in words, for who cannot see it. */
function describe({ layers, rows }: MatrixAnswer): string {
  const names = new Map(layers.map(({ id, name }) => [id, name]))
  const told = rows.map((row) => {
    const sides = LEGEND.map(({ owner, label }) => {
      const owned = row.cells.filter((cell) => cell.owner === owner)
      return owned.length > 0 ? `${label}: ${owned.map(({ layer }) => names.get(layer) ?? layer).join(', ')}` : null
    })
    return `${rowName(row)}. ${sides.filter((side) => side !== null).join('; ')}.`
  })
  return `Layers from the bottom of the stack to its top, each with its owner. ${told.join(' ')}`
}

const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="2" fill="${fill}"/>`

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${x}" y="${y}"${attributes && ` ${attributes}`}>${escapeMarkup(content)}</text>`

/** Breaks a text at blanks, a long word where it must; what is left after `most` lines ends in an ellipsis. */
function wrap(content: string, length: number, most: number): string[] {
  const words = content.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [])
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${(lines[most - 1] ?? '').slice(0, length - 1)}…`]
}
