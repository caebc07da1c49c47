/** What the tests of writes share: a small matrix, and a catalog that moves on with each command. */
import { type Catalog, createCatalog } from '../../src/domain/catalog.js'
import { type Command, decide, plan } from '../../src/domain/change.js'
import type { Layer, Rule, Service, Statement } from '../../src/domain/model.js'
import { ruleId, type Scope } from '../../src/domain/model.js'
import type { Edit } from '../../src/domain/store.js'
import { NO_RECORDS } from './no-records.js'

export const AWS: Statement = {
  owner: 'aws',
  aws: 'AWS does it.',
  customer: null,
  lead: null,
  leadReason: null,
  flip: null,
  sources: [],
  verifiedAt: null,
}
export const OURS: Statement = { ...AWS, owner: 'customer', aws: null, customer: 'We do it.' }

const layer = (id: string, position: number): Layer => ({
  id,
  name: id,
  position,
  covers: id,
  controls: [],
  vocabulary: { names: [], phrases: [], deeds: [], not: [], confusable: [] },
})

export const service = (id: string, change: Partial<Service> = {}): Service => ({
  id,
  name: `Amazon ${id}`,
  category: 'database',
  model: 'paas',
  modelReason: null,
  summary: 'A service.',
  partOf: null,
  aliases: [],
  serviceIds: [],
  identifiers: {
    arn: [],
    arnResourceTypes: [],
    cloudformation: [],
    asffResourceTypes: [],
    iamPrefix: [],
    eventSource: [],
    endpoint: [],
    productCode: [],
    preferred: [],
  },
  variants: [],
  pitfalls: [],
  notes: [],
  lifecycle: null,
  sources: [],
  origin: 'seed',
  ...change,
})
export const variant = (id: string, parent: string | null = null) => ({
  id,
  name: id,
  aliases: [],
  summary: 'A way to run it.',
  parent,
})

export const shippedRule = (scope: Scope, subject: string, layer: string, statement: Statement = AWS): Rule => ({
  ...statement,
  id: ruleId(scope, subject, layer),
  scope,
  subject,
  layer,
  origin: 'seed',
  reason: null,
  ground: null,
})

const model = (id: 'iaas' | 'paas' | 'saas') => ({ id, name: id, summary: 's', aws: 'a', customer: 'c', examples: [] })

/** A small shipped matrix: layers `data` and `runtime`, the service `db` with the variant `custom`, and `queue`. */
export const shipped = {
  ...NO_RECORDS,
  layers: [layer('data', 1), layer('runtime', 2)],
  models: [model('iaas'), model('paas'), model('saas')],
  services: [service('db', { variants: [variant('custom')], aliases: ['database'] }), service('queue')],
  rules: [
    shippedRule('layer', 'data', 'data'),
    shippedRule('layer', 'runtime', 'runtime'),
    shippedRule('service', 'db', 'data', { ...AWS, aws: 'AWS keeps the database.' }),
    shippedRule('variant', 'db/custom', 'runtime', OURS),
  ],
}
export const small: Catalog = createCatalog({ ...shipped, revision: 1, at: '2026-11-24T12:00:00.000Z' })

const by = { actor: 'tester', at: '2026-11-24T13:00:00.000Z', reason: 'because' }

/** The catalog after some edits, refused as a write would be. */
export const edited = (catalog: Catalog, edits: readonly Edit[]): Catalog => plan(catalog, edits, by).after

/** The catalog after each of the commands. */
export const given = (catalog: Catalog, ...commands: Command[]): Catalog =>
  commands.reduce((at, command) => edited(at, decide(at, command)), catalog)
