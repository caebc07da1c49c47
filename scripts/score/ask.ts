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

export type Half = 'development' | 'heldout'

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

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
const share = (marks: readonly Mark[], of: (mark: Mark) => boolean | null): string => {
  const judged = marks.map(of).filter((value) => value !== null)
  return `${percent(judged.filter(Boolean).length, judged.length)} of ${judged.length}`
}

/** Prints the figures of one half; with `failures` also what went wrong, which only the development half may show. */
export function scoreAsk(catalog: Catalog, half: Half, failures: boolean, write: (line: string) => void): void {
  const marks = readHalf(half).map((item) => mark(catalog, item))
  const matter = marks.filter(({ item }) => item.expect.outcome !== 'abstain')
  const offTopic = marks.filter(({ item }) => item.expect.outcome === 'abstain')
  const owned = matter.filter(({ item }) => item.expect.outcome === 'answer' && item.expect.owner !== null)
  const wrong = marks.filter(
    (one) => one.given === 'answer' && (one.owner === false || one.item.expect.outcome === 'abstain'),
  )
  write(`ask, ${half}: ${marks.length} questions`)
  write(`  right as a whole              ${share(marks, ({ right }) => right)}`)
  write(`  owner right, of all asked     ${share(owned, ({ owner }) => owner === true)}`)
  write(`  owner right, where answered   ${share(matter, ({ owner }) => owner)}`)
  write(`  layer right, where answered   ${share(matter, ({ layer }) => layer)}`)
  write(`  service right, where answered ${share(matter, ({ service }) => service)}`)
  write(`  asked back                    ${share(matter, ({ given }) => given === 'clarify')}`)
  write(`  abstained                     ${share(matter, ({ given }) => given === 'abstain')}`)
  write(`  WRONG WITHOUT SAYING SO       ${percent(wrong.length, marks.length)} (${wrong.length})`)
  write(`  off-topic told as such        ${share(offTopic, ({ given }) => given === 'abstain')}`)
  for (const kind of [...new Set(marks.map(({ item }) => item.kind))].toSorted())
    write(
      `    ${kind.padEnd(14)} ${share(
        marks.filter(({ item }) => item.kind === kind),
        ({ right }) => right,
      )}`,
    )
  if (!failures || half !== 'development') return
  for (const { item, answer, given, right, layer, service } of marks) {
    if (right && layer !== false && service !== false) continue
    const { verdict, understood, confidence } = answer
    const got = verdict
      ? `${verdict.service?.id}/${verdict.variant?.id ?? ''}/${verdict.layer.id} ${verdict.owner}`
      : (answer.clarify?.question ?? answer.intent)
    const { expect } = item
    const wanted = `${expect.outcome} ${expect.service ?? expect.services.join()}/${expect.variant ?? ''}/${expect.layer} ${expect.owner}`
    write(
      `${right ? 'layer' : 'WRONG'} ${item.id} ${item.kind} ${JSON.stringify(item.text)}\n      wanted ${wanted}\n      got ${given} ${got} ${confidence} [${understood.services}] because ${understood.because.slice(0, 6).join(', ')}`,
    )
  }
}
