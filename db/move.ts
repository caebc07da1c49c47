/** Carries everything from one database to another, whatever their dialects, and proves that it arrived. */
import { createHash } from 'node:crypto'
import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { type Columns, sqliteColumns } from './columns.js'
import type { Connection, Database } from './connection.js'
import { ROWS_PER_INSERT } from './store.js'
import { declareTables } from './tables.js'

type Row = Record<string, unknown>

/** What a table holds: so many rows, and a hash over all of them that does not depend on their order. */
export interface Digest {
  table: string
  rows: number
  hash: string
}

/** Throws where the target holds anything that the source does not. `copied` is 0 where there was nothing to do. */
export async function move(from: Connection, to: Connection): Promise<{ digests: Digest[]; copied: number }> {
  return from.snapshot(async (source) => {
    const known = new Set<string>()
    const digests = await digestAll(from.columns, source, (_table, _row, hash) => known.add(hash))
    const foreign = (table: string, row: Row, hash: string): void => {
      if (known.has(hash)) return
      const name = row.id ?? row.revision ?? 'a row'
      throw new Error(`The target holds other data: ${table} has ${name}. Move into an empty database.`)
    }
    const before = await to.snapshot((target) => digestAll(to.columns, target, foreign))
    if (isSame(digests, before)) return { digests, copied: 0 }

    let copied = 0
    // The changes last: until then the target says that nothing was committed to it.
    const names = digests.map(({ table }) => table).sort((a, b) => Number(a === 'changes') - Number(b === 'changes'))
    for (const name of names) {
      const target = tableOf(to.columns, name)
      for await (const page of pagesOf(from.columns, source, name)) {
        await to.batch((db) => [db.insert(target).values(page).onConflictDoNothing()])
        copied += page.length
      }
    }
    const after = await to.snapshot((target) => digestAll(to.columns, target))
    if (!isSame(digests, after))
      throw new Error('The target does not hold what the source holds. Did anything else write to it?')
    return { digests, copied }
  })
}

const isSame = (a: readonly Digest[], b: readonly Digest[]): boolean =>
  a.length === b.length &&
  a.every(({ table, rows, hash }, i) => {
    const other = b[i]
    return other?.table === table && other.rows === rows && other.hash === hash
  })

/** Counts and hashes every table; `visit` sees each row with its own hash. */
async function digestAll(
  columns: Columns,
  db: Database,
  visit: (table: string, row: Row, hash: string) => void = () => {},
): Promise<Digest[]> {
  const digests: Digest[] = []
  for (const table of Object.keys(declareTables(columns))) {
    let rows = 0
    // The sum of the rows' hashes: equal for equal rows in whatever order an engine gives them.
    let sum = 0n
    for await (const page of pagesOf(columns, db, table))
      for (const row of page) {
        const hash = createHash('sha256')
          .update(JSON.stringify([table, Object.entries(row)]))
          .digest('hex')
        rows += 1
        sum = BigInt.asUintN(256, sum + BigInt(`0x${hash}`))
        visit(table, row, hash)
      }
    digests.push({ table, rows, hash: sum.toString(16).padStart(64, '0') })
  }
  return digests
}

const tableOf = (columns: Columns, name: string): SQLiteTable => {
  const tables: Record<string, SQLiteTable> = declareTables(columns)
  const table = tables[name]
  if (!table) throw new Error(`There is no table ${name}.`)
  return table
}

/** The fields that make up a table's primary key: the same in every dialect, so SQLite's declaration tells them. */
function keyOf(name: string): string[] {
  const table = tableOf(sqliteColumns, name)
  const { primaryKeys } = getTableConfig(table)
  const inKey = new Set(primaryKeys.flatMap(({ columns }) => columns.map((column) => column.name)))
  return Object.entries(getTableColumns(table)).flatMap(([field, column]) =>
    column.primary || inKey.has(column.name) ? [field] : [],
  )
}

/** All rows of a table, a page at a time, in the order of its key. */
async function* pagesOf(columns: Columns, db: Database, name: string): AsyncGenerator<Row[]> {
  const table = tableOf(columns, name)
  const fields = getTableColumns(table) as Record<string, SQLiteColumn>
  const key = keyOf(name)
  const list = (parts: readonly (SQLiteColumn | SQL)[]): SQL => sql`(${sql.join([...parts], sql`, `)})`
  const keyColumns = key.flatMap((field) => fields[field] ?? [])
  for (let last: Row | undefined; ; ) {
    const from = last
    const after = from && sql`${list(keyColumns)} > ${list(key.map((field) => sql`${from[field]}`))}`
    const page: Row[] = await db
      .select()
      .from(table)
      .where(after)
      .orderBy(...keyColumns)
      .limit(ROWS_PER_INSERT)
    if (page.length > 0) yield page
    if (page.length < ROWS_PER_INSERT) return
    last = page.at(-1)
  }
}
