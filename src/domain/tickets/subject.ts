/** Which service is broken: of all that a text names, not the one that is only mentioned. */
import type { Catalog } from '../catalog.js'
import { findService } from '../identify.js'
import type { Service } from '../model.js'
import type { Inbound } from '../ticket.js'
import { type Reading, type ReadingOf, type Readings, wordsOf } from './read.js'
import type { Field, Token } from './tokens.js'

export interface Candidate {
  service: Service
  score: number
  /** Whether a name of its own stands there, or only words that hint at it. */
  named: boolean
  because: string
  evidence: { field: string; text: string }
}

/** The services of the resources that an event names, and of what the ticket gives as its resource. */
export function resourceCandidate(catalog: Catalog, { ticket, resources }: Inbound): Candidate | undefined {
  const given = ticket.resource === undefined ? [] : [{ field: 'resource', text: ticket.resource }]
  const named = resources.flatMap(({ type, id }, index) => [
    { field: `resources[${index}]`, text: id },
    ...(type ? [{ field: `resources[${index}]`, text: type }] : []),
  ])
  for (const { field, text } of [...given, ...named]) {
    if (!/^arn:|::|^Aws[A-Z]|\.amazonaws\.com/.test(text)) continue
    const found = findService(catalog, text)
    if (found)
      return {
        service: found.service,
        score: 12,
        named: true,
        because: found.by === 'arn' ? 'ARN namespace' : 'resource type',
        evidence: { field, text: text.slice(0, 300) },
      }
  }
  return undefined
}

