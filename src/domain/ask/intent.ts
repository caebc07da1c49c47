/** What is wanted: one owner, a list of duties, a comparison, an explanation. */
import lexicon from '../lexicon/intents.json' with { type: 'json' }
import type { Side } from '../model.js'
import { createWordList, findPhrases, type Word } from './words.js'

const COMPARE = createWordList(lexicon.compare)
const EXPLAIN = createWordList(lexicon.explain)
const DUTIES = createWordList(lexicon.duties)
const CUSTOMER_SIDE = createWordList(lexicon.customerSide)
const AWS_SIDE = createWordList(lexicon.awsSide)
const BOTH_SIDES = createWordList(lexicon.bothSides)
const CLAIM = createWordList(lexicon.claim)
const GENERAL = createWordList(lexicon.general)
const STAGE = createWordList(lexicon.stage)

export interface Wants {
  compare: boolean
  explain: boolean
  duties: boolean
  /** Whose duties are asked for; null: both. */
  side: Side | null
  /** Something is claimed rather than asked: "AWS encrypts everything, right?" */
  claim: boolean
  /** The answer for AWS as such is wanted. */
  general: boolean
  /** A stage of the DevSecOps table is spoken of. */
  stage: boolean
}

export function readWants(words: readonly Word[]): Wants {
  const says = (book: typeof COMPARE): boolean => findPhrases(book, words).length > 0
  const both = says(BOTH_SIDES)
  const aws = says(AWS_SIDE)
  return {
    compare: says(COMPARE),
    explain: says(EXPLAIN),
    duties: says(DUTIES),
    side: both ? null : aws ? 'aws' : says(CUSTOMER_SIDE) ? 'customer' : null,
    claim: says(CLAIM),
    general: says(GENERAL),
    stage: says(STAGE),
  }
}
