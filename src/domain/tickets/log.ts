/** The log of decisions: what is kept of each, and the port by which a store keeps it. */
import type { Inbound } from '../ticket.js'
import type { Decision, Outcome } from './decision.js'

/** What is kept of a decision. Every text in it is masked. */
export interface LoggedDecision {
  /** UUID version 7: sorts by time. */
  id: string
  /** RFC 3339, UTC, milliseconds. */
  at: string
  /** Who sent it: the name of a key, `oidc:` and a subject, or `hook:` and the source. */
  actor: string
  /** The system that the ticket comes from. */
  source: string | null
  /** Source and the sender's id of the event; the same one twice is the same event. */
  event: string | null
  outcome: Outcome
  owner: string | null
  service: string | null
  layer: string | null
  team: string | null
  revision: number
  /** What the last feedback said: null without any. */
  corrected: boolean | null
  inbound: Inbound
  decision: Decision
  /** What decided beside the data. */
  router: { version: string; threshold: number; defaultTeam: string | null }
}

/** What a person said of a decision. */
export interface Feedback {
  id: string
  /** Of the decision. */
  decision: string
  at: string
  actor: string
  correct: boolean
  /** What would have been right, and why. */
  said: { service?: string; layer?: string; owner?: string; team?: string; note?: string }
}

export interface DecisionFilter {
  /** From this time on: RFC 3339, UTC. */
  since?: string | undefined
  outcome?: string | undefined
  service?: string | undefined
  layer?: string | undefined
  team?: string | undefined
  source?: string | undefined
  corrected?: boolean | undefined
}

/** The fields by which accuracy is summed up. */
export const ACCURACY_FIELDS = ['layer', 'team', 'source'] as const
export type AccuracyField = (typeof ACCURACY_FIELDS)[number]

/** Decisions with feedback under one value of a field. */
export interface AccuracyCount {
  value: string | null
  judged: number
  corrected: number
}

export interface DecisionStore {
  /**
   * Keeps all or none in one transaction, but for those whose `event` is there already. Returns, by event, what the
   * log has for the events among them.
   */
  append(decisions: readonly LoggedDecision[]): Promise<ReadonlyMap<string, LoggedDecision>>
  find(id: string): Promise<LoggedDecision | undefined>
  findEvent(event: string): Promise<LoggedDecision | undefined>
  /** Newest first; `before` is the id after which the page starts. */
  list(filter: DecisionFilter, page: { limit: number; before?: string | undefined }): Promise<LoggedDecision[]>
  count(filter: DecisionFilter): Promise<number>
  /** Keeps what was said; the last says whether the decision was right. */
  judge(feedback: Feedback): Promise<void>
  /** Oldest first. */
  feedbackOn(decision: string): Promise<Feedback[]>
  accuracy(field: AccuracyField): Promise<AccuracyCount[]>
  /** Forgets what was decided before this time, with the feedback on it. */
  sweep(before: string): Promise<void>
}
