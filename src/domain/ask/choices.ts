/** "Which of the following … A) … B) …": the question, its choices, and which of them is the answer. */
import type { Catalog } from '../catalog.js'
import { sideOf } from '../verdict.js'
import type { AskAnswer } from './answer.js'
import { decide } from './decide.js'
import { emptyAnswer, relatedAndUnderstood, round } from './frame.js'
import { readLayers, weighLayers } from './layers.js'
import { findMentions } from './mentions.js'
import { type Conversation, readQuestion } from './reading.js'
import { sayVerdict } from './reply.js'
import { findSubjects } from './subjects.js'
import { readWords } from './words.js'

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

/** Answers each choice of an exam question and names the one whose owner was asked for. */
export function answerChoices(
  catalog: Catalog,
  { stem, choices }: { stem: string; choices: readonly Choice[] },
  conversation: Conversation,
): AskAnswer | null {
  const reading = readQuestion(catalog, stem, conversation)
  const { side } = reading.wants
  const [subject] = reading.subjects.list
  if (!side) return null
  const judged = choices.map((choice) => {
    const words = readWords(choice.text)
    const own = findSubjects(
      catalog,
      findMentions(catalog, choice.text, words),
      { words, sent: choice.text, compares: false },
      {},
    )
    const layers = readLayers(catalog, words, { ...own, list: subject ? [subject] : own.list })
    const about = subject ?? own.list[0] ?? null
    const beliefs = weighLayers(catalog, layers, about?.service ?? null)
    const decision = decide(catalog, [{ subject: about, probability: 1, layers: beliefs }])
    return { choice, decision }
  })
  const fitting = judged.flatMap(({ choice, decision }) =>
    decision.kind === 'verdict' && sideOf(decision.verdict) === side ? [{ choice, ...decision }] : [],
  )
  const best = fitting.toSorted(
    (a, b) => Number(b.verdict.owner === side) - Number(a.verdict.owner === side) || b.confidence - a.confidence,
  )[0]
  if (!best) return null
  return {
    ...emptyAnswer(reading),
    reply: `${best.choice.mark.toUpperCase()}: ${sayVerdict(catalog, best.verdict)}`,
    intent: 'who-owns',
    confidence: round(best.confidence * (fitting.length > 1 ? 0.7 : 1)),
    verdict: best.verdict,
    verdicts: judged.flatMap(({ decision }) => (decision.kind === 'verdict' ? decision.verdict : [])),
    ...relatedAndUnderstood(reading, [best.verdict], best.evidence),
  }
}
