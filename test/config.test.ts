import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.js'

describe('the environment', () => {
  it('may be empty', () =>
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATABASE_URL: 'file:data/responsibility.db',
    }))

  it('treats an empty variable as one that is not set', () => expect(readConfig({ PORT: '' }).PORT).toBe(3000))

  it('names an address with a password, and never the password', () => {
    const read = () => readConfig({ DATABASE_URL: 'postgress://somebody:hunter2@db/matrix' })
    expect(read).toThrow('DATABASE_URL="postgress://somebody:***@db/matrix": must be file:<path>')
  })

  it.each(['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'SLACK_SIGNING_SECRET'])(
    'names an ill-formed %s, and never its value',
    (name) => expect(() => readConfig({ [name]: 'hunter2' })).toThrow(new RegExp(`^${name}=\\(not shown\\): must `)),
  )

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://x'],
    ['RATE_LIMIT_MAX', '0'],
    ['REQUIRE_AUTH_FOR_READS', 'yes'],
    ['OIDC_ISSUER', 'http://login.example.com'],
    ['OIDC_ISSUER', 'login.example.com'],
    ['DATABASE_POOL_SIZE', '0'],
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '10.0.0.0/8, nonsense'],
    ['SNS_TOPIC_ARNS', 'arn:aws:sqs:eu-central-1:111122223333:queue'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://collector:4317'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s'],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'brotli'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=100%'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_TRACES_EXPORTER', 'jaeger'],
    ['OTEL_BSP_SCHEDULE_DELAY', '0'],
    ['OTEL_SDK_DISABLED', 'yes'],
  ])('names %s and quotes %s where it is ill-formed', (name, value) =>
    expect(() => readConfig({ [name]: value })).toThrow(`${name}="${value}"`),
  )

  it.each([
    ['OIDC_AUDIENCE', { OIDC_ISSUER: 'https://login.example.com' }],
    ['OIDC_ISSUER', { OIDC_AUDIENCE: 'matrix' }],
  ])('names %s where only its partner is set', (name, environment) =>
    expect(() => readConfig(environment)).toThrow(`${name}=: must be set`),
  )
})
