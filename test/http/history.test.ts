import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Layer, Rule, Service } from '../../src/domain/model.js'
import { ruleId } from '../../src/domain/model.js'
import type { Edit } from '../../src/domain/store.js'
import { operations } from '../../src/operations/index.js'
import type { Operation } from '../../src/operations/operation.js'
import { startService } from '../support/app.js'
import { seeded } from '../support/catalog.js'
import { NOON } from '../support/noon.js'
import { send, urlOf } from '../support/operations.js'

const rds = seeded.service('rds') as Service
const os = seeded.layer('operating-system') as Layer
const override = (reason: string): Rule => ({
  id: ruleId('organisation', 'rds', os.id),
  scope: 'organisation',
  subject: 'rds',
  layer: os.id,
  owner: 'customer',
  aws: null,
  customer: `We patch it ourselves. ${reason}`,
  lead: null,
  leadReason: null,
  flip: null,
  sources: [],
  verifiedAt: null,
  origin: 'organisation',
  reason,
  ground: null,
})
const put = (rule: Rule): Edit => ({ kind: 'rules', id: rule.id, record: rule })

/** The history of these tests after the seed: who did what, a minute after each other. */
const HISTORY: { actor: string; reason: string; edits: Edit[] }[] = [
  { actor: 'portal', reason: 'We run our own images.', edits: [put(override('Own images.'))] },
  {
    actor: 'oidc:alice',
    reason: 'Renamed by a merger, and a layer that is described anew.',
    edits: [
      { kind: 'services', id: 'rds', record: { ...rds, name: 'Relational Databases' } },
      { kind: 'layers', id: os.id, record: { ...os, covers: 'The system under the workload, as we see it.' } },
    ],
  },
  {
    actor: 'portal',
    reason: 'Back to what is shipped.',
    edits: [{ kind: 'rules', id: ruleId('organisation', 'rds', os.id), record: null }],
  },
  {
    actor: 'portal',
    reason: 'S3 is no longer used.',
    edits: [{ kind: 'services', id: 's3', record: null }],
  },
]
const LAST = HISTORY.length + 1
/** The instant at which a revision was committed. */
const instantOf = (revision: number): string => new Date(NOON.getTime() + (revision - 1) * 60_000).toISOString()

/** Every address of the past that is compared: each example, and each of its other forms. */
const QUESTIONS: (readonly [string, Operation, string])[] = operations
  .filter(({ history }) => history)
  .flatMap((operation) =>
    ['json', ...Object.keys(operation.formats ?? {})].map((format) => {
      const url = urlOf(operation)
      const named = operation.formats ? `${url}${url.includes('?') ? '&' : '?'}format=${format}` : url
      return [`${operation.id} as ${format}`, operation, named] as const
    }),
  )
const withMoment = (url: string, moment: string | number): string =>
  `${url}${url.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(moment)}`

interface Told {
  status: number
  body: Buffer
  etag: string | undefined
}

