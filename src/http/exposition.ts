/** The text format of Prometheus, version 0.0.4, and what any process tells of itself in it. */
import { readdirSync } from 'node:fs'

export const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8'

/** One metric with its samples: what stands behind its name (a suffix, labels), and the value. */
export interface Family {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  samples: readonly (readonly [after: string, value: number])[]
}

export const writeFamilies = (families: readonly Family[]): string =>
  families
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(([after, value]) => `${name}${after} ${value}`),
      '',
    ])
    .join('\n')

export const gauge = (name: string, help: string, value: number): Family => ({
  name,
  help,
  type: 'gauge',
  samples: [['', value]],
})

export const counter = (name: string, help: string, samples: Family['samples']): Family => ({
  name,
  help,
  type: 'counter',
  samples,
})

/** Under the names that dashboards for Node look for. */
export function processFamilies(): Family[] {
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const startedAt = Date.now() / 1000 - process.uptime()
  return [
    counter('process_cpu_seconds_total', 'Processor time used, in seconds.', [['', (user + system) / 1e6]]),
    gauge('process_start_time_seconds', 'When the process started, in seconds since the epoch.', startedAt),
    gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    ...openFiles(),
    gauge('nodejs_heap_size_total_bytes', 'The heap as it was allocated.', heapTotal),
    gauge('nodejs_heap_size_used_bytes', 'What of the heap is in use.', heapUsed),
    gauge('nodejs_external_memory_bytes', 'Memory outside the heap that objects in it hold.', external),
    {
      ...gauge('nodejs_version_info', 'The version of Node.', 1),
      samples: [[`{version="${process.version}"}`, 1]],
    },
  ]
}

/** Known on Linux alone. */
function openFiles(): Family[] {
  try {
    return [gauge('process_open_fds', 'Open file descriptors.', readdirSync('/proc/self/fd').length)]
  } catch {
    return []
  }
}
