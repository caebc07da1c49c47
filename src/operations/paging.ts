/** Lists: `limit` and an opaque `cursor` in, `{ items, nextCursor, total }` out. */
import { z } from 'zod'
import { Refusal } from '../domain/refusal.js'
import { Revision } from '../domain/verdict.js'

export const Page = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many items at most.'),
  cursor: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('Where to go on: the nextCursor of the page before. Leave out for the first page.'),
}

/** The output of a list of `items`. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    items: z.array(item).max(200),
    nextCursor: z.string().max(300).nullable().describe('Null on the last page.'),
    total: z.int().min(0).max(1_000_000).describe('How many items there are on all pages together.'),
    revision: Revision,
  })

/**
 * One page of `all`, which is in a stable order by `id`. The cursor names the last item of the page before, so a
 * page neither repeats nor skips items when others come or go.
 */
export function pageOf<T extends { id: string }>(
  all: readonly T[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: T[]; nextCursor: string | null; total: number } {
  let start = 0
  if (cursor !== undefined) {
    const after = Buffer.from(cursor, 'base64url').toString()
    const index = all.findIndex(({ id }) => id === after)
    if (index < 0)
      throw new Refusal('invalid', `The cursor "${cursor}" is of no page of this list. Leave it out to start again.`, {
        field: 'cursor',
      })
    start = index + 1
  }
  const items = all.slice(start, start + limit)
  const last = items.at(-1)
  const more = start + limit < all.length && last !== undefined
  return { items, nextCursor: more ? Buffer.from(last.id).toString('base64url') : null, total: all.length }
}
