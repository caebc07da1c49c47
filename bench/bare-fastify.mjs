// The yardstick: Fastify routes that send the bytes (and the headers) they were given, and do nothing else.
import fastify from 'fastify'

const body = Buffer.from(process.env.BODY ?? '')
const headers = { 'content-type': 'application/json; charset=utf-8', ...JSON.parse(process.env.HEADERS ?? '{}') }
const app = fastify()
const answer = (_request, reply) => reply.headers(headers).send(body)
app.get('/v1/services/:service/layers/:layer', answer)
app.post('/v1/tickets/route', answer)
await app.listen({ port: Number(process.env.PORT) })