const ARN = /\barn:aws[\w-]*:[^\s"'<>,;)]+/g
const HOST = /\b[\w.-]+\.amazonaws\.com(?:\.cn)?\b/g
/** The prefixes of resource ids that mean one service wherever they stand. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  i: 'ec2',
  ami: 'ec2',
  vol: 'ebs',
  snap: 'ebs',
  vpc: 'vpc',
  subnet: 'vpc',
  sg: 'vpc',
  rtb: 'vpc',
  nat: 'vpc',
  igw: 'vpc',
  acl: 'vpc',
  eni: 'vpc',
  vpce: 'vpc',
  pcx: 'vpc',
  tgw: 'vpc',
  vgw: 'vpc',
  cgw: 'vpc',
  vpn: 'vpc',
  ws: 'workspaces',
  mi: 'systems-manager',
  op: 'outposts',
  dxcon: 'direct-connect',
  dxvif: 'direct-connect',
}
const RESOURCE_ID =
  /\b(i|ami|vol|snap|vpc|subnet|sg|rtb|nat|igw|acl|eni|vpce|pcx|tgw|vgw|cgw|vpn|ws|mi|op|dxcon|dxvif)-(?=[0-9a-z]*\d)[0-9a-z]{4,17}\b/g

/** Instance types by the service whose they are: `m6i.2xlarge`, `db.r6g.large`, `cache.t4g.micro`, `ml.p4d`. */
const INSTANCE_TYPE =
  /\b(?:(db|cache|ml)\.)?[a-z]{1,4}\d[a-z]{0,4}(?:-\w+)?\.(?:\d*x?large|metal|medium|small|micro|nano)\b/g
const TYPE_SERVICES: Readonly<Record<string, string>> = { db: 'rds', cache: 'elasticache', ml: 'sagemaker' }

/** ARNs, endpoints and resource ids inside a text. */
function identifiersIn(catalog: Catalog, field: Field): Candidate[] {
  const found: Candidate[] = []
  const { text, weight } = field
  const add = (name: string, score: number, because: string, id?: string): void => {
    const service = id === undefined ? findService(catalog, name)?.service : catalog.service(id)
    if (service)
      found.push({
        service,
        score: score * weight,
        named: true,
        because,
        evidence: { field: field.name, text: name.slice(0, 300) },
      })
  }
  if (text.includes('arn:aws'))
    for (const match of text.matchAll(ARN)) {
      // A principal's ARN says who asked, not what is broken.
      const principal = /^arn:aws[\w-]*:(?:sts|iam):/.test(match[0])
      add(match[0], principal ? 0.8 : 2.5, 'ARN namespace')
    }
  if (text.includes('.amazonaws.com'))
    for (const match of text.matchAll(HOST)) add(match[0], 2.5, 'endpoint of the service')
  if (text.includes('-'))
    for (const match of text.matchAll(RESOURCE_ID)) add(match[0], 1.5, 'id of a resource', ID_PREFIXES[match[1] ?? ''])
  if (text.includes('.'))
    for (const match of text.matchAll(INSTANCE_TYPE))
      add(match[0], 1.6, 'instance type', TYPE_SERVICES[match[1] ?? ''] ?? 'ec2')
  return found
}

const OBJECT = new Set(
  'to into by for behind via nach an zu using through toward gegen against onto zum zur'.split(' '),
)
const FILLERS = new Set('the a an our my its your this that aws amazon der die das den dem unser unsere'.split(' '))
const CONTEXT = new Set('in under on at from of with within im unter auf von aus mit besid'.split(' '))

/** The word before a place, past articles; undefined at the start of a sentence. */
function wordBefore(tokens: readonly Token[], at: number): string | undefined {
  const sentence = tokens[at]?.sentence
  for (let index = at - 1; index >= 0 && index >= at - 3; index--) {
    const token = tokens[index]
    if (!token || token.sentence !== sentence) return undefined
    if (!FILLERS.has(token.stem)) return token.stem
  }
  return undefined
}

const near = (reading: Reading, others: readonly Reading[], before: number, after: number): boolean =>
  others.some(
    (other) =>
      other.field === reading.field &&
      other.field.tokens[other.from]?.sentence === reading.field.tokens[reading.from]?.sentence &&
      other.from <= reading.to + after &&
      other.to >= reading.from - before,
  )

/** How much a mention says that its service is the broken one. */
function roleOf(reading: ReadingOf<'service'>, readings: Readings): { factor: number; because: string } {
  const before = wordBefore(reading.field.tokens, reading.from)
  const following = readings.well.filter((well) => well.from >= reading.to - 1)
  if (near(reading, following, 0, 2)) return { factor: 0.25, because: 'named as well' }
  if (before !== undefined && OBJECT.has(before)) return { factor: 0.5, because: 'only mentioned' }
  const failing = readings.fails.filter((fails) => fails.from >= reading.to)
  if (near(reading, failing, 0, 3)) return { factor: 1.5, because: 'said to fail' }
  if (before !== undefined && CONTEXT.has(before)) return { factor: 0.85, because: 'named' }
  return { factor: 1, because: 'named' }
}

/** Every service that the texts speak of, the likeliest first. */
export function rankServices(
  catalog: Catalog,
  fields: readonly Field[],
  readings: Readings,
  lookalikes: ReadonlySet<string>,
): Candidate[] {
  const best = new Map<Service, { candidate: Candidate; parts: Map<string, number> }>()
  const add = (candidate: Candidate, part: string): void => {
    const known = best.get(candidate.service)
    if (!known) {
      best.set(candidate.service, { candidate, parts: new Map([[part, candidate.score]]) })
      return
    }
    const strongest = Math.max(...known.parts.values())
    known.parts.set(part, Math.max(known.parts.get(part) ?? 0, candidate.score))
    known.candidate.named ||= candidate.named
    if (candidate.score > strongest) {
      known.candidate.because = candidate.because
      known.candidate.evidence = candidate.evidence
    }
  }
  for (const reading of readings.services) {
    const { service, weight } = reading.meaning
    if (lookalikes.has(service.id)) continue
    const { factor, because } = roleOf(reading, readings)
    const opening = reading.field.name === 'title' && reading.from <= 2 ? 1.15 : 1
    add(
      {
        service,
        score: weight * factor * opening * reading.field.weight,
        named: weight >= 2,
        because: weight >= 2 ? because : 'words that hint at it',
        evidence: { field: reading.field.name, text: wordsOf(reading) },
      },
      wordsOf(reading).toLowerCase(),
    )
  }
  for (const field of fields) for (const candidate of identifiersIn(catalog, field)) add(candidate, candidate.because)
  for (const { candidate, parts } of best.values()) candidate.score = total([...parts.values()])
  return Array.from(best.values(), ({ candidate }) => candidate).sort(
    (a, b) => b.score - a.score || (a.service.id < b.service.id ? -1 : 1),
  )
}

/** Each further mention says less than the one before. */
function total(parts: readonly number[]): number {
  return parts.toSorted((a, b) => b - a).reduce((sum, part, index) => sum + part / (1 + index), 0)
}
