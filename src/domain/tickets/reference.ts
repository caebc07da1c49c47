/** What AWS's own identifiers and people's words settle about a ticket: the shapes of the reference data. */
import { z } from 'zod'
import { Id, Owner, Prose, Side } from '../model.js'

const Key = z.string().min(1).max(200)
const Phrases = z.array(z.string().min(1).max(3000)).max(600)
const Layers = z.array(Id).max(10)

/** Who does something now; `none` where nobody need. */
export const Actor = z.enum(['aws', 'customer', 'none'])
export type Actor = z.infer<typeof Actor>

/** A Security Hub control; the customer's always. */
export const Control = z.strictObject({
  id: Key,
  title: z.string().min(1).max(400),
  service: Id.nullable(),
  layer: Id,
  otherLayers: Layers,
  severity: z.enum(['low', 'medium', 'high', 'critical']).nullable(),
  resourceType: Key.nullable(),
  /** The managed Config rule that evaluates it. */
  configRule: Key.nullable(),
  /** Generator ids from before the findings of all standards were consolidated. */
  legacyIds: z.array(z.string().min(1).max(300)).max(20),
})
export type Control = z.infer<typeof Control>

/** A GuardDuty finding type, or what a segment of it (`EC2` in `…:EC2/…`) says of types that are not listed. */
export const FindingType = z.strictObject({
  id: Key,
  match: z.enum(['exact', 'segment']),
  service: Id.nullable(),
  layer: Id,
  otherLayers: Layers,
  /** What the type of the finding's resource decides, where the type does not name the service. */
  byResource: z.array(z.strictObject({ type: Key, service: Id, layer: Id })).max(10),
  reason: Prose,
})
export type FindingType = z.infer<typeof FindingType>

/** An AWS Health event type code, or a part of it that says enough. */
export const EventCode = z.strictObject({
  id: Key,
  match: z.enum(['exact', 'prefix', 'suffix', 'category']),
  service: Id.nullable(),
  layer: Id,
  otherLayers: Layers,
  owner: Owner,
  acts: Actor,
  openCase: z.boolean(),
  reason: Prose,
  /** False where the code was made from a documented pattern and not yet met. */
  seen: z.boolean(),
})
export type EventCode = z.infer<typeof EventCode>

/** A CloudWatch metric; `metric` null: every other one of the namespace. `side` null: either may be at fault. */
export const Metric = z.strictObject({
  id: Key,
  namespace: Key,
  metric: Key.nullable(),
  service: Id,
  layer: Id,
  side: Side.nullable(),
  reason: Prose,
})
export type Metric = z.infer<typeof Metric>

/**
 * Words that tell whose matter it is. In a phrase `(a|b)` is either (`(a|)` optional), `_` any one word and `..` up
 * to four. `services` and `notServices` bound the services that it speaks of; `acts` is set where the one who must
 * do something is not the one whose layer it is.
 */
export const Cue = z.strictObject({
  id: Id,
  phrases: Phrases,
  side: Side,
  weight: z.int().min(1).max(10),
  layer: Id.nullable(),
  services: z.array(Id).max(40),
  notServices: z.array(Id).max(40),
  acts: Actor.nullable(),
  openCase: z.boolean().nullable(),
  reason: Prose,
})
export type Cue = z.infer<typeof Cue>

/** Words that imply a service without naming it. */
export const Hint = z.strictObject({ service: Id, strong: Phrases, weak: Phrases })
export type Hint = z.infer<typeof Hint>

/** Words of what is not AWS; `insteadOf` is the service that the words only look like. */
export const Foreign = z.strictObject({
  id: Id,
  what: z.enum([
    'other-cloud',
    'other-place',
    'on-premises',
    'office',
    'facility',
    'business',
    'saas',
    'private',
    'lookalike',
  ]),
  weight: z.int().min(1).max(10),
  insteadOf: Id.nullable(),
  phrases: Phrases,
})
export type Foreign = z.infer<typeof Foreign>

/** The codes that a service has in the API of AWS Support; `seen` false where one was not met in use. */
export const SupportService = z.strictObject({ service: Id, code: Key, category: Key, seen: z.boolean() })
export type SupportService = z.infer<typeof SupportService>

/** The kinds of reference data by the name of their file in the seed, and by what their items are known. */
export const SIGNAL_KINDS = {
  control: { file: 'controls', schema: Control, key: (item: Control) => item.id },
  'finding-type': { file: 'finding-types', schema: FindingType, key: (item: FindingType) => item.id },
  'event-code': { file: 'event-codes', schema: EventCode, key: (item: EventCode) => item.id },
  metric: { file: 'metrics', schema: Metric, key: (item: Metric) => item.id },
  'error-code': { file: 'error-codes', schema: Cue, key: (item: Cue) => item.id },
  cue: { file: 'cues', schema: Cue, key: (item: Cue) => item.id },
  hint: { file: 'hints', schema: Hint, key: (item: Hint) => item.service },
  foreign: { file: 'foreign', schema: Foreign, key: (item: Foreign) => item.id },
  'support-service': { file: 'support-services', schema: SupportService, key: (item: SupportService) => item.service },
} as const

export interface SignalDocuments {
  control: Control
  'finding-type': FindingType
  'event-code': EventCode
  metric: Metric
  'error-code': Cue
  cue: Cue
  hint: Hint
  foreign: Foreign
  'support-service': SupportService
}
