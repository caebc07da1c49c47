/** The words of the domain as zod schemas with their types: what is stored, what is resolved, what is answered. */
import { z } from 'zod'
import type { Assignment, RoutingRule, Team } from './organisation.js'

/** A kebab-case identifier, 1 to 80 characters: `rds`, `operating-system`, `rds-custom-oracle`. */
export const Id = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case: lower-case letters, digits and single hyphens')

/** A calendar date, `2026-11-23`. */
export const CalendarDate = z.iso.date().max(10)

/** One sentence or two of prose, bounded. */
export const Prose = z.string().min(1).max(1000)

/** A short text: a title, a name, an alias. */
export const Label = z.string().min(1).max(200)

/** The page that a fact was read on. */
export const SourceUrl = z.url({ protocol: /^https$/ }).max(500)

export const Owner = z.enum(['aws', 'customer', 'shared', 'not-applicable'])
export type Owner = z.infer<typeof Owner>

/** One of the two sides that can act. */
export const Side = z.enum(['aws', 'customer'])
export type Side = z.infer<typeof Side>

/** How much of the stack AWS runs. */
export const ModelId = z.enum(['iaas', 'paas', 'saas'])
export type ModelId = z.infer<typeof ModelId>

/** Where a rule speaks, strongest first: this order is the precedence. */
export const SCOPES = ['organisation', 'variant', 'service', 'model', 'layer'] as const
export const Scope = z.enum(SCOPES)
export type Scope = z.infer<typeof Scope>

/** The condition under which the other side leads. */
export const Flip = z.strictObject({ when: Prose, lead: Side })
export type Flip = z.infer<typeof Flip>

/** Who ships a record: the seed or the organisation that runs this copy. */
export const Origin = z.enum(['seed', 'organisation'])
export type Origin = z.infer<typeof Origin>

/** What a rule states, before it is held against {@link checkStatement}. */
const StatementShape = z.strictObject({
  owner: Owner,
  aws: Prose.nullable(),
  customer: Prose.nullable(),
  lead: Side.nullable().default(null),
  leadReason: Prose.nullable().default(null),
  flip: Flip.nullable().default(null),
  sources: z.array(SourceUrl).max(20),
  verifiedAt: CalendarDate.nullable().default(null),
})

/** A shared layer names both duties and its lead; another names the duty of its owner and no lead. */
export function checkStatement(rule: z.infer<typeof StatementShape>, issue: z.core.$RefinementCtx): void {
  const demand = (ok: boolean, field: string, message: string): void => {
    if (!ok) issue.addIssue({ code: 'custom', path: [field], message })
  }
  if (rule.owner === 'shared') {
    demand(rule.aws !== null, 'aws', "a shared layer names AWS's duty")
    demand(rule.customer !== null, 'customer', "a shared layer names the customer's duty")
    demand(rule.lead !== null, 'lead', 'a shared layer names the side that leads')
    demand(rule.leadReason !== null, 'leadReason', 'a shared layer says why that side leads')
  } else {
    demand(rule.lead === null, 'lead', 'only a shared layer has a lead of its own')
    demand(rule.leadReason === null, 'leadReason', 'only a shared layer has a reason for its lead')
    if (rule.owner !== 'not-applicable') demand(rule[rule.owner] !== null, rule.owner, "an owner's duty is named")
  }
  demand(rule.flip === null || rule.flip.lead !== rule.lead, 'flip', 'a flip names the side that does not lead')
}

/** What a rule states, without where it speaks: owner, both duties, lead, sources. */
export const Statement = StatementShape.superRefine(checkStatement)
export type Statement = z.infer<typeof Statement>

/** Where a rule speaks: a service, `service/variant`, a model or a layer. */
export const Subject = z.string().min(1).max(170)

/** What an organisation's rule was set against: the shipped rule that answered in its place, as it stood then. */
export const Ground = Statement.safeExtend({ scope: Scope, subject: Subject })
export type Ground = z.infer<typeof Ground>

/**
 * One statement at one place. `id` is `scope/subject/layer`; `subject` is a service id (organisation, service),
 * `service/variant` (variant), a model id (model) or the layer itself (layer).
 */
export interface Rule extends Statement {
  id: string
  scope: Scope
  subject: string
  layer: string
  origin: Origin
  /** Why the organisation decided so; null on shipped rules. */
  reason: string | null
  /** What the organisation's rule was set against; null on shipped rules. */
  ground: Ground | null
}

/** The id under which a rule is stored and found. */
export const ruleId = (scope: Scope, subject: string, layer: string): string => `${scope}/${subject}/${layer}`

/** A way of running a service that moves the line. A layer it does not state falls to its `parent`, then to the service. */
export const Variant = z.strictObject({
  id: Id,
  name: Label,
  aliases: z.array(Label).max(60),
  summary: Prose,
  parent: Id.nullable().default(null),
})
export type Variant = z.infer<typeof Variant>

const Identifier = z.string().min(1).max(120)

/** AWS's own names for a service in each of its namespaces. */
export const Identifiers = z.strictObject({
  arn: z.array(Identifier).max(40).default([]),
  /** Resource types of this service inside an ARN namespace that several services share (`volume` in `ec2`). */
  arnResourceTypes: z.array(Identifier).max(80).default([]),
  /** CloudFormation and Config prefixes (`AWS::RDS::`) or whole types (`AWS::EC2::Volume`). */
  cloudformation: z.array(Identifier).max(120).default([]),
  asffResourceTypes: z.array(Identifier).max(80).default([]),
  iamPrefix: z.array(Identifier).max(40).default([]),
  eventSource: z.array(Identifier).max(40).default([]),
  endpoint: z.array(Identifier).max(40).default([]),
  productCode: z.array(Identifier).max(40).default([]),
  /** Identifiers that several services share and that mean this one when nothing else decides. */
  preferred: z.array(Identifier).max(20).default([]),
})
export type Identifiers = z.infer<typeof Identifiers>

