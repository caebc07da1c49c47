/** Scores the answers to the questions of `test/corpus`: owner, layer, service, abstaining, and wrong without saying so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AskAnswer } from '../../src/domain/ask/answer.js'
import { ask } from '../../src/domain/ask/ask.js'
import type { Catalog } from '../../src/domain/catalog.js'

interface Expected {
  outcome: 'answer' | 'clarify' | 'abstain'
  service: string | null
  services: string[]
  serviceAlt?: string[]
  variant: string | null
  variantAlt?: (string | null)[]
  layer: string | null
  layerAlt: string[]
  owner: string | null
  lead: string | null
  ownerOk: string[]
  clarifyOk: boolean
  answerOk?: boolean
  abstainOk?: boolean
  verdicts?: { service: string; layer: string; owner: string; variant?: string }[]
}
interface Item {
  id: string
  text: string
  kind: string
  context: { service?: string; layer?: string; variant?: string } | null
  expect: Expected
}

/** `strangers`: written by somebody else, in another voice, when the understanding stood; only scored, like `heldout`. */
export type Half = 'development' | 'heldout' | 'strangers'

const readHalf = (half: Half): Item[] =>
  readFileSync(join(import.meta.dirname, `../../test/corpus/ask-${half}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Item)

interface Mark {
  item: Item
  answer: AskAnswer
  given: 'answer' | 'clarify' | 'abstain'
  right: boolean
  owner: boolean | null
  layer: boolean | null
  service: boolean | null
}

const outcomeOf = ({ verdict, verdicts, clarify, intent }: AskAnswer): Mark['given'] => {
  if (intent === 'not-about-this') return 'abstain'
  if (verdict || intent === 'explain' || (intent === 'duties' && verdicts.length > 0)) return 'answer'
  if (verdicts.length > 0 && !clarify) return 'answer'
  return clarify && clarify.options.length > 0 ? 'clarify' : 'abstain'
}

function mark(catalog: Catalog, item: Item): Mark {
  const { service, layer, variant } = item.context ?? {}
  const own = service === undefined ? undefined : catalog.service(service)
  const answer = ask(catalog, item.text, {
    service: own,
    layer: layer === undefined ? undefined : catalog.layer(layer),
    variant: own?.variants.find(({ id }) => id === variant),
  })
  const { expect } = item
  const given = outcomeOf(answer)
  const owners = [expect.owner, ...expect.ownerOk]
  const { verdict } = answer
  const compared = expect.verdicts ?? []
  const allRight = compared.every((wanted) =>
    answer.verdicts.some(
      (one) =>
        one.service?.id === wanted.service &&
        one.layer.id === wanted.layer &&
        one.owner === wanted.owner &&
        (wanted.variant === undefined || one.variant?.id === wanted.variant),
    ),
  )
  const answered = given === 'answer' && expect.outcome !== 'abstain'
  const led = verdict?.owner === 'shared' && verdict.lead !== null && owners.includes(verdict.lead)
  const owner = !answered
    ? null
    : compared.length > 0
      ? allRight
      : expect.owner === null
        ? null
        : owners.includes(verdict?.owner ?? null) || led
  const services = [expect.service, ...(expect.serviceAlt ?? [])]
  return {
    item,
    answer,
    given,
    owner,
    layer:
      !answered || expect.layer === null || !verdict
        ? null
        : [expect.layer, ...expect.layerAlt].includes(verdict.layer.id),
    service:
      !answered || expect.service === null
        ? null
        : services.some((id) => answer.understood.services.includes(id ?? '')) ||
          services.includes(verdict?.service?.id ?? null),
    right:
      expect.outcome === 'abstain'
        ? given === 'abstain'
        : given === 'answer'
          ? (expect.outcome === 'answer' || expect.answerOk === true) && owner !== false
          : given === 'clarify'
            ? expect.outcome === 'clarify' || expect.clarifyOk
            : expect.abstainOk === true,
  }
}

/** Parts of one whole; `of` counts the questions that the figure is about. */
export interface Share {
  hits: number
  of: number
}

export interface AskFigures {
  /** The outcome was right, and the owner where one was given. */
  right: Share
  /** Of all questions that have one owner: answered, and rightly. */
  owner: Share
  ownerWhereAnswered: Share
  layer: Share
  service: Share
  askedBack: Share
  abstained: Share
  /** Answered, wrongly, without asking back: the worst that can happen. */
  wrongUnsaid: Share
  /** Questions on other things that were told as such. */
  offTopic: Share
  byKind: Record<string, Share>
}

const shareOf = (marks: readonly Mark[], of: (mark: Mark) => boolean | null): Share => {
  const judged = marks.map(of).filter((value) => value !== null)
  return { hits: judged.filter(Boolean).length, of: judged.length }
}

const isWrongUnsaid = ({ given, owner, item }: Mark): boolean =>
  given === 'answer' && (owner === false || item.expect.outcome === 'abstain')

const figuresOf = (marks: readonly Mark[]): AskFigures => {
  const matter = marks.filter(({ item }) => item.expect.outcome !== 'abstain')
  const offTopic = marks.filter(({ item }) => item.expect.outcome === 'abstain')
  const owned = matter.filter(({ item }) => item.expect.outcome === 'answer' && item.expect.owner !== null)
  const kinds = [...new Set(marks.map(({ item }) => item.kind))].toSorted()
  return {
    right: shareOf(marks, ({ right }) => right),
    owner: shareOf(owned, ({ owner }) => owner === true),
    ownerWhereAnswered: shareOf(matter, ({ owner }) => owner),
    layer: shareOf(matter, ({ layer }) => layer),
    service: shareOf(matter, ({ service }) => service),
    askedBack: shareOf(matter, ({ given }) => given === 'clarify'),
    abstained: shareOf(matter, ({ given }) => given === 'abstain'),
    wrongUnsaid: shareOf(marks, isWrongUnsaid),
    offTopic: shareOf(offTopic, ({ given }) => given === 'abstain'),
    byKind: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        shareOf(
          marks.filter(({ item }) => item.kind === kind),
          ({ right }) => right,
        ),
      ]),
    ),
  }
}

/** The figures of one half of the corpus. */
export const measureAsk = (catalog: Catalog, half: Half): AskFigures =>
  figuresOf(readHalf(half).map((item) => mark(catalog, item)))

const said = ({ hits, of }: Share): string => `${of === 0 ? '–' : ((100 * hits) / of).toFixed(1)} % of ${of}`

export function printAsk(half: Half, figures: AskFigures, write: (line: string) => void): void {
  write(`ask, ${half}: ${figures.right.of} questions`)
  write(`  right as a whole              ${said(figures.right)}`)
  write(`  owner right, of all asked     ${said(figures.owner)}`)
  write(`  owner right, where answered   ${said(figures.ownerWhereAnswered)}`)
  write(`  layer right, where answered   ${said(figures.layer)}`)
  write(`  service right, where answered ${said(figures.service)}`)
  write(`  asked back                    ${said(figures.askedBack)}`)
  write(`  abstained                     ${said(figures.abstained)}`)
  write(`  WRONG WITHOUT SAYING SO       ${said(figures.wrongUnsaid)}`)
  write(`  off-topic told as such        ${said(figures.offTopic)}`)
  for (const [kind, share] of Object.entries(figures.byKind)) write(`    ${kind.padEnd(14)} ${said(share)}`)
}

/** What went wrong in the development half. There is no such list for the other half: it is only scored. */
export function printAskFailures(catalog: Catalog, write: (line: string) => void): void {
  for (const { item, answer, given, right, layer, service } of readHalf('development').map((one) =>
    mark(catalog, one),
  )) {
    if (right && layer !== false && service !== false) continue
    const { verdict, understood, confidence, clarify, intent } = answer
    const { expect } = item
    const subject = expect.service ?? expect.services.join()
    const got = verdict
      ? `${verdict.service?.id}/${verdict.variant?.id ?? ''}/${verdict.layer.id} ${verdict.owner}`
      : (clarify?.question ?? intent)
    write(`${right ? 'layer' : 'WRONG'} ${item.id} ${item.kind} ${JSON.stringify(item.text)}`)
    write(`      wanted ${expect.outcome} ${subject}/${expect.variant ?? ''}/${expect.layer} ${expect.owner}`)
    write(`      got ${given} ${got} ${confidence} [${understood.services}] because ${understood.because.join(', ')}`)
  }
}
