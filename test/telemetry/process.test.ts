/** Traces of the whole process: what a receiver is sent, and that nothing is loaded where there is none. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProcess } from '../support/process.js'
import { startReceiver } from '../support/receiver.js'

/** Tells at the end how many files of OpenTelemetry were loaded; its bare interfaces are excused where prom-client brings them. */
const PROBE = `import Module from 'node:module'
process.on('exit', () => {
  const files = Object.keys(Module._cache)
  const excused = files.some((path) => path.includes('/prom-client/')) ? '@opentelemetry/api/' : '(nothing)'
  const loaded = files.filter((path) => path.includes('@opentelemetry') && !path.includes(excused))
  process.stdout.write('loaded ' + loaded.length + '\\n')
})`

const loadedIn = (stdout: string): number => Number(/^loaded (\d+)$/m.exec(stdout)?.[1] ?? Number.NaN)

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'

/** One file for all of them: the first one seeds it. */
const database = join(mkdtempSync(join(tmpdir(), 'telemetry-')), 'test.db')

let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())

/** Starts, asks, ends by SIGTERM; what had not been delivered until then is delivered at the end. */
async function run(environment: Record<string, string>, ask: (base: string) => Promise<unknown>) {
  const { child, port, ended, stdout } = await startProcess(
    { DATABASE_URL: `file:${database}`, OTEL_BSP_SCHEDULE_DELAY: '600000', ...environment },
    PROBE,
  )
  await ask(`http://127.0.0.1:${port}`)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  return stdout()
}

const traced = (flags = '01') => ({ headers: { traceparent: `00-${TRACE}-${PARENT}-${flags}` } })
const post = (base: string, path: string, body: unknown) =>
  fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

it('no module of OpenTelemetry is loaded where no endpoint is set', async () => {
  const stdout = await run({}, (base) => fetch(`${base}/v1/services/rds/layers/data`, traced()))
  expect(loadedIn(stdout)).toBe(0)
})

it('where one is set, each request is delivered by the end as a span in its caller’s trace', async () => {
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20key',
    OTEL_SERVICE_NAME: 'matrix',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,team=a%2Cb',
  }
  const stdout = await run(environment, async (base) => {
    await fetch(`${base}/v1/services/rds/layers/data?variant=rds-custom-oracle`, traced())
    await fetch(`${base}/v1/services/nosuch`)
    await fetch(`${base}/nosuch`)
    await post(base, '/v1/ask', { question: 'Who patches the OS under RDS?' })
    await post(base, '/v1/tickets/route', { title: 'EC2 system status check failed on web-7' })
    await fetch(`${base}/v1/models`, traced('00'))
    await fetch(`${base}/healthz`)
  })
  expect(loadedIn(stdout)).toBeGreaterThan(0)
  const spans = receiver.spans()
  const [verdict, unknown, nothing, ask, route, ...others] = spans
  expect(others).toEqual([])
  expect(verdict).toMatchObject({
    traceId: TRACE,
    parentSpanId: PARENT,
    name: 'GET /v1/services/{service}/layers/{layer}',
    kind: 2,
    status: { code: 0 },
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/v1/services/{service}/layers/{layer}',
      'http.response.status_code': 200,
      'url.path': '/v1/services/rds/layers/data',
      'url.query': 'variant=rds-custom-oracle',
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'client.address': '127.0.0.1',
      'responsibility.operation.id': 'getVerdict',
      'responsibility.revision': 1,
      'responsibility.outcome': 'answered',
    },
    resource: { 'service.name': 'matrix', 'deployment.environment.name': 'test', team: 'a,b' },
  })
  expect(unknown?.traceId).not.toBe(TRACE)
  expect(unknown?.attributes).toMatchObject({
    'http.response.status_code': 404,
    'http.route': '/v1/services/{service}',
    'responsibility.outcome': 'refused',
  })
  expect(nothing?.name).toBe('GET')
  expect(ask?.attributes).toMatchObject({ 'responsibility.outcome': 'who-owns' })
  expect(route?.attributes).toMatchObject({ 'responsibility.outcome': 'routed' })
  const [delivery] = receiver.deliveries
  expect(delivery?.path).toBe('/v1/traces')
  expect(delivery?.headers['x-api-key']).toBe('a key')
})
