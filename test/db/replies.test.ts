/** The contract of kept answers, as far as HTTP cannot show it: time, and the commit that they share. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import type { Change, Store } from '../../src/domain/store.js'

const claim = { actor: 'portal', key: 'k', fingerprint: 'f' }
const reply = { status: 201, etag: '"1-a"', body: '{}' }
const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 24, 12, minutes)).toISOString()
const change = (base: number): Change => ({
  base,
  at: at(0),
  actor: 'portal',
  reason: 'because',
  origin: 'organisation',
  release: null,
  edits: [],
})

describe('a kept answer', () => {
  let store: Store
  beforeEach(async () => {
    store = await openStore('file::memory:')
  })
  afterEach(() => store.close())

  it('belongs to one caller: the same key of another is another key', async () => {
    expect(await store.replies.claim(claim, at(0))).toBe('claimed')
    expect(await store.replies.claim(claim, at(0))).toBe('pending')
    expect(await store.replies.claim({ ...claim, actor: 'other' }, at(0))).toBe('claimed')
  })

  it('is there with the commit, and not without it', async () => {
    await store.replies.claim(claim, at(0))
    await expect(store.commit(change(5), { claim, reply })).rejects.toThrow()
    expect(await store.replies.claim(claim, at(0))).toBe('pending')
    await store.commit(change(0), { claim, reply })
    expect(await store.replies.claim(claim, at(0))).toEqual(reply)
  })

  it('is forgotten after 24 hours, and not before', async () => {
    await store.replies.claim(claim, at(0))
    await store.replies.settle(claim, reply)
    expect(await store.replies.claim(claim, at(24 * 60 - 1))).toEqual(reply)
    expect(await store.replies.claim(claim, at(24 * 60))).toBe('claimed')
  })

  it('that never came lapses after a minute: its request was cut off and committed nothing', async () => {
    await store.replies.claim(claim, at(0))
    expect(await store.replies.claim(claim, at(1))).toBe('claimed')
  })

  it('leaves its key free where the request was refused', async () => {
    await store.replies.claim(claim, at(0))
    await store.replies.release(claim)
    expect(await store.replies.claim({ ...claim, fingerprint: 'g' }, at(0))).toBe('claimed')
  })
})
