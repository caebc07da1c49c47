import { describe, expect, it } from 'vitest'
import { toCsv } from '../../src/formats/csv.js'
import { matrixTable, type Table } from '../../src/formats/table.js'
import { answerOf, tableOf } from './tables.js'

/** Reads RFC 4180 strictly: records end in CRLF, a quote inside quotes is doubled. */
function parse(csv: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let rest = csv.replace(/^\uFEFF/, '')
  while (rest.length > 0) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest)
    if (!match) throw new Error(`No CSV from here: ${JSON.stringify(rest.slice(0, 60))}`)
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') {
      records.push(record)
      record = []
    }
    rest = rest.slice(match[0].length)
  }
  return records
}

const texts = ({ header, rows }: Table): string[][] => [
  header.map(({ name }) => name),
  ...rows.map((row) => row.map(({ text }) => text)),
]

describe('CSV', () => {
  it('comes back as the same matrix when it is read by RFC 4180', () => {
    const table = matrixTable(answerOf({ variants: true }))
    expect(parse(toCsv(table))).toEqual(texts(table))
  })

  it.each(['a,b', 'say "hi"', 'two\r\nlines', 'two\nlines', '"', 'Grüße, 世界 🌍', ''])('keeps the cell %j', (cell) => {
    expect(parse(toCsv(tableOf([[cell, 'next']])))).toEqual([
      ['First', 'Second'],
      [cell, 'next'],
    ])
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1',
    '=HYPERLINK("http://evil","a,b")',
    "=cmd|' /C calc'!A0",
  ])('writes %j as text that no spreadsheet computes', (cell) => {
    expect(parse(toCsv(tableOf([[cell, 'next']])))[1]).toEqual([`'${cell}`, 'next'])
  })

  it('guards its header as it guards its cells', () => {
    expect(parse(toCsv({ ...tableOf([]), header: [{ name: '=1', width: 5 }] }))).toEqual([["'=1"]])
  })

  it('begins with a byte order mark and ends every record in CRLF', () => {
    expect(toCsv(tableOf([['a', 'b']]))).toBe('\uFEFFFirst,Second\r\na,b\r\n')
  })
})
