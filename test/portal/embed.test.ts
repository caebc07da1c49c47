import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { describeInBrowser, type Portal, violations } from '../support/browser.js'

/** A page of another site under a strict policy; the service answers it as CORS_ORIGINS lets it. */
async function embed(portal: Portal, markup: string): Promise<Page> {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; img-src 'self'; script-src ${portal.base}; connect-src ${portal.base}`,
    )
    response.end(
      `<!doctype html><html lang=en><title>Wiki</title><main><h1>Wiki</h1>${markup}</main><script src="${portal.base}/embed.js"></script></html>`,
    )
  })
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void site.close())
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const page = await portal.open('/')
  await page.route(`${portal.base}/v1/**`, async (route) => {
    const answer = await route.fetch()
    return route.fulfill({ response: answer, headers: { ...answer.headers(), 'access-control-allow-origin': origin } })
  })
  await page.goto(origin)
  return page
}

describeInBrowser('the embeddable elements on another site', (portal) => {
  it('show the matrix of a service as a table, under a strict policy', async () => {
    const page = await embed(portal, '<responsibility-matrix service="rds"></responsibility-matrix>')
    const table = page.getByRole('table', { name: 'Who owns which layer of Amazon RDS' })
    await table.getByRole('row', { name: 'Operating system AWS' }).waitFor()
    expect(await table.getByRole('row').count()).toBe(21)
    expect(await page.getByRole('link', { name: 'Open in the matrix' }).getAttribute('href')).toBe(
      `${portal.base}/?view=split&service=rds`,
    )
    expect(await violations(page)).toEqual([])
    expect(portal.faults).toEqual([])
  })

  it('take layers, variants and a theme, and show anew what an attribute changes', async () => {
    const page = await embed(
      portal,
      '<responsibility-matrix service="rds" layers="operating-system,data" variants theme="dark"></responsibility-matrix>',
    )
    await page.getByRole('columnheader', { name: 'Amazon RDS Custom', exact: true }).waitFor()
    expect(await page.getByRole('rowheader').count()).toBe(2)
    await page.locator('responsibility-matrix').evaluate((element) => element.setAttribute('service', 'ec2,lambda'))
    await page.getByRole('columnheader', { name: 'AWS Lambda' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('show one answer with both duties and its sources', async () => {
    const page = await embed(
      portal,
      '<responsibility-answer service="postgres rds" layer="patching the os"></responsibility-answer><responsibility-answer service="rds" variant="rds-custom-oracle" layer="operating-system"></responsibility-answer>',
    )
    await page.getByText('The customer owns the operating system of Amazon RDS Custom for Oracle.').waitFor()
    expect(await page.getByRole('article').last().getByRole('link').count()).toBeGreaterThan(1)
    expect(await violations(page)).toEqual([])
  })

  it('ask a question in words where one is given', async () => {
    const page = await embed(
      portal,
      '<responsibility-answer question="ECS hosts: who patches them?"></responsibility-answer>',
    )
    await page.getByText('Which kind of Amazon ECS').waitFor()
    await page.getByRole('button', { name: 'EC2 launch type' }).click()
    await page
      .getByText(/^The customer owns the operating system of Amazon ECS/)
      .first()
      .waitFor()
    await page
      .locator('responsibility-answer')
      .evaluate((element) => element.setAttribute('question', 'Who patches the operating system of RDS?'))
    await page.getByText('AWS owns the operating system of Amazon RDS.', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(portal.faults).toEqual([])
  })

  it('say what is wrong, in the words of the API or their own', async () => {
    const page = await embed(
      portal,
      '<responsibility-matrix service="nosuch"></responsibility-matrix><responsibility-matrix></responsibility-matrix><responsibility-answer service="rds"></responsibility-answer>',
    )
    await page.getByRole('alert').getByText('There is no service "nosuch"').waitFor()
    await page.getByRole('alert').getByText('Name a service').waitFor()
    await page.getByRole('alert').getByText('Name a layer').waitFor()
  })

  it('take their colours from custom properties of the page', async () => {
    const page = await embed(portal, '<responsibility-matrix service="rds" layers="data"></responsibility-matrix>')
    await page.getByRole('row', { name: /Data/ }).waitFor()
    const background = await page.locator('responsibility-matrix').evaluate((element) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('responsibility-matrix { --rm-customer: rgb(1, 2, 3) }')
      document.adoptedStyleSheets = [sheet]
      const key = element.shadowRoot?.querySelector('.key.customer')
      return key && getComputedStyle(key).backgroundColor
    })
    expect(background).toBe('rgb(1, 2, 3)')
  })
})
