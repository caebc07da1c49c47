import { getTableColumns } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sqliteColumns } from '../../db/columns.js'
import { readMigrations } from '../../db/migrations.js'
import * as postgresTables from '../../db/postgres.tables.js'
import * as sqliteTables from '../../db/sqlite.tables.js'
import { ROWS_PER_INSERT } from '../../db/store.js'
import { declareTables } from '../../db/tables.js'

const declared = Object.entries(declareTables(sqliteColumns))

describe('the tables', () => {
  it('are all told to drizzle-kit, in both dialects', () => {
    const names = declared.map(([name]) => name).sort()
    expect(Object.keys(sqliteTables).sort()).toEqual(names)
    expect(Object.keys(postgresTables).sort()).toEqual(names)
  })

  it.each(declared)("%s: the longest insert stays within SQLite's 32,766 values a statement", (_name, table) =>
    expect(Object.keys(getTableColumns(table)).length * ROWS_PER_INSERT).toBeLessThanOrEqual(32_766),
  )

  const statements = readMigrations('postgres').flatMap((migration) => migration.statements)

  it.each(statements.map((statement) => [statement.trim().split('\n', 1)[0], statement]))(
    'need nothing that Aurora DSQL, CockroachDB or YugabyteDB lack: %s',
    (_line, statement) => {
      // One table or index in each, of text and integers; no sequence, foreign key, default, type or function.
      expect(statement).toMatch(/^\s*(CREATE TABLE|CREATE (UNIQUE )?INDEX|ALTER TABLE "\w+" ADD COLUMN|DROP )/)
      const words = statement.replaceAll(/"[^"]*"/g, '').match(/[a-z]\w*/gi) ?? []
      const plain =
        /^(CREATE|TABLE|UNIQUE|INDEX|ALTER|ADD|COLUMN|DROP|ON|USING|btree|text|integer|NOT|NULL|PRIMARY|KEY|CONSTRAINT)$/
      expect(words.filter((word) => !plain.test(word))).toEqual([])
    },
  )
})
