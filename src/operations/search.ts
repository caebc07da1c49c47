/** Search across services, layers and knowledge. */
import { z } from 'zod'
import { Id, Label } from '../domain/model.js'
import { SEARCH_KINDS, search } from '../domain/search.js'
import { Revision } from '../domain/verdict.js'
import { Nothing, operation } from './operation.js'

const offset = z.int().min(0).max(1000)

const Hit = z
  .strictObject({
    kind: z.enum(SEARCH_KINDS),
    id: Id,
    title: Label,
    path: z.string().max(200).describe('Where it is served.'),
    score: z.number().min(0).max(1_000_000).describe('Higher fits better; comparable within one answer only.'),
    highlight: z.strictObject({
      text: z.string().max(300),
      marks: z
        .array(z.strictObject({ start: offset, end: offset }))
        .max(100)
        .describe('Where the words that fit stand in the text.'),
    }),
  })
  .meta({ id: 'SearchHit' })

export const searchAll = operation({
  id: 'search',
  method: 'GET',
  path: '/v1/search',
  tag: 'Matrix',
  access: 'read',
  summary: 'Search services, layers and knowledge',
  description:
    'One list, best first, across services, layers, stages, misconceptions, practices, cases and guides, with the words that fit marked.',
  params: Nothing,
  query: z.strictObject({
    q: z.string().min(1).max(200).describe('What to look for.'),
    limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many hits at most.'),
  }),
  output: z
    .strictObject({ items: z.array(Hit).max(100), total: z.int().min(0).max(100), revision: Revision })
    .meta({ id: 'SearchAnswer' }),
  tool: {
    name: 'search',
    description: 'Search services, layers, misconceptions, practices, cases and guides.',
    readOnly: true,
    limit: 10,
  },
  refusals: [],
  example: { params: {}, query: { q: 'encrypt bucket', limit: 2 } },
  run({ catalog }, { query }) {
    const items = search(catalog, query.q, query.limit)
    return { items, total: items.length, revision: catalog.revision }
  },
})
