/** What the question is about: one service or several, each with the variant that was named. */
import type { Catalog } from '../catalog.js'
import type { Service, Variant } from '../model.js'
import { type ServiceBelief, weighServices } from './candidates.js'
import { featuresOf } from './classifier.js'
import { findSeveral, findVariants, type Mention } from './mentions.js'
import { isListed, likeliestSet, mainMentions, placesOf, STANDS_FOR, setsTogether, spokenOf } from './together.js'
import { readVariants, weighVariants } from './variants.js'
import type { Word } from './words.js'

export interface Subject {
  service: Service
  variant: Variant | null
  /** True where the service was only hinted at: a "bucket", a "queue". */
  hinted: boolean
  /** True where the name had a slip in it. */
  misspelt: boolean
  /** True where nothing names the service and its fact sheet alone tells it. */
  inferred: boolean
}

export interface SubjectBelief {
  /** Null: no service in particular. */
  subject: Subject | null
  /** 0 to 1. */
  probability: number
}

export interface Subjects {
  /** What is spoken of: one, or several side by side. */
  list: Subject[]
  /** What may be spoken of beside the one: told of as well, since it may have been asked about. */
  beside: Subject[]
  /** Where one is spoken of: which it could be, the likeliest first. */
  beliefs: SubjectBelief[]
  /** Layers that services named beside the subject stand for: a KMS key beside S3 is about key management. */
  stoodFor: string[]
  /** Where no service is named but a few could be meant: "redis", "our container". */
  several: Service[]
  /** Whether the words name the subject; else it comes from the conversation. */
  named: boolean
  /** The places of the words that name services: they tell no layer. */
  spoken: ReadonlySet<number>
}

/** What a conversation was about. */
export interface AskContext {
  service?: Service | undefined
  variant?: Variant | undefined
}

/** A candidate less likely than this is not weighed. */
const LEAST_PROBABILITY = 0.04
const MOST_BELIEFS = 4
/** Log odds above which services that are spoken of side by side only perhaps are told of beside the one. */
const MAYBE_TOGETHER = -3

export function findSubjects(
  catalog: Catalog,
  mentions: readonly Mention[],
  text: { words: readonly Word[]; sent: string; compares: boolean },
  context: AskContext,
): Subjects {
  const { words } = text
  const spoken = spokenOf(mentions)
  const named = mentions.filter(({ strength }) => strength !== 'hint')
  const list = named.length > 0 ? named : mentions
  const main = mainMentions(catalog, list, text)
  const { service: about } = context
  // "On Fargate, I mean": the name of a variant of what the conversation is about is that variant.
  const meant = about && main.length === 1 && main[0]?.service !== about ? findVariants(catalog, about, words) : []
  if (about && (main.length === 0 || meant.length > 0))
    return inConversation(catalog, about, context, { words, spoken })
  const weighed = weighServices(catalog, words, mentions)
  const together = likeliestSet(setsTogether(catalog, mentions, text, weighed))
  const side = together !== null && together.score > 0
  const beliefs = side ? [] : weighSubjects(catalog, { mentions, list, main, weighed }, text, context)
  const [best] = beliefs
  const subjects = side
    ? together.set.flatMap((mention) =>
        withVariants(catalog, mention, { all: mentions, main: together.set }, text, context),
      )
    : (best?.subjects ?? [])
  const beside =
    together &&
    !side &&
    together.score > MAYBE_TOGETHER &&
    together.set.some(({ service }) => service === subjects[0]?.service)
      ? together.set
          .filter(({ service }) => service !== subjects[0]?.service)
          .flatMap((mention) => withVariants(catalog, mention, { all: mentions, main: together.set }, text, context))
      : []
  const aside = list.filter(({ service }) => !subjects.some((one) => one.service === service))
  const variants = subjects.flatMap(({ service, variant }) =>
    variant ? findVariants(catalog, service, words).filter(({ value }) => value === variant) : [],
  )
  return {
    list: subjects,
    beside: subjects.length === 1 ? beside : [],
    beliefs:
      subjects.length > 1
        ? []
        : beliefs.map(({ subjects: [subject = null], probability }) => ({ subject, probability })),
    stoodFor: aside.flatMap(({ service }) => STANDS_FOR.get(service.id) ?? []),
    several: subjects.length === 0 ? findSeveral(catalog, words) : [],
    named: subjects.some(({ inferred }) => !inferred),
    spoken: new Set([...spoken, ...placesOf(variants)]),
  }
}

