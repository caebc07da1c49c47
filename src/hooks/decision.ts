/** What the hooks need of a routing decision, whoever decides. */
import type { Inbound } from '../domain/ticket.js'
import { Decision } from '../domain/tickets/decision.js'

export const RoutedDecision = Decision
export type RoutedDecision = Decision

/**
 * Decides on one event that is to be routed. `trusted`: its sender proved who they are, by a signature or by a key
 * with the scope `route`; what is not trusted is answered and not stored.
 */
export type RouteInbound = (inbound: Inbound, trusted: boolean) => RoutedDecision | Promise<RoutedDecision>
