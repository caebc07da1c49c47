import { expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.js'

const VERDICT = {
  service: { id: 'rds', name: 'Amazon RDS', model: 'paas' },
  variant: null,
  layer: { id: 'operating-system', name: 'Operating system' },
  owner: 'aws',
  lead: 'aws',
  leadReason: null,
  flip: null,
  duties: { aws: 'Patches the host.', customer: null },
  team: null,
  basis: { scope: 'service', subject: 'rds' },
  overruled: [],
  otherVariants: [],
  sources: [{ url: 'https://docs.aws.amazon.com/rds', verifiedAt: '2026-11-24' }],
  verified: true,
  reason: null,
  lifecycle: null,
  statement: 'AWS owns the operating system of Amazon RDS.',
  revision: 1,
}
const ANSWER = {
  reply: 'AWS patches the host OS under Amazon RDS.',
  intent: 'who-owns',
  confidence: 0.93,
  verdict: VERDICT,
  verdicts: [VERDICT],
  clarify: null,
  related: [{ kind: 'misconception', id: 'aws-patches-all-systems', title: 'AWS patches all systems' }],
  revision: 1,
}
const DECISION = {
  decisionId: '1',
  outcome: 'routed',
  owner: 'aws',
  nextActor: 'customer',
  openAwsCase: false,
  destination: { kind: 'team', team: { id: 'platform', name: 'Platform', queue: 'PLAT' }, awsSupport: null },
  service: { id: 'ec2', name: 'Amazon EC2' },
  layer: { id: 'hardware', name: 'Hardware' },
  confidence: 0.9,
  verdict: null,
  explanation: [
    { step: 'service', found: 'ec2', because: 'ARN namespace', evidence: { field: 'resource', text: 'arn:aws:ec2:…' } },
  ],
  alternatives: [{ service: { id: 'ebs', name: 'Amazon EBS' }, layer: { id: 'data', name: 'Data' }, confidence: 0.2 }],
  nextActions: ['Stop and start the instance before the date.'],
  rule: null,
  revision: 1,
}

describeInBrowser('the views in a browser', (portal) => {
  it('compare two to four services and mark the layers on which they differ', async () => {
    const page = await portal.open('/?view=compare')
    const picker = page.getByRole('combobox', { name: 'Add a service to compare' })
    for (const name of ['ec2', 'lambda']) {
      await picker.fill(name)
      await page.getByRole('option').first().click()
    }
    const row = (layer: string) => page.getByRole('row', { name: new RegExp(`^${layer}`) })
    await row('Operating system').getByText('differs').waitFor({ state: 'attached' })
    expect(await row('Operating system').locator('.odd').count()).toBe(2)
    expect(await row('Data').getByText('differs').count()).toBe(0)
    expect(new URL(page.url()).search).toBe('?view=compare&service=ec2,lambda')
    for (const name of ['rds', 's3']) {
      await picker.fill(name)
      await page.keyboard.press('Enter')
    }
    expect(await picker.isDisabled()).toBe(true)
    // EC2 alone leaves the operating system to the customer: its cell stands apart from the three others.
    expect(await row('Operating system').locator('.odd').allTextContents()).toEqual([
      expect.stringMatching(/^CCustomer/),
    ])
    await page.getByRole('checkbox', { name: 'Only where they differ' }).check()
    await row('Data').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Remove AWS Lambda' }).click()
    await page.getByRole('columnheader', { name: 'AWS Lambda' }).waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: /^Operating system/ })
      .getByRole('link')
      .first()
      .click()
    await page.getByRole('dialog', { name: 'Operating system' }).waitFor()
    expect(portal.faults).toEqual([])
  })

  it('compare a service with another way of running it', async () => {
    const page = await portal.open('/?view=compare&service=rds')
    await page.getByRole('link', { name: 'Amazon RDS Custom for Oracle' }).click()
    await page.getByRole('columnheader', { name: 'Amazon RDS Custom for Oracle' }).waitFor()
    expect(new URL(page.url()).search).toBe('?view=compare&service=rds,rds:rds-custom-oracle')
    await page.getByText('They differ on 3 of 21 layers').waitFor()
  })

  it('are reached and used by keyboard alone', async () => {
    const page = await portal.open('/?view=compare')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('rds')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('columnheader', { name: 'Amazon RDS', exact: true }).waitFor()
    await page.keyboard.type('ec2')
    await page.keyboard.press('Enter')
    await page.getByRole('columnheader', { name: 'Amazon EC2', exact: true }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.getByRole('row', { name: /^Data/ }).waitFor({ state: 'detached' })
    // A cell opens its verdict, Escape leads back to the cell.
    await page
      .getByRole('row', { name: /^Operating system/ })
      .getByRole('link')
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Operating system' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('cell')
    expect(portal.faults).toEqual([])
  })

  it('keep the names of what is compared in sight, on a phone too', async () => {
    for (const width of [1440, 390]) {
      const page = await portal.open('/?view=compare&service=ec2,rds,lambda,s3', { viewport: { width, height: 800 } })
      const last = page.getByRole('row', { name: /^Physical facilities/ })
      await last.scrollIntoViewIfNeeded()
      const head = await page.getByRole('columnheader', { name: 'Amazon EC2' }).boundingBox()
      const frame = await page.getByRole('region', { name: 'Comparison' }).boundingBox()
      expect(head?.y).toBeGreaterThanOrEqual(Math.min(0, frame?.y ?? 0))
      const cut = await page
        .locator('.cell b')
        .evaluateAll((all) => all.filter((one) => one.getClientRects().length > 1).map((one) => one.textContent))
      expect({ width, cut }).toEqual({ width, cut: [] })
    }
  })

  it('offer the right name where the address holds a wrong one', async () => {
    for (const [path, after] of [
      ['/?view=split&service=rdss', '?view=split&service=rds'],
      ['/?view=compare&service=ec2,rdss', '?view=compare&service=ec2,rds'],
      ['/?view=duties&service=rdss', '?view=duties&service=rds'],
    ] as const) {
      const page = await portal.open(path)
      await page.getByRole('alert').getByRole('link', { name: 'Amazon RDS', exact: true }).click()
      await page.getByRole('alert').waitFor({ state: 'detached' })
      expect(new URL(page.url()).search).toBe(after)
    }
  })

  it('ask a busy server once more before they say that it is busy', async () => {
    const page = await portal.open('/?view=split&model=paas')
    let asked = 0
    await page.route('**/v1/services/rds', (route) => {
      asked += 1
      return asked === 1
        ? route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json: { title: 'Busy', status: 503 } })
        : route.continue()
    })
    const picker = page.getByRole('combobox', { name: 'Show a service' })
    await picker.fill('rds')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Where people trip' }).waitFor()
    expect(asked).toBe(2)
  })

  it('say that they wait, and offer to try again where an answer failed', async () => {
    const page = await portal.open('/?view=learn')
    let fail = true
    await page.route('**/v1/stages', async (route) => {
      await new Promise((later) => setTimeout(later, 200))
      return fail ? route.abort() : route.continue()
    })
    await page.getByRole('link', { name: 'Stages' }).click()
    await page.getByText('Loading the stages…').waitFor()
    await page.getByRole('alert').getByText('The server did not answer.').waitFor()
    fail = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('rowheader', { name: '1. Code' }).waitFor()
    // What was wrong in the request stays wrong.
    const wrong = await portal.open('/?view=split&model=xaas')
    await wrong.getByRole('alert').waitFor()
    expect(await wrong.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  })

  it('say where no service has the name that was typed', async () => {
    const page = await portal.open('/?view=duties')
    await page.getByRole('combobox', { name: 'Add a service you use' }).fill('qqqzzz')
    await page.getByText('No service is called “qqqzzz”.').waitFor()
  })

  it('give the markup that shows the same in another page', async () => {
    const page = await portal.open('/?view=split&service=rds')
    await page.getByText('Put this into another page').click()
    const markup = await page.locator('.embed code').textContent()
    expect(markup).toContain(`src="${portal.base}/embed.js"`)
    expect(markup).toContain('<responsibility-matrix service="rds">')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy markup' }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markup)
  })

  it('find a service to compare by a name that only the API knows', async () => {
    const page = await portal.open('/?view=compare')
    await page.getByRole('combobox', { name: 'Add a service to compare' }).fill('managed postgres')
    await page.getByRole('option', { name: /Amazon RDS PaaS/ }).click()
    expect(page.url()).toContain('service=rds')
  })

  it('move the line of the split when the model is switched', async () => {
    const page = await portal.open('/?view=split')
    const share = () =>
      page
        .getByRole('link', { name: /^Operating system/ })
        .locator('.part.a')
        .evaluate((part) => getComputedStyle(part).flexGrow)
    await page.getByRole('heading', { name: 'Infrastructure as a service' }).waitFor()
    expect(await share()).toBe('0')
    await page.getByRole('radio', { name: 'SaaS' }).check()
    await page.getByRole('heading', { name: 'Software as a service' }).waitFor()
    await expect.poll(share).toBe('1')
    await page.goBack()
    await expect.poll(share).toBe('0')
    expect(portal.faults).toEqual([])
  })

  it('move it at once for those who want no motion', async () => {
    const page = await portal.open('/?view=split', { reducedMotion: 'reduce' })
    const duration = await page
      .locator('.part')
      .first()
      .evaluate((part) => getComputedStyle(part).transitionProperty)
    expect(duration).toBe('none')
  })

  it('show a service with its variants, pitfalls and the layers that a variant moves', async () => {
    const page = await portal.open('/?view=split&service=rds')
    await page.getByRole('heading', { name: 'Amazon RDS', exact: true }).waitFor()
    await page.getByRole('heading', { name: 'Where people trip' }).waitFor()
    await page.getByRole('radio', { name: /^RDS Custom for Oracle/ }).check()
    await page.getByText('The customer owns the operating system of Amazon RDS Custom for Oracle.').waitFor({
      state: 'attached',
    })
    expect(new URL(page.url()).search).toBe('?view=split&service=rds:rds-custom-oracle')
  })

  it('list the duties to tick off, print and take away', async () => {
    const page = await portal.open('/?view=duties&service=rds,s3')
    const first = page.getByRole('checkbox', { name: /Amazon RDS/ }).first()
    await first.check()
    await page.getByText(/^1 of \d+ done$/).waitFor()
    await page.reload()
    expect(await first.isChecked()).toBe(true)
    for (const [name, type] of [
      ['CSV', 'text/csv'],
      ['Excel', 'spreadsheetml'],
      ['Markdown', 'text/markdown'],
    ] as const) {
      const href = await page.getByRole('link', { name, exact: true }).getAttribute('href')
      const answer = await page.request.get(portal.base + href)
      expect(answer.headers()['content-type']).toContain(type)
      const saved = page.waitForEvent('download')
      await page.getByRole('link', { name, exact: true }).click()
      expect((await saved).suggestedFilename()).toMatch(/^duties\.(?:csv|xlsx|md)$/)
    }
    await page.evaluate(() => {
      window.print = () => document.body.append('printed')
    })
    await page.getByRole('button', { name: 'Print' }).click()
    await page.getByText('printed').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(await page.getByRole('navigation', { name: 'Views' }).isVisible()).toBe(false)
    expect(await first.isVisible()).toBe(true)
    expect(portal.faults).toEqual([])
  })

  it('answer a question with its verdict and sources, and keep to its subject', async () => {
    const page = await portal.open('/?view=ask')
    const sent: unknown[] = []
    await page.route('**/v1/ask', (route) => {
      sent.push(route.request().postDataJSON())
      return route.fulfill({ json: ANSWER })
    })
    await page.getByRole('textbox', { name: 'Your question' }).fill('Who patches RDS?')
    await page.keyboard.press('Enter')
    await page.getByText(ANSWER.reply).waitFor()
    await page.getByText(VERDICT.statement).waitFor()
    expect(await page.getByRole('link', { name: 'rds', exact: true }).getAttribute('href')).toBe(
      VERDICT.sources[0]?.url,
    )
    await page.getByRole('link', { name: 'AWS patches all systems' }).waitFor()
    await page.getByText('Talking about Amazon RDS.').waitFor()
    await page.getByRole('textbox', { name: 'Your question' }).fill('And backups?')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => sent)
      .toEqual([{ question: 'Who patches RDS?' }, { question: 'And backups?', context: { service: 'rds' } }])
  })

  it('offer what the API asks back as buttons, and say so when a question is not about this', async () => {
    const page = await portal.open('/?view=ask')
    const sent: unknown[] = []
    await page.route('**/v1/ask', (route) => {
      const body = route.request().postDataJSON() as { question: string; context?: object }
      sent.push(body)
      if (body.question.includes('weather'))
        return route.fulfill({
          json: {
            ...ANSWER,
            reply: 'That is no matter of AWS.',
            intent: 'not-about-this',
            verdict: null,
            verdicts: [],
            related: [],
          },
        })
      if (body.context) return route.fulfill({ json: ANSWER })
      const clarify = {
        question: 'Which kind of RDS?',
        options: [{ label: 'RDS Custom', context: { service: 'rds', variant: 'rds-custom' } }],
      }
      return route.fulfill({ json: { ...ANSWER, reply: 'It depends.', verdict: null, verdicts: [], clarify } })
    })
    const field = page.getByRole('textbox', { name: 'Your question' })
    await field.fill('Who patches it?')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Which kind of RDS?' }).waitFor()
    await page.getByRole('button', { name: 'RDS Custom' }).click()
    await page.getByText(VERDICT.statement).waitFor()
    expect(sent.at(-1)).toEqual({ question: 'Who patches it?', context: { service: 'rds', variant: 'rds-custom' } })
    await page.getByRole('button', { name: 'Start anew' }).click()
    await field.fill('How is the weather?')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Not about this' }).waitFor()
  })

  it('answer as the API does, ask back what the API asks back, and go on with the choice', async () => {
    const page = await portal.open('/?view=ask', { viewport: { width: 390, height: 844 } })
    const field = page.getByRole('textbox', { name: 'Your question' })
    await field.fill('ECS hosts: who patches them?')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^Which kind of Amazon ECS/ }).waitFor()
    // The question stands above its choices, and there only.
    expect(await page.getByText(/Which kind of Amazon ECS/).count()).toBe(1)
    await page.getByRole('button', { name: 'EC2 launch type' }).click()
    await page
      .locator('.card')
      .getByText(/The customer owns the operating system of Amazon ECS/)
      .waitFor()
    await field.fill(
      'We run a fleet of Kubernetes worker nodes on EKS with managed node groups and custom AMIs, so who is it that has to patch the operating system on those nodes after a CVE?',
    )
    await page.getByRole('button', { name: 'Ask' }).click()
    const turn = page.locator('.turn').first()
    await turn.locator('.card').waitFor()
    const source = turn.locator('.reply a')
    expect(await source.getAttribute('href')).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/eks\//)
    expect(await field.evaluate((one) => one.scrollHeight <= one.clientHeight + 2)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    expect(portal.faults).toEqual([])
  })

  it('route the examples as the API does, say what needs a person, and come to the answer on a phone', async () => {
    const page = await portal.open('/?view=route', { viewport: { width: 390, height: 844 } })
    await page.getByRole('button', { name: 'An OS update that is pending' }).click()
    await page.getByRole('heading', { name: 'Routed: the customer acts' }).waitFor()
    await page.getByText('Your side; no team is set up for it here').waitFor()
    await expect.poll(async () => (await page.locator('.decision').boundingBox())?.y ?? 9999).toBeLessThan(300)
    expect(await page.getByText('“”').count()).toBe(0)
    await page.getByRole('button', { name: 'A host that AWS retires' }).click()
    await page.getByRole('heading', { name: /^Routed: / }).waitFor()
    await page.getByRole('button', { name: 'Not about AWS' }).click()
    await page.getByRole('heading', { name: 'Not a matter of AWS' }).waitFor()
    for (const name of ['Title', 'Description']) await page.getByRole('textbox', { name }).fill('Something is slow')
    await page.getByRole('button', { name: 'Route it' }).click()
    await page.getByRole('heading', { name: 'Needs a person' }).waitFor()
    await page.getByText('Triage queue').waitFor()
    await page.getByText(/^Ask which /).waitFor()
    expect(portal.faults).toEqual([])
  })

  it('show what would be done with a ticket and each step that led to it', async () => {
    const page = await portal.open('/?view=route')
    await page.route('**/v1/tickets/route', (route) => route.fulfill({ json: DECISION }))
    const sent = page.waitForRequest('**/v1/tickets/route')
    await page.getByRole('textbox', { name: 'Title' }).fill('Host retires')
    await page.getByRole('textbox', { name: 'Labels' }).fill('prod, urgent')
    await page.getByRole('button', { name: 'Route it' }).click()
    expect((await sent).postDataJSON()).toEqual({ title: 'Host retires', labels: ['prod', 'urgent'] })
    for (const text of [
      'Routed',
      'Platform (PLAT)',
      'Not needed',
      'ARN namespace',
      'Amazon EBS, Data',
      DECISION.nextActions[0],
    ])
      await page.getByText(String(text)).first().waitFor()
  })

  it("give the API's own words when it refuses", async () => {
    const page = await portal.open('/?view=compare&service=ec2,nosuch')
    await page.getByRole('alert').getByText('There is no service "nosuch"').waitFor()
    const ask = await portal.open('/?view=ask')
    await ask.route('**/v1/ask', (route) => route.abort())
    await ask.getByRole('button', { name: /^Who patches/ }).click()
    await ask.getByRole('alert').getByText('The server did not answer.').waitFor()
  })

  it('show the knowledge of the article as short pages', async () => {
    const page = await portal.open('/?view=learn')
    const topics = page.getByRole('navigation', { name: 'Topics' })
    await page.getByRole('heading', { name: 'In short' }).waitFor()
    await topics.getByRole('link', { name: 'Stages' }).click()
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(7)
    for (const [topic, title, part] of [
      ['Misconceptions', 'AWS encrypts everything', 'What is true'],
      ['Practices', 'Use IAM wisely', 'What to do'],
      ['Cases', 'Sensitive data exposed in a public S3 bucket', 'The lesson'],
      ['Guides', 'Least-privilege read access to S3', 'Out of date in the article'],
    ] as const) {
      await topics.getByRole('link', { name: topic }).click()
      await page.getByRole('link', { name: title }).click()
      await page.getByRole('heading', { name: part }).waitFor()
    }
    await page.getByText('Do not use as it is').waitFor()
    expect(portal.faults).toEqual([])
  })
})
