/** The matrix whole, its counts, and the duties of one side: to read, to print, to open in a spreadsheet. */
import { z } from 'zod'
import { type Catalog, requireLayer, requireService } from '../domain/catalog.js'
import { type Duty, dutiesOf, LayerDuties, MatrixRow, MatrixSummary, matrixOf, summaryOf } from '../domain/matrix.js'
import { Id, Label, type Layer, ModelId, type Service, Side } from '../domain/model.js'
import { Refusal } from '../domain/refusal.js'
import { Revision } from '../domain/verdict.js'
import { toCsv } from '../formats/csv.js'
import { toHtml } from '../formats/html.js'
import { toMarkdown } from '../formats/markdown.js'
import { requireDrawable, toSvg } from '../formats/svg.js'
import { dutiesTable, matrixTable, type Table } from '../formats/table.js'
import { toXlsx } from '../formats/xlsx.js'
import { type Format, Nothing, operation } from './operation.js'

const Listed = z.string().min(1).max(4000)
const ServiceList = Listed.optional().describe(
  'Ids of services with commas between them, such as rds,s3, in the order wanted. Leave out for all.',
)
const LayerList = Listed.optional().describe(
  'Ids of layers with commas between them, such as operating-system,data. Leave out for all 21.',
)

const Matrix = z
  .strictObject({
    layers: z
      .array(z.strictObject({ id: Id, name: Label }))
      .max(21)
      .describe('From the bottom of the stack to its top; the cells of every row are in this order.'),
    rows: z.array(MatrixRow).max(2000),
    revision: Revision,
  })
  .meta({ id: 'Matrix' })

const Summary = z.strictObject({ ...MatrixSummary.shape, revision: Revision }).meta({ id: 'Summary' })

const Duties = z
  .strictObject({
    owner: Side.describe('Whose duties these are.'),
    layers: z.array(LayerDuties).max(21),
    total: z.int().min(0).max(1_000_000).describe('How many duties there are on all layers together.'),
    revision: Revision,
  })
  .meta({ id: 'Duties' })

const rowId = ({ id, variant }: MatrixRow): string => (variant ? `${id}/${variant.id}` : id)
const dutyId = (layer: string, { service }: Duty): string => `${layer}/${service.id}`

/** The forms of an answer that can be laid out as a table. */
const tabular = <T>(tableOf: (output: T) => Table) =>
  ({
    csv: { contentType: 'text/csv; charset=utf-8', extension: 'csv', render: (output) => toCsv(tableOf(output)) },
    markdown: {
      contentType: 'text/markdown; charset=utf-8',
      extension: 'md',
      render: (output) => toMarkdown(tableOf(output)),
    },
    html: { contentType: 'text/html; charset=utf-8', extension: 'html', render: (output) => toHtml(tableOf(output)) },
    xlsx: {
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      extension: 'xlsx',
      render: (output) => toXlsx(tableOf(output)),
    },
  }) satisfies Record<string, Format<T>>

/** The entries of a list with commas, each once. */
function entriesOf(field: string, list: string): string[] {
  const entries = [...new Set(list.split(',').map((entry) => entry.trim()))].filter((entry) => entry !== '')
  if (entries.length > 0) return entries
  throw new Refusal('invalid', `The list "${list}" names nothing. Leave ${field} out for all.`, { field })
}

/** The services of a list. A name that is one service's alone stands for its id: in a list nothing can be redirected. */
function servicesOf(catalog: Catalog, list: string | undefined): readonly Service[] {
  if (list === undefined) return catalog.services
  const services = entriesOf('service', list).map((entry) =>
    requireService(catalog, catalog.service(entry) ? entry : (catalog.serviceNames.find(entry) ?? entry)),
  )
  return [...new Set(services)]
}

/** The layers of a list, from the bottom of the stack to its top whatever their order in it. */
function layersOf(catalog: Catalog, list: string | undefined): readonly Layer[] {
  if (list === undefined) return catalog.layers
  const layers = entriesOf('layer', list).map((entry) =>
    requireLayer(catalog, catalog.layer(entry) ? entry : (catalog.layerNames.find(entry) ?? entry)),
  )
  return catalog.layers.filter((layer) => layers.includes(layer))
}

