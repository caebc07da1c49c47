/** A Slack message is one that Slack takes, and says no more than the answer does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answerSlack,
  asksForHelp,
  helpSlack,
  type SlackMessage,
  type SpokenAnswer,
} from '../../src/hooks/slack-answer.js'

const verdict = (over: Partial<NonNullable<SpokenAnswer['verdict']>> = {}) => ({
  statement: 'AWS owns the operating system of Amazon RDS.',
  verified: true,
  sources: [{ url: 'https://docs.aws.amazon.com/rds/OverView.html', verifiedAt: '2026-11-23' }],
  ...over,
})
const answer = (over: Partial<SpokenAnswer> = {}): SpokenAnswer => ({
  reply: 'AWS patches the host OS under Amazon RDS.',
  verdict: verdict(),
  verdicts: [verdict()],
  related: [],
  revision: 7,
  ...over,
})
const textsOf = ({ blocks }: SlackMessage): string[] =>
  blocks.flatMap((block) => (block.type === 'section' ? [block.text.text] : block.elements.map(({ text }) => text)))

describe('a Slack answer', () => {
  it('is for the asker alone, says the reply, links the sources and names the revision', () => {
    const message = answerSlack(answer(), '/who-owns')
    expect(message.response_type).toBe('ephemeral')
    expect(message.text).toBe('AWS patches the host OS under Amazon RDS.')
    expect(textsOf(message)).toEqual([
      'AWS patches the host OS under Amazon RDS.',
      'Sources: <https://docs.aws.amazon.com/rds/OverView.html|OverView.html>',
      'Data revision 7',
    ])
  })

  it('lists the verdicts where there are several', () => {
    const verdicts = [verdict(), verdict({ statement: 'You own the data.' })]
    expect(textsOf(answerSlack(answer({ verdicts }), '/who-owns'))).toContain(
      '• AWS owns the operating system of Amazon RDS.\n• You own the data.',
    )
  })

  it('asks back with the options and how to answer', () => {
    const clarify = {
      question: 'Which kind of RDS?',
      options: ['Amazon RDS', { id: 'rds-custom', name: 'RDS Custom' }],
    }
    const message = answerSlack(answer({ verdict: null, verdicts: [], clarify }), '/who-owns')
    expect(textsOf(message)).toContain(
      '*Which kind of RDS?*\n• Amazon RDS\n• RDS Custom\nAsk again with one of them: `/who-owns …`',
    )
  })

  it('says where a fact was not confirmed', () => {
    const message = answerSlack(answer({ verdicts: [verdict({ verified: false })] }), '/who-owns')
    expect(textsOf(message).join()).toContain('Not all of this was confirmed')
  })

  it('escapes what Slack would read as markup, so that no text mentions everyone or hides a link', () => {
    const message = answerSlack(answer({ reply: '<!channel> & <https://evil.example|docs>' }), '/who-owns')
    expect(textsOf(message)[0]).toBe('&lt;!channel&gt; &amp; &lt;https://evil.example|docs&gt;')
    expect(message.text).not.toContain('<')
  })

  it('links no source that is not https', () => {
    const sources = [{ url: 'javascript:alert(1)', verifiedAt: null }]
    expect(JSON.stringify(answerSlack(answer({ verdicts: [verdict({ sources })] }), '/x'))).not.toContain('javascript')
  })

  it('stays within the limits of Slack whatever it is told', () => {
    const text = fc.string({ unit: 'binary', maxLength: 5000 })
    const anyVerdict = fc.record({
      statement: text,
      verified: fc.boolean(),
      sources: fc.array(fc.record({ url: fc.oneof(fc.webUrl(), text), verifiedAt: fc.constant(null) }), {
        maxLength: 20,
      }),
    })
    const any = fc.record({
      reply: text,
      verdict: fc.option(anyVerdict),
      verdicts: fc.array(anyVerdict, { maxLength: 30 }),
      clarify: fc.option(fc.record({ question: text, options: fc.array(text, { maxLength: 60 }) })),
      related: fc.array(fc.record({ kind: text, title: text }), { maxLength: 30 }),
      revision: fc.nat(),
    })
    fc.assert(
      fc.property(any, text, (answer, command) => {
        const message = answerSlack(answer, command)
        expect(message.blocks.length).toBeLessThanOrEqual(50)
        for (const text of [message.text, ...textsOf(message)]) {
          expect(text.length).toBeLessThanOrEqual(3000)
          expect(text).not.toMatch(/<(?!https:)/)
          expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/)
        }
      }),
      { numRuns: 200, seed: 8 },
    )
  })
})

describe('help', () => {
  it.each(['', '   ', 'help', ' HELP ', '?'])('is what %j asks for', (text) => expect(asksForHelp(text)).toBe(true))
  it.each(['helpdesk tickets', 'rds patching'])('is not what %j asks for', (text) =>
    expect(asksForHelp(text)).toBe(false),
  )
  it('shows what can be typed, with the command as it was', () => {
    expect(textsOf(helpSlack('/who-owns'))[0]).toContain('`/who-owns who patches the OS of RDS?`')
  })
})
