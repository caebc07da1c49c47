/**
 * The understanding, from a question to its answer: read the words, find services and variants, judge the topic,
 * find the layers, see what is wanted, decide, phrase. Each step is a module beside this one.
 */
import type { Catalog } from '../catalog.js'
import type { Layer } from '../model.js'
import { resolve } from '../resolve.js'
import { sideOf, type Verdict } from '../verdict.js'
import type { AskAnswer, AskOption, Intent } from './answer.js'
import { findMisconception } from './articles.js'
import { askLayer, askService } from './ask-back.js'
import { answerChoices, readChoices } from './choices.js'
import { type Decision, decide, subjectName } from './decide.js'
import { explain, explainStages } from './explain.js'
import { emptyAnswer, relatedAndUnderstood, round } from './frame.js'
import { namedLayers } from './layers.js'
import {
  type Conversation,
  isAbout,
  LEAST_STRENGTH,
  layersOf,
  layersOfAll,
  meantBy,
  namesLayer,
  type Reading,
  readQuestion,
} from './reading.js'
import { firstSentence, kindName, sayDutyList, sayVerdict, sayVerdicts } from './reply.js'
import type { Subject } from './subjects.js'

/** Two layers are both meant where each is named outright and this likely. */
const BOTH_MEANT = 0.12
const MOST_SUBJECTS = 8
/** A layer that is likelier than all others together is told, whatever words say so. */
const EVIDENT = 0.5

export function ask(catalog: Catalog, sent: string, conversation: Conversation = {}): AskAnswer {
  const choices = readChoices(sent)
  if (choices) {
    const answer = answerChoices(catalog, choices, conversation)
    if (answer) return answer
  }
  const reading = readQuestion(catalog, sent, conversation)
  if (reading.wants.stage) {
    const staged = explainStages(catalog, reading.words)
    if (staged) return { ...emptyAnswer(reading), ...staged, revision: catalog.revision }
  }
  if (!isAbout(reading)) return abstain(reading)
  return answerAbout(reading)
}

function answerAbout(reading: Reading): AskAnswer {
  const { catalog, subjects, layers, wants, carried, beliefs } = reading
  const told = carried !== null || layers.strength >= LEAST_STRENGTH || (beliefs[0]?.probability ?? 0) >= EVIDENT
  if (!told || (wants.duties && !namesLayer(reading) && subjects.list.length > 0)) {
    if (wants.explain && subjects.list.length === 0) return explained(reading)
    if (subjects.list.length > 0 && (wants.duties || wants.explain || wants.side !== null || wants.compare))
      return answerDuties(reading)
    if (subjects.list.length > 0 && told) return answerOwners(reading)
    return subjects.list.length > 0 ? (askLayer(reading) ?? explained(reading)) : explained(reading)
  }
  if (subjects.list.length === 0) {
    if (wants.explain && !reading.topic.responsibility.some((sign) => sign.startsWith('who'))) {
      const answer = explain(catalog, reading.sent, reading.words)
      if (answer) return { ...emptyAnswer(reading), ...answer, revision: catalog.revision }
    }
    if (subjects.several.length > 0) return askService(reading) ?? explained(reading)
    return answerInGeneral(reading)
  }
  return answerOwners(reading)
}

function answerOwners(reading: Reading): AskAnswer {
  const { catalog, subjects, words } = reading
  const [first] = subjects.list
  if (!first) return explained(reading)
  if (subjects.list.length > 1) return answerTogether(reading, subjects.list)
  const named = namedLayers(
    catalog,
    words.filter((_, at) => !subjects.spoken.has(at)),
    first.service,
  )
  const both = layersOf(reading, first.service).filter(
    ({ layer, probability }) => probability >= BOTH_MEANT && named.includes(layer),
  )
  if (both.length > 1)
    return answerLayers(
      reading,
      first,
      both.map(({ layer }) => layer),
    )
  const decision = decide(catalog, meantBy(reading))
  // Asking which of them is meant would be asking too much where both may be.
  if (decision.kind === 'clarify' && subjects.beside.length > 0)
    return answerTogether(reading, [first, ...subjects.beside])
  return answerDecision(reading, decision)
}

