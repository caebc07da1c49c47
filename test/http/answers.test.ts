import { describe, expect, it } from 'vitest'
import { createCatalog } from '../../src/domain/catalog.js'
import { compileAnswer, createAnswerCache, matchesEtag } from '../../src/http/answers.js'
import { NO_RECORDS } from '../support/no-records.js'

const catalog = (revision: number) => createCatalog({ ...NO_RECORDS, revision, at: '' })

describe('the answer cache', () => {
  it('forgets every answer of a revision when the next one comes', () => {
    const cache = createAnswerCache()
    const [first, second] = [catalog(1), catalog(2)]
    cache.put(first, '/a', '{}', { contentType: 'application/json' })
    expect(cache.get(first, '/a')?.body).toBe('{}')
    expect(cache.get(second, '/a')).toBeUndefined()
    cache.put(second, '/b', '{}', { contentType: 'application/json' })
    expect(cache.get(first, '/a')).toBeUndefined()
  })

  it('never holds more than it may, however many addresses are asked', () => {
    const cache = createAnswerCache(1000)
    const one = catalog(1)
    for (let i = 0; i < 100; i++) cache.put(one, `/${i}`, 'x'.repeat(100), { contentType: 'text/plain' })
    const held = [...Array(100).keys()].filter((i) => cache.get(one, `/${i}`))
    expect(held).toContain(99)
    expect(held).not.toContain(0)
    expect(held.length).toBeGreaterThan(0)
    expect(held.length).toBeLessThan(10)
  })

  it('lets an answer leave whole only where it is the same for whoever asks, and small', () => {
    const plain = (body: string, more = {}) =>
      compileAnswer(catalog(1), body, { contentType: 'text/plain', open: 'getIt', ...more }).plain
    expect(plain('a')).toMatchObject({ operation: 'getIt', bytes: 'a' })
    expect(plain('a', { varies: true })).toBeUndefined()
    expect(plain('a', { disposition: 'attachment' })).toBeUndefined()
    expect(plain('a'.repeat(5000))).toBeUndefined()
    expect(compileAnswer(catalog(1), 'a', { contentType: 'text/plain' }).plain).toBeUndefined()
  })

  it('gives equal bytes of one revision equal ETags, and of another revision others', () => {
    const cache = createAnswerCache()
    const [first, second] = [catalog(1), catalog(2)]
    const etag = (of: ReturnType<typeof catalog>, text: string) =>
      cache.put(of, '/a', text, { contentType: 'text/plain' }).etag
    expect(etag(first, 'a')).toBe(etag(first, 'a'))
    expect(etag(first, 'a')).not.toBe(etag(first, 'b'))
    expect(etag(first, 'a')).not.toBe(etag(second, 'a'))
  })
})

describe('If-None-Match', () => {
  it.each([
    ['"1-a"', true],
    ['*', true],
    ['W/"1-a"', true],
    ['"0-x", "1-a"', true],
    ['"1-b"', false],
    ['', false],
  ])('%s against "1-a" is %s', (header, matches) => expect(matchesEtag(header, '"1-a"')).toBe(matches))
})
