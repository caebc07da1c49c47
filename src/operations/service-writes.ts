/** Services as an organisation writes them: its own, and its version of shipped ones. */
import { z } from 'zod'
import { requireService } from '../domain/catalog.js'
import { decide, recordOf } from '../domain/change.js'
import { Id, Identifiers, Prose, Service, Variant } from '../domain/model.js'
import { Revision } from '../domain/verdict.js'
import { detailOf, ServiceDetail, ServiceParams } from './services.js'
import { WRITE_REFUSALS, WriteQuery, writeOperation } from './write.js'

const { id: _id, ...writable } = Service.shape
const ServiceBody = z.strictObject({
  ...writable,
  aliases: Service.shape.aliases.default([]),
  identifiers: Identifiers.prefault({}),
  variants: z.array(Variant).max(30).default([]),
  pitfalls: z.array(Prose).max(40).default([]),
})

export const putService = writeOperation({
  id: 'putService',
  method: 'PUT',
  path: '/v1/services/{service}',
  tag: 'Overrides',
  summary: 'Write a service',
  description:
    'Creates a service or replaces one whole, also a shipped one: the organisation’s version then stays through every release. Rules on variants that it no longer has go with them.',
  params: z.strictObject({ service: Id.describe('The id of the service.') }),
  query: WriteQuery,
  body: ServiceBody,
  output: ServiceDetail,
  refusals: [...WRITE_REFUSALS, 'invalid'],
  example: {
    params: { service: 'acme-vault' },
    query: {},
    body: { name: 'Acme Vault', category: 'security', model: 'saas', summary: 'Our own secrets store on AWS.' },
  },
  resource: ({ dataset }, { params }) => recordOf(dataset, 'services', params.service),
  edits: (catalog, { params, body }) =>
    decide(catalog, { do: 'put-service', service: { ...body, id: params.service } }),
  reason: ({ params, query }) => query.reason ?? `Service ${params.service} written`,
  answer: ({ after }, { params }) => detailOf(after, requireService(after, params.service)),
})

const ServiceRemoval = z
  .strictObject({
    removed: Id,
    service: ServiceDetail.nullable().describe('The shipped service that is back in its place, where there is one.'),
    rules: z.array(z.string().max(300)).max(2000).describe('The ids of the rules that went with it.'),
    revision: Revision,
  })
  .meta({ id: 'ServiceRemoval' })

export const deleteService = writeOperation({
  id: 'deleteService',
  method: 'DELETE',
  path: '/v1/services/{service}',
  tag: 'Overrides',
  summary: 'Remove a service',
  description:
    'Removes a service with all rules on it. Where the organisation had replaced a shipped one, that is back; a shipped one that is removed stays removed through every release.',
  params: ServiceParams,
  query: WriteQuery,
  output: ServiceRemoval,
  refusals: [...WRITE_REFUSALS, 'alias', 'unknown'],
  example: { params: { service: 'cloud9' }, query: { reason: 'Nobody here uses it.' } },
  // An alias is redirected before any precondition is asked.
  resource: (catalog, { params }) => requireService(catalog, params.service),
  edits: (catalog, { params }) => decide(catalog, { do: 'delete-service', id: params.service }),
  reason: ({ params, query }) => query.reason ?? `Service ${params.service} removed`,
  answer({ change, after }, { params }) {
    const service = after.service(params.service)
    return {
      removed: params.service,
      service: service ? detailOf(after, service) : null,
      rules: (change?.edits ?? []).flatMap(({ kind, id, record }) => (kind === 'rules' && !record ? [id] : [])),
      revision: after.revision,
    }
  },
})
