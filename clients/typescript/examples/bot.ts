/** A chatbot: says the reply as it is, and offers the options where the service asks back. */
import type { Client } from '../src/client.js'

export async function answer(client: Client, question: string): Promise<{ say: string; buttons: string[] }> {
  const { data } = await client.call('ask', { body: { question } })
  return { say: data.reply, buttons: data.clarify?.options.map(({ label }) => label) ?? [] }
}
