/** A question as words: folded, in the singular, with the place where each stands. */
import { stemmer } from 'stemmer'

export interface Word {
  /** Folded: NFKC, lower case, in the singular. */
  text: string
  stem: string
  /** Where it stands in what was sent, in UTF-16 code units. */
  start: number
  end: number
}

/** "buckets" is "bucket"; "sns", "class" and "status" stay. */
export const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word

const stems = new Map<string, string>()
const MOST_STEMS = 20_000

/** The Porter stem of a folded word; remembered, since questions share their words. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = stemmer(word)
  if (stems.size >= MOST_STEMS) stems.clear()
  stems.set(word, stem)
  return stem
}

/** The longest run of letters that is looked at as a word; nobody names anything longer. */
const LONGEST_WORD = 60

export function readWords(sent: string): Word[] {
  const words: Word[] = []
  for (const { 0: found, index } of sent.matchAll(/[\p{L}\p{N}]+/gu)) {
    const folded = found.normalize('NFKC').toLowerCase().slice(0, LONGEST_WORD)
    const text = singular(folded)
    words.push({ text, stem: stemOf(folded), start: index, end: index + found.length })
  }
  return words
}

/** The words of a name or phrase, as {@link readWords} folds them. */
export const wordsOf = (text: string): string[] => readWords(text).map((word) => word.text)

/** Phrases by their first word, longest first, each with what it stands for. */
export interface PhraseBook<T> {
  readonly byFirst: ReadonlyMap<string, readonly { words: readonly string[]; value: T }[]>
}

export function createPhraseBook<T>(entries: Iterable<readonly [phrase: string, value: T]>): PhraseBook<T> {
  const byFirst = new Map<string, { words: readonly string[]; value: T }[]>()
  for (const [phrase, value] of entries) {
    const words = wordsOf(phrase)
    const [first] = words
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { words, value }])
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length)
  return { byFirst }
}

export interface Found<T> {
  value: T
  /** The first word and the one behind the last. */
  from: number
  to: number
}

/** Every place where a phrase of the book stands; of those that start at one word, the longest. */
export function findPhrases<T>(book: PhraseBook<T>, words: readonly Word[]): Found<T>[] {
  const found: Found<T>[] = []
  words.forEach((word, from) => {
    const entry = book.byFirst
      .get(word.text)
      ?.find(({ words: wanted }) => wanted.every((text, offset) => words[from + offset]?.text === text))
    if (entry) found.push({ value: entry.value, from, to: from + entry.words.length })
  })
  return found
}

/** A book of phrases that only are there or not. */
export const createWordList = (phrases: readonly string[]): PhraseBook<string> =>
  createPhraseBook(phrases.map((phrase) => [phrase, phrase] as const))
