/** API keys on the command line, where the first one has to come from: create, list, revoke. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Access, KeyId, KeyName, type KeyStore, SCOPES_OF_ACCESS, type StoredKey } from '../domain/access.js'
import { createKey } from './keys.js'

export const USAGE = `Usage:
  npm run keys -- create --scope <${SCOPES_OF_ACCESS.join('|')}> --name <name> [--expires <2027-01-01>]
  npm run keys -- list
  npm run keys -- revoke <id>
`
const BY = 'command line'

/** A command that cannot be done as it was typed; the message says why, in one line. */
export class CommandError extends Error {}

const fail = (message: string): never => {
  throw new CommandError(message)
}

/** Does what the arguments say and returns what to print. Throws {@link CommandError} where they say nothing sensible. */
export async function runKeysCommand(args: readonly string[], keys: KeyStore, now: () => number): Promise<string> {
  const { values, positionals } = readArguments(args)
  const [verb, ...rest] = positionals
  const at = new Date(now()).toISOString()
  if (verb === 'create' && rest.length === 0) {
    const { text, stored } = createKey({
      name: read(KeyName, '--name', values.name),
      scope: read(Access, '--scope', values.scope),
      expiresAt: values.expires === undefined ? null : readEnd(values.expires, now()),
      createdBy: BY,
      at,
    })
    await keys.add(stored)
    const end = stored.expiresAt === null ? 'It has no end.' : `It ends at ${stored.expiresAt}.`
    return `${text}\nThis is the key ${stored.id} (${stored.name}, ${stored.scope}). ${end} It is not shown again.\n`
  }
  if (verb === 'list' && rest.length === 0) return tableOf(await keys.list(), now())
  if (verb === 'revoke' && rest.length === 1) {
    const id = read(KeyId, 'The id', rest[0])
    await keys.revoke(id, at, BY)
    const key = (await keys.find(id)) ?? fail(`There is no key ${id}. "npm run keys -- list" shows what there is.`)
    return `The key ${id} (${key.name}) is revoked since ${key.revokedAt}. Running nodes refuse it within seconds.\n`
  }
  return fail(USAGE)
}

function readArguments(args: readonly string[]) {
  try {
    const option = { type: 'string' } as const
    return parseArgs({
      args: [...args],
      options: { scope: option, name: option, expires: option },
      allowPositionals: true,
    })
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

function read<T>(schema: z.ZodType<T>, what: string, value: string | undefined): T {
  if (value === undefined) return fail(`${what} is missing.\n${USAGE}`)
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : fail(`${what} "${value}": ${parsed.error.issues[0]?.message}.`)
}

/** A day is over where it begins in UTC. */
function readEnd(value: string, now: number): string {
  if (!z.union([z.iso.date(), z.iso.datetime({ offset: true })]).safeParse(value).success)
    fail(`--expires "${value}" is neither a day, such as 2027-01-01, nor a time, such as 2027-01-01T12:00:00Z.`)
  if (Date.parse(value) <= now) fail(`--expires "${value}" is over already.`)
  return new Date(value).toISOString()
}

function tableOf(keys: readonly StoredKey[], now: number): string {
  if (keys.length === 0) return 'There are no keys: nothing can be written.\n'
  const rows = keys.map(({ id, name, scope, createdAt, expiresAt, revokedAt, lastUsedAt }) => {
    const expired = expiresAt !== null && Date.parse(expiresAt) <= now
    const state = revokedAt
      ? `revoked ${revokedAt}`
      : expired
        ? `expired ${expiresAt}`
        : `until ${expiresAt ?? 'revoked'}`
    return [id, scope, name, `made ${createdAt}`, `used ${lastUsedAt ?? 'never'}`, state]
  })
  const widths = rows.reduce((most, row) => row.map((cell, i) => Math.max(cell.length, most[i] ?? 0)), [] as number[])
  return `${rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}
