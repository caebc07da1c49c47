/** The decision that the examples speak of. */
import type { Store } from '../../src/domain/store.js'
import { decide, loadRouter } from '../../src/operations/tickets.js'
import { seeded } from './catalog.js'

export async function keepDecision(store: Store): Promise<void> {
  const inbound = {
    ticket: { title: 'S3 bucket is public', source: { system: 'jira' } },
    signals: [],
    resources: [],
    eventId: null,
    idle: null,
  }
  await loadRouter()
  const decision = decide(seeded, inbound)
  const id = '0199f2a0-5c00-7000-8000-000000000001'
  await store.decisions.append([
    {
      id,
      at: '2026-11-24T12:00:00.000Z',
      actor: 'service desk',
      source: 'jira',
      event: null,
      outcome: decision.outcome,
      owner: decision.owner,
      service: decision.service?.id ?? null,
      layer: decision.layer?.id ?? null,
      team: null,
      revision: decision.revision,
      corrected: null,
      inbound,
      decision: { ...decision, decisionId: id },
      router: { version: '0.1.0', threshold: 0.5, defaultTeam: null },
    },
  ])
}
