/** The environment as one object: every variable, its default and what it means. */
import { z } from 'zod'
import { Id } from './domain/model.js'

/** What a sender of events signs with. Without it, its path answers that it is not set up. */
const secretOf = (signer: string) =>
  z
    .string()
    .min(8, 'must have 8 characters or more')
    .max(500)
    .optional()
    .describe(`The secret of ${signer}; checks what it signs.`)

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
  ROUTE_THRESHOLD: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('The confidence below which a ticket goes to triage: 0 to 1.'),
  DEFAULT_TEAM: Id.optional().describe('The id of the team that takes what no routing rule and no assignment does.'),
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
})
export type Config = z.infer<typeof Config>

/** What stands between the commas of a list. */
export const listed = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** Variables whose value is never shown, not even where it is ill-formed. */
const isSecret = (name: string): boolean => name.endsWith('_SECRET')

/** Reads the environment. Throws one line for each ill-formed value, naming the variable and quoting what it held. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one, as a shell or a compose file writes it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Config.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    return `${name}=${isSecret(name) ? '(not shown)' : JSON.stringify(given[name])}: ${message}`
  })
  throw new Error(lines.join('\n'))
}
