/** One spelling for equal values: what records are compared and versioned by. */

/** JSON with the keys of every object in order and what is undefined left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}

/** Whether two records say the same. */
export const same = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b)
