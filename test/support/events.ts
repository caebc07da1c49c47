/** The payloads of test/fixtures/events: each with what is expected of it and the headers that it is sent with. */
import { readdirSync, readFileSync } from 'node:fs'
import { HOOK_SOURCES, type HookSource } from '../../src/hooks/parse.js'

const ROOT = new URL('../fixtures/events/', import.meta.url)

export interface EventFixture {
  /** `security-hub/passed` */
  name: string
  /** The path that it is sent to: an envelope goes to the one that knows all. */
  source: HookSource
  /** The bytes as they are sent. */
  raw: string
  headers: Record<string, string>
  expect: { routable?: boolean; reason?: string; outcome: string | null; findings?: unknown[]; keptExisting?: boolean }
}

/** Every fixture, in the order of their names. */
export const eventFixtures: EventFixture[] = readdirSync(ROOT)
  .toSorted()
  .flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT))
      .filter((file) => !file.endsWith('.expect.json'))
      .toSorted()
      .map((file) => {
        const name = `${folder}/${file.replace(/\.\w+$/, '')}`
        const { headers = {}, ...expect } = JSON.parse(readFileSync(new URL(`${name}.expect.json`, ROOT), 'utf8'))
        return {
          name,
          source: HOOK_SOURCES.find((source) => source === folder) ?? 'eventbridge',
          raw: readFileSync(new URL(`${folder}/${file}`, ROOT), 'utf8').trim(),
          headers: { 'content-type': 'application/json', ...headers },
          expect,
        }
      }),
  )

/** The body as a parser gets it. */
export const bodyOf = ({ source, raw }: EventFixture): unknown => (source === 'slack' ? raw : JSON.parse(raw))
