/** Amazon SNS in a box: signs messages with a key of its own and hands out the certificate without a network. */
import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { Agent } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { NOW } from './signatures.js'

export const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:alarms'
const CERTIFICATE =
  'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-06298432e8066b29e2223bcc23aa9504.pem'
export const SUBSCRIBE = `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t`

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The keys that SNS signs, in its order (its documentation, "Verifying the signatures of Amazon SNS messages"). */
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
}

/** A signed message; `over` replaces fields before it is signed, and `version` chooses SHA-1 or SHA-256. */
export function snsMessage(over: Record<string, string> = {}, version: '1' | '2' = '2'): Record<string, string> {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: '828c6d2f-4a0e-48e4-a73d-8594c8c99600',
    TopicArn: TOPIC,
    Message: 'hello',
    Timestamp: new Date(NOW - 60_000).toISOString(),
    SigningCertURL: CERTIFICATE,
    SignatureVersion: version,
    ...over,
  }
  const sign = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
  for (const key of SIGNED[message.Type as keyof typeof SIGNED])
    if (message[key] !== undefined) sign.update(`${key}\n${message[key]}\n`)
  return { ...message, Signature: sign.sign(privateKey, 'base64') }
}

export const subscription = (over: Record<string, string> = {}): Record<string, string> =>
  snsMessage({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: SUBSCRIBE, ...over })

/** Answers every https request of its agent with the certificate, or with what `answers` holds first. */
export async function startCertificateHost(answers: string[] = []) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`https://${request.headers.host}${request.url}`)
    response.end(answers.shift() ?? publicKey.export({ type: 'spki', format: 'pem' }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const agent = new Agent()
  // Plain sockets to this host, whatever name is asked for.
  agent.createConnection = () => connect(port, '127.0.0.1')
  return { agent, asked, stop: () => new Promise((done) => server.close(done)) }
}
