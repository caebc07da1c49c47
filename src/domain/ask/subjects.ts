/** What the question is about: one service or several, each with the variant that was named. */
import type { Catalog } from '../catalog.js'
import accessories from '../lexicon/accessories.json' with { type: 'json' }
import lexicon from '../lexicon/intents.json' with { type: 'json' }
import type { Service, Variant } from '../model.js'
import { type Signs, scoreOf } from '../rank.js'
import { ASIDE, type ServiceBelief, weighServices } from './candidates.js'
import { findSeveral, findVariants, type Mention } from './mentions.js'
import { createWordList, findPhrases, type Word } from './words.js'

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

const STANDS_FOR: ReadonlyMap<string, string> = new Map(Object.entries(accessories))
/** A candidate less likely than this is not weighed. */
const LEAST_PROBABILITY = 0.04
const MOST_BELIEFS = 4

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
  const together = mentionsTogether(catalog, mentions, text, weighed)
  const side = together.length > 1 && scoreOf('together', signsOfTogether(text, mentions, together)) > 0
  const beliefs = side ? [] : weighSubjects(catalog, { mentions, list, main, weighed }, text, context)
  const [best] = beliefs
  const subjects = side
    ? together.flatMap((mention) => withVariants(catalog, mention, { all: mentions, main: together }, text, context))
    : (best?.subjects ?? [])
  const aside = list.filter(({ service }) => !subjects.some((one) => one.service === service))
  const variants = subjects.flatMap(({ service, variant }) =>
    variant ? findVariants(catalog, service, words).filter(({ value }) => value === variant) : [],
  )
  return {
    list: subjects,
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

/** One mention of each service that could be a subject. */
export function mainMentions(
  catalog: Catalog,
  mentions: readonly Mention[],
  text: { words: readonly Word[]; sent: string },
): Mention[] {
  const unique = mentions.filter((one, at) => mentions.findIndex(({ service }) => service === one.service) === at)
  return withoutAccessories(withoutVariantNames(catalog, unique, text), text)
}

/** A hint less likely than this is an everyday word. */
const LEAST_OF_A_HINT = 0.06

/**
 * What could be spoken of side by side. Where words such as "both" or "which of" stand, hints count beside names:
 * "bucket objects and gp3 volumes, encrypted both?"
 */
export function mentionsTogether(
  catalog: Catalog,
  mentions: readonly Mention[],
  text: { words: readonly Word[]; sent: string; compares: boolean },
  weighed: readonly ServiceBelief[],
): Mention[] {
  const named = mentions.filter(({ strength }) => strength !== 'hint')
  const cued = text.compares || findPhrases(TOGETHER, text.words).length > 0
  const likely = (mention: Mention): boolean =>
    weighed.some(({ service, probability }) => service === mention.service && probability >= LEAST_OF_A_HINT)
  const pool = cued ? mentions.filter((one) => one.strength !== 'hint' || likely(one)) : named
  return mainMentions(catalog, pool.length > 0 ? pool : mentions, text)
}

/** The places of names. The name of a service that serves others tells the layer too: "encryption keys" is KMS and keys. */
export const spokenOf = (mentions: readonly Mention[]): ReadonlySet<number> =>
  placesOf(mentions.filter(({ strength, service }) => strength !== 'hint' && STANDS_FOR.get(service.id) === undefined))

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
  return likely.map(({ service, probability }) => {
    if (!service) return { subjects: [], probability }
    const mention = list.find((one) => one.service === service)
    if (mention) return { subjects: withVariants(catalog, mention, { all: list, main }, text, context), probability }
    const hinted = mentions.some((one) => one.service === service)
    const variants = findVariants(catalog, service, text.words).map(({ value }) => value)
    const variant = variants.length === 1 ? (variants[0] ?? null) : null
    return { subjects: [{ service, variant, hinted, misspelt: false, inferred: !hinted }], probability }
  })
}

/** In characters. */
const A_SHORT_GAP = 20

