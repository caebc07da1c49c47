/** The environment as one object: every variable, its default and what it means. */
import { isIP } from 'node:net'
import { z } from 'zod'
import { isTrustworthy } from './access/trust.js'
import { Id } from './domain/model.js'
import { TelemetryVariables } from './telemetry/variables.js'

/** An address, a network of addresses, or one of the networks that Fastify knows by name. */
const isNetwork = (text: string): boolean => {
  const [address = '', length] = text.split('/', 2)
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  return isIP(address) !== 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= 128))
}

/** What a sender of events signs with. Without it, its path answers that it is not set up. */
const secretOf = (signer: string) =>
  z
    .string()
    .min(8, 'must have 8 characters or more')
    .max(500)
    .optional()
    .describe(`The secret of ${signer}; checks what it signs.`)

const Variables = z.object({
  HOST: z.string().min(1).max(253).default('127.0.0.1').describe('The address to listen on.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('The port to listen on; 0 takes a free one.'),
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|postgres(ql)?:\/\/.+)/,
      'must be file:<path> of an SQLite file, or postgres://<user>:<password>@<host>:<port>/<database>',
    )
    .default('file:data/responsibility.db')
    .describe('The SQLite file, created where it is missing; or a PostgreSQL database that several nodes may share.'),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('How many connections to PostgreSQL a node shares; it takes one more to listen for changes.'),
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
    .describe('How many requests a key, a token or, without one, an address may make in a minute.'),
  REQUIRE_AUTH_FOR_READS: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Whether reading needs a key or a token too; true closes everything under /v1 to strangers.'),
  OIDC_ISSUER: z
    .url()
    .max(500)
    .refine(isTrustworthy, 'must be an https address; http is taken on loopback only')
    .optional()
    .describe('The OpenID provider whose tokens are taken beside keys; needs OIDC_AUDIENCE.'),
  OIDC_AUDIENCE: z
    .string()
    .max(500)
    .optional()
    .describe('What a token names as its audience to be meant for this service; needs OIDC_ISSUER.'),
  OIDC_SCOPE_CLAIM: z
    .string()
    .max(200)
    .optional()
    .describe('The claim of a token that names its scopes, such as roles; scope and scp where it is not set.'),
  OIDC_SCOPE_PREFIX: z
    .string()
    .max(200)
    .default('')
    .describe('What stands before our scopes in that claim: matrix: where it says matrix:write.'),
  ROUTE_THRESHOLD: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('The confidence below which a ticket goes to triage: 0 to 1.'),
  DEFAULT_TEAM: Id.optional().describe('The id of the team that takes what no routing rule and no assignment does.'),
  DECISION_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(400)
    .describe('For how many days routing decisions and the feedback on them are kept.'),
  GITHUB_WEBHOOK_SECRET: secretOf('a webhook of GitHub'),
  JIRA_WEBHOOK_SECRET: secretOf('an admin webhook of Jira'),
  ZENDESK_WEBHOOK_SECRET: secretOf('a webhook of Zendesk'),
  PAGERDUTY_WEBHOOK_SECRET: secretOf('a V3 webhook of PagerDuty'),
  SLACK_SIGNING_SECRET: secretOf('a Slack app'),
  STANDARD_WEBHOOK_SECRET: z
    .string()
    .max(200)
    .regex(/^(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64')
    .optional()
    .describe('Checks deliveries that are signed as Standard Webhooks has it; whsec_ and base64.'),
  SNS_TOPIC_ARNS: z
    .string()
    .max(20_000)
    .regex(
      /^(?:\s*arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]{1,256}\s*(?:,|$))+$/,
      'must be ARNs of SNS topics with commas between them',
    )
    .optional()
    .describe('The topics of Amazon SNS whose messages are taken and whose subscriptions are confirmed.'),
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
    .max(2000)
    .refine((text) => /^\d{1,2}$/.test(text) || text.split(',').every((part) => isNetwork(part.trim())), {
      message: 'must be a number of proxies, or addresses and networks with commas between them (10.0.0.0/8, loopback)',
    })
    .optional()
    .describe(
      'The proxies whose X-Forwarded-For tells the address of a caller: how many stand before the service, or their addresses; unset: nobody is believed.',
    ),
  MAX_EVENT_LOOP_DELAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(50)
    .describe(
      'How many milliseconds of work may stand before a request, a single long answer left out, before it is refused with 503; 0 never refuses.',
    ),
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
  ...TelemetryVariables,
})
export const Config = Variables.superRefine((config, issue) => {
  const partner = { OIDC_ISSUER: 'OIDC_AUDIENCE', OIDC_AUDIENCE: 'OIDC_ISSUER' } as const
  for (const [name, other] of Object.entries(partner) as [keyof typeof partner, keyof typeof partner][])
    if (config[name] === undefined && config[other] !== undefined)
      issue.addIssue({ code: 'custom', path: [name], message: `must be set where ${other} is` })
})
export type Config = z.infer<typeof Config>

/** What stands between the commas of a list. */
export const listed = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** Variables whose value is never shown, not even where it is ill-formed. */
const isSecret = (name: string): boolean => /_(?:SECRET|HEADERS)$/.test(name)

/** Reads the environment. Throws one line for each ill-formed value, naming the variable and quoting what it held. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one, as a shell or a compose file writes it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Config.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    // An address may carry a password, and this line goes to a log.
    const sent = given[name]?.replace(/:[^:/@]*@/, ':***@')
    return `${name}=${isSecret(name) ? '(not shown)' : (JSON.stringify(sent) ?? '')}: ${message}`
  })
  throw new Error(lines.join('\n'))
}
