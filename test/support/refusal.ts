/** The refusal that a call ends in; fails where nothing was refused. */
import { Refusal } from '../../src/domain/refusal.js'

export function refusalOf(ask: () => unknown): Refusal {
  try {
    ask()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}
