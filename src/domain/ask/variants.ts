/** Which variant of a service is meant: by its names, and by words that people use where they run it that way. */
import type { Catalog } from '../catalog.js'
import asked from '../lexicon/asked.json' with { type: 'json' }
import type { Service, Variant } from '../model.js'
import { believe, type Signs, scoreOf } from '../rank.js'
import { featuresOf } from './classifier.js'
import { findVariants, type Mention } from './mentions.js'
import { type Asked, askedIn } from './sheets.js'
import { readWords, type Word } from './words.js'

export interface VariantBelief {
  /** Null: the service as such. */
  variant: Variant | null
  /** 0 to 1; over all variants and the service as such they sum to 1. */
  probability: number
}

/** The words of one variant, or of the service as such. */
interface Sheet {
  /** Of its names, its summary and its own duties. */
  told: ReadonlySet<string>
  /** In how many questions each stands, see {@link Asked}. */
  asked: ReadonlyMap<string, number>
  /** How many questions were asked about it. */
  questions: number
}

interface Sheets {
  variants: ReadonlyMap<Variant, Sheet>
  plain: Sheet
}

/** What is known of each service's variants on a catalog, made when one is first asked about. */
const known = new WeakMap<Catalog, { words: Asked; sheets: Map<string, Sheets> }>()

/** Another `words` only counts before the first question. */
export function variantWordsOf(catalog: Catalog, words: Asked = asked) {
  const made = known.get(catalog)
  if (made) return made
  const fresh = { words, sheets: new Map<string, Sheets>() }
  known.set(catalog, fresh)
  return fresh
}

function sheetsOf(catalog: Catalog, service: Service): Sheets {
  const { words, sheets } = variantWordsOf(catalog)
  const made = sheets.get(service.id)
  if (made) return made
  const fresh = createSheets(catalog, service, words)
  sheets.set(service.id, fresh)
  return fresh
}

const featuresIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => featuresOf(readWords(text))))

function createSheets(catalog: Catalog, service: Service, words: Asked): Sheets {
  const readAsked = (key: string): Pick<Sheet, 'asked' | 'questions'> => {
    const counts = new Map(askedIn(words, key).map(({ feature, count }) => [feature, count]))
    const questions = counts.get('') ?? 0
    counts.delete('')
    return { asked: counts, questions }
  }
  const textsOf = (scope: 'service' | 'variant', key: string): string[] =>
    catalog.layers.flatMap((layer) => {
      const rule = catalog.rule(scope, key, layer.id)
      return [rule?.aws, rule?.customer, rule?.flip?.when].flatMap((text) => text ?? [])
    })
  const variants = new Map(
    service.variants.map((variant): [Variant, Sheet] => {
      const key = `${service.id}/${variant.id}`
      return [
        variant,
        {
          told: featuresIn([
            variant.name,
            variant.id.replaceAll('-', ' '),
            variant.summary,
            ...variant.aliases,
            ...textsOf('variant', key),
          ]),
          ...readAsked(key),
        },
      ]
    }),
  )
  const all = readAsked(service.id)
  const plain = new Map(all.asked)
  for (const { asked: own } of variants.values())
    for (const [feature, count] of own) plain.set(feature, (plain.get(feature) ?? 0) - count)
  const varied = [...variants.values()].reduce((sum, { questions }) => sum + questions, 0)
  return {
    variants,
    plain: {
      told: featuresIn([service.name, service.summary, ...textsOf('service', service.id)]),
      asked: plain,
      questions: Math.max(0, all.questions - varied),
    },
  }
}

/** What is added to each count, so that a word met once proves little. */
const SMOOTH = 0.4
const MOST_OF_A_WORD = 2.5

/** How much likelier a question about the one has this word than a question about the other: a natural logarithm. */
function ratio(feature: string, one: Sheet, other: Sheet): number {
  const share = ({ asked: counts, questions }: Sheet): number =>
    (Math.max(0, counts.get(feature) ?? 0) + SMOOTH) / (questions + 2 * SMOOTH + 4)
  return Math.max(-MOST_OF_A_WORD, Math.min(Math.log(share(one) / share(other)), MOST_OF_A_WORD))
}

