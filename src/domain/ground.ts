/** The ground that an organisation's rule stands on: what the seed says in its place, then and now. */
import { same } from './canonical.js'
import type { Catalog } from './catalog.js'
import type { Ground, Layer, Rule, Service, Variant } from './model.js'
import { ruleId } from './model.js'
import { type Rules, rulesOn } from './resolve.js'

/** The rules as the seed ships them, without anything that the organisation put over them or took away. */
const shippedRules = (catalog: Catalog): Rules => ({
  rule(scope, subject, layer) {
    const id = ruleId(scope, subject, layer)
    const beneath = catalog.shipped('rules', id)
    if (beneath) return beneath
    const rule = catalog.rule(scope, subject, layer)
    return rule?.origin === 'seed' ? rule : undefined
  },
})

/** What the seed answers for a layer of a service or one of its variants; null where it says nothing at all. */
export function groundOf(catalog: Catalog, service: Service, variant: Variant | null, layer: Layer): Ground | null {
  const rule = rulesOn(shippedRules(catalog), { service, variant, layer })[0]
  if (!rule) return null
  const { scope, subject, owner, aws, customer, lead, leadReason, flip, sources, verifiedAt } = rule
  return { scope, subject, owner, aws, customer, lead, leadReason, flip, sources, verifiedAt }
}

/** An organisation's rule whose ground has shifted; `now` is null where its service, variant or layer is gone. */
export interface Stale {
  rule: Rule
  ground: Ground | null
  now: Ground | null
}

/** The organisation's rules against which the seed now says something else than when they were made. */
export const staleRules = (catalog: Catalog): Stale[] =>
  catalog.dataset.rules
    .filter(({ origin }) => origin === 'organisation')
    .map((rule) => ({ rule, ground: rule.ground, now: groundNow(catalog, rule) }))
    .filter(({ ground, now }) => !same(claimOf(ground), claimOf(now)))
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))

function groundNow(catalog: Catalog, rule: Rule): Ground | null {
  const [serviceId = '', variantId] = rule.subject.split('/')
  const service = catalog.service(serviceId)
  const layer = catalog.layer(rule.layer)
  const variant = variantId === undefined ? null : service?.variants.find(({ id }) => id === variantId)
  return service && layer && variant !== undefined ? groundOf(catalog, service, variant, layer) : null
}

/** What a ground claims: a page that was read again, or another source for the same, shifts nothing. */
const claimOf = (ground: Ground | null): unknown => {
  if (!ground) return null
  const { sources: _sources, verifiedAt: _verifiedAt, ...claim } = ground
  return claim
}
