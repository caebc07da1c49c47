/** The words of the answer: owner first, both duties where shared, where it comes from; never more than the verdict. */
import type { Catalog } from '../catalog.js'
import type { ModelId, Owner, Side } from '../model.js'
import { nameOf } from '../resolve.js'
import type { Verdict } from '../verdict.js'
import { lower } from './decide.js'

const SIDE: Readonly<Record<Side, string>> = { aws: 'AWS', customer: 'you' }

/** The first sentence of a duty, without its full stop. */
export function firstSentence(text: string): string {
  const end = text.search(/[.;](?:\s|$)(?=[A-Z(]|$|\s)/)
  const first = end < 0 ? text : text.slice(0, end)
  return first.replace(/[.;\s]+$/, '')
}

/** One verdict in up to three sentences. */
export function sayVerdict(catalog: Catalog, verdict: Verdict): string {
  return [sayOwner(verdict), sayDuties(verdict), sayGround(catalog, verdict)].filter(Boolean).join(' ')
}

function sayOwner({ owner, lead, flip, layer, service, variant, basis }: Verdict): string {
  const subject = service ? nameOf(service, variant) : 'AWS services in general'
  const what = `the ${lower(layer.name)} of ${subject}`
  const byDefault = service && basis.scope === 'model' ? ', by the default for its kind of service' : ''
  const said = {
    aws: `AWS owns ${what}${byDefault}`,
    customer: `You own ${what}${byDefault}`,
    shared: `AWS and you share ${what}${byDefault}; ${lead === 'aws' ? 'AWS leads' : 'you lead'}`,
    'not-applicable': `There is nothing to own in ${what}${byDefault}`,
  }[owner]
  if (!flip) return `${said}.`
  const other = flip.lead === 'aws' ? 'AWS acts' : 'you act'
  return `${said}, but ${other} first in this case: ${lower(firstSentence(flip.when)).replace(/^(?:when|if) /, '')}.`
}

/** Duties are written so that "AWS" or "You" before them makes a sentence; these first words are none of a deed. */
const NO_DEED = new Set(
  'the with can aws application encryption on shield windows for as where public payloads vpc end-to-end owned managed allowed reviewed exported removed kept secured'.split(
    ' ',
  ),
)

/** "AWS patches the host OS": one side's duty as a clause. */
export function sayDuty(side: Side, duty: string): string {
  const said = lower(firstSentence(duty))
  const [first = ''] = said.toLowerCase().split(/[\s,:]/)
  return `${side === 'aws' ? 'AWS' : 'you'}${NO_DEED.has(first) ? ':' : ''} ${said}`
}

function sayDuties({ duties, owner }: Verdict): string {
  const parts = (['aws', 'customer'] as const).flatMap((side) => {
    const duty = duties[side]
    return duty ? [sayDuty(side, duty)] : []
  })
  if (owner === 'customer') parts.reverse()
  return parts.length > 0 ? `${capital(parts.join('; '))}.` : ''
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Where the answer comes from, and what would change it. */
function sayGround(
  catalog: Catalog,
  { service, basis, verified, sources, otherVariants, lifecycle, reason }: Verdict,
): string {
  const said: string[] = []
  if (otherVariants.length > 0) {
    const names = otherVariants
      .slice(0, 3)
      .map(({ name, owner }) => `${name} (${owner === 'customer' ? 'yours' : owner === 'aws' ? 'AWS' : owner})`)
    said.push(`it differs for ${names.join(', ')}`)
  }
  if (lifecycle) said.push(lower(firstSentence(lifecycle.note)))
  const [source] = sources
  const model = service && basis.scope === 'model' ? catalog.model(service.model) : undefined
  if (reason) said.push(`your organisation decided so: ${lower(firstSentence(reason))}`)
  else if (model)
    said.push(`this rests on the default for ${kindName(model.id)} services, not on facts checked for ${service?.name}`)
  else if (source)
    said.push(
      `${verified ? 'source' : 'not confirmed at its source'}: ${source.url}${source.verifiedAt ? ` (read ${source.verifiedAt})` : ''}`,
    )
  return said.length > 0 ? `${capital(said.join('; '))}.` : ''
}

/** "PaaS" for `paas`. */
export const kindName = (model: ModelId): string => ({ iaas: 'IaaS', paas: 'PaaS', saas: 'SaaS' })[model]

const OWNER: Readonly<Record<Owner, string>> = {
  aws: "AWS's",
  customer: 'yours',
  shared: 'shared',
  'not-applicable': "nobody's (it does not apply)",
}

const MOST_SOURCES = 3

/** Several verdicts on one layer, or several layers: who has which, and where it comes from. */
export function sayVerdicts(verdicts: readonly Verdict[]): string {
  const layers = new Set(verdicts.map(({ layer }) => layer.id))
  const name = (verdict: Verdict): string => {
    const subject = verdict.service ? nameOf(verdict.service, verdict.variant) : 'AWS in general'
    return layers.size > 1 ? `the ${lower(verdict.layer.name)} of ${subject}` : subject
  }
  const groups = new Map<string, string[]>()
  for (const verdict of verdicts) {
    const lead = verdict.owner === 'shared' ? ` (${verdict.lead === 'aws' ? 'AWS leads' : 'you lead'})` : ''
    const owner = `${OWNER[verdict.owner]}${lead}`
    groups.set(owner, [...(groups.get(owner) ?? []), name(verdict)])
  }
  const [first] = verdicts
  const said =
    layers.size === 1 && first
      ? `The ${lower(first.layer.name)} is ${[...groups].map(([owner, names]) => `${owner} on ${andList(names)}`).join(', ')}.`
      : `${[...groups].map(([owner, names]) => `${capital(owner)}: ${names.join(', ')}`).join('. ')}.`
  const sources = new Set(verdicts.flatMap(({ sources: [source] }) => source?.url ?? []))
  return sources.size > 0 ? `${said} Source: ${[...sources].slice(0, MOST_SOURCES).join(', ')}.` : said
}

/** "a, b and c" */
const andList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** What one side has to do on a service, in short: the layers are named, the duties stand in the verdicts. */
export function sayDutyList(subject: string, verdicts: readonly Verdict[], side: Side | null): string {
  const names = (wanted: (verdict: Verdict) => boolean): string =>
    verdicts
      .filter(wanted)
      .map(({ layer }) => lower(layer.name))
      .join(', ')
  const own = names(({ owner }) => owner === 'customer')
  const aws = names(({ owner }) => owner === 'aws')
  const shared = names(({ owner }) => owner === 'shared')
  const parts = [
    ...(side !== 'aws' && own ? [`You own on ${subject}: ${own}.`] : []),
    ...(side !== 'customer' && aws ? [`AWS owns ${side === 'aws' ? `on ${subject}` : 'there'}: ${aws}.`] : []),
    ...(shared ? [`Shared, so that both have duties: ${shared}.`] : []),
  ]
  return parts.join(' ') || `There is nothing to do for ${side ? SIDE[side] : 'anybody'} on ${subject}.`
}
