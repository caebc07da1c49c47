/** Whether a question is about who owns what on AWS at all. */
import lexicon from '../lexicon/topic.json' with { type: 'json' }
import { createWordList, findPhrases, type Word } from './words.js'

const FOREIGN = createWordList(lexicon.foreign)
const ELSEWHERE = createWordList(lexicon.elsewhere)
const HOW_TO = createWordList(lexicon.howTo)
const OTHER_ASPECT = createWordList(lexicon.otherAspect)
const RESPONSIBILITY = createWordList(lexicon.responsibility)
const HINTS = createWordList(lexicon.hints)
const MODEL = createWordList(lexicon.model)
const OPENERS = createWordList(lexicon.openers)

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
  /** 1 where a service is named, less where it is only hinted at or misspelt, 0 without one. */
  service: number
  /** How much the words say of a layer, see `LayerReading.strength`. */
  layerStrength: number
  /** 0 to 1, the classifier's. */
  offTopic: number
  /** 0 to 1: how many of the telling words are known from texts on AWS. */
  familiar: number
  /** Whether the question stands in a conversation. */
  followsUp: boolean
  /** Whether AWS is named. */
  namesAws: boolean
  /** Whether a list of duties is asked for. */
  duties: boolean
  /** Whether an explanation is asked for. */
  explains: boolean
  /** Whether something is claimed rather than asked. */
  claims: boolean
}

/** The judgement as a sum of what speaks for and against; about the matter from {@link ABOUT} on. */
export function topicScore(signs: TopicSigns, grounds: Grounds): number {
  const { service, layerStrength, offTopic, familiar, followsUp, namesAws, duties, explains, claims } = grounds
  const asks = Math.min(signs.responsibility.length, 2) + Math.min(signs.hints.length, 2) * 0.4 + (claims ? 0.5 : 0)
  const grounded = service > 0 || namesAws || followsUp
  const speaksFor =
    1.8 * service +
    0.5 * Math.min(layerStrength, 6) +
    0.7 * Math.min(asks, 2) +
    (namesAws ? 1 : 0) +
    (duties && service > 0 ? 1.5 : 0) +
    (followsUp ? 1.5 : 0) +
    (signs.model.length > 0 ? 2.5 : 0)
  // A service that is named beside another cloud is compared with it; a hint is that cloud's own bucket.
  const foreign = signs.foreign.length > 0 ? (service >= 1 ? 2 : 6) : 0
  const elsewhere = signs.elsewhere.length > 0 ? 5 : 0
  const other = signs.howTo.length + signs.otherAspect.length > 0 ? (asks >= 1 ? 1.5 : 5) : 0
  const opened = signs.opener && asks < 0.8 && !duties && !followsUp && !explains ? 2 : 0
  // Without AWS in the words, words that no text on AWS uses say that something else is meant.
  const strange = (grounded || signs.model.length > 0 ? 0.8 : layerStrength >= 4 ? 2.5 : 4) * (1 - familiar)
  // Where the question stands on firm ground the classifier's doubt counts for less.
  const doubt = (followsUp || signs.model.length > 0 ? 0.5 : grounded ? 1.5 : 2.5) * offTopic
  return speaksFor - foreign - elsewhere - other - opened - strange - doubt
}

export const ABOUT = 1.6
