/** The names by which services and layers go: exact look-up, and what was probably meant. */
import { distance } from 'fastest-levenshtein'
import type { Layer, Service } from './model.js'
import type { Suggestion } from './refusal.js'

/** Folds case, width, punctuation and the words "Amazon" and "AWS" away: "Amazon RDS" and "rds" are one name. */
export function foldName(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return folded.replace(/^(?:amazon|aws) (?=.)/, '')
}

/** Names to ids; a name that several things bear is no name of any. */
export interface NameIndex {
  /** The id that bears this name, in whatever case and punctuation. */
  find(text: string): string | undefined
  /** The id whose name is one slip of the keyboard away, where only one is. */
  near(text: string): string | undefined
  /** Up to `limit` things whose names are nearest, best first; empty where nothing is near. */
  nearest(text: string, limit?: number): Suggestion[]
}

interface Named {
  id: string
  name: string
  names: readonly string[]
}

function createNameIndex(things: readonly Named[]): NameIndex {
  const owners = new Map<string, string | null>()
  for (const { id, name, names } of things)
    for (const text of [id, name, ...names]) {
      const key = foldName(text)
      const owner = owners.get(key)
      owners.set(key, owner === undefined || owner === id ? id : null)
    }
  // An id always means its own thing, even where another service uses the word as a nickname.
  for (const { id } of things) owners.set(foldName(id), id)
  const titles = new Map(things.map(({ id, name }) => [id, name]))
  return {
    find: (text) => owners.get(foldName(text)) ?? undefined,
    near(text) {
      const wanted = foldName(text).slice(0, 80)
      const allowed = wanted.length < 4 ? 0 : wanted.length < 8 ? 1 : 2
      const ids = new Set(
        [...owners]
          .filter(([key]) => Math.abs(key.length - wanted.length) <= allowed && distance(wanted, key) <= allowed)
          .map(([, id]) => id),
      )
      const [only] = ids
      return ids.size === 1 ? (only ?? undefined) : undefined
    },
    nearest(text, limit = 5) {
      const wanted = foldName(text).slice(0, 80)
      const best = new Map<string, number>()
      for (const [key, id] of owners) {
        if (!id) continue
        const score = nearness(wanted, key)
        if (score < 0.6 && score < (best.get(id) ?? 1)) best.set(id, score)
      }
      return [...best]
        .sort(([a, x], [b, y]) => x - y || a.localeCompare(b))
        .slice(0, limit)
        .map(([id]) => ({ id, name: titles.get(id) ?? id }))
    },
  }
}

/** 0 is equal, 1 is unrelated. A contained word counts as near, less so the more is left over. */
function nearness(wanted: string, key: string): number {
  if (wanted === '') return 1
  const edits = distance(wanted, key) / Math.max(wanted.length, key.length)
  const contained = wanted.length > 2 && key.includes(wanted) ? 0.3 + 0.2 * (1 - wanted.length / key.length) : 1
  return Math.min(edits, contained)
}

export const nameServices = (services: readonly Service[]): NameIndex =>
  createNameIndex(
    services.map(({ id, name, aliases, serviceIds }) => ({ id, name, names: [...aliases, ...serviceIds] })),
  )

export const nameLayers = (layers: readonly Layer[]): NameIndex =>
  createNameIndex(layers.map(({ id, name, vocabulary }) => ({ id, name, names: vocabulary.names })))
