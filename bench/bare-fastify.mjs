// The yardstick: one Fastify route that sends the bytes it was given, and does nothing else.
import fastify from 'fastify'

const body = Buffer.from(process.env.BODY ?? '')
const app = fastify()
app.get('/v1/services/:service/layers/:layer', (_request, reply) =>
  reply.header('content-type', 'application/json; charset=utf-8').send(body),
)
await app.listen({ port: Number(process.env.PORT) })
