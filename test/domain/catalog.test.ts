/** What is found by its id, and what is said to those who name it otherwise. */
import { describe, expect, it } from 'vitest'
import { requireLayer, requireService } from '../../src/domain/catalog.js'
import { seeded } from '../support/catalog.js'
import { refusalOf } from '../support/refusal.js'

describe('requireService', () => {
  it('finds by id only', () => expect(requireService(seeded, 'rds').name).toBe('Amazon RDS'))

  it.each([
    ['Amazon RDS', 'rds'],
    ['relational database service', 'rds'],
    ['RDS', 'rds'],
  ])('refuses the alias %s and says which id is meant', (alias, id) =>
    expect(refusalOf(() => requireService(seeded, alias))).toMatchObject({ kind: 'alias', details: { id } }),
  )

  it.each([
    ['rdss', 'rds'],
    ['lamda', 'lambda'],
    ['cloudfornt', 'cloudfront'],
    ['dynamo', 'dynamodb'],
  ])('suggests for %s what was probably meant', (typo, id) => {
    const refusal = refusalOf(() => requireService(seeded, typo))
    if (refusal.kind === 'alias') expect(refusal.details.id).toBe(id)
    else expect(refusal.details.suggestions?.map((suggestion) => suggestion.id)).toContain(id)
  })

  it('suggests nothing for what is near to nothing', () =>
    expect(refusalOf(() => requireService(seeded, 'qqqqqqqqqqqqqqqqqq')).details.suggestions).toEqual([]))
})

describe('requireLayer', () => {
  it('finds every one of the 21 by its id', () =>
    expect(seeded.layers.map(({ id }) => requireLayer(seeded, id).position)).toEqual(
      [...Array(21).keys()].map((n) => n + 1),
    ))
})
