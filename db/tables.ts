/**
 * The tables, declared once for every dialect.
 *
 * A record table holds every version of every record: a row is true from the revision `since` up to, but not
 * including, `until` (null: still true). Nothing is updated in place but `until`, so what stood at any revision can
 * be read back, and the change log needs no second copy of what changed.
 */
import type { Columns } from './columns.js'

export function declareTables({ table, text, integer, json, primaryKey, index, uniqueIndex }: Columns) {
  const version = {
    id: text('id').notNull(),
    since: integer('since').notNull(),
    until: integer('until'),
  }
  return {
    /** One row for each commit. Its primary key is the lock: two commits cannot take the same revision. */
    changes: table('changes', {
      revision: integer('revision').primaryKey(),
      at: text('at').notNull(),
      actor: text('actor').notNull(),
      reason: text('reason').notNull(),
      origin: text('origin').notNull(),
      release: text('release'),
    }),
    /** API keys: their hashes, never themselves. A revoked key stays, and says when and by whom. */
    apiKeys: table('api_keys', {
      id: text('id').primaryKey(),
      name: text('name').notNull(),
      scope: text('scope').notNull(),
      hash: text('hash').notNull(),
      createdAt: text('created_at').notNull(),
      createdBy: text('created_by').notNull(),
      expiresAt: text('expires_at'),
      revokedAt: text('revoked_at'),
      revokedBy: text('revoked_by'),
      lastUsedAt: text('last_used_at'),
    }),
    layers: table(
      'layers',
      {
        ...version,
        name: text('name').notNull(),
        position: integer('position').notNull(),
        covers: text('covers').notNull(),
        controls: json('controls').notNull(),
        vocabulary: json('vocabulary').notNull(),
      },
      (row) => [
        primaryKey({ columns: [row.id, row.since] }),
        index('layers_since').on(row.since),
        index('layers_until').on(row.until),
      ],
    ),
    models: table(
      'models',
      {
        ...version,
        name: text('name').notNull(),
        summary: text('summary').notNull(),
        aws: text('aws').notNull(),
        customer: text('customer').notNull(),
        examples: json('examples').notNull(),
      },
      (row) => [
        primaryKey({ columns: [row.id, row.since] }),
        index('models_since').on(row.since),
        index('models_until').on(row.until),
      ],
    ),
    services: table(
      'services',
      {
        ...version,
        origin: text('origin').notNull(),
        name: text('name').notNull(),
        category: text('category').notNull(),
        model: text('model').notNull(),
        modelReason: text('model_reason'),
        summary: text('summary').notNull(),
        partOf: text('part_of'),
        aliases: json('aliases').notNull(),
        serviceIds: json('service_ids').notNull(),
        identifiers: json('identifiers').notNull(),
        variants: json('variants').notNull(),
        pitfalls: json('pitfalls').notNull(),
        notes: json('notes').notNull(),
        lifecycle: json('lifecycle'),
        sources: json('sources').notNull(),
      },
      (row) => [
        primaryKey({ columns: [row.id, row.since] }),
        index('services_since').on(row.since),
        index('services_until').on(row.until),
      ],
    ),
    /** Owner assignments: one row for each version of each rule. */
    rules: table(
      'rules',
      {
        ...version,
        origin: text('origin').notNull(),
        scope: text('scope').notNull(),
        subject: text('subject').notNull(),
        layer: text('layer').notNull(),
        owner: text('owner').notNull(),
        aws: text('aws'),
        customer: text('customer'),
        lead: text('lead'),
        leadReason: text('lead_reason'),
        flip: json('flip'),
        sources: json('sources').notNull(),
        verifiedAt: text('verified_at'),
        reason: text('reason'),
        ground: json('ground'),
      },
      (row) => [
        primaryKey({ columns: [row.id, row.since] }),
        index('rules_since').on(row.since),
        index('rules_until').on(row.until),
      ],
    ),
    articles: table(
      'articles',
      {
        ...version,
        kind: text('kind').notNull(),
        position: integer('position').notNull(),
        document: json('document').notNull(),
      },
      (row) => [
        primaryKey({ columns: [row.id, row.since] }),
        index('articles_since').on(row.since),
        index('articles_until').on(row.until),
      ],
    ),
    /** Shipped records that the organisation replaced or removed. */
    shipped: table(
      'shipped',
      {
        ...version,
        kind: text('kind').notNull(),
        document: json('document').notNull(),
      },
      (row) => [primaryKey({ columns: [row.id, row.since] }), index('shipped_until').on(row.until)],
    ),
    teams: table(
      'teams',
      {
        ...version,
        name: text('name').notNull(),
        queue: text('queue').notNull(),
        contact: text('contact'),
      },
      (row) => [primaryKey({ columns: [row.id, row.since] }), index('teams_until').on(row.until)],
    ),
    assignments: table(
      'assignments',
      {
        ...version,
        team: text('team').notNull(),
        service: text('service'),
        layer: text('layer'),
        variant: text('variant'),
        account: text('account'),
        environment: text('environment'),
        tags: json('tags').notNull(),
      },
      (row) => [primaryKey({ columns: [row.id, row.since] }), index('assignments_until').on(row.until)],
    ),
    routingRules: table(
      'routing_rules',
      {
        ...version,
        position: integer('position').notNull(),
        when: json('conditions').notNull(),
        // biome-ignore lint/suspicious/noThenProperty: the word of the contract; no table is ever awaited
        then: json('target').notNull(),
        note: text('note'),
      },
      (row) => [primaryKey({ columns: [row.id, row.since] }), index('routing_rules_until').on(row.until)],
    ),
    /** Requests that must not be done twice, with the answers that they were given. */
    replies: table(
      'replies',
      {
        actor: text('actor').notNull(),
        key: text('key').notNull(),
        fingerprint: text('fingerprint').notNull(),
        at: text('at').notNull(),
        status: integer('status'),
        etag: text('etag'),
        body: text('body'),
      },
      (row) => [primaryKey({ columns: [row.actor, row.key] }), index('replies_at').on(row.at)],
    ),
    /** Where tickets went: a log. `corrected` is what the last feedback said: 1, 0, or null without any. */
    decisions: table(
      'decisions',
      {
        id: text('id').primaryKey(),
        at: text('at').notNull(),
        actor: text('actor').notNull(),
        source: text('source'),
        event: text('event'),
        outcome: text('outcome').notNull(),
        owner: text('owner'),
        service: text('service'),
        layer: text('layer'),
        team: text('team'),
        revision: integer('revision').notNull(),
        corrected: integer('corrected'),
        document: json('document').notNull(),
      },
      (row) => [uniqueIndex('decisions_event').on(row.event), index('decisions_at').on(row.at)],
    ),
    /** What people said of decisions. */
    feedback: table(
      'feedback',
      {
        id: text('id').primaryKey(),
        decision: text('decision').notNull(),
        at: text('at').notNull(),
        actor: text('actor').notNull(),
        correct: integer('correct').notNull(),
        said: json('said').notNull(),
      },
      (row) => [index('feedback_decision').on(row.decision)],
    ),
    /** Reference data by which tickets and events are understood. */
    signals: table(
      'signals',
      { ...version, kind: text('kind').notNull(), document: json('document').notNull() },
      (row) => [primaryKey({ columns: [row.id, row.since] }), index('signals_until').on(row.until)],
    ),
  }
}
export type Tables = ReturnType<typeof declareTables>
