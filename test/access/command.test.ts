import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.js'
import { CommandError, runKeysCommand } from '../../src/access/command.js'
import { isKey } from '../../src/access/keys.js'
import type { Store } from '../../src/domain/store.js'

const now = () => Date.parse('2026-11-24T12:00:00.000Z')

describe('npm run keys', () => {
  let store: Store
  beforeAll(async () => {
    store = await openStore('file::memory:')
  })
  afterAll(() => store.close())
  const run = (...args: string[]) => runKeysCommand(args, store.keys, now)

  it('makes a key, shows it once, lists it without it, and revokes it', async () => {
    expect(await run('list')).toContain('nothing can be written')
    const shown = await run('create', '--scope', 'write', '--name', 'portal', '--expires', '2027-01-01')
    const text = shown.split('\n', 1)[0] ?? ''
    const [key] = await store.keys.list()
    if (!key) throw new Error('no key was kept')
    expect(isKey(text, key)).toBe(true)
    expect(key).toMatchObject({
      name: 'portal',
      scope: 'write',
      expiresAt: '2027-01-01T00:00:00.000Z',
      createdBy: 'command line',
    })
    const list = await run('list')
    expect(list).toContain(`${key.id}  write  portal`)
    expect(list).not.toContain(text.slice(16))
    expect(await run('revoke', key.id)).toContain('revoked since 2026-11-24T12:00:00.000Z')
    expect(await run('list')).toContain('revoked 2026-11-24T12:00:00.000Z')
  })

  it.each([
    ['nothing', [], 'Usage:'],
    ['no such verb', ['make'], 'Usage:'],
    ['no such option', ['create', '--role', 'admin'], "'--role'"],
    ['no name', ['create', '--scope', 'write'], '--name is missing'],
    ['no such scope', ['create', '--name', 'a', '--scope', 'root'], '--scope "root"'],
    ['the name of the seed', ['create', '--name', 'Seed', '--scope', 'write'], '--name "Seed"'],
    ['the name of a token', ['create', '--name', 'oidc:alice', '--scope', 'write'], '--name "oidc:alice"'],
    [
      'an end that is over',
      ['create', '--name', 'a', '--scope', 'write', '--expires', '2026-11-24'],
      'is over already',
    ],
    [
      'an end that is no day',
      ['create', '--name', 'a', '--scope', 'write', '--expires', '2026-02-30'],
      'neither a day',
    ],
    ['an id of no key', ['revoke', '0123456789ab'], 'There is no key 0123456789ab'],
    ['an id that is none', ['revoke', 'portal'], 'The id "portal"'],
    ['two ids', ['revoke', 'a', 'b'], 'Usage:'],
  ])('refuses %s with a reason', async (_what, args, reason) => {
    const before = await store.keys.list()
    await expect(run(...args)).rejects.toThrow(CommandError)
    await expect(run(...args)).rejects.toThrow(reason)
    expect(await store.keys.list()).toEqual(before)
  })
})
