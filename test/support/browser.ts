/** A real browser on a real service: pages with the shipped policy on, their faults collected, judged by axe. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { loadBundle } from '../../src/portal/bundle.js'
import { startService } from './app.js'

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const executablePath = CANDIDATES.find((path): path is string => path !== undefined && existsSync(path))

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Portal {
  /** Of the service, without a slash at the end. */
  readonly base: string
  /** Opens a path in a context of its own. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>
  /** What the pages of this test wrote as errors to the console or threw. */
  readonly faults: readonly string[]
}

/** Describes what holds in a browser. Where there is none, the tests are skipped and their title says why. */
export function describeInBrowser(name: string, tests: (portal: Portal) => void): void {
  if (!executablePath) {
    describe.skip(`${name} (skipped: no Chromium here; install it or name it in CHROMIUM_PATH)`, () =>
      tests({ base: '', open: () => Promise.reject(new Error('no browser')), faults: [] }))
    return
  }
  describe(name, () => {
    let service: Awaited<ReturnType<typeof startService>>
    let browser: Browser
    let base = ''
    const faults: string[] = []
    beforeAll(async () => {
      // A client that does not build is told as such, not as pages that stay blank.
      await loadBundle()
      service = await startService()
      await service.app.listen({ port: 0, host: '127.0.0.1' })
      base = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`
      browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
      })
    })
    afterAll(async () => {
      await browser?.close()
      await service?.stop()
    })
    afterEach(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()))
      faults.length = 0
    })
    tests({
      get base() {
        return base
      },
      faults,
      async open(path, options = {}) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
        const page = await context.newPage()
        page.setDefaultTimeout(8000)
        page.on('console', (message) => {
          if (message.type() === 'error') faults.push(message.text())
        })
        page.on('pageerror', (error) => faults.push(String(error)))
        await page.goto(base + path)
        await settle(page)
        return page
      },
    })
  })
}

/** Waits until nothing that a view asked for is on its way. */
export const settle = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const { document } = globalThis as unknown as { document: { querySelector(selector: string): unknown } }
    return document.querySelector('.loading, [aria-busy=true]') === null
  })

/** The rules that a page breaks, each with the first place where it does. `only` names the rules to look at. */
export async function violations(page: Page, only?: readonly string[]): Promise<string[]> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe)
  const run = async (rules: readonly string[] | undefined): Promise<string[]> => {
    const { axe, document } = globalThis as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> }
      document: { documentElement: { dataset: { view: string } } }
    }
    // What is not displayed breaks no rule, yet it costs axe seconds to find that out.
    const context = document.documentElement.dataset.view === 'matrix' ? {} : { exclude: ['#matrix'] }
    const { violations } = await axe.run(
      { include: [['html']], ...context },
      rules ? { runOnly: { type: 'rule', values: rules } } : {},
    )
    return violations.map(
      ({ id, nodes }) => `${id} x${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    )
  }
  return page.evaluate(run, only)
}

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}
