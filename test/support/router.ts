/** A router that decides by the contract's shape alone: what the hooks hand it and do with its answer can be seen. */

import type { Inbound } from '../../src/domain/ticket.js'
import type { RoutedDecision } from '../../src/hooks/decision.js'

export interface Routed {
  inbound: Inbound
  trusted: boolean
}

/** Sends everything to one team, and AWS's own failures to AWS Support. */
export function createFakeRouter() {
  const routed: Routed[] = []
  return {
    routed,
    routeInbound(inbound: Inbound, trusted: boolean): RoutedDecision {
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
          ? { kind: 'aws-support', team: null, awsSupport: { category: 'instance-issue', severity: 'urgent' } }
          : { kind: 'team', team: { id: 'platform', name: 'Platform', queue: 'PLAT' }, awsSupport: null },
        service: isAws ? { id: 'ec2', name: 'Amazon EC2' } : { id: 's3', name: 'Amazon S3' },
        layer: isAws ? { id: 'hardware', name: 'Hardware' } : { id: 'network-controls', name: 'Network controls' },
        confidence: 0.9,
        verdict: null,
        explanation: [
          {
            step: 'layer',
            found: isAws ? 'hardware' : 'network-controls',
            because: 'known identifier',
            evidence: signal ? { field: signal.kind, text: signal.id } : null,
          },
        ],
        alternatives: [],
        nextActions: ['Look at the resource.'],
        rule: null,
        revision: 1,
      }
    },
  }
}