/** Where a service stands in its life; absent means generally available. */
export const Lifecycle = z.strictObject({
  status: z.enum(['maintenance', 'closed-to-new-customers', 'ending', 'ended']),
  closedToNewCustomers: CalendarDate.optional(),
  endsOn: CalendarDate.optional(),
  note: Prose,
  sources: z.array(SourceUrl).max(10),
})
export type Lifecycle = z.infer<typeof Lifecycle>

export const Service = z.strictObject({
  id: Id,
  name: Label,
  category: Id,
  model: ModelId,
  /** Which stated rule or fact decides the model, where it is not told by the service's own facts. */
  modelReason: Prose.nullable().default(null),
  summary: Prose,
  /** The service whose API this is a part of; its facts answer for it. */
  partOf: Id.nullable().default(null),
  aliases: z.array(Label).max(100),
  /** AWS's `serviceId` values that mean this service. */
  serviceIds: z.array(Label).max(20).default([]),
  identifiers: Identifiers,
  variants: z.array(Variant).max(30),
  pitfalls: z.array(Prose).max(40),
  notes: z.array(Prose).max(20).default([]),
  lifecycle: Lifecycle.nullable().default(null),
  sources: z.array(SourceUrl).max(20).default([]),
})
export interface Service extends z.infer<typeof Service> {
  origin: Origin
}

/** A word or phrase by which people mean a layer; weight 3 decides alone, 1 only hints. */
export const Phrase = z.strictObject({ text: Label, weight: z.int().min(1).max(3) })
/** A deed that people do on a layer: `rotate` + `key`; a null object means that the verb alone hints. */
export const Deed = z.strictObject({ verb: Label, object: Label.nullable(), weight: z.int().min(1).max(3) })

/** How people speak of a layer. */
export const Vocabulary = z.strictObject({
  names: z.array(Label).max(60),
  phrases: z.array(Phrase).max(400),
  deeds: z.array(Deed).max(120),
  not: z.array(Label).max(120),
  confusable: z.array(z.strictObject({ with: Id, decidedBy: Prose })).max(20),
})
export type Vocabulary = z.infer<typeof Vocabulary>

export const Layer = z.strictObject({
  id: Id,
  name: Label,
  /** 1 is the bottom of the stack. */
  position: z.int().min(1).max(21),
  covers: Prose,
  /** NIST SP 800-53 rev 5 control ids that this layer feeds: our judgement, a mapping and no attestation. */
  controls: z.array(z.string().min(4).max(12)).max(60),
})
export interface Layer extends z.infer<typeof Layer> {
  vocabulary: Vocabulary
}

export const Model = z.strictObject({
  id: ModelId,
  name: Label,
  summary: Prose,
  /** What AWS runs and what the customer keeps, one sentence each. */
  aws: Prose,
  customer: Prose,
  examples: z.array(Id).max(20),
})
export type Model = z.infer<typeof Model>

/** The kinds of article: knowledge about the model that is not a rule. */
export const ARTICLE_KINDS = [
  'stage',
  'misconception',
  'practice',
  'case',
  'guide',
  'responsibility',
  'area',
  'takeaway',
] as const
export const ArticleKind = z.enum(ARTICLE_KINDS)
export type ArticleKind = z.infer<typeof ArticleKind>

/** The kinds of record: six that make up the matrix, and what the organisation adds. `id` is unique within a kind. */
export interface Records {
  layers: Layer
  models: Model
  services: Service
  rules: Rule
  articles: Article
  signals: SignalRecord
  shipped: Shipped
  teams: Team
  assignments: Assignment
  routingRules: RoutingRule
}

/**
 * A shipped record that the organisation replaced or removed, as the seed states it now. It lies beneath the
 * organisation's record of that id, or, where there is none, it says that the organisation removed it.
 */
export interface Shipped {
  /** `kind/id` */
  id: string
  kind: 'services' | 'rules'
  document: Service | Rule
}

/** One piece of knowledge as it is stored; `document` has the shape that its kind has in `knowledge.ts`. */
export interface Article {
  /** `kind/slug` */
  id: string
  kind: ArticleKind
  position: number
  document: Readonly<Record<string, unknown>>
}

/** The kinds of reference data by which tickets and events are understood; their shapes are in `tickets/reference.ts`. */
export const SignalKind = z.enum([
  'control',
  'finding-type',
  'event-code',
  'metric',
  'error-code',
  'cue',
  'hint',
  'foreign',
  'support-service',
])
export type SignalKind = z.infer<typeof SignalKind>

/** One item of reference data as it is stored; `document` has the shape of its kind. */
export interface SignalRecord {
  /** `kind/key` */
  id: string
  kind: SignalKind
  document: Readonly<Record<string, unknown>>
}

/** All that a catalog is built from, as it stood after the change `revision` was committed at `at`. */
export type Dataset = { [K in keyof Records]: readonly Records[K][] } & {
  revision: number
  /** RFC 3339, UTC. */
  at: string
}