function inConversation(
  catalog: Catalog,
  about: Service,
  context: AskContext,
  { words, spoken }: { words: readonly Word[]; spoken: ReadonlySet<number> },
): Subjects {
  const variants = findVariants(catalog, about, words)
  const found = variants.map(({ value }) => value)
  const own = found.length > 0 ? found : [context.variant ?? null]
  const list = own.map((variant) => ({ service: about, variant, hinted: false, misspelt: false, inferred: false }))
  return {
    list,
    beside: [],
    beliefs: list.length === 1 ? [{ subject: list[0] ?? null, probability: 1 }] : [],
    stoodFor: [],
    several: [],
    named: variants.length > 0,
    spoken: new Set([...spoken, ...placesOf(variants)]),
  }
}

/** The services that could be meant, each with the variants that the words name for it. */
function weighSubjects(
  catalog: Catalog,
  {
    mentions,
    list,
    main,
    weighed,
  }: {
    mentions: readonly Mention[]
    list: readonly Mention[]
    main: readonly Mention[]
    weighed: readonly ServiceBelief[]
  },
  text: { words: readonly Word[]; sent: string; compares: boolean },
  context: AskContext,
): { subjects: Subject[]; probability: number }[] {
  const likely = weighed
    .filter(({ probability }, at) => at === 0 || probability >= LEAST_PROBABILITY)
    .slice(0, MOST_BELIEFS)
  const features = featuresOf(text.words)
  return likely
    .flatMap(({ service, probability }) => {
      if (!service) return { subjects: [], probability }
      const mention = list.find((one) => one.service === service)
      const hinted = mention ? mention.strength === 'hint' : mentions.some((one) => one.service === service)
      const how = { hinted, misspelt: mention?.strength === 'typo', inferred: !mention && !hinted }
      const named = mention ? withVariants(catalog, mention, { all: list, main }, text, context) : []
      // Where variants are set side by side, the words name each.
      if (named.length > 1) return { subjects: named, probability }
      const kept = context.service === service ? context.variant : undefined
      return weighVariants(catalog, service, readVariants(catalog, service, { words: text.words, mentions, features }))
        .filter((one, at) => at === 0 || one.probability >= LEAST_PROBABILITY)
        .map((one) => ({
          subjects: [{ service, variant: one.variant ?? kept ?? null, ...how }],
          probability: probability * one.probability,
        }))
    })
    .toSorted((a, b) => b.probability - a.probability)
}

/** A mention with each variant that the words name for it; with none, the service as such. */
function withVariants(
  catalog: Catalog,
  mention: Mention,
  { all, main }: { all: readonly Mention[]; main: readonly Mention[] },
  { words, sent, compares }: { words: readonly Word[]; sent: string; compares: boolean },
  context: AskContext,
): Subject[] {
  const { service, strength } = mention
  const how = { hinted: strength === 'hint' || strength === 'faint', misspelt: strength === 'typo', inferred: false }
  const byName = all.flatMap((one) => (one.service === service && one.variant ? [one.variant] : []))
  // A name that another subject bears in its own right is not this one's variant as well: "ECS and Fargate".
  const byWords = findVariants(catalog, service, words)
    .filter(({ from, to }) => !main.some((other) => other !== mention && other.from <= from && other.to >= to))
    .map(({ value }) => value)
  const found = [...new Set([...byName, ...byWords])]
  // "RDS Custom for Oracle" names its parent variant too; the child is meant.
  const leaves = found.filter(({ id }) => !found.some((other) => other.parent === id))
  if (leaves.length === 0) {
    const kept = context.service === service && context.variant ? context.variant : null
    return [{ service, variant: kept, ...how }]
  }
  // "RDS Oracle or RDS Custom": the service as such is compared with its variant.
  const bare = all.find((one) => one.service === service && !one.variant && one.strength !== 'hint')
  const named = all.find((one) => one.service === service && one.variant)
  const apart = bare && named && isListed(sent, words, bare, named)
  const plain = leaves.length === 1 && (apart || compares)
  return [
    ...(plain ? [{ service, variant: null, ...how }] : []),
    ...leaves.map((variant) => ({ service, variant, ...how })),
  ]
}
