/** Services side by side: which of those that a text names or hints at are asked about together, or beside one another. */
import type { Catalog } from '../catalog.js'
import accessories from '../lexicon/accessories.json' with { type: 'json' }
import lexicon from '../lexicon/intents.json' with { type: 'json' }
import type { Service } from '../model.js'
import { type Signs, scoreOf } from '../rank.js'
import { ASIDE, type ServiceBelief, weighServices } from './candidates.js'
import { findFaint, findVariants, type Mention } from './mentions.js'
import { mannersOf, type OddsOfManner, oddsOfManner } from './topic.js'
import { createWordList, findPhrases, type Word } from './words.js'

/** The layers that services stand for which serve others. */
export const STANDS_FOR: ReadonlyMap<string, string> = new Map(Object.entries(accessories))

/** One mention of each service that could be a subject. */
export function mainMentions(
  catalog: Catalog,
  mentions: readonly Mention[],
  text: { words: readonly Word[]; sent: string },
): Mention[] {
  const unique = mentions.filter((one, at) => mentions.findIndex(({ service }) => service === one.service) === at)
  return withoutAccessories(withoutVariantNames(catalog, unique, text), text)
}

/** Services that could be spoken of side by side, with what speaks for it. */
interface Together {
  set: readonly Mention[]
  signs: Signs
}

/** So many services that are only hinted at are tried beside those that are named. */
const MOST_HINTED = 4

/** What could be spoken of side by side: the services that are named, and these with one or all that are hinted at. */
export function setsTogether(
  catalog: Catalog,
  mentions: readonly Mention[],
  text: { words: readonly Word[]; sent: string; compares: boolean },
  weighed: readonly ServiceBelief[],
  oddsOfSeveral: OddsOfManner = oddsOfManner,
): Together[] {
  const { words } = text
  const { several } = oddsOfSeveral(mannersOf(words, spokenOf(mentions)))
  const beliefIn = ({ service }: Mention): number => weighed.find((one) => one.service === service)?.probability ?? 0
  const taken = placesOf(mentions)
  const faint = findFaint(catalog, words).filter(
    ({ service, from }) => !taken.has(from) && !mentions.some((one) => one.service === service),
  )
  const isNamed = ({ strength }: Mention): boolean => strength === 'name' || strength === 'typo'
  const named = mentions.filter(isNamed)
  const hinted = [...mentions.filter((one) => !isNamed(one)), ...faint].filter(
    ({ service }, at, list) =>
      !named.some((one) => one.service === service) && list.findIndex((one) => one.service === service) === at,
  )
  const clear = hinted.filter(({ strength }) => strength === 'hint')
  const parts = several > LEAST_ODDS_OF_PARTS ? servicesOfParts(catalog, mentions, text) : []
  const beside = [[], ...hinted.slice(0, MOST_HINTED).map((one) => [one]), clear, hinted]
  const sets = [...beside.map((pool) => [...named, ...pool]), parts]
    .map((pool) =>
      mainMentions(
        catalog,
        pool.toSorted((a, b) => a.from - b.from),
        text,
      ),
    )
    .filter(({ length }) => length > 1)
  const keys = sets.map((set) => set.map(({ service }) => service.id).join())
  return sets
    .filter((_, at) => keys.indexOf(keys[at] ?? '') === at)
    .map((set) => ({
      set,
      signs: signsOfTogether(text, mentions, { set, beliefIn, several, parts: parts.map(({ service }) => service) }),
    }))
}

/** A part of the text tells a service from so much on, 0 to 1. */
const SURE_OF_A_PART = 0.35
const MOST_PARTS = 8
/** Below these log odds the parts of a text are not looked at one by one. */
const LEAST_ODDS_OF_PARTS = -4

const BETWEEN = new Set(['and', 'or', 'vs', 'versus', 'against', 'than', 'plus', 'nor', 'but', 'while', 'to'])

/** The services that the parts of a text tell, each by itself: "mailboxes | cloud desktops", "the user pool | the table". */
function servicesOfParts(
  catalog: Catalog,
  mentions: readonly Mention[],
  { words, sent }: { words: readonly Word[]; sent: string },
): Mention[] {
  const ends = words.flatMap(({ text, end }, at) =>
    BETWEEN.has(text) || /[,;:/&|?!→()]|\.\s/.test(sent.slice(end, words[at + 1]?.start)) ? [at + 1] : [],
  )
  const bounds = [0, ...ends, words.length]
  const found = bounds.slice(1, MOST_PARTS + 1).flatMap((to, at): Mention[] => {
    const from = bounds[at] ?? 0
    const own = mentions
      .filter((one) => one.from >= from && one.to <= to)
      .map((one) => ({ ...one, from: one.from - from, to: one.to - from }))
    const [best] = from < to ? weighServices(catalog, words.slice(from, to), own) : []
    if (!best?.service || best.probability < SURE_OF_A_PART) return []
    const { service } = best
    return [mentions.find((one) => one.service === service) ?? { service, variant: null, strength: 'faint', from, to }]
  })
  return found.filter(({ service }, at) => found.findIndex((one) => one.service === service) === at)
}

