/** Finds thousands of phrases in a text in one pass: a tree of stems. */
import { START, stem, type Token, tokenise } from './tokens.js'

interface Node<T> {
  next: Map<string, Node<T>>
  /** After `_`: any one word. */
  any: Node<T> | null
  /** After `..`: up to four words of the same sentence. */
  gap: Node<T> | null
  values: T[]
}

/** A phrase that was found: the tokens from `from` up to, not including, `to`. */
export interface Found<T> {
  value: T
  from: number
  to: number
}

const LONGEST_GAP = 4
const createNode = <T>(): Node<T> => ({ next: new Map(), any: null, gap: null, values: [] })

/** All readings of a phrase: `(a|b) c` is `a c` and `b c`. */
export function expand(phrase: string): string[] {
  const group = /\(([^()]*)\)/.exec(phrase)
  if (!group) return [phrase]
  const before = phrase.slice(0, group.index)
  const after = phrase.slice(group.index + group[0].length)
  return (group[1] ?? '').split('|').flatMap((choice) => expand(`${before}${choice}${after}`))
}

/** The steps of one reading: stems, `_` and `..`. */
function stepsOf(reading: string, exact: boolean): string[] {
  return reading
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((part) =>
      part === '_' || part === '..' || part === START
        ? [part]
        : tokenise(part).map((token) => (exact ? token.word : token.stem)),
    )
}

export class PhraseTree<T> {
  readonly #root = createNode<T>()

  /** Adds a phrase in all its readings; `exact`: by its very words, as names want to be found. */
  add(phrase: string, value: T, exact = false): void {
    for (const reading of expand(phrase)) {
      const steps = stepsOf(reading, exact)
      const last = steps.at(-1)
      // A reading that ends in a gap would match whatever follows.
      if (last === undefined || last === '_' || last === '..') continue
      let node = this.#root
      for (const step of steps) node = this.#child(node, step)
      if (!node.values.includes(value)) node.values.push(value)
    }
  }

  #child(node: Node<T>, step: string): Node<T> {
    if (step === '_') {
      node.any ??= createNode<T>()
      return node.any
    }
    if (step === '..') {
      node.gap ??= createNode<T>()
      return node.gap
    }
    const known = node.next.get(step)
    if (known) return known
    const made = createNode<T>()
    node.next.set(step, made)
    return made
  }

  find(tokens: readonly Token[]): Found<T>[] {
    const found: Found<T>[] = []
    const walk = (node: Node<T>, at: number, from: number): void => {
      for (const value of node.values) found.push({ value, from, to: at })
      const token = tokens[at]
      if (!token || (at > from && token.sentence !== tokens[from]?.sentence)) return
      const next = node.next.get(token.stem)
      if (next) walk(next, at + 1, from)
      const exactly = node.next.get(token.word)
      if (exactly) walk(exactly, at + 1, from)
      if (node.any) walk(node.any, at + 1, from)
      if (node.gap) for (let skipped = 0; skipped <= LONGEST_GAP; skipped++) walk(node.gap, at + skipped, from)
    }
    for (let from = 0; from < tokens.length; from++) walk(this.#root, from, from)
    return found
  }
}

/** A stem sequence as it would be found in a text. */
export const stemsOf = (text: string): string[] => tokenise(text).map((token) => token.stem)
export { stem }
