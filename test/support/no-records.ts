/** A data set with nothing in it, for tests that bring their own records. */
import type { Dataset } from '../../src/domain/model.js'

export const NO_RECORDS = {
  layers: [],
  models: [],
  services: [],
  rules: [],
  articles: [],
  signals: [],
  shipped: [],
  teams: [],
  assignments: [],
  routingRules: [],
} as const satisfies Omit<Dataset, 'revision' | 'at'>
