/** Where the built files of the portal come from: the build's folder, or built in memory when run from the sources. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../paths.js'
import type { Bundle } from './build.js'

/** The folder that `npm run build` writes and the built service reads. */
export const BUILT = join(packageRoot, 'dist/portal')
export const FILES = { script: 'main.js', style: 'portal.css', embed: 'embed.js' } as const satisfies Record<
  keyof Bundle,
  string
>

const runsBuilt = import.meta.url.includes('/dist/src/portal/')

async function readBuilt(): Promise<Bundle> {
  const read = (name: string): Promise<string> => readFile(join(BUILT, name), 'utf8')
  const [script, style, embed] = await Promise.all([read(FILES.script), read(FILES.style), read(FILES.embed)])
  return { script, style, embed }
}

let bundle: Promise<Bundle> | undefined

/** Loads the files once for the process; a failure is not kept, so that the next request tries again. */
export function loadBundle(): Promise<Bundle> {
  bundle ??= (runsBuilt ? readBuilt() : import('./build.js').then(({ buildBundle }) => buildBundle())).catch(
    (error: unknown) => {
      bundle = undefined
      throw error
    },
  )
  return bundle
}
