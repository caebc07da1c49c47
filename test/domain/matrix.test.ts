import { describe, expect, it } from 'vitest'
import { requireLayer, requireService } from '../../src/domain/catalog.js'
import { dutiesOf, LayerDuties, MatrixRow, MatrixSummary, matrixOf, summaryOf } from '../../src/domain/matrix.js'
import { seeded, verdictOf } from '../support/catalog.js'

const services = (...ids: string[]) => ids.map((id) => requireService(seeded, id))
const everything = { services: seeded.services, layers: seeded.layers, variants: true }

describe('the matrix', () => {
  it('says in every cell what the verdict on that layer says, for services and for variants', () => {
    for (const row of matrixOf(seeded, everything)) {
      for (const cell of row.cells) {
        const { owner, lead, verified, basis } = verdictOf(row.id, cell.layer, row.variant?.id)
        expect(cell).toEqual({ layer: cell.layer, owner, lead, verified, scope: basis.scope })
      }
    }
  })

  it('has a row for each service and one for each variant right after it, within its own schema', () => {
    const rows = matrixOf(seeded, everything)
    const expected = seeded.services.flatMap(({ id, variants }) => [id, ...variants.map((each) => `${id}/${each.id}`)])
    expect(rows.map(({ id, variant }) => (variant ? `${id}/${variant.id}` : id))).toEqual(expected)
    for (const row of rows) expect(MatrixRow.safeParse(row).error?.message).toBeUndefined()
  })

  it('leaves variants out unless they are asked for', () => {
    expect(matrixOf(seeded, { ...everything, variants: false })).toHaveLength(seeded.services.length)
  })

  it('holds only the layers asked for, and the services in the order asked', () => {
    const layers = [requireLayer(seeded, 'data')]
    const rows = matrixOf(seeded, { services: services('s3', 'ec2'), layers, variants: false })
    expect(rows.map(({ id, cells }) => [id, cells.map(({ layer }) => layer)])).toEqual([
      ['s3', ['data']],
      ['ec2', ['data']],
    ])
  })
})

describe('the summary', () => {
  it('counts each layer of each service once, alike in total, by service and by layer', () => {
    const summary = summaryOf(seeded, seeded.services)
    expect(MatrixSummary.safeParse(summary).error?.message).toBeUndefined()
    for (const owner of ['aws', 'customer', 'shared', 'not-applicable'] as const) {
      const add = (sum: number, { owners }: { owners: typeof summary.total }): number => sum + owners[owner]
      expect(summary.services.reduce(add, 0)).toBe(summary.total[owner])
      expect(summary.layers.reduce(add, 0)).toBe(summary.total[owner])
    }
    const cells = Object.values(summary.total).reduce((sum, count) => sum + count, 0)
    expect(cells).toBe(seeded.services.length * seeded.layers.length)
  })

  it('is all noughts for no service', () => {
    const summary = summaryOf(seeded, [])
    expect(summary.total).toEqual({ aws: 0, customer: 0, shared: 0, 'not-applicable': 0 })
    expect(summary.layers).toHaveLength(21)
  })
})

describe.each(['customer', 'aws'] as const)('the duties of %s', (owner) => {
  const groups = dutiesOf(seeded, { owner, services: seeded.services })

  it('are exactly the duties that the verdicts name for that side', () => {
    const listed = groups.flatMap(({ layer, duties }) =>
      duties.map(({ service, duty }) => `${layer.id} ${service.id} ${duty}`),
    )
    const named = seeded.layers.flatMap((layer) =>
      seeded.services.flatMap((service) => {
        const duty = verdictOf(service.id, layer.id).duties[owner]
        return duty === null ? [] : [`${layer.id} ${service.id} ${duty}`]
      }),
    )
    expect(listed).toEqual(named)
    for (const group of groups) expect(LayerDuties.safeParse(group).error?.message).toBeUndefined()
  })

  it('count every shared layer in', () => {
    const shared = groups.flatMap(({ duties }) => duties).filter((duty) => duty.owner === 'shared')
    expect(shared).toHaveLength(summaryOf(seeded, seeded.services).total.shared)
  })

  it('name no layer on which there is nothing to do', () => {
    expect(groups.filter(({ duties }) => duties.length === 0)).toEqual([])
  })
})

it('keeps a duty of the customer on a layer that AWS owns', () => {
  const groups = dutiesOf(seeded, { owner: 'customer', services: services('rds') })
  const duty = groups.find(({ layer }) => layer.id === 'operating-system')?.duties[0]
  expect(duty).toMatchObject({ owner: 'aws', duty: verdictOf('rds', 'operating-system').duties.customer })
})
