/** `npm run facts -- stale | check | notes`: what to read again, what contradicts itself, what a release changed. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readSeed } from '../seed/read.js'
import { type Catalog, createCatalog } from '../src/domain/catalog.js'
import { contradictions, FRESH_DAYS, releaseNotes, staleRules, staleSince } from '../src/domain/facts.js'
import { packageRoot } from '../src/paths.js'

const USAGE = `Usage:
  npm run facts -- stale [--days ${FRESH_DAYS}] [--unverified]   facts last read longer ago, or never confirmed
  npm run facts -- check                        contradictions; ends with 1 where there is one
  npm run facts -- notes <from> [<to>]          release notes between two git revisions (to: the files as they are)
`

const catalogOf = (root?: string): Catalog =>
  createCatalog({ ...readSeed(root), revision: 1, at: '1970-01-01T00:00:00.000Z' })

/** The catalog of the seed as it was at a git revision. */
function catalogAt(revision: string): Catalog {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'))
  try {
    const archive = execFileSync('git', ['archive', '--format=tar', revision, 'seed'], {
      cwd: packageRoot,
      maxBuffer: 256 * 1024 * 1024,
    })
    execFileSync('tar', ['-x', '-C', folder], { input: archive })
    return catalogOf(join(folder, 'seed'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function stale(days: number, unverified: boolean): string[] {
  const catalog = catalogOf()
  const before = staleSince(today(), days)
  return catalog.services.flatMap((service) =>
    staleRules(catalog, service, before)
      .filter(({ readOn }) => unverified || readOn !== null)
      .map(
        ({ rule, readOn }) => `${readOn ?? 'not confirmed'}  ${rule.subject}/${rule.layer}  ${rule.sources[0] ?? ''}`,
      ),
  )
}

const today = (): string => new Date().toISOString().slice(0, 10)

function main(): number {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { days: { type: 'string', default: String(FRESH_DAYS) }, unverified: { type: 'boolean', default: false } },
  })
  const [verb, from, to] = positionals
  const print = (lines: readonly string[], none: string): void =>
    void process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : `${none}\n`)
  if (verb === 'stale' && /^\d{1,5}$/.test(values.days)) {
    const lines = stale(Number(values.days), values.unverified)
    print(lines, `No fact was last read more than ${values.days} days ago.`)
    return 0
  }
  if (verb === 'check') {
    const faults = contradictions(catalogOf(), today())
    print(faults, 'Nothing contradicts itself.')
    return faults.length > 0 ? 1 : 0
  }
  if (verb === 'notes' && from) {
    print(releaseNotes(catalogAt(from), to ? catalogAt(to) : catalogOf()), 'Nothing changed.')
    return 0
  }
  process.stderr.write(USAGE)
  return 2
}

process.exitCode = main()