describe('the past', () => {
  const time = NOON.getTime() + 60 * 60_000
  let service: Awaited<ReturnType<typeof startService>>
  /** What was answered at each revision, by name of the question. */
  const then = new Map<number, Map<string, Told>>()

  const ask = async (operation: Operation, url: string): Promise<Told> => {
    const answer = await send(service.request, operation, { 'accept-encoding': 'identity' }, url)
      .buffer(true)
      .parse((stream, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => done(null, Buffer.concat(chunks)))
      })
    return { status: answer.status, body: answer.body, etag: answer.headers.etag }
  }
  const remember = async (revision: number): Promise<void> => {
    const told = new Map<string, Told>()
    for (const [name, operation, url] of QUESTIONS) told.set(name, await ask(operation, url))
    then.set(revision, told)
  }

  beforeAll(async () => {
    service = await startService({}, { now: () => time })
    await remember(1)
    for (const [i, { actor, reason, edits }] of HISTORY.entries()) {
      const base = i + 1
      await service.store.commit({
        base,
        at: instantOf(base + 1),
        actor,
        reason,
        origin: 'organisation',
        release: null,
        edits,
      })
      // Who asks for a revision that this node has not read yet makes it read.
      await service.request.get(`/v1/changes?since=${base + 1}`).expect(200)
      await remember(base + 1)
    }
  }, 120_000)
  afterAll(() => service.stop())

  it('differs from the present, so that there is something to compare', () => {
    const bodies = (name: string) => [...then.values()].map((told) => told.get(name)?.body.toString())
    expect(new Set(bodies('getVerdict as json')).size).toBe(LAST)
    expect(new Set(bodies('getMatrix as csv')).size).toBeGreaterThan(2)
    expect(then.get(LAST)?.get('getComponentDefinition as json')?.status).toBe(404)
  })

  it.each(QUESTIONS)('is told byte for byte as it was then: %s', async (name, operation, url) => {
    for (let revision = 1; revision <= LAST; revision++) {
      const told = then.get(revision)?.get(name)
      for (const moment of [
        revision,
        instantOf(revision),
        // The last millisecond before the next change.
        new Date(Date.parse(instantOf(revision + 1)) - 1).toISOString(),
        instantOf(revision).replace('Z', '+00:00'),
      ]) {
        const answer = await ask(operation, withMoment(url, moment))
        expect(answer.status).toBe(told?.status)
        if (told?.status !== 200) continue
        expect(answer.body.equals(told.body), `${name} as of ${moment}`).toBe(true)
        expect(answer.etag).toBe(told.etag)
      }
    }
  })

  it('is part of every answer that holds a verdict or a matrix', () => {
    const names = operations.filter(({ history }) => history).map(({ id }) => id)
    expect(names).toEqual(
      expect.arrayContaining([
        'getVerdict',
        'listVerdicts',
        'getOwner',
        'askOwners',
        'getMatrix',
        'getSummary',
        'getDuties',
      ]),
    )
  })

  it('is found again by If-None-Match', async () => {
    const url = withMoment('/v1/services/rds/layers/operating-system', 2)
    const { headers } = await service.request.get(url).expect(200)
    await service.request.get(url).set('if-none-match', String(headers.etag)).expect(304)
  })

  it('is told to many at once, of more revisions than are held in memory', async () => {
    const url = '/v1/services/rds/layers/operating-system'
    const moments = Array.from({ length: 40 }, (_, i) => 1 + (i % LAST))
    const answers = await Promise.all(moments.map((moment) => service.request.get(withMoment(url, moment))))
    expect(answers.map(({ body }) => body.revision)).toEqual(moments)
  })

  it.each([
    ['a time before the first change', '2026-11-24T11:59:59.999Z', `made at ${instantOf(1)}`],
    ['revision 0', '0', 'counted from 1'],
    ['a revision that is yet to come', String(LAST + 1), `the last one is ${LAST}`],
    ['a time that is yet to come', '2026-11-24T13:00:00.001Z', 'is yet to come'],
    ['a day without a time', '2026-11-24', 'such as 2026-03-31T00:00:00Z'],
    ['a day that there is not', '2026-02-30T00:00:00Z', 'must be a revision'],
    ['words', 'yesterday', '"yesterday"'],
    ['nothing', '', 'asOf'],
    ['a negative revision', '-1', 'must be a revision'],
  ])('refuses %s and says why', async (_what, moment, reason) => {
    const url = '/v1/services/rds/layers/operating-system'
    const { body } = await service.request.get(`${url}?asOf=${encodeURIComponent(moment)}`).expect(400)
    expect(body.errors[0].pointer).toBe('/query/asOf')
    expect(JSON.stringify(body)).toContain(reason.replaceAll('"', '\\"'))
  })

  it('is not offered where an answer rests on more than the data of then', async () => {
    await service.request.get('/v1/search?q=rds&asOf=1').expect(400)
  })

  describe('in the change log', () => {
    const list = async (query: string) => (await service.request.get(`/v1/changes${query}`).expect(200)).body
    const revisions = (body: { items: { revision: number }[] }) => body.items.map(({ revision }) => revision)

    it('is listed newest first, with who, when, why, what before and what after', async () => {
      const body = await list('')
      expect(revisions(body)).toEqual([5, 4, 3, 2, 1])
      expect(body).toMatchObject({ total: LAST, nextCursor: null, revision: LAST })
      expect(body.items[3]).toEqual({
        revision: 2,
        time: instantOf(2),
        actor: 'portal',
        reason: 'We run our own images.',
        origin: 'organisation',
        release: null,
        counts: [{ kind: 'rules', edits: 1 }],
        total: 1,
        edits: [
          {
            kind: 'rules',
            id: 'organisation/rds/operating-system',
            before: null,
            after: override('Own images.'),
          },
        ],
        truncated: false,
      })
      expect(body.items[1].edits[0]).toMatchObject({ before: override('Own images.'), after: null })
      expect(body.items[2].counts).toEqual([
        { kind: 'layers', edits: 1 },
        { kind: 'services', edits: 1 },
      ])
      expect(body.items[2].edits.map(({ id }: { id: string }) => id)).toEqual([os.id, 'rds'])
    })

    it('tells the number of edits of a release, and the edits page by page', async () => {
      const { items } = await list('')
      const seed = items[4]
      expect(seed).toMatchObject({ actor: 'seed', origin: 'seed', truncated: true, edits: [] })
      expect(seed.total).toBe(seed.counts.reduce((sum: number, { edits }: { edits: number }) => sum + edits, 0))
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { body: { items: { kind: string; id: string }[]; nextCursor: string | null; change: object } } =
          await service.request.get(`/v1/changes/1?limit=200${cursor && `&cursor=${cursor}`}`).expect(200)
        seen.push(...page.body.items.map(({ kind, id }) => `${kind}/${id}`))
        cursor = page.body.nextCursor
      }
      expect(new Set(seen).size).toBe(seed.total)
      expect(seen).toHaveLength(seed.total)
      expect(seen).toContain('services/s3')
    })

    it.each([
      ['?since=3', [5, 4]],
      [`?since=${instantOf(3)}`, [5, 4]],
      ['?since=2020-01-01T00:00:00Z', [5, 4, 3, 2, 1]],
      ['?since=5', []],
      ['?actor=portal', [5, 4, 2]],
      ['?actor=oidc:alice', [3]],
      ['?actor=nobody', []],
      ['?subject=rds&since=1', [4, 3, 2]],
      ['?subject=operating-system&actor=portal', [4, 2]],
      ['?subject=organisation/rds/operating-system', [4, 2]],
      ['?subject=s3', [5, 1]],
      ['?subject=rds/rds-custom', [1]],
    ])('is filtered by %s', async (query, expected) => expect(revisions(await list(query))).toEqual(expected))

    it('goes on where the page before ended', async () => {
      const first = await list('?limit=2')
      const second = await list(`?limit=2&cursor=${first.nextCursor}`)
      expect([...revisions(first), ...revisions(second)]).toEqual([5, 4, 3, 2])
      expect(first.total).toBe(LAST)
    })

    it.each([
      ['/v1/changes?subject=rdss', 404, '"rds"'],
      ['/v1/changes?subject=RDS', 400, 'must be an id'],
      ['/v1/changes?subject=r_s', 400, 'must be an id'],
      ['/v1/changes?since=6', 400, 'the last one is 5'],
      ['/v1/changes?since=tomorrow', 400, 'such as 12'],
      ['/v1/changes/6', 404, 'the last one is 5'],
      ['/v1/changes/0', 400, '/params/revision'],
      ['/v1/changes/one', 400, '/params/revision'],
    ])('refuses %s', async (url, status, reason) => {
      const answer = await service.request.get(url).expect(status)
      expect(answer.text.replaceAll('\\"', '"')).toContain(reason)
    })
  })
})
