/** A portal: what is ours on the services that we use, as lines of text. */
import type { Client } from '../src/client.js'

export async function ourDuties(client: Client, services: readonly string[]): Promise<string[]> {
  const { data } = await client.call('getSummary', { query: { service: services.join(',') } })
  return data.services.map(({ name, owners }) => `${name}: ${owners.customer} layers are ours, ${owners.shared} shared`)
}
