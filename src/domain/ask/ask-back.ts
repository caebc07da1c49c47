/** Asks for the word that is missing: which layer of a service, or which service. */
import { resolve } from '../resolve.js'
import type { AskAnswer, Clarify } from './answer.js'
import { optionOf, orList, subjectName } from './decide.js'
import { emptyAnswer, relatedAndUnderstood } from './frame.js'
import { layersOf, type Reading } from './reading.js'

/** What is asked about most. */
const USUAL_LAYERS = [
  'operating-system',
  'backup-recovery',
  'encryption-at-rest',
  'identity-access',
  'network-controls',
]

/** A service without a layer: the layer is the one word that is missing. */
export function askLayer(reading: Reading): AskAnswer | null {
  const { catalog, subjects, beliefs } = reading
  const [subject] = subjects.list
  if (!subject) return null
  const name = subjectName(subject)
  const likely = beliefs.filter(({ probability }) => probability > 0.15).map(({ layer }) => layer)
  const usual = USUAL_LAYERS.flatMap((id) => catalog.layer(id) ?? [])
  const options = [...new Set([...likely, ...usual])]
    .slice(0, 6)
    .map((layer) => optionOf(resolve(catalog, { ...subject, layer }), layer.name))
  const clarify: Clarify = {
    question: `What of ${name}: ${orList(options.slice(0, 4).map(({ label }) => label.toLowerCase()))}, or something else?`,
    options,
  }
  return {
    ...emptyAnswer(reading),
    reply: `That depends on the layer of ${name}. ${clarify.question}`,
    intent: 'who-owns',
    confidence: 0.3,
    clarify,
    ...relatedAndUnderstood(reading, [], []),
  }
}

/** A layer without a service, where the services that could be meant differ. */
export function askService(reading: Reading): AskAnswer | null {
  const { catalog, subjects } = reading
  const [belief] = layersOf(reading, null)
  const layer = belief?.layer
  if (!layer) return null
  const services =
    subjects.several.length > 0
      ? subjects.several
      : ['ec2', 'rds', 'lambda', 's3'].flatMap((id) => catalog.service(id) ?? [])
  const verdicts = services.map((service) => resolve(catalog, { layer, service }))
  const clarify: Clarify = {
    question: `Which service: ${orList(services.map(({ name }) => name))}${subjects.several.length > 0 ? '' : ', or another'}?`,
    options: verdicts.map((verdict) => optionOf(verdict, verdict.service?.name ?? verdict.layer.name)),
  }
  return {
    ...emptyAnswer(reading),
    reply: `That depends on the service. ${clarify.question}`,
    intent: 'who-owns',
    confidence: 0.4,
    verdicts,
    clarify,
    ...relatedAndUnderstood(reading, verdicts, belief.evidence()),
  }
}
