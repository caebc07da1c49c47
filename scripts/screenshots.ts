/** Takes the pictures of the portal that the documentation shows. Needs Chromium; writes `docs/images`. */
import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { chromium } from 'playwright-core'
import { openStore } from '../db/open.js'
import { seed } from '../seed/seed.js'
import { createApp } from '../src/app.js'
import { readConfig } from '../src/config.js'
import { packageRoot } from '../src/paths.js'
import { shrink } from './png.js'

interface Picture {
  name: string
  path: string
  width: number
  scheme: 'light' | 'dark'
  /** A button to press first; its answer is waited for. */
  click?: string
}
const PICTURES: readonly Picture[] = [
  { name: 'matrix', path: '/', width: 1440, scheme: 'light' },
  { name: 'matrix-dark', path: '/?at=rds/operating-system', width: 1440, scheme: 'dark' },
  { name: 'matrix-tablet', path: '/', width: 768, scheme: 'light' },
  { name: 'matrix-phone', path: '/', width: 390, scheme: 'light' },
  { name: 'verdict-phone', path: '/?at=rds/operating-system', width: 390, scheme: 'dark' },
  { name: 'compare', path: '/?view=compare&service=ec2,rds,lambda', width: 1440, scheme: 'light' },
  { name: 'split', path: '/?view=split&service=rds', width: 1440, scheme: 'light' },
  { name: 'duties', path: '/?view=duties&service=rds,s3', width: 1440, scheme: 'light' },
  { name: 'ask', path: '/?view=ask&question=ECS%20hosts:%20who%20patches%20them%3F', width: 1440, scheme: 'light' },
  {
    name: 'ask-phone',
    path: '/?view=ask&question=Who%20patches%20the%20OS%20of%20RDS%3F',
    width: 390,
    scheme: 'light',
  },
  { name: 'route', path: '/?view=route', width: 1440, scheme: 'light', click: 'An OS update that is pending' },
  { name: 'learn', path: '/?view=learn&topic=stages', width: 1440, scheme: 'dark' },
]

const folder = join(packageRoot, 'docs/images')
await mkdir(folder, { recursive: true })
const store = await openStore('file::memory:')
await seed(store, () => new Date())
const app = await createApp({
  config: readConfig({ RATE_LIMIT_MAX: '1000000', MAX_EVENT_LOOP_DELAY: '0' }),
  store,
  log: pino({ level: 'error' }),
  now: Date.now,
})
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const { name, path, width, scheme, click } of PICTURES) {
  const height = width < 500 ? 844 : 900
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' })
  await page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: 'networkidle' })
  if (click) {
    await page.getByRole('button', { name: click }).click()
    await page.locator('.decision').waitFor()
  }
  await page.waitForFunction("document.querySelector('.loading, [aria-busy=true]') === null")
  const file = join(folder, `${name}.png`)
  const picture = shrink(await page.screenshot())
  await writeFile(file, picture)
  await page.close()
  process.stdout.write(`${name}.png: ${Math.round(picture.length / 1000)} kB\n`)
}
await browser.close()
await app.close()
await store.close()
