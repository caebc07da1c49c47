/** A service desk: where a ticket goes, in the words that its work notes take. */
import type { Client } from '../src/client.js'

export async function queueOf(client: Client, title: string, description: string): Promise<string> {
  const { data } = await client.call('routeTicket', { body: { title, description } })
  const { destination, explanation } = data
  const target =
    destination.kind === 'aws-support'
      ? `AWS Support (${destination.awsSupport?.category})`
      : (destination.team?.queue ?? 'triage')
  return `${target}: ${explanation.map(({ because }) => because).join('; ')}`
}
