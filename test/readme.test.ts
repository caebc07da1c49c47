/** The README is held to what runs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Config } from '../src/config.js'
import { packageRoot } from '../src/paths.js'
import { seeded } from './support/catalog.js'

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8')

describe('the README', () => {
  it.each(Object.keys(Config.shape))('describes the variable %s', (name) => expect(readme).toContain(`\`${name}\``))

  it('counts services, facts and variants as the seed has them', () => {
    const own = seeded.services.filter((service) =>
      seeded.layers.some(({ id }) => seeded.rule('service', service.id, id) !== undefined),
    )
    const variants = seeded.services.reduce((sum, service) => sum + service.variants.length, 0)
    expect(readme).toContain(
      `${seeded.services.length} services, ${own.length} of them with facts of their own and ${variants} variants between them,`,
    )
  })

  it('names no file that there is not', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '')
    for (const path of links) expect(() => readFileSync(join(packageRoot, path)), path).not.toThrow()
  })
})
