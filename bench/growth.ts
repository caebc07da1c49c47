/** How the cost of a verdict grows with the matrix: resolved anew, in this process, without the answers compiled before. */
import { readSeed } from '../seed/read.js'
import { type Catalog, createCatalog } from '../src/domain/catalog.js'
import type { Rule, Service } from '../src/domain/model.js'
import { resolve } from '../src/domain/resolve.js'
import { median } from './support.js'

const ROUNDS = 15
const TIMES = 20_000
const FIVE = ['ec2', 's3', 'lambda', 'rds', 'workmail']

const shipped = readSeed()

const catalogOf = (wanted: (id: string) => boolean, more = overrides(0)): Catalog => {
  const services = [...shipped.services.filter(({ id }) => wanted(id)), ...more.services]
  const ids = new Set(services.map(({ id }) => id))
  const rules = shipped.rules.filter(
    ({ scope, subject }) => scope === 'model' || scope === 'layer' || ids.has(subject.split('/')[0] ?? ''),
  )
  return createCatalog({ ...shipped, services, rules: [...rules, ...more.rules], revision: 1, at: '' })
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

const overrideOn = (subject: string, layer: string): Rule => ({
  id: `organisation/${subject}/${layer}`,
  scope: 'organisation',
  subject,
  layer,
  owner: 'customer',
  aws: null,
  customer: 'We do this ourselves, as our own standard of operations has it.',
  lead: null,
  leadReason: null,
  flip: null,
  sources: [],
  verifiedAt: null,
  origin: 'organisation',
  reason: 'The standard of operations.',
  ground: null,
})

/** A service that only an organisation knows: like a shipped one, without its names. */
function ownService(number: number): Service[] {
  const [like] = shipped.services
  if (!like) return []
  const none = Object.fromEntries(Object.keys(like.identifiers).map((kind) => [kind, []])) as never
  const id = `own-${number}`
  return [
    {
      ...like,
      id,
      name: `Own service ${number}`,
      aliases: [],
      serviceIds: [],
      variants: [],
      partOf: null,
      identifiers: none,
      origin: 'organisation',
    },
  ]
}

/**
 * `count` overrides: on every layer of every service but the five and of their variants, and where that is not enough,
 * on services of the organisation.
 */
export function overrides(count: number): { services: Service[]; rules: Rule[] } {
  const subjects = shipped.services
    .filter(({ id }) => !FIVE.includes(id))
    .flatMap(({ id, variants }) => [id, ...variants.map((variant) => `${id}/${variant.id}`)])
  const missing = Math.max(0, Math.ceil(count / shipped.layers.length) - subjects.length)
  const services = Array.from({ length: missing }, (_, at) => at + 1).flatMap(ownService)
  const rules = [...subjects, ...services.map(({ id }) => id)].flatMap((subject) =>
    shipped.layers.map(({ id }) => overrideOn(subject, id)),
  )
  return { services, rules: rules.slice(0, count) }
}

/** Ratios of the cost of a verdict: all services to five, fifty to five, and many overrides to none. */
export function measureGrowth(): { fifty: number; all: number; overridden: number; overrides: number } {
  const more = overrides(10_000)
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
  return { fifty: some / five, all: all / five, overridden: overridden / all, overrides: more.rules.length }
}
