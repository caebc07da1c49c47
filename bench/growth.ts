/** How the cost of a verdict grows with the matrix: resolved anew, in this process, without the answers compiled before. */
import { readSeed } from '../seed/read.js'
import { type Catalog, createCatalog } from '../src/domain/catalog.js'
import type { Rule } from '../src/domain/model.js'
import { resolve } from '../src/domain/resolve.js'
import { median } from './support.js'

const ROUNDS = 15
const TIMES = 20_000
const FIVE = ['ec2', 's3', 'lambda', 'rds', 'workmail']

const shipped = readSeed()

const catalogOf = (wanted: (id: string) => boolean, more: readonly Rule[] = []): Catalog => {
  const services = shipped.services.filter(({ id }) => wanted(id))
  const ids = new Set(services.map(({ id }) => id))
  const rules = shipped.rules.filter(
    ({ scope, subject }) => scope === 'model' || scope === 'layer' || ids.has(subject.split('/')[0] ?? ''),
  )
  return createCatalog({ ...shipped, services, rules: [...rules, ...more], revision: 1, at: '' })
}

/** Nanoseconds for a verdict on one of the five services that every catalog has. */
function cost(catalog: Catalog): number {
  const questions = FIVE.flatMap((id) => {
    const service = catalog.service(id)
    return service ? catalog.layers.map((layer) => ({ service, layer })) : []
  })
  const started = process.hrtime.bigint()
  for (let at = 0; at < TIMES; at++) {
    const question = questions[at % questions.length]
    if (question) resolve(catalog, question)
  }
  return Number(process.hrtime.bigint() - started) / TIMES
}

/** An override on every layer of every service but the five, and of their variants. */
export function overrides(): Rule[] {
  const subjects = shipped.services
    .filter(({ id }) => !FIVE.includes(id))
    .flatMap(({ id, variants }) => [id, ...variants.map((variant) => `${id}/${variant.id}`)])
  return subjects.flatMap((subject) =>
    shipped.layers.map((layer) => ({
      id: `organisation/${subject}/${layer.id}`,
      scope: 'organisation' as const,
      subject,
      layer: layer.id,
      owner: 'customer' as const,
      aws: null,
      customer: 'We do this ourselves, as our own standard of operations has it.',
      lead: null,
      leadReason: null,
      flip: null,
      sources: [],
      verifiedAt: null,
      origin: 'organisation' as const,
      reason: 'The standard of operations.',
      ground: null,
    })),
  )
}

/** Ratios of the cost of a verdict: all services to five, fifty to five, and many overrides to none. */
export function measureGrowth(): { fifty: number; all: number; overridden: number; overrides: number } {
  const more = overrides()
  const fifty = new Set([...FIVE, ...shipped.services.slice(0, 45).map(({ id }) => id)])
  const catalogs = [
    catalogOf((id) => FIVE.includes(id)),
    catalogOf((id) => fifty.has(id)),
    catalogOf(() => true),
    catalogOf(() => true, more),
  ] as const
  for (const catalog of catalogs) cost(catalog)
  const costs = catalogs.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [at, catalog] of catalogs.entries()) costs[at]?.push(cost(catalog))
  const [five = 1, some = 1, all = 1, overridden = 1] = costs.map(median)
  return { fifty: some / five, all: all / five, overridden: overridden / all, overrides: more.length }
}
