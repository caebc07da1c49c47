/** Writes the portal's files where the built service reads them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildBundle } from '../src/portal/build.js'
import { BUILT, FILES } from '../src/portal/bundle.js'

const bundle = await buildBundle()
await mkdir(BUILT, { recursive: true })
for (const [key, name] of Object.entries(FILES)) {
  const text = bundle[key as keyof typeof FILES]
  await writeFile(join(BUILT, name), text)
  if (process.argv.includes('--sizes')) process.stdout.write(`${name}: ${gzipSync(text).length} bytes compressed\n`)
}
