/** Markdown: a heading, a table as GitHub reads it, the legend. */
import type { Cell, Table } from './table.js'

export function toMarkdown({ title, header, rows, legend, notes, revision }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    `# ${escapeText(title)}`,
    '',
    line(header.map(({ name }) => escapeText(name))),
    line(header.map(() => '---')),
    ...rows.map((row) => line(row.map(cellText))),
    '',
    ...legend.map(({ label, meaning }) => `- **${escapeText(label)}**: ${escapeText(meaning)}`),
    '',
    ...notes.flatMap((note) => [escapeText(note), '']),
    `Revision ${revision}.`,
    '',
  ].join('\n')
}

const cellText = ({ text, links }: Cell): string => (links ? links.map(link).join(' ') : escapeText(text))

const link = (url: string): string =>
  url.startsWith('https://') ? `<${url.replace(/[|<>\\\s]/g, encodeURIComponent)}>` : escapeText(url)

/** Text that stays text: no cell ends early, and nothing in it becomes a link, an image or an element. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\|`*_[\]<>~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\s+/g, ' ')
