/** Who owns what: the precedence of the rules. It stands here and nowhere else. */
import type { Layer, Model, ModelId, Rule, Scope, Service, Variant } from './model.js'
import type { Verdict } from './verdict.js'

/** What is asked: a layer of a service, of one of its variants, of a model, or in general (`service` and `model` null). */
export interface Question {
  layer: Layer
  service?: Service | null
  variant?: Variant | null
  model?: Model | null
}

/** The rules that an answer is taken from. */
export interface Rulebook extends Rules {
  revision: number
  /** The customer's team that takes a layer, whatever the account and the resource; null where none is assigned. */
  teamFor(question: Question): Verdict['team']
}
export interface Rules {
  rule(scope: Scope, subject: string, layer: string): Rule | undefined
}

/**
 * The places where a rule may speak on a question, strongest first:
 * organisation > variant > service > model > layer. A variant falls back to its parent variant,
 * a service that is part of another to that service's facts.
 */
function places({ layer, service, variant, model }: Question): [Scope, string][] {
  const found: [Scope, string][] = []
  if (service) {
    const variants = lineage(service, variant ?? null).map(({ id }) => `${service.id}/${id}`)
    const services = service.partOf ? [service.id, service.partOf] : [service.id]
    for (const subject of [...variants, ...services]) found.push(['organisation', subject])
    for (const subject of variants) found.push(['variant', subject])
    for (const subject of services) found.push(['service', subject])
  }
  const modelId: ModelId | undefined = service?.model ?? model?.id
  if (modelId) found.push(['model', modelId])
  found.push(['layer', layer.id])
  return found
}

/** A variant, its parent, and so on; empty without a variant. */
function lineage(service: Service, variant: Variant | null): Variant[] {
  const line: Variant[] = []
  for (let next = variant; next && !line.includes(next); ) {
    line.push(next)
    const parent: string | null = next.parent
    next = service.variants.find(({ id }) => id === parent) ?? null
  }
  return line
}

/** The rules on a question, the winner first. */
export function rulesOn(rulebook: Rules, question: Question): Rule[] {
  return places(question)
    .map(([scope, subject]) => rulebook.rule(scope, subject, question.layer.id))
    .filter((rule) => rule !== undefined)
}

/**
 * Answers a question. The first rule in the order of precedence wins; the verdict lists what it overruled.
 * Throws when not even the layer has a default: the seed guarantees one for each of the 21 layers.
 */
export function resolve(rulebook: Rulebook, question: Question): Verdict {
  const [rule, ...overruled] = rulesOn(rulebook, question)
  if (!rule) throw new Error(`Layer ${question.layer.id} has no default rule.`)
  const { layer } = question
  const service = question.service ?? null
  const variant = question.variant ?? null
  const ownFacts = service === null || rule.scope !== 'model'
  return {
    service: service && { id: service.id, name: service.name, model: service.model },
    variant: variant && { id: variant.id, name: variant.name },
    layer: { id: layer.id, name: layer.name },
    owner: rule.owner,
    lead: leadOf(rule),
    leadReason: rule.leadReason,
    flip: rule.flip,
    duties: { aws: rule.aws, customer: rule.customer },
    team: rule.owner === 'customer' || rule.owner === 'shared' ? rulebook.teamFor(question) : null,
    basis: { scope: rule.scope, subject: rule.subject },
    overruled: overruled.map(({ scope, subject, owner }) => ({ scope, subject, owner })),
    otherVariants: service ? differingVariants(rulebook, service, variant, layer, rule) : [],
    sources: rule.sources.map((url) => ({ url, verifiedAt: rule.verifiedAt })),
    verified: ownFacts && rule.verifiedAt !== null,
    reason: rule.reason,
    lifecycle: service?.lifecycle ?? null,
    statement: statementOf(rule, question),
    revision: rulebook.revision,
  }
}

const leadOf = (rule: Rule): Verdict['lead'] => {
  if (rule.owner === 'shared') return rule.lead
  return rule.owner === 'not-applicable' ? null : rule.owner
}

function differingVariants(
  rulebook: Rulebook,
  service: Service,
  asked: Variant | null,
  layer: Layer,
  rule: Rule,
): Verdict['otherVariants'] {
  return service.variants
    .filter((variant) => variant.id !== asked?.id)
    .map((variant) => ({
      id: variant.id,
      name: variant.name,
      owner: rulesOn(rulebook, { layer, service, variant })[0]?.owner ?? rule.owner,
    }))
    .filter(({ owner }) => owner !== rule.owner)
}

/** "AWS owns the operating system of Amazon RDS." One sentence that claims no more than the rule. */
function statementOf(rule: Rule, { layer, service, variant, model }: Question): string {
  const name = layer.name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
  const subject = service
    ? nameOf(service, variant ?? null)
    : model
      ? `${model.name} services`
      : 'AWS services in general'
  const what = `the ${name} of ${subject}`
  const byDefault = service && rule.scope === 'model' ? ', by the default for its service model' : ''
  switch (rule.owner) {
    case 'aws':
      return `AWS owns ${what}${byDefault}.`
    case 'customer':
      return `The customer owns ${what}${byDefault}.`
    case 'shared':
      return `AWS and the customer share ${what}${byDefault}; ${rule.lead === 'aws' ? 'AWS' : 'the customer'} leads.`
    case 'not-applicable':
      return `There is nothing to own in ${what}${byDefault}.`
  }
}

/** "Amazon RDS Custom" says its service already; "Fargate" needs it: "Amazon ECS (Fargate)". */
export function nameOf(service: { name: string }, variant: { name: string } | null): string {
  if (!variant) return service.name
  const short = service.name.replace(/^(?:Amazon|AWS) /, '')
  return variant.name.includes(short) ? variant.name : `${service.name} (${variant.name})`
}
