/** The variables of OpenTelemetry that are honoured, under the names that its specification gives them. Loads nothing of it. */
import { z } from 'zod'

const Endpoint = z
  .url({ protocol: /^https?$/, error: 'must be an address of http or https' })
  .max(2000)
  .optional()
const Protocol = z.enum(['http/protobuf', 'http/json']).optional()
const Compression = z.enum(['gzip', 'none']).optional()
const Timeout = z.coerce.number().int().min(1).max(600_000).optional()

/** `name=value` with commas between them, the values in percent-encoding (W3C Baggage). */
const Pairs = z
  .string()
  .max(20_000)
  .regex(/^\s*[^\s=,]+\s*=[^,]*(?:,\s*[^\s=,]+\s*=[^,]*)*,?\s*$/, 'must be name=value with commas between them')
  .refine((text) => readPairs(text) !== null, 'must have its values in percent-encoding')
  .optional()

export const TelemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Endpoint.describe(
    'Where spans are sent by OTLP over HTTP, without /v1/traces; nothing of OpenTelemetry is loaded where neither endpoint is set.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: Endpoint.describe('The whole address for spans, where it is another.'),
  OTEL_EXPORTER_OTLP_PROTOCOL: Protocol.describe('How spans are written; http/protobuf where it is not set.'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: Protocol.describe('How spans are written, before the variable for all signals.'),
  OTEL_EXPORTER_OTLP_HEADERS: Pairs.describe('Headers for the receiver, such as its key: name=value,name=value.'),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: Pairs.describe('Headers for the receiver, beside those for all signals.'),
  OTEL_EXPORTER_OTLP_TIMEOUT: Timeout.describe('Milliseconds that the receiver may take; 10,000 where it is not set.'),
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: Timeout.describe('The same for spans alone.'),
  OTEL_EXPORTER_OTLP_COMPRESSION: Compression.describe('Whether spans are compressed on the way.'),
  OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: Compression.describe('The same for spans alone.'),
  OTEL_SERVICE_NAME: z.string().min(1).max(255).optional().describe('How this service is called in traces.'),
  OTEL_RESOURCE_ATTRIBUTES: Pairs.describe('What else is said of this process in traces: name=value,name=value.'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp').describe('none sends no spans.'),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on')
    .describe('Which requests are traced; parentbased_ does as the caller does, where the caller traces.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('The share of traces that the ratio samplers take: 0 to 1.'),
  OTEL_BSP_SCHEDULE_DELAY: z.coerce
    .number()
    .int()
    .min(1)
    .max(600_000)
    .default(5000)
    .describe('Milliseconds between two deliveries of spans.'),
  OTEL_SDK_DISABLED: z
    .string()
    .regex(/^(?:true|false)$/i, 'must be true or false')
    .default('false')
    .describe('true turns OpenTelemetry off whatever else is set.'),
}

const Telemetry = z.object(TelemetryVariables)
export type Telemetry = z.infer<typeof Telemetry>

/** The pairs of a list; null where a value is no percent-encoding. */
export function readPairs(list: string): Record<string, string> | null {
  try {
    return Object.fromEntries(
      list
        .split(',')
        .filter((pair) => pair.trim() !== '')
        .map((pair) => {
          const at = pair.indexOf('=')
          return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]
        }),
    )
  } catch {
    return null
  }
}

/** The address that spans are sent to; null where none are. */
export function tracesEndpoint({
  OTEL_SDK_DISABLED,
  OTEL_TRACES_EXPORTER,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
}: Telemetry): string | null {
  if (OTEL_SDK_DISABLED.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER === 'none') return null
  if (OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
  return OTEL_EXPORTER_OTLP_ENDPOINT ? `${OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces` : null
}
