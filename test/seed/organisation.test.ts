/** The example organisation: well-formed, complete in itself, and without ties. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Assignment, RoutingRule, Team, tiesWith } from '../../src/domain/organisation.js'
import { markRules } from '../../src/domain/tickets/rules.js'
import { packageRoot } from '../../src/paths.js'
import { seeded } from '../support/catalog.js'

const read = <T extends z.ZodType>(name: string, shape: T): z.output<T>[] =>
  z
    .array(shape)
    .parse(JSON.parse(readFileSync(join(packageRoot, 'seed/organisations/example', `${name}.json`), 'utf8')))

const teams = read('teams', Team)
const assignments = read('assignments', Assignment)
const rules = read('routing-rules', RoutingRule)

describe('the example organisation', () => {
  it('assigns only what there is, to teams that there are', () => {
    for (const { team, service, layer } of assignments) {
      expect(teams.map(({ id }) => id)).toContain(team)
      if (service) expect(seeded.service(service), service).toBeDefined()
      if (layer) expect(seeded.layer(layer), layer).toBeDefined()
    }
  })

  it('has no two assignments that tie', () => {
    expect(assignments.flatMap((one) => tiesWith(one, assignments).map(({ id }) => `${one.id} ${id}`))).toEqual([])
  })

  it('has rules that all can decide', () => {
    const known = {
      teams,
      services: new Set(seeded.services.map(({ id }) => id)),
      layers: new Set(seeded.layers.map(({ id }) => id)),
    }
    expect(markRules(rules, known).filter(({ state }) => state !== 'live')).toEqual([])
  })
})
