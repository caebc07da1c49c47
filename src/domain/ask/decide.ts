/** Which verdict answers, or which one word is missing: decided by whether the readings left would act alike. */
import type { Catalog } from '../catalog.js'
import type { Layer } from '../model.js'
import { nameOf, resolve } from '../resolve.js'
import { sideOf, type Verdict } from '../verdict.js'
import type { AskOption, Clarify } from './answer.js'
import type { LayerBelief } from './layers.js'
import type { Subject } from './subjects.js'

export type Decision =
  | { kind: 'verdict'; verdict: Verdict; subject: Subject | null; confidence: number; evidence: string[] }
  | { kind: 'clarify'; clarify: Clarify; verdicts: Verdict[]; confidence: number; evidence: string[] }

/** Answer where all readings that would act alike are this likely together. */
const SURE = 0.55
/** A reading less likely than this is no option to ask about. */
const LEAST_OPTION = 0.08
const MOST_OPTIONS = 4
/** Readings less likely than this decide nothing. */
const LEAST_READING = 0.005

/** One way to read the question: this layer of this subject, or of AWS in general. */
interface Cell {
  subject: Subject | null
  layer: Layer
  probability: number
  belief: LayerBelief
  verdict: Verdict
}

/** What could be meant, and what the words say of the layers of each. */
export interface Meant {
  subject: Subject | null
  probability: number
  layers: readonly LayerBelief[]
}

export function decide(catalog: Catalog, meant: readonly Meant[]): Decision {
  const cells = meant
    .flatMap(({ subject, probability, layers }): Cell[] =>
      layers
        .filter((belief) => belief.probability * probability >= LEAST_READING)
        .map((belief) => ({
          subject,
          belief,
          layer: belief.layer,
          probability: belief.probability * probability,
          verdict: resolve(catalog, {
            layer: belief.layer,
            service: subject?.service ?? null,
            variant: subject?.variant ?? null,
          }),
        })),
    )
    .toSorted((a, b) => b.probability - a.probability)
  const [best] = cells
  if (!best) throw new Error('A catalog has layers.')
  const { verdict, subject } = best
  const evidence = best.belief.evidence()
  const weigh = (of: readonly Cell[]): number => of.reduce((sum, { probability }) => sum + probability, 0)
  const confidence = weigh(cells.filter((cell) => sideOf(cell.verdict) === sideOf(verdict))) / weigh(cells)
  if (confidence >= SURE) {
    const open = subject && !subject.variant ? missingVariant(catalog, verdict, subject) : null
    return { ...(open ?? { kind: 'verdict', verdict, subject }), confidence, evidence }
  }
  // Asked is what parts the readings: the layer, unless those of the likeliest subject would act alike.
  const own = cells.filter((cell) => cell.subject === subject)
  const alike = weigh(own.filter((cell) => sideOf(cell.verdict) === sideOf(verdict))) / weigh(own)
  const asked = alike >= SURE ? askSubject(cells) : askLayer(own)
  return { ...asked, confidence: best.probability, evidence }
}

type Asked = Pick<Extract<Decision, { kind: 'clarify' }>, 'kind' | 'clarify' | 'verdicts'>

function askLayer(cells: readonly Cell[]): Asked {
  const total = cells.reduce((sum, { probability }) => sum + probability, 0)
  const likely = cells.filter(({ probability }, at) => at < 2 || probability / total >= LEAST_OPTION)
  const options = likely.slice(0, MOST_OPTIONS)
  const decider = options[0]?.layer.vocabulary.confusable.find(({ with: other }) => other === options[1]?.layer.id)
  return {
    kind: 'clarify',
    clarify: {
      question: `Which do you mean: ${orList(options.map(({ layer }) => lower(layer.name)))}?${decider ? ` ${decider.decidedBy}` : ''}`,
      options: options.map(({ verdict, layer }) => optionOf(verdict, layer.name)),
    },
    verdicts: options.map(({ verdict }) => verdict),
  }
}

/** The likeliest layer of each subject that could be meant. */
function askSubject(cells: readonly Cell[]): Asked {
  const first = cells.filter((cell, at) => cells.findIndex(({ subject }) => subject === cell.subject) === at)
  const options = first.slice(0, MOST_OPTIONS)
  const named = options.map(({ verdict, subject }) =>
    optionOf(verdict, subject ? subjectName(subject) : 'AWS in general'),
  )
  return {
    kind: 'clarify',
    clarify: { question: `Which service do you mean: ${orList(named.map(({ label }) => label))}?`, options: named },
    verdicts: options.map(({ verdict }) => verdict),
  }
}

/**
 * Asks for the variant where the service has no plain form: where one of its variants is the service as it stands
 * (no rule of its own) and others have another owner. "ECS" is on EC2, on Fargate or on managed instances.
 */
function missingVariant(catalog: Catalog, verdict: Verdict, { service }: Subject): Asked | null {
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
