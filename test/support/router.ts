/** A router that decides by the contract's shape alone: what the hooks hand it and do with its answer can be seen. */

import type { Inbound } from '../../src/domain/ticket.js'
import type { Decision } from '../../src/domain/tickets/decision.js'

export interface Routed {
  inbound: Inbound
  trusted: boolean
}

const UNMATCHED = { matched: null, alsoMatched: [] }
const SUPPORT = {
  service: 'amazon-elastic-compute-cloud-linux',
  category: 'instance-issue',
  severity: 'urgent' as const,
  verified: true,
  attach: [],
}

/** Sends everything to one team, and AWS's own failures to AWS Support. */
export function createFakeRouter() {
  const routed: Routed[] = []
  return {
    routed,
    routeInbound(inbound: Inbound, trusted: boolean): Decision {
      routed.push({ inbound, trusted })
      const isAws = inbound.signals.some(({ id }) => id.endsWith('StatusCheckFailed_System'))
      const [signal] = inbound.signals
      return {
        decisionId: `d-${routed.length}`,
        outcome: 'routed',
        owner: isAws ? 'aws' : 'customer',
        nextActor: isAws ? 'aws' : 'customer',
        openAwsCase: isAws,
        destination: isAws
          ? { kind: 'aws-support', team: null, awsSupport: SUPPORT, ...UNMATCHED }
          : { kind: 'team', team: { id: 'platform', name: 'Platform', queue: 'PLAT' }, awsSupport: null, ...UNMATCHED },
        service: isAws
          ? { id: 'ec2', name: 'Amazon EC2', model: 'iaas' }
          : { id: 's3', name: 'Amazon S3', model: 'paas' },
        layer: isAws ? { id: 'hardware', name: 'Hardware' } : { id: 'network-controls', name: 'Network controls' },
        variant: null,
        confidence: 0.9,
        verdict: null,
        explanation: [
          {
            step: 'layer',
            found: isAws ? 'hardware' : 'network-controls',
            because: 'A known identifier.',
            evidence: { field: signal?.kind ?? 'title', text: signal?.id ?? inbound.ticket.title },
          },
        ],
        alternatives: [],
        nextActions: ['Look at the resource.'],
        rule: null,
        keptAssignee: inbound.ticket.assignee ?? null,
        revision: 1,
      }
    },
  }
}
