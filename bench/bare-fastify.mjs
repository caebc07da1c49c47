// The yardstick: Fastify routes that send the bytes they were given, and do nothing else.
import fastify from 'fastify'

const body = Buffer.from(process.env.BODY ?? '')
const app = fastify()
const answer = (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(body)
app.get('/v1/services/:service/layers/:layer', answer)
app.post('/v1/tickets/route', answer)
await app.listen({ port: Number(process.env.PORT) })
