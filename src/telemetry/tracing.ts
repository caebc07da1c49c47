/** Spans for requests, and where they are sent. The only file that loads OpenTelemetry; loaded where it is asked for. */
import { diag } from '@opentelemetry/api'
import { setGlobalErrorHandler } from '@opentelemetry/core'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import { packageVersion } from '../paths.js'
import { createRequestSpans, type RequestSpans } from './request-spans.js'
import { readPairs, type Telemetry } from './variables.js'

/** Milliseconds that the last delivery may take: the process has ten seconds in all to end. */
const LAST_DELIVERY = 1500

export interface Tracing extends RequestSpans {
  /** Delivers what is left, or gives it up where the receiver does not take it in time. Never rejects. */
  close(): Promise<void>
}

/** Traces requests and sends their spans to `url`. */
export async function createTracing(url: string, settings: Telemetry, log: Logger): Promise<Tracing> {
  // A receiver that is away must be seen in the log, and must not fail a request.
  setGlobalErrorHandler((error) => log.warn({ err: error }, 'spans were not delivered'))
  const warn = (message: string, ...rest: unknown[]): void => log.warn({ details: rest }, `OpenTelemetry: ${message}`)
  const quiet = (): void => undefined
  diag.setLogger({ error: warn, warn, info: quiet, debug: quiet, verbose: quiet }, { suppressOverrideMessage: true })
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': 'responsibility-matrix',
        'service.version': packageVersion,
        ...readPairs(settings.OTEL_RESOURCE_ATTRIBUTES ?? ''),
        ...(settings.OTEL_SERVICE_NAME && { 'service.name': settings.OTEL_SERVICE_NAME }),
      }),
    ),
    sampler: samplerOf(settings),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: await exporterTo(url, settings),
        scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
      }),
    ],
  })
  const late = (): Promise<never> =>
    new Promise((_over, fail) =>
      setTimeout(() => fail(new Error('The receiver did not answer.')), LAST_DELIVERY).unref(),
    )
  return {
    ...createRequestSpans(provider.getTracer('responsibility-matrix', packageVersion)),
    async close() {
      await Promise.race([provider.shutdown(), late()]).catch((error: unknown) =>
        log.warn({ err: error }, 'spans were not delivered'),
      )
    },
  }
}

/** The exporter reads headers, timeout, compression and certificates from their variables itself. */
async function exporterTo(url: string, settings: Telemetry): Promise<SpanExporter> {
  const protocol = settings.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? settings.OTEL_EXPORTER_OTLP_PROTOCOL
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto')
  return new OTLPTraceExporter({ url })
}

function samplerOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: Telemetry): Sampler {
  const kind = name.replace('parentbased_', '')
  const root =
    kind === 'always_on'
      ? new AlwaysOnSampler()
      : kind === 'always_off'
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio)
  return name === kind ? root : new ParentBasedSampler({ root })
}
