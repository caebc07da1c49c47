/** "Which of the following … A) … B) …": the question and its choices. */

export interface Choice {
  /** "A" */
  mark: string
  text: string
}

/** The stem of a multiple-choice question with its choices; null where there are not at least two. */
export function readChoices(sent: string): { stem: string; choices: Choice[] } | null {
  const marks = [...sent.matchAll(/(?:^|\s)\(?([A-Ea-e]|[1-5])[).:]\s+/g)]
  const [first] = marks
  if (!first || marks.length < 2 || !['A', 'a', '1'].includes(first[1] ?? '')) return null
  const inOrder = marks.every(
    (mark, at) => at === 0 || (mark[1] ?? '').charCodeAt(0) === (marks[at - 1]?.[1] ?? '').charCodeAt(0) + 1,
  )
  if (!inOrder) return null
  return {
    stem: sent.slice(0, first.index).trim(),
    choices: marks.map((mark, at) => ({
      mark: mark[1] ?? '',
      text: sent.slice(mark.index + mark[0].length, marks[at + 1]?.index ?? sent.length).trim(),
    })),
  }
}
