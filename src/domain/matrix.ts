/** Many verdicts at once: the matrix of services and layers, its counts, and the duties of one side. */
import { z } from 'zod'
import type { Catalog } from './catalog.js'
import { Flip, Id, Label, type Layer, ModelId, Owner, Prose, Scope, type Service, Side, type Variant } from './model.js'
import { resolve } from './resolve.js'
import { Source } from './verdict.js'

/** Who owns one layer, in short; `scope` says how near to the service the rule stands. */
export const MatrixCell = z.strictObject({
  layer: Id,
  owner: Owner,
  lead: Side.nullable(),
  verified: z.boolean(),
  scope: Scope,
})
export type MatrixCell = z.infer<typeof MatrixCell>

/** A service, or one of its variants, across the layers. */
export const MatrixRow = z.strictObject({
  id: Id,
  name: Label,
  model: ModelId,
  category: Id,
  variant: z.strictObject({ id: Id, name: Label }).nullable(),
  cells: z.array(MatrixCell).max(21),
})
export type MatrixRow = z.infer<typeof MatrixRow>

const Count = z.int().min(0).max(1_000_000)
/** How many layers each owner has. */
export const OwnerTally = z.strictObject({ aws: Count, customer: Count, shared: Count, 'not-applicable': Count })
export type OwnerTally = z.infer<typeof OwnerTally>

const Named = z.strictObject({ id: Id, name: Label })
const Tallied = z.strictObject({ ...Named.shape, owners: OwnerTally })

/** The counts of a matrix: whole, by service and by layer. */
export const MatrixSummary = z.strictObject({
  total: OwnerTally,
  services: z.array(Tallied).max(2000),
  layers: z.array(Tallied).max(21),
})
export type MatrixSummary = z.infer<typeof MatrixSummary>

/** What one side must do on a layer of a service. `owner` is whose layer it is: the other side may still owe a part. */
export const Duty = z.strictObject({
  service: Named,
  owner: Owner,
  lead: Side.nullable(),
  duty: Prose,
  flip: Flip.nullable(),
  sources: z.array(Source).max(20),
  verified: z.boolean(),
})
export type Duty = z.infer<typeof Duty>

/** The duties on one layer, a service each. */
export const LayerDuties = z.strictObject({ layer: Named, duties: z.array(Duty).max(2000) })
export type LayerDuties = z.infer<typeof LayerDuties>

/** A row for each service and, where asked, one for each of its variants after it. */
export function matrixOf(
  catalog: Catalog,
  { services, layers, variants }: { services: readonly Service[]; layers: readonly Layer[]; variants: boolean },
): MatrixRow[] {
  const row = (service: Service, variant: Variant | null): MatrixRow => ({
    id: service.id,
    name: service.name,
    model: service.model,
    category: service.category,
    variant: variant && { id: variant.id, name: variant.name },
    cells: layers.map((layer) => {
      const { owner, lead, verified, basis } = resolve(catalog, { service, variant, layer })
      return { layer: layer.id, owner, lead, verified, scope: basis.scope }
    }),
  })
  return services.flatMap((service) => [
    row(service, null),
    ...(variants ? service.variants.map((variant) => row(service, variant)) : []),
  ])
}

/** Counts the owners of the services on all layers. Variants do not count: they would weigh a service twice. */
export function summaryOf(catalog: Catalog, services: readonly Service[]): MatrixSummary {
  const rows = matrixOf(catalog, { services, layers: catalog.layers, variants: false })
  const tally = (cells: readonly MatrixCell[]): OwnerTally => {
    const owners = { aws: 0, customer: 0, shared: 0, 'not-applicable': 0 }
    for (const { owner } of cells) owners[owner] += 1
    return owners
  }
  return {
    total: tally(rows.flatMap(({ cells }) => cells)),
    services: rows.map(({ id, name, cells }) => ({ id, name, owners: tally(cells) })),
    layers: catalog.layers.map(({ id, name }, index) => ({
      id,
      name,
      owners: tally(rows.map(({ cells }) => cells[index]).filter((cell) => cell !== undefined)),
    })),
  }
}

/**
 * The checklist of one side: each duty that a verdict names for it, layer by layer from the bottom of the stack. A
 * shared layer is on both checklists, and so is a layer of the other side that leaves this one something to do.
 */
export function dutiesOf(
  catalog: Catalog,
  { owner: side, services }: { owner: Side; services: readonly Service[] },
): LayerDuties[] {
  return catalog.layers
    .map((layer) => ({
      layer: { id: layer.id, name: layer.name },
      duties: services.flatMap((service): Duty[] => {
        const { owner, lead, duties, flip, sources, verified } = resolve(catalog, { service, layer })
        const duty = duties[side]
        if (duty === null) return []
        return [{ service: { id: service.id, name: service.name }, owner, lead, duty, flip, sources, verified }]
      }),
    }))
    .filter(({ duties }) => duties.length > 0)
}
