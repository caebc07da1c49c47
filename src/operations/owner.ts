/** The forgiving form of the question, alone and by the thousand. */
import { z } from 'zod'
import { type Catalog, requireVariant } from '../domain/catalog.js'
import { identifyService, SERVICE_MATCHES } from '../domain/identify.js'
import { Id, Label } from '../domain/model.js'
import { LAYER_MATCHES, recogniseLayer } from '../domain/recognise.js'
import { Refusal } from '../domain/refusal.js'
import { resolve } from '../domain/resolve.js'
import { Revision, Verdict } from '../domain/verdict.js'
import { Nothing, operation } from './operation.js'

const Sent = z.string().min(1).max(2048)
const Question = {
  service: Sent.optional().describe(
    'Any name or identifier: an id, name, alias, ARN, CloudFormation, Config or ASFF resource type, IAM action or prefix, event source, endpoint or product code. Leave out to ask in general.',
  ),
  layer: Label.describe('An id, name, word or phrase: operating-system, patching, TLS, who backs up.'),
  variant: Id.optional().describe('The id of a variant of the service, such as rds-custom.'),
}

const Matched = z.strictObject({
  service: z.strictObject({ input: Sent, by: z.enum(SERVICE_MATCHES) }).nullable(),
  layer: z.strictObject({ input: Label, by: z.enum(LAYER_MATCHES), evidence: z.array(Label).max(50) }),
})

const OwnerAnswer = Verdict.extend({ matched: Matched }).meta({ id: 'OwnerAnswer' })
type OwnerAnswer = z.output<typeof OwnerAnswer>

interface Asked {
  service?: string | undefined
  layer: string
  variant?: string | undefined
}

/** Answers given before on a catalog: a batch asks the same few questions over and over. */
const given = new WeakMap<Catalog, Map<string, OwnerAnswer>>()
const MOST_GIVEN = 20_000

function givenOn(catalog: Catalog): Map<string, OwnerAnswer> {
  const known = given.get(catalog)
  if (known) return known
  const answers = new Map<string, OwnerAnswer>()
  given.set(catalog, answers)
  return answers
}

function answer(catalog: Catalog, asked: Asked): OwnerAnswer {
  const answers = givenOn(catalog)
  // An id has no space, and the length tells where the service ends: no two questions share a key.
  const { service = '', variant = '', layer } = asked
  const key = `${variant} ${service.length} ${service}${layer}`
  const known = answers.get(key)
  if (known) return known
  const found = find(catalog, asked)
  if (answers.size >= MOST_GIVEN) answers.clear()
  answers.set(key, found)
  return found
}

function find(catalog: Catalog, asked: Asked): OwnerAnswer {
  const identified = asked.service === undefined ? null : identifyService(catalog, asked.service)
  const { layer, by, evidence } = recogniseLayer(catalog, asked.layer)
  if (asked.variant !== undefined && !identified)
    throw new Refusal('invalid', `The variant "${asked.variant}" needs its service beside it.`, { field: 'variant' })
  const variant = asked.variant === undefined || !identified ? null : requireVariant(identified.service, asked.variant)
  return {
    ...resolve(catalog, { service: identified?.service ?? null, variant, layer }),
    matched: {
      service: identified && { input: asked.service ?? '', by: identified.by },
      layer: { input: asked.layer, by, evidence: evidence.slice(0, 50) },
    },
  }
}

export const getOwner = operation({
  id: 'getOwner',
  method: 'GET',
  path: '/v1/owner',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Find who owns a layer, however it is named',
  description:
    'The verdict for a service and a layer by any of their names. Says how each was recognised; what could be several is refused with candidates, never guessed.',
  params: Nothing,
  query: z.strictObject(Question),
  output: OwnerAnswer,
  tool: {
    name: 'who_owns',
    description: 'Who owns a layer of an AWS service: owner, lead, both duties, sources. No service: the general rule.',
    readOnly: true,
  },
  refusals: ['invalid', 'unknown', 'ambiguous'],
  example: { params: {}, query: { service: 'AWS::RDS::DBInstance', layer: 'operating system' } },
  run: ({ catalog }, { query }) => answer(catalog, query),
})

const BatchItem = z.strictObject({
  id: z.string().min(1).max(200).optional().describe('Yours; it comes back with the answer.'),
  ...Question,
})

const BatchProblem = z.strictObject({
  type: z.string().max(100),
  title: Label,
  status: z.int().min(400).max(599),
  detail: z.string().max(4000),
  suggestions: z
    .array(z.strictObject({ id: Id, name: Label }))
    .max(50)
    .optional(),
  candidates: z
    .array(z.strictObject({ id: Id, name: Label }))
    .max(50)
    .optional(),
})

const BatchAnswer = z.strictObject({
  id: z.string().max(200).optional(),
  status: z.int().min(200).max(599),
  verdict: OwnerAnswer.optional(),
  problem: BatchProblem.optional(),
})

/** A verdict that was written once is not written again: its bytes, and the end of the item around it, are copied. */
const written = new WeakMap<OwnerAnswer, Buffer>()

function writeVerdict(verdict: OwnerAnswer): Buffer {
  const known = written.get(verdict)
  if (known) return known
  const bytes = Buffer.from(`${JSON.stringify(verdict)}}`)
  written.set(verdict, bytes)
  return bytes
}

function writeAnswers({
  items,
  revision,
}: {
  items: readonly z.output<typeof BatchAnswer>[]
  revision: number
}): Buffer {
  const parts: Buffer[] = []
  let before = '{"items":['
  for (const { id, status, verdict, problem } of items) {
    const own = id === undefined ? '' : `"id":${JSON.stringify(id)},`
    if (verdict) parts.push(Buffer.from(`${before}{${own}"status":${status},"verdict":`), writeVerdict(verdict))
    else parts.push(Buffer.from(`${before}{${own}"status":${status},"problem":${JSON.stringify(problem)}}`))
    before = ','
  }
  parts.push(Buffer.from(`],"revision":${revision}}`))
  return Buffer.concat(parts)
}

export const askOwners = operation({
  id: 'askOwners',
  method: 'POST',
  path: '/v1/owner/batch',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Find the owners of many layers at once',
  description:
    'Up to 1000 questions of the forgiving form. The answers come in the same order; a question fails alone.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({ items: z.array(BatchItem).min(1).max(1000) }),
  output: z.strictObject({ items: z.array(BatchAnswer).max(1000), revision: Revision }).meta({ id: 'OwnerAnswers' }),
  encode: writeAnswers,
  refusals: ['invalid'],
  example: {
    params: {},
    query: {},
    body: {
      items: [
        { id: '1', service: 'rds', layer: 'operating-system' },
        { id: '2', service: 'nosuch', layer: 'data' },
      ],
    },
  },
  run({ catalog, describeRefusal }, { body }) {
    const items = body.items.map((asked): z.output<typeof BatchAnswer> => {
      const { id } = asked
      try {
        return { id, status: 200, verdict: answer(catalog, asked) }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const problem = describeRefusal(error)
        return { id, status: problem.status, problem }
      }
    })
    return { items, revision: catalog.revision }
  },
})
