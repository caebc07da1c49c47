/** The resources: the matrix of each service under an address of its own, listed in pages. */
import type { Catalog } from '../domain/catalog.js'
import { getMatrix } from '../operations/matrix.js'
import type { Context } from '../operations/operation.js'
import { pageOf } from '../operations/paging.js'

const SCHEME = 'responsibility://services/'
const JSON_TYPE = 'application/json'
const PAGE = 50

export const RESOURCE_TEMPLATES = [
  {
    uriTemplate: `${SCHEME}{service}`,
    name: 'service-matrix',
    title: 'Responsibility matrix of a service',
    description:
      'Who owns each of the 21 layers of an AWS service, and of each of its variants. The id as in list_services.',
    mimeType: JSON_TYPE,
  },
]

/** A page of the services as resources. Refuses a cursor that it did not give. */
export function listResources(catalog: Catalog, cursor: string | undefined) {
  const { items, nextCursor } = pageOf(catalog.services, { limit: PAGE, cursor })
  return {
    resources: items.map(({ id, name }) => ({
      uri: SCHEME + id,
      name: id,
      title: name,
      mimeType: JSON_TYPE,
    })),
    ...(nextCursor === null ? {} : { nextCursor }),
  }
}

/** The matrix under an address, as `GET /v1/matrix?service={id}&variants=true` answers; null where there is none. */
export async function readResource(context: Context, uri: string) {
  const id = uri.startsWith(SCHEME) ? uri.slice(SCHEME.length) : ''
  if (!context.catalog.service(id)) return null
  const input = { params: {}, query: { service: id, variants: 'true' }, body: undefined }
  const matrix = await getMatrix.run(context, input)
  return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(matrix) }] }
}
