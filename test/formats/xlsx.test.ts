import exceljs from 'exceljs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DISCLAIMER, FILLS, LEGEND, matrixTable } from '../../src/formats/table.js'
import { toXlsx } from '../../src/formats/xlsx.js'
import { answerOf, tableOf } from './tables.js'

async function read(file: Buffer) {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(new Uint8Array(file).buffer)
  const sheet = (name: string) => {
    const found = workbook.getWorksheet(name)
    if (!found) throw new Error(`There is no sheet ${name}.`)
    return found
  }
  return { workbook, sheet }
}

const table = matrixTable(answerOf({ ids: ['rds', 's3', 'eks'], variants: true }))

describe('the workbook', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('comes back with every cell of the table', async () => {
    const sheet = (await read(await toXlsx(table))).sheet('Matrix')
    expect(sheet.rowCount).toBe(table.rows.length + 1)
    table.header.forEach(({ name }, index) => {
      expect(sheet.getCell(1, index + 1).value).toBe(name)
    })
    table.rows.forEach((row, at) => {
      row.forEach(({ text }, index) => {
        expect(sheet.getCell(at + 2, index + 1).text).toBe(text)
      })
    })
  })

  it('keeps header and first column in sight and filters by every column', async () => {
    const sheet = (await read(await toXlsx(table))).sheet('Matrix')
    expect(sheet.views).toEqual([expect.objectContaining({ state: 'frozen', xSplit: 1, ySplit: 1 })])
    expect(sheet.autoFilter).toBe(`A1:Z${table.rows.length + 1}`)
  })

  it('fills the cells of an owner with its colour', async () => {
    const sheet = (await read(await toXlsx(table))).sheet('Matrix')
    const index = table.rows[0]?.findIndex(({ owner }) => owner === 'shared') ?? -1
    expect(sheet.getCell(2, index + 1).fill).toMatchObject({
      fgColor: { argb: `FF${FILLS.shared.slice(1).toUpperCase()}` },
    })
  })

  it('explains itself on a second sheet: owners, revision, disclaimer', async () => {
    const { workbook, sheet } = await read(await toXlsx(table))
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Matrix', 'Legend'])
    const lines: string[] = []
    sheet('Legend').eachRow((row) => lines.push(`${row.getCell(1).text}: ${row.getCell(2).text}`))
    for (const { label, meaning } of LEGEND) expect(lines).toContain(`${label}: ${meaning}`)
    expect(lines).toContain('Revision: 7')
    expect(lines).toContain(`Note: ${DISCLAIMER}`)
  })

  it('holds what looks like a formula as text', async () => {
    const sheet = (await read(await toXlsx(tableOf([['=1+1', '@SUM(A1)']])))).sheet('Sheet')
    expect([sheet.getCell('A2').type, sheet.getCell('B2').type]).toEqual([
      exceljs.ValueType.String,
      exceljs.ValueType.String,
    ])
    expect(sheet.getCell('A2').value).toBe('=1+1')
  })

  it('is the same bytes whenever it is written', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T12:00:00Z') })
    const first = await toXlsx(table)
    vi.setSystemTime(new Date('2031-01-02T03:04:05Z'))
    expect((await toXlsx(table)).equals(first)).toBe(true)
  })
})
