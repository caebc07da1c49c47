/** What the question is about: one service or several, each with the variant that was named. */
import type { Catalog } from '../catalog.js'
import accessories from '../lexicon/accessories.json' with { type: 'json' }
import type { Service, Variant } from '../model.js'
import { findSeveral, findVariants, type Mention } from './mentions.js'
import type { Word } from './words.js'

export interface Subject {
  service: Service
  variant: Variant | null
  /** True where the service was only hinted at: a "bucket", a "queue". */
  hinted: boolean
  /** True where the name had a slip in it. */
  misspelt: boolean
}

export interface Subjects {
  list: Subject[]
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

const STANDS_FOR: Readonly<Record<string, string | undefined>> = accessories
/** "Moved TO Secrets Manager", "sent WITH SES": what stands behind these is not what is asked about. */
const ASIDE = new Set(['to', 'into', 'via', 'through', 'using'])

export function findSubjects(
  catalog: Catalog,
  mentions: readonly Mention[],
  text: { words: readonly Word[]; sent: string; compares: boolean },
  context: AskContext,
): Subjects {
  const { words } = text
  // The name of a service that serves others tells the layer too: "encryption keys" is KMS and key management.
  const spoken = placesOf(
    mentions.filter(({ strength, service }) => strength !== 'hint' && STANDS_FOR[service.id] === undefined),
  )
  const named = mentions.filter(({ strength }) => strength !== 'hint')
  const hinted = mentions.filter(({ strength }) => strength === 'hint')
  const list = named.length > 0 ? named : hinted
  const unique = list.filter((one, at) => list.findIndex(({ service }) => service === one.service) === at)
  const main = withoutAccessories(withoutVariantNames(catalog, unique, text), text)
  const { kept, stoodFor } = main.length > 1 ? withoutAsides(main, words) : { kept: main, stoodFor: [] as string[] }
  const aside = unique.filter(({ service }) => !kept.some((one) => one.service === service))
  const subjects = kept.flatMap((mention) => withVariants(catalog, mention, { all: list, main: kept }, text, context))
  const layers = aside.flatMap(({ service }) => STANDS_FOR[service.id] ?? [])
  // "On Fargate, I mean": the name of a variant of what the conversation is about is that variant.
  const { service: about } = context
  const meant = about && kept.length === 1 && kept[0]?.service !== about ? findVariants(catalog, about, words) : []
  if (context.service && (subjects.length === 0 || meant.length > 0)) {
    const variants = findVariants(catalog, context.service, words)
    const found = variants.map(({ value }) => value)
    const own = found.length > 0 ? found : [context.variant ?? null]
    return {
      list: own.map((variant) => ({ service: context.service as Service, variant, hinted: false, misspelt: false })),
      stoodFor: layers,
      several: [],
      named: variants.length > 0,
      spoken: new Set([...spoken, ...placesOf(variants)]),
    }
  }
  const several = subjects.length === 0 ? findSeveral(catalog, words) : []
  const variants = subjects.flatMap(({ service, variant }) =>
    variant ? findVariants(catalog, service, words).filter(({ value }) => value === variant) : [],
  )
  return {
    list: subjects,
    stoodFor: [...layers, ...stoodFor],
    several,
    named: subjects.length > 0,
    spoken: new Set([...spoken, ...placesOf(variants)]),
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
  const main = mentions.filter(({ service }) => STANDS_FOR[service.id] === undefined)
  if (main.length === 0) return [...mentions]
  return mentions.filter(
    (one) => main.includes(one) || main.some((other) => /^\s*[,/&]\s*$/.test(gap(sent, words, one, other))),
  )
}

/** What stands between two mentions in the text. */
function gap(sent: string, words: readonly Word[], a: Mention, b: Mention): string {
  const [first, second] = a.from < b.from ? [a, b] : [b, a]
  return sent.slice(words[first.to - 1]?.end, words[second.from]?.start).toLowerCase()
}

function withoutAsides(mentions: readonly Mention[], words: readonly Word[]): { kept: Mention[]; stoodFor: string[] } {
  const kept = mentions.filter(({ from }, at) => at === 0 || !ASIDE.has(words[from - 1]?.text ?? ''))
  return { kept, stoodFor: [] }
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
  const how = { hinted: strength === 'hint', misspelt: strength === 'typo' }
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