/** One layer of each of several services. */
function answerTogether(reading: Reading, subjects: readonly Subject[]): AskAnswer {
  const { catalog, wants } = reading
  const list = subjects.slice(0, MOST_SUBJECTS)
  const layers = layersOfAll(reading, list)
  const decisions = list.map((subject) => decide(catalog, [{ subject, probability: 1, layers }]))
  // With several services named, the layer is asked for only where no service could be answered.
  const verdicts = decisions.flatMap((decision) => (decision.kind === 'verdict' ? decision.verdict : []))
  const asking = decisions.find((decision) => decision.kind === 'clarify')
  if (asking?.kind === 'clarify' && verdicts.length === 0) return answerDecision(reading, asking)
  const confidence = Math.min(...decisions.map((decision) => decision.confidence))
  const open = decisions.flatMap((decision) => (decision.kind === 'clarify' ? decision.verdicts.slice(0, 1) : []))
  const all = [...verdicts, ...open]
  const [best] = all
  return {
    ...emptyAnswer(reading),
    reply: withCorrection(reading, sayVerdicts(all), all),
    intent: wants.explain ? 'explain' : 'compare',
    confidence: round(confidence),
    verdict: best ?? null,
    verdicts: all,
    clarify: asking?.kind === 'clarify' ? asking.clarify : null,
    ...relatedAndUnderstood(reading, all, decisions[0]?.evidence ?? []),
  }
}

function answerDecision(reading: Reading, decision: Decision): AskAnswer {
  const intent: Intent = reading.wants.explain ? 'explain' : 'who-owns'
  if (decision.kind === 'clarify') {
    const { clarify, verdicts, confidence, evidence } = decision
    return {
      ...emptyAnswer(reading),
      reply: `It depends. ${sayOptions(clarify.options)} ${clarify.question}`,
      intent,
      confidence: round(confidence),
      verdicts,
      clarify,
      ...relatedAndUnderstood(reading, verdicts, evidence),
    }
  }
  const { verdict, confidence, evidence } = decision
  const why = reading.wants.explain && verdict.leadReason ? ` Why: ${firstSentence(verdict.leadReason)}.` : ''
  const beside = besideOf(reading, verdict)
  const also = beside.length > 0 ? ` ${sayVerdicts(beside)}` : ''
  const verdicts = [verdict, ...beside]
  return {
    ...emptyAnswer(reading),
    reply: withCorrection(reading, sayVerdict(reading.catalog, verdict) + why + also, verdicts),
    intent,
    confidence: round(confidence * (reading.subjects.list[0]?.hinted ? 0.9 : 1)),
    verdict,
    verdicts,
    ...relatedAndUnderstood(reading, verdicts, evidence),
  }
}

/** The same layer of what may have been asked about as well. */
function besideOf({ catalog, subjects }: Reading, verdict: Verdict): Verdict[] {
  const layer = catalog.layer(verdict.layer.id)
  const others = verdict.service?.id === subjects.list[0]?.service.id ? subjects.beside.slice(0, MOST_SUBJECTS) : []
  return layer ? others.map((subject) => resolve(catalog, { ...subject, layer })) : []
}

function answerLayers(reading: Reading, subject: Subject, layers: readonly Layer[]): AskAnswer {
  const verdicts = layers.map((layer) => resolve(reading.catalog, { ...subject, layer }))
  const [best] = verdicts
  return {
    ...emptyAnswer(reading),
    reply: withCorrection(reading, sayVerdicts(verdicts), verdicts),
    intent: 'who-owns',
    confidence: 0.8,
    verdict: best ?? null,
    verdicts,
    ...relatedAndUnderstood(reading, verdicts, []),
  }
}

