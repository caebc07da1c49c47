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
    await page.getByText('No service fits these filters.').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    expect(await page.locator(visible).count()).toBeGreaterThan(300)
    expect(portal.faults).toEqual([])
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
    await page.goBack()
    await panel.waitFor({ state: 'detached' })
    const shared = await portal.open('/?at=rds:rds-custom-oracle/operating-system')
    await shared.getByText('The customer owns the operating system of Amazon RDS Custom for Oracle.').waitFor()
    await shared.getByRole('dialog').getByRole('link', { name: 'Amazon RDS', exact: true }).click()
    await shared.getByText('AWS owns the operating system of Amazon RDS.').waitFor()
    expect(portal.faults).toEqual([])
  })

  it('says of a default that it is one, and of an ending service that it ends', async () => {
    const plain = seeded.services.find((one) => !seeded.hasFacts(one) && one.partOf === null)
    const page = await portal.open(`/?at=${plain?.id}/backup-recovery`)
    await page.getByText('Nobody has checked it for').waitFor()
    const ending = await portal.open('/?at=workmail/data')
    await ending.getByText('31 March 2027').waitFor()
  })

  it('shows the history where there is one, and says so where there is none', async () => {
    const page = await portal.open('/?at=rds/data')
    await page.route('**/v1/changes?*', (route) =>
      route.fulfill({
        json: { items: [{ revision: 7, at: '2026-11-24T10:00:00Z', actor: 'ada', reason: 'We run it ourselves' }] },
      }),
    )
    await page.getByText('History').click()
    await page.getByText('We run it ourselves').waitFor()
    await page.getByText('Revision 7, ada, 24 Nov 2026').waitFor()
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
