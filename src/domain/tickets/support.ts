/** How a case is filed with AWS Support: service, category and severity by the names of its API, and what to attach. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service } from '../model.js'
import type { Ticket } from '../ticket.js'
import type { SupportCase } from './decision.js'
import { documents } from './lexicon.js'
import type { SupportService } from './reference.js'

const indexes = new WeakMap<Catalog, ReadonlyMap<string, SupportService>>()

function codesOf(catalog: Catalog): ReadonlyMap<string, SupportService> {
  const known = indexes.get(catalog)
  if (known) return known
  const made = new Map(documents(catalog, 'support-service').map((item) => [item.service, item]))
  indexes.set(catalog, made)
  return made
}

/** Where a case goes whose service has no code that we know. */
const GENERAL = { code: 'general-info', category: 'using-aws', seen: true }

const SEVERITIES: readonly (readonly [RegExp, SupportCase['severity']])[] = [
  [/^(?:critical|sev-?1|s1|blocker|emergency|p0|1 - critical)$/, 'critical'],
  [/^(?:urgent|p1|1|highest|sev-?2|s2|1 - .*)$/, 'urgent'],
  [/^(?:high|p2|2|major|sev-?3|s3|error|2 - .*)$/, 'high'],
  [/^(?:low|lowest|p4|p5|4|5|minor|trivial|info|informational|planning|4 - .*|5 - .*)$/, 'low'],
]

/** The severity code that fits a ticket's own word for it; `normal` where it says none that is known. */
export function supportSeverity(ticket: Ticket): SupportCase['severity'] {
  const word = ticket.severity?.trim().toLowerCase() ?? ''
  const severity = SEVERITIES.find(([pattern]) => pattern.test(word))?.[1] ?? 'normal'
  // AWS reserves the two highest for production systems.
  const production = !/^(?:dev|test|sandbox|staging|stage|qa|int|poc)/i.test(ticket.environment ?? '')
  return !production && (severity === 'critical' || severity === 'urgent' || severity === 'high') ? 'normal' : severity
}

const BY_LAYER: Readonly<Record<string, readonly string[]>> = {
  'network-infrastructure': ['Traces in both directions (mtr or traceroute), with source and destination addresses.'],
  hardware: ['The output of describe-instance-status and the console output, where it is an instance.'],
  virtualization: ['The output of describe-instance-status, where it is an instance.'],
  availability: ['Request ids of failed calls (x-amzn-RequestId, x-amz-request-id) with their error text.'],
  'backup-recovery': ['The ids of the failed jobs or snapshots and their messages.'],
  runtime: ['The version before and after, and when it changed.'],
  'operating-system': ['The finding or notice, and the version that it speaks of.'],
}

/** What a case of AWS Support should say of itself. */
export function supportCase(
  catalog: Catalog,
  {
    ticket,
    service,
    layer,
    resources,
  }: { ticket: Ticket; service: Service | null; layer: Layer | null; resources: readonly string[] },
): SupportCase {
  const codes = codesOf(catalog)
  const known = service
    ? (codes.get(service.id) ?? (service.partOf ? codes.get(service.partOf) : undefined))
    : undefined
  const { code, category, seen } = known ?? GENERAL
  const affected = resources.slice(0, 5).join(', ')
  return {
    service: code,
    category,
    severity: supportSeverity(ticket),
    verified: seen,
    attach: [
      affected === ''
        ? 'The ARNs or ids of all affected resources.'
        : `The affected resources: ${affected}.`.slice(0, 900),
      `The account and the Region${ticket.account || ticket.region ? ` (${[ticket.account, ticket.region].filter(Boolean).join(', ')})` : ''}.`,
      'When it began and whether it lasts, with the time zone.',
      ...(layer ? (BY_LAYER[layer.id] ?? []) : []),
      'What shows that nothing was changed on your side.',
      ...(seen ? [] : ['Check the service and category by DescribeServices: these codes were not confirmed.']),
    ],
  }
}
