/** The environment as one object: every variable, its default and what it means. */
import { z } from 'zod'

export const Config = z.object({
  HOST: z.string().min(1).max(253).default('127.0.0.1').describe('The address to listen on.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('The port to listen on; 0 takes a free one.'),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, 'must be file:<path> of an SQLite file')
    .default('file:data/responsibility.db')
    .describe('The SQLite file; created where it is missing.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged, as JSON lines on standard output.'),
  RATE_LIMIT_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(6000)
    .describe('How many requests an address may make in a minute.'),
  CORS_ORIGINS: z
    .string()
    .max(4000)
    .regex(/^(?:\*|(?:\s*https?:\/\/[^\s,/]+\s*(?:,|$))+)$/, 'must be * or origins with commas between them')
    .default('')
    .describe(
      'Web pages that may read the API from a browser: origins such as https://portal.example.com, or *. None where it is not set.',
    ),
  TRUST_PROXY: z
    .string()
    .max(1000)
    .regex(
      /^(?:\d{1,2}|(?:\s*[\da-fA-F.:]+(?:\/\d{1,3})?\s*(?:,|$))+)$/,
      'must be a number of proxies, or their addresses and networks with commas between them',
    )
    .default('')
    .describe(
      'The proxies whose X-Forwarded-For is believed: how many stand before the service, or their addresses such as 10.0.0.0/8. None where it is not set.',
    ),
  MAX_EVENT_LOOP_DELAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(100)
    .describe('By how many milliseconds the process may be late before it refuses requests with 503; 0 never refuses.'),
  SHUTDOWN_DELAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(8000)
    .default(0)
    .describe(
      'For how many milliseconds after SIGTERM requests are still taken while /readyz is 503, so that a load balancer notices.',
    ),
  ALLOWED_HOSTS: z
    .string()
    .max(4000)
    .regex(/^(?:\s*[\w.:[\]-]+\s*(?:,|$))*$/, 'must be host names with commas between them')
    .default('')
    .describe(
      'The names under which /mcp may be reached and from whose pages, against DNS rebinding. On a loopback address localhost always may.',
    ),
})
export type Config = z.infer<typeof Config>

/** What stands between the commas of a list. */
export const listed = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** Reads the environment. Throws one line for each ill-formed value, naming the variable and quoting what it held. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one, as a shell or a compose file writes it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Config.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    return `${name}=${JSON.stringify(given[name])}: ${message}`
  })
  throw new Error(lines.join('\n'))
}
