/** One span for each request: names, errors, samplers. */
import { connect } from 'node:net'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import fastify from 'fastify'
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { registerAccessLog } from '../../src/http/access-log.js'
import { registerProblems } from '../../src/http/problems.js'
import { createRequestSpans } from '../../src/telemetry/request-spans.js'

const exporter = new InMemorySpanExporter()
const tracer = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }).getTracer('test')
const spans = createRequestSpans(tracer)

const lines: Record<string, unknown>[] = []
const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) })

const app = fastify()
spans.register(app, { exempt: new Set(['/healthz']), revision: () => 7 })
registerAccessLog(app, log, spans.idsOf)
registerProblems(app, log)
app.get('/healthz', () => 'ok')
app.get('/fails/:what', { schema: { operationId: 'fail' } as object }, () => {
  throw new TypeError('no connection to postgres://me:hunter2@db/matrix')
})
app.post('/decides', (request) => {
  for (const outcome of request.body as string[]) spans.outcome(outcome)
  return {}
})
app.get('/waits', () => new Promise((over) => setTimeout(() => over('late'), 200)))
const base = await app.listen({ host: '127.0.0.1', port: 0 })
const request = supertest(base)

beforeEach(() => exporter.reset())
afterAll(() => app.close())

/** The span of the request before: it ends once the answer has left, which may be after it was read. */
async function lastSpan() {
  for (let i = 0; i < 100 && exporter.getFinishedSpans().length === 0; i++)
    await new Promise((over) => setTimeout(over, 10))
  return exporter.getFinishedSpans()[0]
}

describe('the span of a request', () => {
  it('that fails records the error and no secret of it', async () => {
    await request.get('/fails/x?password=hunter2').expect(500)
    const span = await lastSpan()
    expect(span?.name).toBe('GET /fails/{what}')
    expect(span?.status).toEqual({ code: 2, message: 'no connection to postgres://me:[password]@db/matrix' })
    expect(span?.attributes).toMatchObject({
      'error.type': 'TypeError',
      'http.response.status_code': 500,
      'responsibility.operation.id': 'fail',
      'responsibility.outcome': 'failed',
      'responsibility.revision': 7,
    })
    expect(span?.events[0]).toMatchObject({ name: 'exception', attributes: { 'exception.type': 'TypeError' } })
    const told = JSON.stringify([span?.attributes, span?.events, span?.status])
    expect(told).not.toContain('hunter2')
  })

  it('tells each outcome of a batch once', async () => {
    await request.post('/decides').send(['routed', 'not-aws', 'routed']).expect(200)
    expect((await lastSpan())?.attributes['responsibility.outcome']).toBe('routed,not-aws')
  })

  it('whose reader has gone tells no status', async () => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => {
      socket.write('GET /waits HTTP/1.1\r\nhost: localhost\r\n\r\n')
      setTimeout(() => socket.destroy(), 50)
    })
    const span = await lastSpan()
    expect(span?.attributes['responsibility.outcome']).toBe('abandoned')
    expect(span?.attributes).not.toHaveProperty('http.response.status_code')
  })

  it('under a path that nobody serves is named by its method alone', async () => {
    await request.get('/secret/path').expect(404)
    expect((await lastSpan())?.name).toBe('GET')
  })

  it.each(['00-00000000000000000000000000000000-b7ad6b7169203331-01', 'nonsense', ''])(
    'begins a trace of its own where traceparent is "%s"',
    async (traceparent) => {
      await request.post('/decides').set('traceparent', traceparent).send([])
      const span = await lastSpan()
      expect(span?.parentSpanContext).toBeUndefined()
      expect(span?.spanContext().traceId).toMatch(/^(?!0{32})[\da-f]{32}$/)
    },
  )

  it('is named in the access log', async () => {
    await request.post('/decides').send([])
    const { traceId, spanId } = (await lastSpan())?.spanContext() ?? {}
    expect(lines.at(-1)).toMatchObject({ msg: 'answered', traceId, spanId })
  })

  it('is not made for probes', async () => {
    await request.get('/healthz').expect(200)
    await request.post('/decides').send([])
    expect((await lastSpan())?.name).toBe('POST /decides')
  })
})
