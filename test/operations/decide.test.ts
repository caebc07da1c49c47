/** What a decision repeats of its ticket: nothing secret, and nothing longer than an answer may quote. */
import { beforeAll, describe, expect, it } from 'vitest'
import { readSeed } from '../../seed/read.js'
import { createCatalog } from '../../src/domain/catalog.js'
import { inboundOf, type Ticket } from '../../src/domain/ticket.js'
import { Decision } from '../../src/domain/tickets/decision.js'
import { decide, loadRouter } from '../../src/operations/tickets.js'

const QUEUE = 'security@example.org'
const catalog = createCatalog({
  ...readSeed(),
  teams: [{ id: 'security', name: 'Security', queue: QUEUE, contact: null }],
  revision: 1,
  at: '2026-11-27T12:00:00.000Z',
})

const decideOn = (ticket: Ticket): Decision =>
  decide(catalog, inboundOf(ticket), { threshold: 0.5, defaultTeam: 'security' })

beforeAll(loadRouter)

describe('a decision', () => {
  it('quotes no secret of its ticket', () => {
    const decision = decideOn({
      title: 'RDS password=Sup3rSecretValue was committed to our code',
      description: 'S3 bucket public too, ask bob@example.com',
      assignee: 'bob@example.com',
    })
    expect(JSON.stringify(decision)).not.toMatch(/Sup3rSecretValue|bob@/)
    expect(decision.keptAssignee).toBe('[e-mail]')
  })

  it.each([
    ['without a secret', 'S3 bucket is public'],
    ['with one', 'S3 bucket is public, password=Sup3rSecretValue'],
  ])('names the queue of its team, be it an address, for a ticket %s', (_, title) => {
    const { explanation } = decideOn({ title })
    expect(explanation.at(-1)).toMatchObject({ step: 'destination', found: `Security (${QUEUE})` })
  })

  it('quotes no more of a long name than an answer may hold', () => {
    const decision = decideOn({ title: 'Bucket is public', service: `arn:aws:s3:::${'b'.repeat(2000)}` })
    expect(decision.service?.id).toBe('s3')
    expect(decision.explanation[0]?.evidence.text).toHaveLength(300)
    expect(Decision.safeParse(decision).error).toBeUndefined()
  })
})
