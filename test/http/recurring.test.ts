/** Answers that are kept for whoever asks the same. */
import { describe, expect, it } from 'vitest'
import { createCatalog } from '../../src/domain/catalog.js'
import { createRecurring } from '../../src/http/recurring.js'
import { NO_RECORDS } from '../support/no-records.js'

const catalog = (revision: number) => createCatalog({ ...NO_RECORDS, revision, at: '' })
const answer = (text: string) => ({ output: text, text: Buffer.from(text) })

describe('what was answered before', () => {
  it('is answered again to the same body, and to no other', () => {
    const kept = createRecurring()
    const now = catalog(1)
    kept.put(now, { question: 'a' }, answer('A'))
    expect(kept.get(now, { question: 'a' })?.output).toBe('A')
    expect(kept.get(now, { question: 'a', context: {} })).toBeUndefined()
    expect(kept.get(now, undefined)).toBeUndefined()
  })

  it('is forgotten when the data changes', () => {
    const kept = createRecurring()
    kept.put(catalog(1), { question: 'a' }, answer('A'))
    expect(kept.get(catalog(2), { question: 'a' })).toBeUndefined()
  })

  it('takes bounded room: the oldest goes, and long bodies are not kept', () => {
    const kept = createRecurring()
    const now = catalog(1)
    for (let at = 0; at < 600; at++) kept.put(now, { question: `q${at}` }, answer('A'))
    expect(kept.get(now, { question: 'q0' })).toBeUndefined()
    expect(kept.get(now, { question: 'q599' })).toBeDefined()
    const long = { question: 'x'.repeat(1500) }
    kept.put(now, long, answer('A'))
    expect(kept.get(now, long)).toBeUndefined()
  })
})
