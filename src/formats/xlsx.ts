/** An Excel workbook: the table with frozen header and filter, and a sheet with its legend. */
import { FILLS, type Table } from './table.js'

/** A workbook that came from a revision is the same bytes whenever it is written. */
const NEVER = new Date(0)

export async function toXlsx({ title, name, header, rows, legend, notes, revision }: Table): Promise<Buffer> {
  // A library of a megabyte: only who asks for a workbook waits for it.
  const { Workbook } = (await import('exceljs')).default
  const workbook = new Workbook()
  workbook.creator = 'aws-responsibility-matrix'
  workbook.lastModifiedBy = workbook.creator
  workbook.created = NEVER
  workbook.modified = NEVER
  workbook.title = title

  const fill = (colour: string) =>
    ({ type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${colour.slice(1).toUpperCase()}` } }) as const
  const top = { vertical: 'top', wrapText: true } as const

  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
  })
  sheet.columns = header.map((column) => ({ header: column.name, width: column.width }))
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: header.length } }
  sheet.getRow(1).eachCell((cell) => {
    cell.font = { bold: true }
    cell.alignment = top
    cell.fill = fill('#f0f0f0')
  })
  for (const row of rows) {
    const added = sheet.addRow(row.map(({ text }) => text))
    row.forEach(({ owner }, index) => {
      const cell = added.getCell(index + 1)
      cell.alignment = top
      if (owner) cell.fill = fill(FILLS[owner])
    })
  }

  const second = workbook.addWorksheet('Legend')
  second.columns = [{ width: 24 }, { width: 90 }]
  second.addRow([title]).font = { bold: true }
  second.addRow([])
  for (const { owner, label, meaning } of legend) second.addRow([label, meaning]).getCell(1).fill = fill(FILLS[owner])
  second.addRow([])
  second.addRow(['Revision', revision])
  for (const note of notes) second.addRow(['Note', note])
  second.eachRow((row, number) => {
    if (number > 1) row.alignment = top
  })

  return undated(Buffer.from(await workbook.xlsx.writeBuffer()))
}

/** Sets the date of every file in a zip archive to the first that zip knows; the library stamps them with the clock. */
function undated(archive: Buffer): Buffer {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  let entry = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    archive.writeUInt32LE(FIRST_DATE, entry + 12)
    archive.writeUInt32LE(FIRST_DATE, archive.readUInt32LE(entry + 42) + 10)
    entry += 46 + archive.readUInt16LE(entry + 28) + archive.readUInt16LE(entry + 30) + archive.readUInt16LE(entry + 32)
  }
  return archive
}

/** 1980-01-01 00:00: two bytes of time, two of date. */
const FIRST_DATE = 0x0021_0000
