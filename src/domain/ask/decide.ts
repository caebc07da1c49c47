/** Which verdict answers, or which one word is missing: decided by whether the readings left would act alike. */
import type { Catalog } from '../catalog.js'
import type { Layer, Side } from '../model.js'
import { nameOf, resolve } from '../resolve.js'
import type { Verdict } from '../verdict.js'
import type { AskOption, Clarify } from './answer.js'
import type { LayerBelief } from './layers.js'
import type { Subject } from './subjects.js'

export type Decision =
  | { kind: 'verdict'; verdict: Verdict; confidence: number; evidence: string[] }
  | { kind: 'clarify'; clarify: Clarify; verdicts: Verdict[]; confidence: number; evidence: string[] }

/** Answer where the best reading is this likely, or where all readings that would act alike are. */
const SURE = 0.6
const SURE_ALIKE = 0.75
/** A reading less likely than this is no option to ask about. */
const LEAST_OPTION = 0.08
const MOST_OPTIONS = 4

/** Who acts: the owner, or on a shared layer the side that leads. */
export const sideOf = ({ owner, lead }: Verdict): Side | null =>
  owner === 'shared' ? lead : owner === 'not-applicable' ? null : owner

export function decide(catalog: Catalog, subject: Subject | null, beliefs: readonly LayerBelief[]): Decision {
  const verdictOf = (layer: Layer): Verdict =>
    resolve(catalog, { layer, service: subject?.service ?? null, variant: subject?.variant ?? null })
  const [best] = beliefs
  if (!best) throw new Error('A catalog has layers.')
  const likely = beliefs
    .filter(({ probability }) => probability >= 0.02)
    .map((belief) => ({ belief, verdict: verdictOf(belief.layer) }))
  const verdict = verdictOf(best.layer)
  const alike = likely.reduce(
    (sum, one) => sum + (sideOf(one.verdict) === sideOf(verdict) ? one.belief.probability : 0),
    0,
  )
  if (best.probability >= SURE || alike >= SURE_ALIKE) {
    const open = subject && !subject.variant ? missingVariant(catalog, verdict, subject) : null
    const confidence = Math.max(best.probability, alike)
    if (open) return { ...open, confidence, evidence: best.evidence }
    return { kind: 'verdict', verdict, confidence, evidence: best.evidence }
  }
  const options = likely.filter(({ belief }) => belief.probability >= LEAST_OPTION).slice(0, MOST_OPTIONS)
  const decider = best.layer.vocabulary.confusable.find(({ with: other }) => other === options[1]?.belief.layer.id)
  return {
    kind: 'clarify',
    clarify: {
      question: `Which do you mean: ${orList(options.map(({ belief }) => lower(belief.layer.name)))}?${decider ? ` ${decider.decidedBy}` : ''}`,
      options: options.map(({ verdict: one }) => optionOf(one, one.layer.name)),
    },
    verdicts: options.map((option) => option.verdict),
    confidence: best.probability,
    evidence: best.evidence,
  }
}

/**
 * Asks for the variant where the service has no plain form: where one of its variants is the service as it stands
 * (no rule of its own) and others have another owner. "ECS" is on EC2, on Fargate or on managed instances.
 */
function missingVariant(
  catalog: Catalog,
  verdict: Verdict,
  { service }: Subject,
): Pick<Extract<Decision, { kind: 'clarify' }>, 'kind' | 'clarify' | 'verdicts'> | null {
  const others = verdict.otherVariants
  const isPlain = (id: string): boolean =>
    catalog.layers.every((layer) => catalog.rule('variant', `${service.id}/${id}`, layer.id) === undefined)
  if (others.length === 0 || !service.variants.some(({ id, parent }) => parent === null && isPlain(id))) return null
  const options = others.map(({ id, name, owner }) => ({
    label: name,
    service: service.id,
    variant: id,
    layer: verdict.layer.id,
    owner,
  }))
  const same = service.variants.filter(({ id }) => !others.some((other) => other.id === id))
  return {
    kind: 'clarify',
    clarify: {
      question: `Which kind of ${service.name}: ${orList([...others.map(({ name }) => name), ...(same.length > 0 ? same.map(({ name }) => name) : ['another'])])}?`,
      options: [
        ...options,
        ...same.map(({ id, name }) => ({
          label: name,
          service: service.id,
          variant: id,
          layer: verdict.layer.id,
          owner: verdict.owner,
        })),
      ].slice(0, 12),
    },
    verdicts: [verdict],
  }
}

export const optionOf = (verdict: Verdict, label: string): AskOption => ({
  label,
  service: verdict.service?.id ?? null,
  variant: verdict.variant?.id ?? null,
  layer: verdict.layer.id,
  owner: verdict.owner,
})

/** "a, b or c" */
export function orList(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`
}

/** A name within a sentence: "TLS" stays, "Operating system" does not. */
export const lower = (name: string): string => name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

export const subjectName = ({ service, variant }: Subject): string => nameOf(service, variant)
