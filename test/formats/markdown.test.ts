import { describe, expect, it } from 'vitest'
import { toMarkdown } from '../../src/formats/markdown.js'
import { DISCLAIMER, LEGEND, matrixTable } from '../../src/formats/table.js'
import { answerOf, tableOf } from './tables.js'

/** The cells of each line of the table, split at the pipes that are not escaped. */
const cells = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(2, -2).split(/(?<!\\)(?:\\\\)* \| /))

describe('Markdown', () => {
  it('has as many cells in every line as in its header', () => {
    const table = matrixTable(answerOf({ variants: true }))
    const lines = cells(toMarkdown(table))
    expect(lines).toHaveLength(table.rows.length + 2)
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([table.header.length]))
  })

  it.each([
    ['a | b', 'a \\| b'],
    ['a \\| b', 'a \\\\\\| b'],
    ['two\nlines', 'two lines'],
    ['<script>', '\\<script\\>'],
    ['![x](https://evil)', '!\\[x\\](https://evil)'],
    ['**bold** `code`', '\\*\\*bold\\*\\* \\`code\\`'],
    ['R&D &lt;', 'R&D \\&lt;'],
  ])('keeps %j text inside its cell', (text, written) => {
    expect(toMarkdown(tableOf([[text, 'next']]))).toContain(`| ${written} | next |`)
  })

  it('links only to https, and lets no address break its cell', () => {
    const link = (url: string): string => toMarkdown({ ...tableOf([]), rows: [[{ text: url, links: [url] }]] })
    expect(link('https://a.example/b|c>d')).toContain('| <https://a.example/b%7Cc%3Ed> |')
    expect(link('javascript:alert(1)')).not.toContain('<javascript')
  })

  it('carries its legend, its disclaimer and its revision', () => {
    const markdown = toMarkdown(tableOf([]))
    for (const { label } of LEGEND) expect(markdown).toContain(`- **${label}**`)
    expect(markdown).toContain(DISCLAIMER)
    expect(markdown).toContain('Revision 7.')
  })
})
