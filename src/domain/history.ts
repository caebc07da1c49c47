/** The history of the data as the rest of the house asks for it. */
import { z } from 'zod'
import type { Catalog } from './catalog.js'

const isMoment = (text: string): boolean =>
  /^\d{1,9}$/.test(text) || z.iso.datetime({ offset: true }).safeParse(text).success

/** A point in the history of the data: a revision, `12`, or a time, `2026-03-31T00:00:00Z`. */
export const Moment = z
  .string()
  .min(1)
  .max(40)
  .refine(isMoment, 'must be a revision, such as 12, or a time, such as 2026-03-31T00:00:00Z')

export interface History {
  /** The catalog of a moment. Refuses one before the first change and one that is yet to come. */
  at(moment: string): Promise<Catalog>
  /** The revision that stood at a moment; 0 before the first change. Refuses one that is yet to come. */
  revisionAt(moment: string): Promise<number>
}
