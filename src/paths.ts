/** Where this package lies, whether it runs from its sources or from `dist`. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder))
}

/** The folder that holds package.json, seed and migrations. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

/** The version of this package. */
export const packageVersion = String(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version)
