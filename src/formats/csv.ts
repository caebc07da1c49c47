/** CSV by RFC 4180, made so that a spreadsheet opens it as the text that it is. */
import type { Table } from './table.js'

/** Without it, spreadsheets take UTF-8 for an older encoding. */
const BOM = '\uFEFF'

/** What a spreadsheet would take for a formula, also after blanks and in its full-width forms. */
const FORMULA = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/

/** Header and rows only: a legend would be rows of another kind. */
export function toCsv({ header, rows }: Table): string {
  const lines = [header.map(({ name }) => name), ...rows.map((row) => row.map(({ text }) => text))]
  return `${BOM}${lines.map((line) => `${line.map(field).join(',')}\r\n`).join('')}`
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
