import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { getDuties, getMatrix, getSummary } from '../../src/operations/matrix.js'
import type { Context, Operation } from '../../src/operations/operation.js'
import { seeded, verdictOf } from '../support/catalog.js'
import { refusalOf } from '../support/refusal.js'

interface Row {
  id: string
  variant: { id: string } | null
  cells: { layer: string; owner: string }[]
}
interface Answer {
  rows: Row[]
  layers: { id: string; duties: { service: { id: string } }[]; layer: { id: string } }[]
  total: number
  revision: number
}

const context: Context = {
  catalog: seeded,
  actor: null,
  may: () => false,
  get history(): never {
    throw new Error('These answers are of today.')
  },
  now: Date.now,
  get store(): never {
    throw new Error('These answers need no store.')
  },
  describeRefusal: () => {
    throw new Error('No item of these answers fails alone.')
  },
}

/** Runs as HTTP does: through the schema of the query, and out through that of the answer. */
function run(operation: Operation, query: Record<string, unknown> = {}): Answer {
  const input = { params: {}, query: operation.query.parse(query), body: undefined }
  const output = operation.run(context, input)
  expect((operation.output as z.ZodType).safeParse(output).error?.message).toBeUndefined()
  return output as Answer
}

/** What a format makes of the answer after it went through JSON. */
const render = async (operation: Operation, format: string, query: Record<string, unknown> = {}): Promise<string> => {
  const output: unknown = JSON.parse(JSON.stringify(run(operation, query)))
  return String(await operation.formats?.[format]?.render(output))
}

describe('getMatrix', () => {
  it('answers for all services on all layers at once when nothing is named', () => {
    const { rows, revision } = run(getMatrix)
    expect(rows.map(({ id }) => id)).toEqual(seeded.services.map(({ id }) => id))
    expect(new Set(rows.map(({ cells }) => cells.length))).toEqual(new Set([21]))
    expect(revision).toBe(seeded.revision)
  })

  it('takes the services in the order of the list and the layers in the order of the stack', () => {
    const { rows, layers } = run(getMatrix, { service: ' s3 ,rds,s3,', layer: 'data,operating-system' })
    expect(rows.map(({ id }) => id)).toEqual(['s3', 'rds'])
    expect(layers.map(({ id }) => id)).toEqual(['operating-system', 'data'])
    expect(rows[1]?.cells.map(({ layer, owner }) => [layer, owner])).toEqual([
      ['operating-system', verdictOf('rds', 'operating-system').owner],
      ['data', verdictOf('rds', 'data').owner],
    ])
  })

  it('narrows by model and by category, within a list of services too', () => {
    const { rows } = run(getMatrix, { category: 'database', model: 'paas' })
    const wanted = seeded.services.filter(({ model, category }) => model === 'paas' && category === 'database')
    expect(rows.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
    expect(run(getMatrix, { service: 'ec2,rds', category: 'database' }).rows.map(({ id }) => id)).toEqual(['rds'])
    expect(run(getMatrix, { service: 'ec2', model: 'saas' }).rows).toEqual([])
  })

  it('shows variants only when they are asked for', () => {
    const withVariants = run(getMatrix, { service: 'rds', variants: 'true' }).rows
    expect(withVariants.map(({ variant }) => variant?.id ?? null)).toEqual([
      null,
      ...(seeded.service('rds')?.variants.map(({ id }) => id) ?? []),
    ])
    expect(run(getMatrix, { service: 'rds', variants: 'false' }).rows).toHaveLength(1)
  })

  it('takes a known name for its id and refuses an unknown one with suggestions', () => {
    expect(run(getMatrix, { service: 'Amazon RDS' }).rows[0]?.id).toBe('rds')
    const service = refusalOf(() => run(getMatrix, { service: 's3,rdss' }))
    expect([service.kind, service.details.suggestions?.[0]?.id]).toEqual(['unknown', 'rds'])
    expect(refusalOf(() => run(getMatrix, { layer: 'nosuchlayer' })).kind).toBe('unknown')
  })

  it('refuses a list that names nothing instead of taking it for all', () => {
    expect(refusalOf(() => run(getMatrix, { service: ' , ,' })).kind).toBe('invalid')
  })

  it('refuses a picture of more services than can be read, but not the same as JSON', () => {
    expect(refusalOf(() => run(getMatrix, { format: 'svg' })).kind).toBe('invalid')
    expect(run(getMatrix, { format: 'json' }).rows.length).toBeGreaterThan(12)
  })

  it('refuses such a picture also where only Accept asks for it', async () => {
    await expect(render(getMatrix, 'svg')).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('getSummary', () => {
  it('counts the services named and no others', () => {
    const output = run(getSummary, { service: 'rds,s3' }) as unknown as { services: { id: string }[]; total: object }
    expect(output.services.map(({ id }) => id)).toEqual(['rds', 's3'])
    expect(Object.values(output.total).reduce((sum: number, count: number) => sum + count, 0)).toBe(42)
  })
})

describe('getDuties', () => {
  it('lists the duties of the customer unless those of AWS are asked for', () => {
    expect(run(getDuties, { service: 'rds' })).toEqual(run(getDuties, { service: 'rds', owner: 'customer' }))
    expect(run(getDuties, { service: 'rds', owner: 'aws' }).layers.map(({ layer }) => layer.id)).toContain('physical')
  })

  it('keeps to the services named and counts what it lists', () => {
    const { layers, total } = run(getDuties, { service: 'rds,s3' })
    const duties = layers.flatMap(({ duties }) => duties)
    expect(new Set(duties.map(({ service }) => service.id))).toEqual(new Set(['rds', 's3']))
    expect(total).toBe(duties.length)
  })

  it('speaks for all services when none is named', () => {
    const named = new Set(run(getDuties).layers.flatMap(({ duties }) => duties.map(({ service }) => service.id)))
    expect(named.size).toBe(seeded.services.length)
  })

  it('has no picture', () => {
    expect(getDuties.query.safeParse({ format: 'svg' }).success).toBe(false)
  })
})

describe.each([
  ['getMatrix', getMatrix],
  ['getDuties', getDuties],
] as const)('the formats of %s', (_id, operation) => {
  const formats = Object.keys(operation.formats ?? {})

  it('are those that its parameter names, beside JSON', () => {
    for (const format of formats) expect(operation.query.safeParse({ format }).success).toBe(true)
    expect(operation.query.safeParse({ format: 'json' }).success).toBe(true)
    expect(operation.query.safeParse({ format: 'pdf' }).success).toBe(false)
  })

  it.each(formats)('can be made as %s from the JSON answer alone', async (format) => {
    const text = await render(operation, format, { service: 'rds,s3' })
    // A workbook is a zip; its content is read back in its own test.
    if (format === 'xlsx') expect(text).toMatch(/^PK/)
    else for (const name of ['Amazon RDS', 'Amazon S3', 'Encryption at rest']) expect(text).toContain(name)
  })
})
