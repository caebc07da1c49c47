import { describe, expect, it } from 'vitest'
import { matrixHtml } from '../../src/portal/markup/matrix.js'
import { renderPage } from '../../src/portal/page.js'
import { describeInBrowser } from '../support/browser.js'
import { seeded } from '../support/catalog.js'

const visible = '#grid .r:not([hidden])'
const cell = (service: string, column: number) => `#grid tr[data-id="${service}"] td:nth-of-type(${column})`
const OPERATING_SYSTEM = 6

describe('the markup of the matrix', () => {
  it('escapes what it is given', () => {
    const html = matrixHtml({
      layers: [{ id: 'data', name: '<b>' }],
      rows: [{ id: 'x', name: 'AWS <script>', model: 'iaas', category: 'compute', variant: null, cells: [] }],
      revision: 1,
    })
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('<b><')
  })

  it('tells owner, lead and doubt apart in words', () => {
    const rule = { layer: 'data', owner: 'shared', lead: 'customer', verified: false, scope: 'model' } as const
    const html = (cells: Parameters<typeof matrixHtml>[0]['rows'][number]['cells']) =>
      matrixHtml({
        layers: [{ id: 'data', name: 'Data' }],
        rows: [{ id: 'x', name: 'X', model: 'iaas', category: 'compute', variant: null, cells }],
        revision: 1,
      })
    expect(html([rule])).toContain('aria-label="Shared, customer leads, by the default of its model">S')
    expect(html([{ ...rule, lead: 'aws', verified: true }])).toContain('aria-label="Shared, AWS leads">S')
    expect(html([{ ...rule, owner: 'aws', scope: 'service' }])).toContain('aria-label="AWS, not verified">A')
    expect(html([{ ...rule, owner: 'not-applicable', verified: true }])).toContain('aria-label="Not applicable">–')
  })
})