const TOGETHER = createWordList(lexicon.together)
const SEPARATED =
  /^(?:\s+[\w-]+){0,3}[\s'"()]*(?:[,;/&+|→]|\b(?:and|or|vs|versus|against|nor|plus|as well as)\b)[\s'"(.]*(?:(?:and|or|also|plus|plain|for|those|one|in|of|at|by|the|our|an?|with|on|from|amazon|aws)\s+)*$/i

/** What speaks for services side by side ("EC2, S3 and Lambda") and not one of them beside the others. */
export function signsOfTogether(
  { sent, words, compares }: { sent: string; words: readonly Word[]; compares: boolean },
  mentions: readonly Mention[],
  main: readonly Mention[],
): Signs {
  const gaps = main.slice(1).map((mention, at) => gap(sent, words, main[at] ?? mention, mention))
  const separated = gaps.filter((text) => SEPARATED.test(text)).length
  const cues = findPhrases(TOGETHER, words).length
  const others = new Set(mentions.map(({ service }) => service)).size - main.length
  return {
    together: 1,
    compares: Number(compares),
    cues: Math.min(cues, 2),
    listed: Number(separated === gaps.length),
    listedOnce: Number(separated > 0),
    adjacent: Number(separated === gaps.length && gaps.every(({ length }) => length < A_SHORT_GAP / 2)),
    listedWithCue: Number(separated > 0 && (compares || cues > 0)),
    three: Number(main.length > 2),
    others: Math.max(0, others),
    far: Math.log(1 + Math.max(...gaps.map(({ length }) => length)) / A_SHORT_GAP),
    aside: Number(main.some(({ from }) => ASIDE.has(words[from - 1]?.text ?? ''))),
    sentences: Number(gaps.some((text) => /(?<!\bvs)[.?!]\s/i.test(text))),
  }
}

const placesOf = (found: readonly { from: number; to: number }[]): ReadonlySet<number> =>
  new Set(found.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)))

/** "ECS on Fargate" is one subject: where the name of a service is that of another's variant, the other is meant. */
function withoutVariantNames(
  catalog: Catalog,
  mentions: readonly Mention[],
  { words, sent }: { words: readonly Word[]; sent: string },
): Mention[] {
  const isVariantOf = (mention: Mention, other: Mention): boolean =>
    other.service !== mention.service &&
    findVariants(catalog, other.service, words).some(({ from, to }) => from <= mention.from && to >= mention.to)
  return mentions.filter(
    (mention) => !mentions.some((other) => isVariantOf(mention, other) && !isListed(sent, words, mention, other)),
  )
}

/** "Fargate vs ECS", "EC2, ECS": both are meant, where they are listed or far apart. */
function isListed(sent: string, words: readonly Word[], a: Mention, b: Mention): boolean {
  const far = Math.max(a.from, b.from) - Math.min(a.to, b.to) > 5
  return far || /[,;/&?]|\b(?:and|or|vs|versus|against|than|to)\b/.test(gap(sent, words, a, b))
}

/** A service that serves others is the subject only where nothing else is, or where it is listed with others. */
function withoutAccessories(
  mentions: readonly Mention[],
  { words, sent }: { words: readonly Word[]; sent: string },
): Mention[] {
  const main = mentions.filter(({ service }) => STANDS_FOR.get(service.id) === undefined)
  if (main.length === 0) return [...mentions]
  return mentions.filter(
    (one) => main.includes(one) || main.some((other) => SEPARATED.test(gap(sent, words, one, other))),
  )
}

/** What stands between two mentions in the text. */
function gap(sent: string, words: readonly Word[], a: Mention, b: Mention): string {
  const [first, second] = a.from < b.from ? [a, b] : [b, a]
  return sent.slice(words[first.to - 1]?.end, words[second.from]?.start).toLowerCase()
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
  const how = { hinted: strength === 'hint', misspelt: strength === 'typo', inferred: false }
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
  const bare = all.find((one) => one.service === service && !one.variant)
  const named = all.find((one) => one.service === service && one.variant)
  const apart = bare && named && isListed(sent, words, bare, named)
  const plain = leaves.length === 1 && (apart || compares)
  return [
    ...(plain ? [{ service, variant: null, ...how }] : []),
    ...leaves.map((variant) => ({ service, variant, ...how })),
  ]
}
