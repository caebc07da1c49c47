/** The README shows calls with their answers: each is made, and must be answered so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../src/paths.js'
import { useService } from './support/app.js'

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8')

/** `curl -s '<address>' [-H … -d '<body>'] | jq '{<fields>}'` and what it prints. */
const CALL =
  /\$ curl -s '?127\.0\.0\.1:3000([^'\s]+)'?(?: -H '[^']+' -d '([^']+)')? \| jq '\{([^}]+)\}'\n([\s\S]*?)\n```/g
const calls = [...readme.matchAll(CALL)].map(([, path = '', body, fields = '', printed = '']) => ({
  path,
  body,
  fields: fields.split(',').map((field) => field.trim()),
  printed,
}))

describe('a call of the README', () => {
  const { get, running } = useService()

  it('is found for each answer that is shown', () => expect(calls.length).toBe(readme.split('$ curl').length - 1))

  it.each(calls)('is answered as it says: $path', async ({ path, body, fields, printed }) => {
    // As a stranger: with a key a ticket would be kept.
    const sent = body ? running().request.post(path).set('content-type', 'application/json').send(body) : get(path)
    const answer = (await sent).body as Record<string, unknown>
    expect(Object.fromEntries(fields.map((field) => [field, answer[field]]))).toEqual(JSON.parse(printed))
  })
})