/** What a text says of the variants of a service. */
export interface VariantWords {
  features: readonly string[]
  /** The variants that it names, with the number of words of the longest name, and whether that names the service too. */
  named: ReadonlyMap<Variant, { words: number; whole: boolean }>
}

/** What a text says of the variants of a service, by the mentions in it and all its features. */
export function readVariants(
  catalog: Catalog,
  service: Service,
  { words, mentions, features }: { words: readonly Word[]; mentions: readonly Mention[]; features: readonly string[] },
): VariantWords {
  const named = new Map<Variant, { words: number; whole: boolean }>()
  const add = (variant: Variant, length: number, whole: boolean): void => {
    const known = named.get(variant)
    named.set(variant, { words: Math.max(length, known?.words ?? 0), whole: whole || known?.whole === true })
  }
  for (const { value, from, to } of findVariants(catalog, service, words)) add(value, to - from, false)
  for (const { variant, service: of, strength, from, to } of mentions)
    if (variant && of === service) add(variant, to - from, strength === 'name')
  // "RDS Custom for Oracle" names its parent too; the child is meant.
  for (const { parent } of [...named.keys()])
    for (const variant of named.keys()) if (variant.id === parent) named.delete(variant)
  return { features, named }
}

/** Variants of one kind share their words: RDS Custom, and RDS Custom for Oracle. */
const areKin = (a: Variant, b: Variant): boolean => (a.parent ?? a.id) === (b.parent ?? b.id)

/** Each variant with the signs for it; the last is the service as such. */
export function signsOfVariants(
  catalog: Catalog,
  service: Service,
  { features, named }: VariantWords,
): { variant: Variant | null; signs: Signs }[] {
  const { variants, plain } = sheetsOf(catalog, service)
  const candidates = [...variants].map(([variant, sheet]) => {
    const others = [...variants].flatMap(([other, own]) => (areKin(variant, other) ? [] : own))
    const telling = features.filter((feature) => sheet.told.has(feature))
    const own = telling.filter((feature) => ![...others, plain].some(({ told }) => told.has(feature)))
    const unplain = telling.filter((feature) => !plain.told.has(feature))
    const met = features.filter((feature) => sheet.asked.has(feature) || plain.asked.has(feature))
    const ratios = met.map((feature) => ratio(feature, sheet, plain))
    return {
      variant,
      signs: {
        variant: 1,
        named: Number(named.has(variant)),
        namedAlone: Number(named.has(variant) && named.size === 1),
        // A name may be made of words that tell nothing by themselves: "RDS Custom".
        own: Math.log1p(Math.max(own.length, named.get(variant)?.words ?? 0)),
        ownPairs: Math.log1p(own.filter((feature) => feature.includes(' ')).length),
        unplain: Math.log1p(unplain.length),
        ratio: ratios.reduce((sum, one) => sum + one, 0) / Math.sqrt(4 + ratios.length),
        best: Math.max(0, ...ratios),
        // How often it is asked about says nothing where it is named.
        asked: named.has(variant) ? 0 : Math.log1p(sheet.questions) - Math.log1p(plain.questions),
      },
    }
  })
  return [...candidates, { variant: null, signs: { plain: 1, noneNamed: Number(named.size > 0) } }]
}

/** The likeliest first. A name that names the service too leaves no doubt, but of which of its kind. */
export function weighVariants(catalog: Catalog, service: Service, read: VariantWords): VariantBelief[] {
  const whole = [...read.named].flatMap(([variant, name]) => (name.whole ? variant : []))
  const [only] = whole
  const candidates = signsOfVariants(catalog, service, read).filter(
    ({ variant }) => !only || whole.length > 1 || (variant !== null && areKin(variant, only)),
  )
  const beliefs = believe(candidates.map(({ signs }) => scoreOf('variant', signs)))
  return candidates
    .map(({ variant }, at) => ({ variant, probability: beliefs[at] ?? 0 }))
    .toSorted((a, b) => b.probability - a.probability)
}
