/** The application that serves the OpenAPI 3.1 document and its pages, and nothing else. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from '@fastify/type-provider-zod'
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import { stringify } from 'yaml'
import type { Catalog } from '../domain/catalog.js'
import { type Operation, TAGS } from '../operations/operation.js'
import { packageVersion } from '../paths.js'
import type { Gate } from './access.js'
import { COMPILERS, fastifyPath } from './compilers.js'
import { complete, exampleOf, type Json, responsesOf } from './document.js'

/** What an operation is called and takes, as a route of the document declares it. */
const routeOf = (operation: Operation, gate: Gate): RouteOptions => ({
  method: operation.method,
  url: fastifyPath(operation.path),
  schema: {
    operationId: operation.id,
    summary: operation.summary,
    description: operation.description,
    tags: [operation.tag],
    params: operation.params,
    querystring: operation.query,
    ...(operation.body ? { body: operation.body } : {}),
    response: responsesOf(operation, gate),
  },
  handler: (_request, reply) => reply.code(501).send(),
})

/** Answers `/openapi.json`, `/openapi.yaml` and what lies under `/docs`; declares the operations without running them. */
export async function createDocumentation(
  operations: readonly Operation[],
  { catalog, gate }: { catalog: Catalog; gate: Gate },
): Promise<FastifyInstance> {
  const examples = new Map<string, unknown>()
  for (const operation of operations) examples.set(operation.id, await exampleOf(operation, catalog))
  const app = fastify({ schemaController: COMPILERS })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'AWS responsibility matrix',
        version: packageVersion,
        description:
          'Who owns layer X of AWS service Y, what each side must do, and how we know: the AWS shared responsibility model as data, with sources.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        contact: { name: 'The maintainers' },
      },
      servers: [
        { url: '/', description: 'Production: the server that serves this document.', 'x-internal': false },
      ] as never,
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      security: [],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A key of this service, rm_…, or a JWT of its OpenID provider (RFC 8725). Of the scopes read, route, write and admin, each includes those before it.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (input) =>
      complete(jsonSchemaTransformObject(input) as Json, operations, { examples, gate }) as never,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { docExpansion: 'list' } })
  for (const operation of operations) app.route(routeOf(operation, gate))
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  )
  app.get('/openapi.yaml', { schema: { hide: true } }, (_request, reply) =>
    reply
      .type('application/yaml; charset=utf-8')
      .send(stringify(app.swagger(), { aliasDuplicateObjects: false, lineWidth: 120 })),
  )
  await app.ready()
  return app
}
