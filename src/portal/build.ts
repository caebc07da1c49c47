/** Bundles the browser's side of the portal with esbuild: the page's script and style, and the embeddable element. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { BuildOptions } from 'esbuild'
import { packageRoot } from '../paths.js'

/** What the browser is sent, as text. */
export interface Bundle {
  script: string
  style: string
  embed: string
}

const CLIENT = join(packageRoot, 'src/portal/client')
const OPTIONS = {
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'silent',
  tsconfig: join(CLIENT, 'tsconfig.json'),
} as const satisfies BuildOptions

/** Needs the development dependencies; throws what esbuild throws where a source does not compile. */
export async function buildBundle(): Promise<Bundle> {
  const { build } = await import('esbuild')
  const bundle = async (options: BuildOptions): Promise<string> => {
    const { outputFiles } = await build({ ...OPTIONS, ...options, write: false })
    return outputFiles?.[0]?.text ?? ''
  }
  const [script, style, embed] = await Promise.all([
    bundle({ entryPoints: [join(CLIENT, 'main.tsx')], format: 'esm' }),
    bundle({ entryPoints: [join(CLIENT, 'portal.css')] }),
    // A classic script and a module alike may load it.
    bundle({ entryPoints: [join(CLIENT, 'embed.ts')], format: 'iife' }),
  ])
  return { script, style, embed }
}

/** The name under which a text may be cached for ever. */
export const hashedName = (stem: string, text: string, extension: string): string =>
  `${stem}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}.${extension}`
