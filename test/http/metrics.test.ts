/** What the service tells Prometheus of itself. */
import { describe, expect, it } from 'vitest'
import { writeFamilies } from '../../src/http/exposition.js'
import { createMetrics } from '../../src/http/metrics.js'
import { useService } from '../support/app.js'

describe('/metrics', () => {
  const service = useService()
  const read = async () =>
    (
      await service
        .get('/metrics')
        .expect(200)
        .expect('content-type', /^text\/plain; version=0\.0\.4/)
    ).text
  const value = (text: string, line: string): number =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    )

  it('counts requests by operation and status, and how long they took', async () => {
    await service.get('/v1/services/rds')
    await service.get('/v1/services/rds')
    await service.get('/v1/services/nosuch')
    await service.get('/nosuch')
    const text = await read()
    expect(value(text, 'http_requests_total{operation="getService",status="200"}')).toBe(2)
    expect(value(text, 'http_requests_total{operation="getService",status="404"}')).toBe(1)
    expect(value(text, 'http_requests_total{operation="none",status="404"}')).toBe(1)
    expect(value(text, 'http_request_duration_seconds_count{operation="getService"}')).toBe(3)
    expect(value(text, 'http_request_duration_seconds_bucket{operation="getService",le="+Inf"}')).toBe(3)
    expect(value(text, 'http_request_duration_seconds_sum{operation="getService"}')).toBeGreaterThan(0)
  })

  it('tells the revision, the look-ups among compiled answers, and how late the process is', async () => {
    await service.get('/v1/services/s3')
    await service.get('/v1/services/s3')
    const text = await read()
    expect(value(text, 'data_revision')).toBe(1)
    expect(value(text, 'answer_cache_lookups_total{result="hit"}')).toBeGreaterThan(0)
    expect(value(text, 'answer_cache_lookups_total{result="miss"}')).toBeGreaterThan(0)
    expect(value(text, 'event_loop_late_seconds')).toBeGreaterThanOrEqual(0)
    expect(text).toContain('process_resident_memory_bytes')
  })

  it('invents no label for what a caller sends', async () => {
    await service.get('/v1/services/some-long-invented-name')
    expect(await read()).not.toContain('invented')
  })

  it('is in the text format: every sample belongs to a metric that was announced', async () => {
    const text = await read()
    const announced = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => String(name))
    expect(new Set(announced).size).toBe(announced.length)
    for (const sample of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
      expect(sample).toMatch(/^[a-z_][a-zA-Z0-9_]*(\{[^}]*\})? (-?[\d.e+-]+|Na[Nn]|\+Inf)$/)
      expect(
        announced.some((name) => sample.startsWith(name)),
        sample,
      ).toBe(true)
    }
  })
})

it('counts the outcomes of questions and of tickets', () => {
  const metrics = createMetrics()
  metrics.askOutcome('who-owns')
  metrics.routeOutcome('needs-triage')
  const text = writeFamilies(metrics.families())
  expect(text).toContain('ask_outcomes_total{intent="who-owns"} 1')
  expect(text).toContain('routing_outcomes_total{outcome="needs-triage"} 1')
})