/** No service: the general rule, and what it becomes for each kind of service where they differ. */
function answerInGeneral(reading: Reading): AskAnswer {
  const { catalog } = reading
  const decision = decide(catalog, [{ subject: null, probability: 1, layers: layersOf(reading, null) }])
  if (decision.kind === 'clarify') return answerDecision(reading, decision)
  const { verdict } = decision
  const layer = catalog.layer(verdict.layer.id)
  if (!layer) return explained(reading)
  const byModel = catalog.models.map((model) => ({ model, verdict: resolve(catalog, { layer, model }) }))
  const alike = byModel.every((one) => sideOf(one.verdict) === sideOf(verdict))
  // "Who patches it": an answer for AWS as such would be wrong of half the services that could be meant.
  if (!alike && !asksInGeneral(reading)) return askService(reading) ?? explained(reading)
  const spoken = alike
    ? ''
    : ` By kind of service: ${byModel.map((one) => `${kindName(one.model.id)}: ${ownerWord(one.verdict)}`).join('; ')}.`
  const answer = answerDecision(reading, decision)
  return {
    ...answer,
    reply: answer.reply + spoken,
    confidence: alike ? answer.confidence : round(answer.confidence * 0.7),
  }
}

/** Whether the answer for AWS as such is wanted, or a claim about it is to be corrected. */
const asksInGeneral = ({ wants, topic }: Reading): boolean =>
  wants.general || wants.claim || wants.explain || topic.model.length > 0

/** "Fargate: AWS; EC2 launch type: you." */
const sayOptions = (options: readonly AskOption[]): string =>
  `${options.map(({ label, owner }) => `${label}: ${owner === 'customer' ? 'you' : owner === 'aws' ? 'AWS' : (owner ?? 'depends')}`).join('; ')}.`

const ownerWord = (verdict: Verdict): string =>
  verdict.owner === 'customer'
    ? 'you'
    : verdict.owner === 'aws'
      ? 'AWS'
      : `shared, ${sideOf(verdict) === 'aws' ? 'AWS leads' : 'you lead'}`

/** All duties of a side on the services named. */
function answerDuties(reading: Reading): AskAnswer {
  const { catalog, subjects, wants } = reading
  const list = subjects.list.slice(0, MOST_SUBJECTS)
  const verdicts = list.flatMap((subject) => catalog.layers.map((layer) => resolve(catalog, { ...subject, layer })))
  const wanted =
    wants.side === null ? verdicts : verdicts.filter(({ owner }) => owner === wants.side || owner === 'shared')
  const reply = list
    .map((subject) => {
      const own = verdicts.filter(
        ({ service, variant }) => service?.id === subject.service.id && variant?.id === subject.variant?.id,
      )
      return sayDutyList(subjectName(subject), own, wants.side)
    })
    .join(' ')
  return {
    ...emptyAnswer(reading),
    reply: reply.slice(0, 3900),
    intent: wants.explain ? 'explain' : wants.compare && list.length > 1 ? 'compare' : 'duties',
    confidence: list.some(({ hinted }) => hinted) ? 0.7 : 0.9,
    verdicts: wanted.slice(0, 200),
    ...relatedAndUnderstood(reading, [], []),
  }
}

/** Neither a service nor a layer: an explanation of the model where one fits, else what is missing. */
function explained(reading: Reading): AskAnswer {
  const { catalog, sent, words } = reading
  const answer = explain(catalog, sent, words)
  if (answer) return { ...emptyAnswer(reading), ...answer, revision: catalog.revision }
  return {
    ...emptyAnswer(reading),
    reply:
      'I need one more word: which AWS service, and what of it (the operating system, backups, encryption, access, …)?',
    intent: 'who-owns',
    confidence: 0.1,
    clarify: { question: 'Which AWS service, and what of it?', options: [] },
  }
}

/** Says first what is wrong with a claim that is a known misunderstanding. */
function withCorrection(reading: Reading, reply: string, verdicts: readonly Verdict[]): string {
  if (!reading.wants.claim) return reply
  const layers = verdicts.map(({ layer }) => layer.id)
  const known = findMisconception(reading.catalog, reading.words, layers)
  return known ? `${reply} A common misunderstanding: "${known.title}". ${firstSentence(known.correction)}.` : reply
}

/** Not a matter of who owns what on AWS, or nothing that could be understood. */
function abstain(reading: Reading): AskAnswer {
  const foreign = reading.topic.foreign[0]
  return {
    ...emptyAnswer(reading),
    reply: foreign
      ? `I only know who owns what on AWS, not on ${foreign}.`
      : 'That is not about who owns what on AWS. Ask me, for example, who patches the operating system of RDS.',
    intent: 'not-about-this',
    confidence: round(Math.max(reading.layers.offTopic, 0.5)),
  }
}
