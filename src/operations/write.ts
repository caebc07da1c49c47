/** How every write goes: preconditions, decision, commit, and the same again where an unrelated write came between. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../domain/canonical.js'
import type { Catalog } from '../domain/catalog.js'
import { type Plan, plan } from '../domain/change.js'
import { Prose } from '../domain/model.js'
import { Refusal, type RefusalKind } from '../domain/refusal.js'
import { type Edit, LostRace } from '../domain/store.js'
import { type Operation, operation, type Resource, type Shape, type Writer } from './operation.js'

/** The version of a record: a hash over what it says, so it is the same on every node and after every start. */
export const versionOf = (resource: object): string =>
  createHash('sha256').update(canonical(resource)).digest('hex').slice(0, 16)

/** A value with its fields in the order of its schema: as it was written and as it was read back, it is the same text. */
export const inOrder = <T extends object>(schema: z.ZodObject, value: T): T =>
  Object.fromEntries(Object.keys(schema.shape).map((key) => [key, value[key as keyof T]])) as T

/** What any write may be refused for. */
export const WRITE_REFUSALS = [
  'unauthorized',
  'conflict',
  'unconditional',
  'stale',
  'lost-race',
  'key-reused',
  'in-progress',
] as const satisfies readonly RefusalKind[]

/** Why a write is made, for the change log, where the body has no place for it. */
export const WriteQuery = z.strictObject({
  reason: Prose.optional().describe('Why, for the change log.'),
})

/** How often a write is decided anew because unrelated ones came first. */
const MOST_TRIES = 8

interface Input<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
}

/** A write: what it touches, what it comes to, and what it answers. */
interface Write<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, O extends z.ZodType> {
  /** The record under the path; left out where the write stands for no single one. */
  resource?(catalog: Catalog, input: { params: z.output<P>; query: z.output<Q> }): Resource
  edits(catalog: Catalog, input: Input<P, Q, B>): readonly Edit[]
  /** For the change log. */
  reason(input: Input<P, Q, B>): string
  /** The seed's release that the data comes from, where it is another than before. */
  release?(input: Input<P, Q, B>): string | null
  /** Commits nothing, and answers as if it had. */
  dry?(input: Input<P, Q, B>): boolean
  answer(plan: Plan, input: Input<P, Q, B>, before: Catalog): z.output<O>
  /** The catalog on which its example works, where the shipped one has nothing to write to. */
  stage?(catalog: Catalog): Catalog
}

/** Declares an operation that writes. */
export function writeOperation<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  O extends z.ZodType,
  B extends z.ZodType = z.ZodUndefined,
>({
  edits,
  reason,
  release,
  dry,
  answer,
  stage,
  ...shape
}: Omit<Shape<P, Q, B, O>, 'run' | 'access' | 'rehearse' | 'resource'> & Write<P, Q, B, O>): Operation {
  const { resource } = shape
  const planOf = (catalog: Catalog, input: Input<P, Q, B>, actor: string, now: number): Plan =>
    plan(catalog, edits(catalog, input), {
      actor,
      at: new Date(now).toISOString(),
      reason: reason(input),
      release: release?.(input) ?? null,
    })
  return operation<P, Q, O, B>({
    ...shape,
    access: 'write',
    rehearse(catalog, input) {
      const before = stage?.(catalog) ?? catalog
      return answer(planOf(before, input, 'portal', Date.parse(before.at)), input, before)
    },
    async run({ actor, writer, now }, input) {
      if (actor === null || !writer)
        throw new Refusal(
          'unauthorized',
          'Nobody known asks. Send Authorization: Bearer <key> with a key that may write.',
        )
      let catalog = await writer.latest()
      const found = resource?.(catalog, input) ?? null
      for (let tries = 1; ; tries += 1) {
        const held = resource?.(catalog, input) ?? null
        if (tries > 1 && canonical(held) !== canonical(found)) throw lostRace()
        if (resource) checkPreconditions(writer, held, shape.method)
        else if (writer.match !== null || writer.noneMatch !== null)
          throw new Refusal('invalid', 'This write replaces no single record: send no If-Match and no If-None-Match.')
        const made = planOf(catalog, input, actor, now())
        const output = answer(made, input, catalog)
        if (dry?.(input)) return output
        try {
          await writer.commit(made.change, {
            output,
            created: shape.method === 'PUT' && held === null,
            resource: shape.method === 'PUT' ? (resource?.(made.after, input) ?? null) : null,
          })
          return output
        } catch (error) {
          if (!(error instanceof LostRace)) throw error
          if (tries === MOST_TRIES) throw lostRace()
          catalog = await writer.latest()
        }
      }
    },
  })
}

const lostRace = (): Refusal =>
  new Refusal('lost-race', 'Another write came first, and nothing of yours was stored. Read again and decide anew.')

/** What exists is replaced only by those who say which version they saw (RFC 9110, section 13.1). */
function checkPreconditions({ match, noneMatch }: Writer, held: Resource, method: string): void {
  if (noneMatch !== null) {
    if (noneMatch.trim() !== '*' || method !== 'PUT')
      throw new Refusal(
        'invalid',
        `A write takes If-Match with an ETag, or PUT with If-None-Match: *. You sent If-None-Match: ${noneMatch.slice(0, 100)}.`,
      )
    if (held)
      throw new Refusal(
        'stale',
        'It exists already, and If-None-Match: * only creates. Send its ETag as If-Match to replace it.',
      )
  }
  if (match === null) {
    if (held && noneMatch === null)
      throw new Refusal('unconditional', 'It exists already. Read it, and send its ETag as If-Match.')
    return
  }
  if (!held)
    throw new Refusal('stale', `There is nothing here any more that If-Match: ${match.slice(0, 100)} could mean.`)
  if (!matchesVersion(match, versionOf(held)))
    throw new Refusal(
      'stale',
      `If-Match: ${match.slice(0, 100)} is not the present version. Read it again, and decide anew.`,
    )
}

/** An ETag is `"<version>-<hash of the answer>"`; the version alone says whether the record is the one that was read. */
const matchesVersion = (header: string, version: string): boolean =>
  header.trim() === '*' ||
  header.split(',').some((tag) => /^\s*(?:W\/)?"([0-9a-f]+)-[^"]*"\s*$/.exec(tag)?.[1] === version)