/** The set that is likeliest to be meant as a whole, and by how much (log odds) it is likelier than one service. */
export function likeliestSet(sets: readonly Together[]): { set: readonly Mention[]; score: number } | null {
  const [best = null] = sets
    .map(({ set, signs }) => ({ set, score: scoreOf('together', signs) }))
    .toSorted((a, b) => b.score - a.score)
  return best
}

/** The places of names. The name of a service that serves others tells the layer too: "encryption keys" is KMS and keys. */
export const spokenOf = (mentions: readonly Mention[]): ReadonlySet<number> =>
  placesOf(mentions.filter(({ strength, service }) => strength !== 'hint' && STANDS_FOR.get(service.id) === undefined))

export const placesOf = (found: readonly { from: number; to: number }[]): ReadonlySet<number> =>
  new Set(found.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)))

/** In characters. */
const A_SHORT_GAP = 20
const MOST_ODDS = 8

const TOGETHER = createWordList(lexicon.together)
const SEPARATED =
  /^(?:\s+[\w-]+){0,3}[\s'"()]*(?:[,;/&+|→]|\b(?:and|or|vs|versus|against|nor|plus|as well as)\b)[\s'"(.]*(?:(?:and|or|also|plus|plain|for|those|one|in|of|at|by|the|our|an?|with|on|from|amazon|aws)\s+)*$/i

/** What speaks for services side by side ("EC2, S3 and Lambda") and not one of them beside the others. */
function signsOfTogether(
  { sent, words, compares }: { sent: string; words: readonly Word[]; compares: boolean },
  mentions: readonly Mention[],
  {
    set,
    beliefIn,
    several,
    parts,
  }: {
    set: readonly Mention[]
    beliefIn: (mention: Mention) => number
    several: number
    /** The services that the parts of the text tell. */
    parts: readonly Service[]
  },
): Signs {
  const gaps = set.slice(1).map((mention, at) => gap(sent, words, set[at] ?? mention, mention))
  const separated = gaps.filter((text) => SEPARATED.test(text)).length
  const cues = findPhrases(TOGETHER, words).length
  const cued = compares || cues > 0
  const others = new Set(mentions.map(({ service }) => service)).size - set.length
  const hints = set.filter(({ strength }) => strength === 'hint')
  const faint = set.filter(({ strength }) => strength === 'faint')
  const beliefs = set.map(beliefIn)
  return {
    together: 1,
    compares: Number(compares),
    cues: Math.min(cues, 2),
    listed: Number(separated === gaps.length),
    listedOnce: Number(separated > 0),
    adjacent: Number(separated === gaps.length && gaps.every(({ length }) => length < A_SHORT_GAP / 2)),
    listedWithCue: Number(separated > 0 && cued),
    three: Number(set.length > 2),
    others: Math.max(0, others),
    far: Math.log(1 + Math.max(...gaps.map(({ length }) => length)) / A_SHORT_GAP),
    aside: Number(set.some(({ from }) => ASIDE.has(words[from - 1]?.text ?? ''))),
    sentences: Number(gaps.some((text) => /(?<!\bvs)[.?!]\s/i.test(text))),
    hints: Math.min(hints.length, 2),
    onlyHints: Number(hints.length + faint.length === set.length),
    hintsUncued: Number(hints.length + faint.length > 0 && !cued),
    faint: Math.min(faint.length, 3),
    parts: Number(parts.length > 1),
    inParts: set.filter(({ service }) => parts.includes(service)).length / set.length,
    partsLeft: parts.filter((service) => !set.some((one) => one.service === service)).length,
    least: Math.log(Math.min(...beliefs) + 0.01),
    leastOfHints: hints.length > 0 ? Math.log(Math.min(...hints.map(beliefIn)) + 0.01) : 0,
    several: Math.max(-MOST_ODDS, Math.min(several, MOST_ODDS)),
  }
}

/** "ECS on Fargate" is one subject: where the name of a service is that of another's variant, the other is meant. */
function withoutVariantNames(
  catalog: Catalog,
  mentions: readonly Mention[],
  { words, sent }: { words: readonly Word[]; sent: string },
): Mention[] {
  // Found once for each service: a text may name hundreds.
  const varied = mentions
    .map((other) => ({ other, found: findVariants(catalog, other.service, words) }))
    .filter(({ found }) => found.length > 0)
  return mentions.filter(
    (mention) =>
      !varied.some(
        ({ other, found }) =>
          other.service !== mention.service &&
          found.some(({ from, to }) => from <= mention.from && to >= mention.to) &&
          !isListed(sent, words, mention, other),
      ),
  )
}

/** "Fargate vs ECS", "EC2, ECS": both are meant, where they are listed or far apart. */
export function isListed(sent: string, words: readonly Word[], a: Mention, b: Mention): boolean {
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
