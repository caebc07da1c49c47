/** Which one service a question is about: what it names, and whose fact sheet its words fit, as one belief. */
import type { Catalog } from '../catalog.js'
import accessories from '../lexicon/accessories.json' with { type: 'json' }
import type { Service } from '../model.js'
import { believe, type Signs, scoreOf } from '../rank.js'
import { featuresOf } from './classifier.js'
import type { Mention } from './mentions.js'
import { mostOf, sheetsOf } from './sheets.js'
import type { Word } from './words.js'

export interface ServiceBelief {
  /** Null: no service in particular. */
  service: Service | null
  /** 0 to 1; over all candidates they sum to 1. */
  probability: number
}

/** So many services that are not named are looked at, those that the words fit best. */
const MOST_FITTING = 8

const PREFIXES = new Set(['aws', 'amazon'])
const OWNING = new Set(['our', 'my', 'the'])
/** "Moved TO Secrets Manager", "sent WITH SES": what stands behind these is seldom what is asked about. */
export const ASIDE = new Set(['to', 'into', 'via', 'through', 'using', 'with', 'behind', 'from', 'by'])

const isAccessory = ({ id }: Service): boolean => Object.hasOwn(accessories, id)

/** Every candidate with the signs for it; the last is no service in particular. */
export function signsOfServices(
  catalog: Catalog,
  words: readonly Word[],
  mentions: readonly Mention[],
): { service: Service | null; signs: Signs }[] {
  const features = featuresOf(words)
  const sheets = sheetsOf(catalog)
  const fit = sheets.fitServices(features)
  const fitting = mostOf(fit, MOST_FITTING)
  const [first = 0, second = 0] = fitting.map((at) => fit[at] ?? 0)
  const named = mentions.filter(({ strength }) => strength !== 'hint')
  const services = new Set([
    ...mentions.map(({ service }) => service),
    ...fitting.flatMap((at) => catalog.services[at] ?? []),
  ])
  const before = ({ from }: Mention): string => words[from - 1]?.text ?? ''
  const candidates = [...services].map((service) => {
    const own = mentions.filter((mention) => mention.service === service)
    const by = (strength: Mention['strength']): boolean => own.some((mention) => mention.strength === strength)
    const likeness = fit[sheets.placeOf(service)] ?? 0
    const among = named.length > 1
    return {
      service,
      signs: {
        name: Number(by('name')),
        sole: Number(by('name') && named.every((other) => other.service === service)),
        beside: Number(own.length === 0 && named.length > 0),
        besideSole: Number(own.length === 0 && new Set(named.map((one) => one.service)).size === 1),
        prefixed: Number(own.some((one) => one.strength === 'name' && PREFIXES.has(before(one)))),
        hint: Number(by('hint') && !by('name')),
        typo: Number(by('typo') && !by('name')),
        variant: Number(own.some(({ variant }) => variant)),
        again: Math.max(0, own.length - 1),
        accessory: Number(
          own.length > 0 &&
            isAccessory(service) &&
            named.some((other) => other.service !== service && !isAccessory(other.service)),
        ),
        aside: Number(own.length > 0 && own.every((one) => ASIDE.has(before(one)))),
        owned: Number(own.some((one) => OWNING.has(before(one)))),
        first: Number(among && named[0]?.service === service),
        last: Number(among && named.at(-1)?.service === service),
        likeness: Math.log(1 + likeness),
        likenessToBest: first > 0 ? likeness / first : 0,
        lead: first > 0 && likeness === first ? (first - second) / first : 0,
        cell: Math.max(0, ...sheets.fitLayers(features, service).words),
        facts: Number(catalog.hasFacts(service)),
      },
    }
  })
  const none = { none: 1, noneLikeness: Math.log(1 + first), noneNamed: Number(named.length > 0) }
  return [...candidates, { service: null, signs: none }]
}

/** The candidates, the likeliest first. */
export function weighServices(catalog: Catalog, words: readonly Word[], mentions: readonly Mention[]): ServiceBelief[] {
  const candidates = signsOfServices(catalog, words, mentions)
  const beliefs = believe(candidates.map(({ signs }) => scoreOf('service', signs)))
  return candidates
    .map(({ service }, at) => ({ service, probability: beliefs[at] ?? 0 }))
    .toSorted((a, b) => b.probability - a.probability)
}
