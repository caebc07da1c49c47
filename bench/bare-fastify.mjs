// The yardstick: one Fastify route that sends the bytes (and the headers) it was given, and does nothing else.
import fastify from 'fastify'

const body = Buffer.from(process.env.BODY ?? '')
const headers = { 'content-type': 'application/json; charset=utf-8', ...JSON.parse(process.env.HEADERS ?? '{}') }
const app = fastify()
app.get('/v1/services/:service/layers/:layer', (_request, reply) => reply.headers(headers).send(body))
await app.listen({ port: Number(process.env.PORT) })
