/** Who takes what on the customer's side: teams, the slices assigned to them, and the ordered routing rules. */
import { z } from 'zod'
import { Id, Label, Owner, Prose } from './model.js'

/** A group on the customer's side with a queue that tickets go to. */
export const Team = z.strictObject({
  id: Id,
  name: Label,
  queue: Label.describe('The queue, project key or assignment group that its tickets go to.'),
  contact: z.string().min(1).max(320).nullable().default(null).describe('An e-mail address, channel or pager.'),
})
export type Team = z.infer<typeof Team>

/** The AWS account id, twelve digits, or whatever a service desk writes in its place. */
const Account = z.string().min(1).max(64)

/** Tags of a resource that must all be there with these values. */
const Tags = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((tags) => Object.keys(tags).length <= 20, 'names at most 20 tags')

/** A slice of what the customer owns, given to a team. What it does not name, it does not ask; null asks nothing. */
export const Assignment = z
  .strictObject({
    id: Id,
    team: Id.describe('The id of the team that takes the slice.'),
    service: Id.nullable().default(null),
    layer: Id.nullable().default(null),
    variant: Id.nullable().default(null).describe('A variant of the service, which must be named beside it.'),
    account: Account.nullable().default(null),
    environment: Label.nullable().default(null).describe('Such as production; compared without regard to case.'),
    tags: Tags.default({}).describe("The resource's tags that must all have these values."),
  })
  .refine(({ variant, service }) => variant === null || service !== null, {
    path: ['variant'],
    message: 'needs its service beside it',
  })
export type Assignment = z.infer<typeof Assignment>

/** One of these values; without regard to case. */
const anyOf = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(50).optional()
const Words = z.string().min(1).max(200)

/** What a ticket must be for a rule to take it: all conditions, each by any of its values. None takes everything. */
export const Condition = z.strictObject({
  service: anyOf(Id),
  variant: anyOf(Id),
  layer: anyOf(Id),
  owner: anyOf(Owner).describe('Whose layer it is.'),
  account: anyOf(Account),
  region: anyOf(z.string().min(1).max(64)),
  environment: anyOf(Label),
  tags: Tags.optional().describe('These must all be there.'),
  severity: anyOf(Label),
  source: anyOf(Label).describe('The system that the ticket comes from, such as jira.'),
  label: anyOf(Label).describe('A label of the ticket.'),
  title: anyOf(Words).describe('Words that the title contains.'),
  text: anyOf(Words).describe('Words that the title or the description contains.'),
})
export type Condition = z.infer<typeof Condition>

/** Where a rule sends: to a team, to AWS Support, or to the people who sort by hand. */
export const Target = z.union([
  z.strictObject({ team: Id }),
  z.strictObject({ awsSupport: z.literal(true) }),
  z.strictObject({ triage: z.literal(true) }),
])
export type Target = z.infer<typeof Target>

/** Rules are asked in the order of `position`, then of `id`; the first that matches decides. */
export const RoutingRule = z.strictObject({
  id: Id,
  position: z.int().min(0).max(1_000_000),
  when: Condition,
  // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is data and is never awaited
  then: Target,
  note: Prose.nullable().default(null),
})
export type RoutingRule = z.infer<typeof RoutingRule>

/** The order in which routing rules are asked. */
export const byPosition = (a: RoutingRule, b: RoutingRule): number => a.position - b.position || (a.id < b.id ? -1 : 1)

/** The kinds of condition of an assignment, the one that weighs most first; each tag is a condition of its own. */
const SELECTORS = ['service', 'variant', 'layer', 'account', 'environment'] as const

/**
 * How narrow a slice is: more conditions are narrower, and between as many the service weighs more than the variant,
 * then the layer, the account, the environment and the tags. Larger is narrower.
 */
export function specificity(assignment: Assignment): number {
  const named = SELECTORS.map((selector) => assignment[selector] !== null)
  const conditions = named.filter(Boolean).length + Object.keys(assignment.tags).length
  return named.reduce((sum, is, index) => sum + (is ? 2 ** (SELECTORS.length - 1 - index) : 0), conditions * 64)
}

/** Two spellings of one value: "Production" and "production ". */
export const sameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Whether one ticket could fall into both slices. */
export const overlap = (a: Assignment, b: Assignment): boolean =>
  SELECTORS.every((selector) => {
    const [one, other] = [a[selector], b[selector]]
    return one === null || other === null || sameText(one, other)
  }) && Object.entries(a.tags).every(([name, value]) => !Object.hasOwn(b.tags, name) || b.tags[name] === value)

/** The assignments of other teams that are as narrow as this one and could match the same ticket. */
export const tiesWith = (assignment: Assignment, all: readonly Assignment[]): Assignment[] =>
  all.filter(
    (other) =>
      other.id !== assignment.id &&
      other.team !== assignment.team &&
      specificity(other) === specificity(assignment) &&
      overlap(other, assignment),
  )