describeInBrowser('the matrix in a browser', (portal) => {
  it('finds by typing, by any name that the API knows, and says when there is none', async () => {
    const page = await portal.open('/')
    await page.keyboard.press('/')
    await page.keyboard.type('lambda')
    expect(await page.locator(visible).count()).toBe(1)
    expect(page.url()).toContain('q=lambda')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('managed postgres')
    await page.locator('#grid tr[data-id="rds"]:not([hidden])').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('zzzz')
    await page.getByText('none is called “zzzz”').waitFor()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    expect(await page.locator(visible).count()).toBeGreaterThan(300)
    expect(portal.faults).toEqual([])
  })

  it('tells an empty result of filters from one of words, and clears both from where it says so', async () => {
    const page = await portal.open('/?q=lambda&model=iaas')
    await page.getByText('No service fits these filters. One is called so without the others.').waitFor()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    expect(await page.locator(visible).count()).toBeGreaterThan(300)
    expect(new URL(page.url()).search).toBe('')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q')
  })

  it.each([1440, 768, 390])('cuts no name of a service or a layer at %i pixels', async (width) => {
    const page = await portal.open('/', { viewport: { width, height: 900 } })
    const cut = await page
      .locator('#grid .r a, #grid .h button')
      .evaluateAll((all) =>
        all
          .filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 1)
          .map((one) => one.textContent),
      )
    expect(cut).toEqual([])
  })

  it('says on a phone how many filters are folded away', async () => {
    const page = await portal.open('/?owner=shared&model=paas', { viewport: { width: 390, height: 844 } })
    await page.getByRole('button', { name: 'Filters (2)' }).click()
    await page.getByRole('checkbox', { name: 'Shared' }).uncheck()
    await page.getByRole('button', { name: 'Filters (1)' }).waitFor()
  })

  it('filters by model, category, owner and layer, and a link holds the filters', async () => {
    const page = await portal.open('/')
    const filters = page.getByRole('search')
    await filters.getByRole('checkbox', { name: 'IaaS' }).check()
    await filters.getByRole('combobox', { name: 'Category' }).selectOption('compute')
    await filters.getByRole('checkbox', { name: 'Customer' }).check()
    await filters.getByText('All layers').click()
    await filters.getByRole('checkbox', { name: 'Operating system' }).check()
    expect(await page.locator(`${visible}[data-id="ec2"]`).count()).toBe(1)
    expect(await page.locator('#grid .h th:visible').count()).toBe(2)
    const owners = await page.locator(`${visible} td:visible`).evaluateAll((cells) => cells.map((one) => one.ariaLabel))
    expect(owners.length).toBeGreaterThan(0)
    for (const owner of owners) expect(owner).toMatch(/^Customer/)
    const again = await portal.open(new URL(page.url()).search ? `/${new URL(page.url()).search}` : '/')
    expect(await again.locator(visible).count()).toBe(owners.length)
  })

  it('opens the verdict of a cell under an address that can be shared, and the back button closes it', async () => {
    const page = await portal.open('/')
    await page.locator(cell('ec2', OPERATING_SYSTEM)).click()
    const panel = page.getByRole('dialog', { name: 'Operating system' })
    await panel.getByText('The customer owns the operating system of Amazon EC2.').waitFor()
    expect(new URL(page.url()).search).toBe('?at=ec2/operating-system')
    for (const part of ['AWS', 'Customer', 'Why this answer', 'Sources'])
      await panel.getByRole('heading', { name: part, exact: true }).waitFor()
    expect(await page.title()).toBe('The customer owns the operating system of Amazon EC2 | AWS responsibility matrix')
    await page.goBack()
    await panel.waitFor({ state: 'detached' })
    expect(await page.title()).toBe('AWS responsibility matrix')
    const shared = await portal.open('/?at=rds:rds-custom-oracle/operating-system')
    await shared.getByText('The customer owns the operating system of Amazon RDS Custom for Oracle.').waitFor()
    await shared.getByRole('dialog').getByRole('link', { name: 'Amazon RDS', exact: true }).click()
    await shared.getByText('AWS owns the operating system of Amazon RDS.').waitFor()
    expect(portal.faults).toEqual([])
  })

  it('leads from a misspelt address to the cell that was meant', async () => {
    const page = await portal.open('/?at=rdss/operating-system')
    await page.getByRole('alert').getByText('There is no service "rdss"').waitFor()
    await page.getByRole('dialog').getByRole('link', { name: 'Amazon RDS', exact: true }).click()
    await page.getByText('AWS owns the operating system of Amazon RDS.').waitFor()
    const layer = await portal.open('/?at=rds/operating-sistem')
    await layer.getByRole('dialog').getByRole('link', { name: 'Operating system' }).click()
    await layer.getByText('AWS owns the operating system of Amazon RDS.').waitFor()
    const neither = await portal.open('/?at=RDS!')
    await neither.getByRole('alert').getByText('This address names no cell').waitFor()
    await neither.getByRole('button', { name: 'Close' }).click()
    await neither.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('keeps the open cell in sight beside its verdict', async () => {
    const page = await portal.open('/')
    await page.locator(cell('ec2', 21)).click()
    await page.getByRole('dialog', { name: 'Client devices' }).waitFor()
    const edges = async () => ({
      cell: Math.round((await page.locator('td[aria-selected]').boundingBox())?.x ?? 9999) + 30,
      panel: Math.round((await page.getByRole('dialog').boundingBox())?.x ?? 0),
    })
    await expect.poll(async () => (await edges()).cell - (await edges()).panel).toBeLessThan(0)
  })

  it('holds keys and screen readers in a verdict that covers the page, and lets them out again', async () => {
    const page = await portal.open('/?at=rds/data', { viewport: { width: 390, height: 844 } })
    await page.getByRole('dialog', { name: 'Data' }).waitFor()
    expect(await page.getByRole('dialog').getAttribute('aria-modal')).toBe('true')
    expect(await page.locator('[inert]').count()).toBe(3)
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('#main, .top') ?? null)).toBeNull()
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.locator('[inert]').count()).toBe(0)
  })

  it('says of a default that it is one, and of an ending service that it ends', async () => {
    const plain = seeded.services.find((one) => !seeded.hasFacts(one) && one.partOf === null)
    const page = await portal.open(`/?at=${plain?.id}/backup-recovery`)
    await page.getByText('Nobody has checked it for').waitFor()
    const ending = await portal.open('/?at=workmail/data')
    await ending.getByText('31 March 2027').waitFor()
  })

  it('shows the history of the cell with what each change made of its owner', async () => {
    const page = await portal.open('/?at=rds/data')
    const rule = (owner: string) => ({ scope: 'organisation', subject: 'rds', layer: 'data', owner })
    const edits = [
      { id: 'organisation/rds/data', before: null, after: rule('shared') },
      { id: 'organisation/rds/application', before: null, after: rule('aws') },
    ]
    await page.route('**/v1/changes?subject=rds/data', (route) =>
      route.fulfill({
        json: {
          items: [
            { revision: 7, time: '2026-11-24T10:00:00Z', actor: 'ada', reason: 'We run it ourselves', edits },
            { revision: 1, time: '2026-11-23T10:00:00Z', actor: 'seed', reason: 'Seed release', edits: [] },
          ],
        },
      }),
    )
    await page.getByText('History').click()
    await page.getByText('We run it ourselves').waitFor()
    await page.getByText('Revision 7, ada, 24 Nov 2026').waitFor()
    expect(await page.locator('.move').allTextContents()).toEqual(['no rule → Shared'])
  })

  it('asks the log itself for the history, also of a variant, and says where a cell has none', async () => {
    const page = await portal.open('/?at=rds:rds-custom-oracle/operating-system')
    await page.getByText('History').click()
    await page.getByText(/^Revision 1, seed/).waitFor()
    const plain = seeded.services.find((one) => !seeded.hasFacts(one) && one.partOf === null)
    const without = await portal.open(`/?at=${plain?.id}/backup-recovery`)
    await without.getByText('History').click()
    await without.getByText('No rule of its own ever stood here').waitFor()
  })

  it('says so where the log is closed to strangers', async () => {
    const page = await portal.open('/?at=rds/data')
    await page.route('**/v1/changes?**', (route) =>
      route.fulfill({ status: 401, json: { title: 'Key needed', detail: 'Send a key to read the log.', status: 401 } }),
    )
    await page.getByText('History').click()
    await page.getByText('Send a key to read the log.').waitFor()
  })

  it('can be walked with the keyboard alone', async () => {
    const page = await portal.open('/')
    await page.keyboard.press('/')
    await page.keyboard.type('ec2')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Home')
    for (let step = 0; step < OPERATING_SYSTEM; step++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByText('The customer owns the operating system of Amazon EC2.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Operating system')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Customer')
    expect(portal.faults).toEqual([])
  })

  it('walks the whole grid with the keyboard, and never behind its headers', async () => {
    const page = await portal.open('/', { viewport: { width: 1024, height: 700 } })
    await page.keyboard.press('/')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageUp', 'ArrowUp', 'ArrowUp', 'Home', 'ArrowRight']) {
      await page.keyboard.press(key)
      const top = await page.evaluate(() => {
        const { left, top, width, height } = (document.activeElement as HTMLElement).getBoundingClientRect()
        const found = document.elementFromPoint(left + width / 2, top + height / 2)
        return found === document.activeElement || document.activeElement?.contains(found)
      })
      expect({ key, top }).toEqual({ key, top: true })
    }
  })

  it('gives every row its cells when it comes near, and holds few at a time', async () => {
    const page = await portal.open('/')
    const held = () => page.locator('#grid td').count()
    expect(await held()).toBeLessThan(3000)
    await page.locator('#grid-scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight))
    await page.locator('#grid tbody:last-of-type .r:last-of-type td:last-of-type').waitFor()
    expect(await held()).toBeLessThan(3000)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await held()).toBe(21 * (await page.locator('#grid .r').count()))
  })

  it('prints its head on each page, with nothing in it that a browser would not repeat', async () => {
    const page = await portal.open('/')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const styles = await page.evaluate(() =>
      ['#grid thead', '#grid .h th:nth-child(2)', '#grid .h button'].map(
        (selector) => getComputedStyle(document.querySelector(selector) as Element).display,
      ),
    )
    expect(styles).toEqual(['table-header-group', 'table-cell', 'contents'])
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
    // An empty last page would come of what is shown after the wide ones.
    expect(await page.locator('#panel').evaluate((panel) => getComputedStyle(panel).display)).toBe('none')
  })

  it('asks for a key where reads are closed, and shows the matrix with it', async () => {
    const page = await portal.open('/')
    const html = renderPage({
      matrix: null,
      style: '',
      script: String(await page.locator('script[src]').getAttribute('src')),
      view: 'matrix',
      theme: null,
    })
    await page.route(`${portal.base}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }))
    await page.route('**/v1/matrix', (route) =>
      route.request().headers().authorization === 'Bearer k'
        ? route.continue()
        : route.fulfill({ status: 401, json: { title: 'Key needed', detail: 'Send a key.', status: 401 } }),
    )
    await page.goto(`${portal.base}/`)
    await page.getByRole('alert').getByText('Send a key.').waitFor()
    await page.getByRole('textbox', { name: 'API key' }).fill('k')
    await page.keyboard.press('Enter')
    await page.getByRole('grid').waitFor()
    expect(await page.locator(visible).count()).toBeGreaterThan(300)
  })

  it('keeps the theme that a visitor chose', async () => {
    const page = await portal.open('/')
    await page.getByRole('button', { name: 'Theme: as the system' }).click()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    await page.reload()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })
})
