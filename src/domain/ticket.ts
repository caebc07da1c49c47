/** What comes in to be routed: a ticket as a person or a tool files it, and what a native event settles beside it. */
import { z } from 'zod'
import { Id, Label } from './model.js'

const Text = z.string().max(10_000)

export const Ticket = z
  .strictObject({
    title: z.string().min(1).max(1000),
    description: Text.optional(),
    labels: z.array(Label).max(50).optional(),
    resource: z.string().min(1).max(2048).optional().describe('An ARN, or a CloudFormation, Config or ASFF type.'),
    service: z.string().min(1).max(2048).optional().describe('The service by any of its names; outweighs all text.'),
    layer: Label.optional().describe('The layer by any of its names; outweighs all text.'),
    variant: Id.optional(),
    account: z.string().min(1).max(64).optional().describe('The AWS account id, twelve digits.'),
    region: z.string().min(1).max(64).optional(),
    environment: Label.optional().describe('Such as production or staging.'),
    tags: z.record(z.string().max(128), z.string().max(256)).optional().describe("The resource's own tags."),
    severity: Label.optional(),
    assignee: Label.optional().describe('Whom the ticket is assigned to already; the answer leaves it.'),
    source: z
      .strictObject({
        system: Label,
        id: z.string().min(1).max(500).optional(),
        url: z
          .url({ protocol: /^https?$/ })
          .max(2048)
          .optional(),
      })
      .optional()
      .describe('Where the ticket lives.'),
  })
  .meta({ id: 'Ticket' })
export type Ticket = z.output<typeof Ticket>

/** An identifier that AWS gives to a kind of event; a table of the seed says which layer it belongs to and who acts. */
export interface Signal {
  /** `control`: a Security Hub control (`S3.1`); `finding-type`: of GuardDuty; `event-code`: of AWS Health; `metric`: `AWS/EC2 StatusCheckFailed_System`; `config-rule`: a managed rule's name. */
  kind: 'control' | 'finding-type' | 'event-code' | 'metric' | 'config-rule'
  id: string
}

/** A native event, read: the ticket that it amounts to, what it settles by id, and whether there is anything to route. */
export interface Inbound {
  ticket: Ticket
  /** Strongest first. */
  signals: readonly Signal[]
  /** All resources that it names, the affected one first: ARNs, or types with ids. */
  resources: readonly { type: string | null; id: string }[]
  /** The sender's own id of this delivery or state; the same one twice is the same event. */
  eventId: string | null
  /** Why there is nothing to route (`passed`, `archived`, `sample-finding`, `alarm-ok`, …), or null. */
  idle: string | null
}

/** A ticket as a person files it: no identifiers beside it but what stands in it. */
export const inboundOf = (ticket: Ticket): Inbound => ({
  ticket,
  signals: [],
  resources: [],
  eventId: null,
  idle: null,
})
