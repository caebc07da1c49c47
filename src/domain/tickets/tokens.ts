/** A ticket's text as tokens: stemmed to be matched, with their places to be quoted. */
import { stemmer } from 'stemmer'
import type { Ticket } from '../ticket.js'

export interface Token {
  stem: string
  /** The word itself, without a plural s, after `=`: for names, which a stem would mix up. */
  word: string
  start: number
  end: number
  /** Counts up at each full stop, line break or semicolon. */
  sentence: number
}

/** One field of a ticket; `name` is its JSON path (`title`, `labels[1]`), `weight` what its words count. */
export interface Field {
  name: string
  text: string
  tokens: readonly Token[]
  weight: number
}

/** A word as it is matched. */
interface Form {
  stem: string
  word: string
}

/** Words are few and tickets are many: each is stemmed once. */
const known = new Map<string, Form>()
const MOST_KNOWN = 100_000

function formOf(word: string): Form {
  const found = known.get(word)
  if (found) return found
  const form = { stem: makeStem(word), word: makeName(word) }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(word, form)
  return form
}

/**
 * The stem of a word. Words of three letters are names (ses, ecs, kms) and stay; of four letters only a plural goes:
 * a stemmer for prose would make "kms" the same as "km".
 */
export const stem = (word: string): string => formOf(word).stem

const makeStem = (word: string): string =>
  word.length <= 3 || /[\d_]/.test(word) ? word : word.length === 4 ? word.replace(/(?<=[^s])s$/, '') : stemmer(word)

const makeName = (word: string): string => `=${word.length > 3 ? word.replace(/(?<=[^s])s$/, '') : word}`

const WORD = /[\p{L}\p{N}_]+/gu
const BREAK = /[.!?](?:\s|$)|[\n;]/

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  const lower = text.toLowerCase()
  // A few letters change their length in lower case; the places would no longer fit the text.
  const source = lower.length === text.length ? lower : text
  let sentence = 0
  let last = 0
  for (const match of source.matchAll(WORD)) {
    const start = match.index
    const end = start + match[0].length
    if (last > 0 && start - last > 1 && BREAK.test(source.slice(last, start))) sentence++
    else if (last > 0 && start - last === 1 && (source[last] === '\n' || source[last] === ';')) sentence++
    const { stem, word } = formOf(match[0].toLowerCase())
    tokens.push({ stem, word, start, end, sentence })
    last = end
  }
  return tokens
}

/** The words of a field between two of its tokens, as they stand there. */
export const quote = (field: Field, from: number, to: number): string =>
  field.text.slice(field.tokens[from]?.start ?? 0, field.tokens[to - 1]?.end ?? 0).slice(0, 300)

/** Stands before the first word of a title: there an imperative asks for something. */
export const START = '^'
const START_TOKEN: Token = { stem: START, word: START, start: 0, end: 0, sentence: 0 }

const field = (name: string, text: string, weight: number): Field => ({
  name,
  text,
  weight,
  tokens: name === 'title' ? [START_TOKEN, ...tokenise(text)] : tokenise(text),
})

/** How much of a description is read; what decides stands at its head. */
const MOST_READ = 6000

/** The texts of a ticket, strongest first. */
export function fieldsOf(ticket: Ticket): Field[] {
  return [
    field('title', ticket.title, 1.5),
    ...(ticket.labels ?? []).map((label, index) => field(`labels[${index}]`, label, 0.8)),
    ...(ticket.description ? [field('description', ticket.description.slice(0, MOST_READ), 1)] : []),
  ]
}
