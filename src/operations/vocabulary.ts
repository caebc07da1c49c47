/** The layers and the service models. */
import { z } from 'zod'
import { type Catalog, requireLayer, requireModel } from '../domain/catalog.js'
import { Id, Label, type Layer, Model, ModelId, Owner, Prose } from '../domain/model.js'
import { resolve } from '../domain/resolve.js'
import { Revision, Verdict } from '../domain/verdict.js'
import { Nothing, operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'

const LayerSummary = z
  .strictObject({
    id: Id,
    name: Label,
    position: z.int().min(1).max(21).describe('1 is the bottom of the stack.'),
    covers: Prose,
    owner: Owner.describe('Who owns it in general, where no service is named.'),
    nistControls: z
      .array(z.string().min(4).max(12))
      .max(60)
      .describe('NIST SP 800-53 rev 5 controls that it feeds: our judgement, a mapping and no attestation.'),
  })
  .meta({ id: 'LayerSummary' })

const LayerDetail = z
  .strictObject({
    ...LayerSummary.shape,
    names: z.array(Label).max(60).describe('Other names that mean this layer.'),
    general: Verdict.describe('The verdict where no service is named.'),
    services: z
      .array(z.strictObject({ id: Id, name: Label, owner: Owner }))
      .max(1000)
      .describe('Its owner on every service.'),
    revision: Revision,
  })
  .meta({ id: 'Layer' })

const ModelDetail = z
  .strictObject({
    ...Model.shape,
    defaults: z.array(Verdict).max(21).describe('Its verdict on each layer, where a service states no other.'),
    serviceCount: z.int().min(0).max(1000),
    revision: Revision,
  })
  .meta({ id: 'Model' })

const summaryOf = (catalog: Catalog, layer: Layer): z.output<typeof LayerSummary> => ({
  id: layer.id,
  name: layer.name,
  position: layer.position,
  covers: layer.covers,
  owner: resolve(catalog, { layer }).owner,
  nistControls: layer.controls,
})

export const listLayers = operation({
  id: 'listLayers',
  method: 'GET',
  path: '/v1/layers',
  tag: 'Vocabulary',
  access: 'read',
  summary: 'List the 21 layers',
  description: 'The layers from the bottom of the stack to its top, each with what it covers and its owner in general.',
  params: Nothing,
  query: z.strictObject(Page),
  output: listOf(LayerSummary),
  refusals: ['invalid'],
  example: { params: {}, query: { limit: 2 } },
  run({ catalog }, { query }) {
    const page = pageOf(catalog.layers, query)
    return { ...page, items: page.items.map((layer) => summaryOf(catalog, layer)), revision: catalog.revision }
  },
})

export const getLayer = operation({
  id: 'getLayer',
  method: 'GET',
  path: '/v1/layers/{layer}',
  tag: 'Vocabulary',
  access: 'read',
  history: true,
  summary: 'Read one layer',
  description: 'A layer with its owner in general and on every service, and the NIST controls that it feeds.',
  params: z.strictObject({
    layer: Label.describe('The id of a layer, such as physical; a known name is redirected to it.'),
  }),
  query: Nothing,
  output: LayerDetail,
  refusals: ['alias', 'unknown'],
  example: { params: { layer: 'physical' }, query: {} },
  run({ catalog }, { params }) {
    const layer = requireLayer(catalog, params.layer)
    return {
      ...summaryOf(catalog, layer),
      names: layer.vocabulary.names,
      general: resolve(catalog, { layer }),
      services: catalog.services.map((service) => ({
        id: service.id,
        name: service.name,
        owner: resolve(catalog, { layer, service }).owner,
      })),
      revision: catalog.revision,
    }
  },
})

export const listModels = operation({
  id: 'listModels',
  method: 'GET',
  path: '/v1/models',
  tag: 'Vocabulary',
  access: 'read',
  summary: 'List the service models',
  description: 'IaaS, PaaS and SaaS: what AWS runs in each, what the customer keeps, and example services.',
  params: Nothing,
  query: z.strictObject(Page),
  output: listOf(Model.meta({ id: 'ModelSummary' })),
  refusals: ['invalid'],
  example: { params: {}, query: { limit: 1 } },
  run({ catalog }, { query }) {
    return { ...pageOf(catalog.models, query), revision: catalog.revision }
  },
})

export const getModel = operation({
  id: 'getModel',
  method: 'GET',
  path: '/v1/models/{model}',
  tag: 'Vocabulary',
  access: 'read',
  history: true,
  summary: 'Read one service model',
  description: 'A service model with its default verdict on each of the 21 layers and example services.',
  params: z.strictObject({ model: ModelId.describe('The id of a model, such as paas.') }),
  query: Nothing,
  output: ModelDetail,
  refusals: ['unknown'],
  example: { params: { model: 'saas' }, query: {} },
  run({ catalog }, { params }) {
    const model = requireModel(catalog, params.model)
    return {
      ...model,
      defaults: catalog.layers.map((layer) => resolve(catalog, { layer, model })),
      serviceCount: catalog.services.filter((service) => service.model === model.id).length,
      revision: catalog.revision,
    }
  },
})
