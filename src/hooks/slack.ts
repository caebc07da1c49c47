/** Slack: a slash command, which is sent as a form. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { inboundOf, readAs, softWords, Words } from './read.js'

/** What a slash command carries, of what we read. */
export const SlackCommand = z.looseObject({
  /** `/who-owns` */
  command: z.string().max(200).startsWith('/'),
  /** What follows the command; empty where nothing does. */
  text: z.string().trim().max(4000).default(''),
  team_id: softWords,
  channel_id: softWords,
  user_id: softWords,
  user_name: softWords,
  response_url: softWords,
  trigger_id: softWords,
  ssl_check: softWords,
})
export type SlackCommand = z.output<typeof SlackCommand>

/** The form as Slack sends it: `command=%2Fwho-owns&text=rds+patching&…`. */
export const parseSlackCommand = (form: string): SlackCommand =>
  readAs(SlackCommand, Object.fromEntries(new URLSearchParams(form)), 'slash command of Slack')

/** The text of a command as a ticket. */
export function parseSlack(form: unknown): Inbound[] {
  const command = parseSlackCommand(readAs(Words, form, 'form'))
  return [
    inboundOf(
      { title: command.text || command.command, system: 'slack', id: command.trigger_id },
      { eventId: command.trigger_id, idle: command.text === '' ? 'empty' : null },
    ),
  ]
}
