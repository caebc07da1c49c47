/** An answer in plain words as Slack shows it: an ephemeral Block Kit message to a slash command. Pure. */
import { z } from 'zod'

/** What is read of the answer of `POST /v1/ask`. */
export interface SpokenAnswer {
  reply: string
  verdict: SpokenVerdict | null
  verdicts: readonly SpokenVerdict[]
  clarify?:
    | { question: string; options: readonly (string | { id?: string; name?: string; label?: string })[] }
    | null
    | undefined
  related: readonly { kind: string; title: string }[]
  revision: number
}

interface SpokenVerdict {
  statement: string
  verified: boolean
  sources: readonly { url: string; verifiedAt: string | null }[]
}

/** Slack refuses a message beyond these. */
const LONGEST_TEXT = 3000
const MOST_BLOCKS = 50

const Text = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().max(LONGEST_TEXT) })
const Block = z.union([
  z.strictObject({ type: z.literal('section'), text: Text }),
  z.strictObject({ type: z.literal('context'), elements: z.array(Text).max(10) }),
])
type Block = z.output<typeof Block>

export const SlackMessage = z
  .strictObject({
    response_type: z.literal('ephemeral'),
    text: z.string().max(LONGEST_TEXT).describe('For notifications and screen readers, which do not read blocks.'),
    blocks: z.array(Block).max(MOST_BLOCKS),
  })
  .meta({ id: 'SlackMessage' })
export type SlackMessage = z.output<typeof SlackMessage>

/** Enough to choose from, few enough to read. */
const MOST_OPTIONS = 10
const MOST_VERDICTS = 5
const MOST_SOURCES = 5

/** The three characters that mark up text in Slack; nothing else may be escaped (Slack, "Formatting text"). */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Escaped, and within a length that does not cut an entity, a character or a link in two. */
function written(text: string, length = LONGEST_TEXT): string {
  const escaped = escapeText(text)
  if (escaped.length <= length) return escaped
  let kept = ''
  for (const character of text) {
    const next = escapeText(character)
    if (kept.length + next.length > length - 1) break
    kept += next
  }
  return `${kept}…`
}

const section = (text: string): Block => ({ type: 'section', text: { type: 'mrkdwn', text } })
const context = (text: string): Block => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] })

/** Lines, as many as fit in one block. */
function linesWithin(lines: readonly string[]): string {
  const kept: string[] = []
  let length = 0
  for (const line of lines) {
    length += line.length + 1
    if (length > LONGEST_TEXT) break
    kept.push(line)
  }
  return kept.join('\n')
}

const message = (text: string, blocks: Block[]): SlackMessage => ({
  response_type: 'ephemeral',
  text: written(text),
  blocks: blocks.slice(0, MOST_BLOCKS),
})

/** A source as a link that shows its host and last part; `|` and `>` would end the address early. */
function link(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'https:') return null
  const page = url.pathname.split('/').findLast((part) => part !== '') ?? url.hostname
  const target = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;')
  return target.length > 500 ? null : `<${target}|${written(page.replaceAll('|', ' '), 80)}>`
}

function sourcesOf(verdicts: readonly SpokenVerdict[]): string[] {
  const links = verdicts.flatMap(({ sources }) => sources.map(({ url }) => link(url))).filter((one) => one !== null)
  return [...new Set(links)].slice(0, MOST_SOURCES)
}

const nameOf = (option: string | { id?: string; name?: string; label?: string }): string =>
  typeof option === 'string' ? option : (option.name ?? option.label ?? option.id ?? '')

/** What the slash command answers. `command` is what was typed, such as `/who-owns`. */
export function answerSlack(answer: SpokenAnswer, command: string): SlackMessage {
  const { reply, verdict, verdicts, clarify, related, revision } = answer
  const told = verdicts.length > 0 ? verdicts : verdict ? [verdict] : []
  const blocks = [section(written(reply))]
  // With one verdict the reply says it all; with several it sums them up.
  if (told.length > 1)
    blocks.push(
      section(linesWithin(told.slice(0, MOST_VERDICTS).map(({ statement }) => `• ${written(statement, 500)}`))),
    )
  if (clarify) {
    const options = clarify.options.slice(0, MOST_OPTIONS).map((option) => `• ${written(nameOf(option), 200)}`)
    const hint = `Ask again with one of them: \`${written(command, 50).replaceAll('`', '')} …\``
    blocks.push(section(linesWithin([`*${written(clarify.question, 500)}*`, ...options, hint])))
  }
  const sources = sourcesOf(told)
  if (sources.length > 0) blocks.push(context(linesWithin([`Sources: ${sources.join(' · ')}`])))
  if (told.some(({ verified }) => !verified)) blocks.push(context('Not all of this was confirmed at its source.'))
  if (related.length > 0)
    blocks.push(
      context(
        linesWithin([
          `See also: ${related
            .slice(0, 3)
            .map(({ title }) => written(title, 200))
            .join(' · ')}`,
        ]),
      ),
    )
  blocks.push(context(`Data revision ${revision}`))
  return message(reply, blocks)
}

/** What the command answers where nothing, or `help`, stands after it. */
export function helpSlack(command: string): SlackMessage {
  const typed = `\`${written(command, 50).replaceAll('`', '')}`
  const text = 'Ask who owns a layer of an AWS service, in your own words.'
  const examples = ['who patches the OS of RDS?', 'do we have to back up S3', 'EC2 vs Lambda: who patches the runtime']
  return message(text, [section(`${text}\n${examples.map((one) => `• ${typed} ${one}\``).join('\n')}`)])
}

/** Whether the text of a command asks for help rather than for an owner. */
export const asksForHelp = (text: string): boolean => /^\s*(?:help|\?)?\s*$/i.test(text)
