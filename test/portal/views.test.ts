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
    expect(await row('Data').getByText('differs').count()).toBe(0)
    expect(new URL(page.url()).search).toBe('?view=compare&service=ec2,lambda')
    for (const name of ['rds', 's3']) {
      await picker.fill(name)
      await page.keyboard.press('Enter')
    }
    expect(await picker.isDisabled()).toBe(true)
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
    }
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
