/** Whether a question is about who owns what on AWS at all. */
import lexicon from '../lexicon/topic.json' with { type: 'json' }
import weights from '../lexicon/topic-weights.json' with { type: 'json' }
import { createLinear } from '../linear.js'
import { type Signs, scoreOf } from '../rank.js'
import { createWordList, findPhrases, type Word } from './words.js'

const FOREIGN = createWordList(lexicon.foreign)
const ELSEWHERE = createWordList(lexicon.elsewhere)
const HOW_TO = createWordList(lexicon.howTo)
const OTHER_ASPECT = createWordList(lexicon.otherAspect)
const RESPONSIBILITY = createWordList(lexicon.responsibility)
const HINTS = createWordList(lexicon.hints)
const MODEL = createWordList(lexicon.model)
const OPENERS = createWordList(lexicon.openers)

const LINEAR = createLinear(weights)

/** The classes of the classifier of manners: about who owns what on one service, or on several side by side, or another matter. */
export const MANNERS = ['about', 'several', 'other']

/**
 * How a question is put, for the classifier of manners: each word as it stands and each pair, small words too, since
 * "how do I" and "who has to" differ in nothing else. A name of a service is only a name here.
 */
export function mannersOf(words: readonly Word[], spoken: ReadonlySet<number>): string[] {
  const texts = words.flatMap(({ text }, at) => (spoken.has(at) ? (spoken.has(at - 1) ? [] : '§') : text))
  const bounded = ['^', ...texts, '$']
  const pairs = bounded.slice(1).map((text, at) => `${bounded[at]} ${text}`)
  return [...new Set([...texts, ...pairs])]
}

/** Natural logarithms of the odds that a question put in this manner is about who owns what, and on several services. */
export function oddsOfManner(features: readonly string[], linear = LINEAR): { about: number; several: number } {
  const [one = 0, several = 0, other = 0] = linear.classify(features).logs
  const about = Math.max(one, several) + Math.log1p(Math.exp(-Math.abs(one - several)))
  return { about: about - other, several: several - one }
}

export type OddsOfManner = (features: readonly string[]) => { about: number; several: number }

export interface TopicSigns {
  /** Other clouds, other vendors, one's own basement. */
  foreign: string[]
  /** Things that only share a word with AWS. */
  elsewhere: string[]
  howTo: string[]
  /** Prices, speed, limits: about AWS, but not about who owns what. */
  otherAspect: string[]
  /** Who, whose, do we have to, us or them. */
  responsibility: string[]
  /** Weak signs of the same: "by default", "oversight". */
  hints: string[]
  /** Opens a question or request that is not yet one for an owner: "how", "give me". */
  opener: boolean
  /** The model itself: IaaS, security of the cloud, DevSecOps. */
  model: string[]
}

export function readTopic(words: readonly Word[]): TopicSigns {
  const found = (book: typeof FOREIGN): string[] => findPhrases(book, words).map(({ value }) => value)
  const howTo = findPhrases(HOW_TO, words)
  return {
    foreign: found(FOREIGN),
    elsewhere: found(ELSEWHERE),
    howTo: howTo.map(({ value }) => value),
    otherAspect: found(OTHER_ASPECT),
    // "How do I" asks for a way, not for an owner, although "do I" stands in it.
    responsibility: findPhrases(RESPONSIBILITY, words)
      .filter(({ from, to }) => !howTo.some((way) => way.from <= from && way.to >= to))
      .map(({ value }) => value),
    hints: found(HINTS),
    opener: findPhrases(OPENERS, words.slice(0, 3)).some(({ from }) => from === 0),
    model: found(MODEL),
  }
}

/** What else is known of the question when its topic is judged. */
export interface Grounds {
  /** How its service is told: named outright, misspelt, only hinted at, or by none of its names. */
  told: 'name' | 'typo' | 'hint' | null
  /** 0 to 1: how likely some service is meant. */
  service: number
  /** How much the words say of a layer, see `LayerReading.strength`. */
  layerStrength: number
  /** Natural logarithm of the classifier's probability that this is about something else. */
  offTopic: number
  /** 0 to 1: how many of the telling words are known from texts on AWS. */
  familiar: number
  /** What the manner of the question says, see {@link oddsOfManner}. */
  manner: number
  /** How many telling words there are beside the names of services. */
  telling: number
  /** Whether AWS is named. */
  namesAws: boolean
  /** Whether a list of duties, an explanation is asked for; whether something is claimed rather than asked. */
  duties: boolean
  explains: boolean
  claims: boolean
  /** Whether services are set side by side; whether the words compare. */
  together: boolean
  compares: boolean
}

const LEAST_LOG_PROBABILITY = -8
const MOST_STRENGTH = 6
const MOST_ODDS = 6

/** What speaks for and against, by name; the weights say how much. */
export function signsOfTopic(signs: TopicSigns, grounds: Grounds): Signs {
  const { told, service, layerStrength, offTopic, familiar, manner, telling, namesAws, duties, explains, claims } =
    grounds
  const asks = Math.min(signs.responsibility.length, 2)
  const foreign = Number(signs.foreign.length > 0)
  const howTo = Number(signs.howTo.length > 0)
  return {
    about: 1,
    named: Number(told === 'name'),
    namedAsked: Number(told === 'name' && asks > 0),
    bare: Number(told !== null && told !== 'hint' && telling <= 1),
    few: Number(telling <= 3),
    misspelt: Number(told === 'typo'),
    hinted: Number(told === 'hint'),
    service,
    strength: Math.min(layerStrength, MOST_STRENGTH),
    asks,
    hints: Math.min(signs.hints.length, 2),
    claims: Number(claims),
    together: Number(grounds.together),
    togetherCompared: Number(grounds.together && grounds.compares),
    namesAws: Number(namesAws),
    duties: Number(duties),
    explains: Number(explains),
    model: Number(signs.model.length > 0),
    foreign,
    foreignUnnamed: foreign * Number(told !== 'name'),
    elsewhere: Number(signs.elsewhere.length > 0),
    howTo,
    howToUnasked: howTo * Number(asks === 0),
    otherAspect: Number(signs.otherAspect.length > 0),
    otherAspectUnasked: Number(signs.otherAspect.length > 0 && asks === 0),
    opener: Number(signs.opener),
    openerUnasked: Number(signs.opener && asks === 0),
    strange: 1 - familiar,
    strangeUnnamed: (1 - familiar) * Number(told === null && !namesAws),
    offTopic: Math.max(offTopic, LEAST_LOG_PROBABILITY),
    manner: Math.max(-MOST_ODDS, Math.min(manner, MOST_ODDS)),
  }
}

/** 0 to 1: how likely this is about who owns what on AWS. */
export const topicProbability = (signs: TopicSigns, grounds: Grounds): number =>
  1 / (1 + Math.exp(-scoreOf('topic', signsOfTopic(signs, grounds))))
