/** What the settings make of tracing: where spans go, how they are written, which are taken. */
import fastify from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.js'
import { createTracing } from '../../src/telemetry/tracing.js'
import { tracesEndpoint } from '../../src/telemetry/variables.js'
import { startReceiver } from '../support/receiver.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const TRACES_ENDPOINT = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'

describe('the endpoint', () => {
  it.each([
    [
      '/v1/traces is put behind the address for all signals',
      { [ENDPOINT]: 'http://c:4318' },
      'http://c:4318/v1/traces',
    ],
    ['a path of it stays', { [ENDPOINT]: 'http://c/otlp/' }, 'http://c/otlp/v1/traces'],
    ['the address for traces is taken as it stands', { [TRACES_ENDPOINT]: 'https://c/x' }, 'https://c/x'],
    ['and before the other', { [ENDPOINT]: 'http://a', [TRACES_ENDPOINT]: 'http://b/x' }, 'http://b/x'],
    ['there is none without a variable', {}, null],
    ['OTEL_SDK_DISABLED takes it away', { [ENDPOINT]: 'http://c', OTEL_SDK_DISABLED: 'TRUE' }, null],
    ['OTEL_TRACES_EXPORTER=none takes it away', { [ENDPOINT]: 'http://c', OTEL_TRACES_EXPORTER: 'none' }, null],
  ])('%s', (_title, environment, endpoint) => expect(tracesEndpoint(readConfig(environment))).toBe(endpoint))
})

describe('a request', () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  beforeEach(() => {
    receiver.deliveries.length = 0
  })
  afterAll(() => receiver.stop())

  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) })

  /** Asks once under these settings, with a traceparent of these flags, and ends. */
  async function ask(environment: Record<string, string>, flags = '01', url = `${receiver.url}/spans`) {
    const tracing = await createTracing(url, readConfig(environment), log)
    const app = fastify()
    tracing.register(app, { exempt: new Set(), revision: () => 1 })
    app.get('/', () => 'ok')
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    const answer = await fetch(base, { headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-${flags}` } })
    await app.close()
    await tracing.close()
    return answer.status
  }

  it('is told in protobuf where nothing else is said', async () => {
    await ask({})
    const [delivery] = receiver.deliveries
    expect(delivery?.path).toBe('/spans')
    expect(delivery?.headers['content-type']).toBe('application/x-protobuf')
    expect(delivery?.body.includes(Buffer.from(TRACE, 'hex'))).toBe(true)
  })

  it.each([
    ['parentbased_always_on', '1', '01', 1],
    ['parentbased_always_on', '1', '00', 0],
    ['parentbased_always_off', '1', '01', 1],
    ['parentbased_traceidratio', '0', '01', 1],
    ['always_on', '1', '00', 1],
    ['always_off', '1', '01', 0],
    ['traceidratio', '0', '01', 0],
    ['traceidratio', '1', '00', 1],
  ])('under the sampler %s with %s and flags %s makes %i deliveries', async (sampler, ratio, flags, count) => {
    await ask({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio }, flags)
    expect(receiver.deliveries).toHaveLength(count)
  })

  it('is named by OTEL_SERVICE_NAME before OTEL_RESOURCE_ATTRIBUTES, and by its own name else', async () => {
    const json = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
    await ask(json)
    await ask({ ...json, OTEL_RESOURCE_ATTRIBUTES: 'service.name=a' })
    await ask({ ...json, OTEL_RESOURCE_ATTRIBUTES: 'service.name=a', OTEL_SERVICE_NAME: 'b' })
    const names = receiver.spans().map(({ resource }) => resource['service.name'])
    expect(names).toEqual(['responsibility-matrix', 'a', 'b'])
  })

  it('is answered while the receiver is away, the end is not held up for long, and the log says so', async () => {
    const began = Date.now()
    expect(await ask({}, '01', 'http://127.0.0.1:1/v1/traces')).toBe(200)
    expect(Date.now() - began).toBeLessThan(5000)
    expect(lines.map(({ msg }) => msg)).toContain('spans were not delivered')
  })
})
