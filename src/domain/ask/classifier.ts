/** A linear classifier over words and pairs of words: how likely a text speaks of each layer, or of none. */
import weights from '../lexicon/weights.json' with { type: 'json' }
import { type Beliefs, createLinear } from '../linear.js'
import type { Word } from './words.js'

/** The class of what is not about owning anything on AWS. */
export const OFF_TOPIC = 'off-topic'

const LINEAR = createLinear(weights)

/** Words that say nothing of a layer; the roles that they tell are read elsewhere. */
const SILENT = new Set(
  'a an the of in on for to and or if so as at by from with is are was were be been am do doe did ha have had it that thi those these there then than what which when where who whose whom whi how i we us our my me you your they them their he she hi her own amazon aw custom respons respon should must shall will would can could may might need not no ye job duti thing someon somebodi anyon anybodi everi all ani just also too veri more most whos im ive dont doesnt didnt isnt arent cant wont ur pls thx lol'.split(
    ' ',
  ),
)

/** What the classifier looks at: the telling stems, and each pair of neighbours. */
export function featuresOf(words: readonly Pick<Word, 'stem'>[]): string[] {
  const stems: string[] = []
  for (const { stem } of words) if (stem.length > 1 && !SILENT.has(stem)) stems.push(stem)
  const features = new Set(stems)
  for (let at = 1; at < stems.length; at++) features.add(`${stems[at - 1]} ${stems[at]}`)
  return [...features]
}

export const isKnownStem = (stem: string): boolean => LINEAR.knows(stem) || SILENT.has(stem)

/** The classes, a layer's id or {@link OFF_TOPIC}, by features that {@link featuresOf} has read already. */
export const classifyFeatures = (features: readonly string[]): Beliefs => LINEAR.classify(features)

/** The same by words. */
export const classify = (words: readonly Pick<Word, 'stem'>[]): Beliefs => LINEAR.classify(featuresOf(words))

/** Words that speak for some layer; those of other matters alone are no sign that AWS is meant. */
const FAMILIAR = new Set(LINEAR.featuresBeside(OFF_TOPIC))

/** The share of the telling words that the classifier knows from texts on AWS, 0 to 1; 1 where there are none. */
export function familiarity(words: readonly Pick<Word, 'stem'>[]): number {
  const telling = words.filter(({ stem }) => stem.length > 2 && !SILENT.has(stem))
  return telling.length === 0 ? 1 : telling.filter(({ stem }) => FAMILIAR.has(stem)).length / telling.length
}