export const getMatrix = operation({
  id: 'getMatrix',
  method: 'GET',
  path: '/v1/matrix',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Read the matrix of services and layers',
  description:
    'Who owns which layer, for all services or those named, at once and without pages: as JSON, CSV, Markdown, an HTML page, a picture (SVG, up to 12 services) or an Excel workbook.',
  params: Nothing,
  query: z.strictObject({
    service: ServiceList,
    layer: LayerList,
    model: ModelId.optional().describe('Only services of this model.'),
    category: Id.optional().describe('Only services of this category, such as database.'),
    variants: z.enum(['true', 'false']).default('false').describe('With a row for each variant after its service.'),
    format: z
      .enum(['json', 'csv', 'markdown', 'html', 'svg', 'xlsx'])
      .optional()
      .describe('The form of the answer; goes before what Accept says. JSON where neither names one.'),
  }),
  output: Matrix,
  formats: {
    ...tabular(matrixTable),
    svg: { contentType: 'image/svg+xml; charset=utf-8', extension: 'svg', render: toSvg },
  },
  tool: {
    name: 'get_matrix',
    description: 'Owners of many layers of many services, a row per service.',
    readOnly: true,
    limit: 10,
    pages: {
      idsOf: ({ rows }) => rows.map(rowId),
      keep: (matrix, ids) => ({ ...matrix, rows: matrix.rows.filter((row) => ids.has(rowId(row))) }),
    },
  },
  refusals: ['invalid', 'unknown'],
  example: { params: {}, query: { service: 'rds,s3', layer: 'operating-system,data' } },
  run({ catalog }, { query }) {
    const layers = layersOf(catalog, query.layer)
    const services = servicesOf(catalog, query.service).filter(
      ({ model, category }) =>
        (!query.model || model === query.model) && (!query.category || category === query.category),
    )
    const rows = matrixOf(catalog, { services, layers, variants: query.variants === 'true' })
    if (query.format === 'svg') requireDrawable(rows)
    return { layers: layers.map(({ id, name }) => ({ id, name })), rows, revision: catalog.revision }
  },
})

export const getSummary = operation({
  id: 'getSummary',
  method: 'GET',
  path: '/v1/summary',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Count the layers by owner',
  description: 'How many layers each side owns: in total, for each service, and for each layer across the services.',
  params: Nothing,
  query: z.strictObject({ service: ServiceList }),
  output: Summary,
  refusals: ['invalid', 'unknown'],
  example: { params: {}, query: { service: 'rds,s3' } },
  run({ catalog }, { query }) {
    return { ...summaryOf(catalog, servicesOf(catalog, query.service)), revision: catalog.revision }
  },
})

export const getDuties = operation({
  id: 'getDuties',
  method: 'GET',
  path: '/v1/duties',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'List the duties of one side',
  description:
    'The checklist of the customer (or of AWS) for the services in use, layer by layer, with sources and with what changes who leads: as JSON, CSV, Markdown, an HTML page or an Excel workbook.',
  params: Nothing,
  query: z.strictObject({
    owner: Side.default('customer').describe('Whose duties: of the customer or of aws.'),
    service: ServiceList,
    format: z
      .enum(['json', 'csv', 'markdown', 'html', 'xlsx'])
      .optional()
      .describe('The form of the answer; goes before what Accept says. JSON where neither names one.'),
  }),
  output: Duties,
  formats: tabular(dutiesTable),
  tool: {
    name: 'list_duties',
    description: 'Checklist of what the customer (or aws) must do for the services in use, by layer.',
    readOnly: true,
    limit: 25,
    pages: {
      idsOf: ({ layers }) => layers.flatMap(({ layer, duties }) => duties.map((duty) => dutyId(layer.id, duty))),
      keep: (all, ids) => ({
        ...all,
        layers: all.layers
          .map(({ layer, duties }) => ({ layer, duties: duties.filter((duty) => ids.has(dutyId(layer.id, duty))) }))
          .filter(({ duties }) => duties.length > 0),
      }),
    },
  },
  refusals: ['invalid', 'unknown'],
  example: { params: {}, query: { owner: 'customer', service: 'rds' } },
  run({ catalog }, { query }) {
    const layers = dutiesOf(catalog, { owner: query.owner, services: servicesOf(catalog, query.service) })
    const total = layers.reduce((sum, { duties }) => sum + duties.length, 0)
    return { owner: query.owner, layers, total, revision: catalog.revision }
  },
})
