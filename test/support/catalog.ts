/** The catalog of the shipped seed, without a database. */
import { readSeed } from '../../seed/read.js'
import { type Catalog, createCatalog } from '../../src/domain/catalog.js'
import { resolve } from '../../src/domain/resolve.js'
import type { Verdict } from '../../src/domain/verdict.js'

export const seeded: Catalog = createCatalog({ ...readSeed(), revision: 1, at: '2026-11-24T12:00:00.000Z' })

/** The verdict of the seed on a layer of a service or one of its variants. */
export function verdictOf(serviceId: string, layerId: string, variantId?: string): Verdict {
  const service = seeded.service(serviceId)
  const layer = seeded.layer(layerId)
  if (!service || !layer) throw new Error(`The seed has no ${serviceId} or no ${layerId}.`)
  const variant = service.variants.find(({ id }) => id === variantId) ?? null
  if (variantId && !variant) throw new Error(`${serviceId} has no variant ${variantId}.`)
  return resolve(seeded, { service, layer, variant })
}
