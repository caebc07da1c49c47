/** Tables and answers to render: of the seed, and hostile ones. */
import { requireService } from '../../src/domain/catalog.js'
import { matrixOf } from '../../src/domain/matrix.js'
import { DISCLAIMER, LEGEND, type MatrixAnswer, type Table } from '../../src/formats/table.js'
import { seeded } from '../support/catalog.js'

/** The matrix of the seed for services, or for all. */
export function answerOf({ ids, variants = false }: { ids?: string[]; variants?: boolean }): MatrixAnswer {
  const services = ids ? ids.map((id) => requireService(seeded, id)) : seeded.services
  return {
    layers: seeded.layers.map(({ id, name }) => ({ id, name })),
    rows: matrixOf(seeded, { services, layers: seeded.layers, variants }),
    revision: 7,
  }
}

/** A table of two columns. */
export const tableOf = (rows: string[][]): Table => ({
  title: 'A title',
  name: 'Sheet',
  header: [
    { name: 'First', width: 10 },
    { name: 'Second', width: 10 },
  ],
  rows: rows.map((row) => row.map((text) => ({ text }))),
  legend: LEGEND,
  notes: [DISCLAIMER],
  revision: 7,
})

/** A matrix whose service goes by a hostile name. */
export function named(name: string): MatrixAnswer {
  const answer = answerOf({ ids: ['rds'] })
  return { ...answer, rows: answer.rows.map((row) => ({ ...row, name })) }
}

/** The elements of a document whose start and end tags do not match; empty where it is well formed. */
export function unbalanced(markup: string, empty: readonly string[] = []): string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, close, name = '', self] of markup.matchAll(
    /<(\/?)([a-zA-Z][\w:-]*)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g,
  )) {
    if (self || empty.includes(name)) continue
    if (!close) open.push(name)
    else if (open.pop() !== name) wrong.push(name)
  }
  const stray = markup
    .replace(/^<!doctype html>/, '')
    .replace(/<\/?[a-zA-Z][\w:-]*(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '')
  return [...wrong, ...open, ...(stray.match(/<|&(?!(?:amp|lt|gt|quot|#39);)/g) ?? [])]
}
