/** Each stage of the understanding alone. */
import { describe, expect, it } from 'vitest'
import { readChoices } from '../../../src/domain/ask/choices.js'
import { classify, familiarity, featuresOf, OFF_TOPIC } from '../../../src/domain/ask/classifier.js'
import { readWants } from '../../../src/domain/ask/intent.js'
import { readLayers, weighLayers } from '../../../src/domain/ask/layers.js'
import { findMentions, findVariants } from '../../../src/domain/ask/mentions.js'
import { firstSentence } from '../../../src/domain/ask/reply.js'
import { findSubjects } from '../../../src/domain/ask/subjects.js'
import { readTopic } from '../../../src/domain/ask/topic.js'
import { readVariants, weighVariants } from '../../../src/domain/ask/variants.js'
import { createWordList, findPhrases, readWords, singular } from '../../../src/domain/ask/words.js'
import { seeded } from '../../support/catalog.js'

const mentionsIn = (text: string) =>
  findMentions(seeded, text, readWords(text)).map(({ service, variant, strength }) => [
    variant ? `${service.id}/${variant.id}` : service.id,
    strength,
  ])

const subjectsIn = (text: string, compares = false) => {
  const words = readWords(text)
  return findSubjects(seeded, findMentions(seeded, text, words), { words, sent: text, compares }, {}).list.map(
    ({ service, variant }) => (variant ? `${service.id}/${variant.id}` : service.id),
  )
}

describe('words', () => {
  it('are folded in case and width, and keep their place in what was sent', () => {
    const [first, second] = readWords('Ｗho patches\tBUCKETS')
    expect(first).toMatchObject({ text: 'who', start: 0, end: 3 })
    expect(second).toMatchObject({ text: 'patche', stem: 'patch' })
    expect(readWords('BUCKETS')[0]).toMatchObject({ text: 'bucket', stem: 'bucket', start: 0, end: 7 })
  })

  it.each([
    ['buckets', 'bucket'],
    ['sns', 'sns'],
    ['access', 'access'],
    ['status', 'status'],
  ])('"%s" is "%s" in the singular', (word, expected) => expect(singular(word)).toBe(expected))

  it('find the longest phrase that starts at a word', () => {
    const book = createWordList(['who', 'who does', 'who does what'])
    expect(findPhrases(book, readWords('so who does what here')).map(({ value }) => value)).toEqual(['who does what'])
  })
})

describe('services are found', () => {
  it.each([
    ['by name', 'who patches Amazon RDS', [['rds', 'name']]],
    ['by an everyday name, as a hint', 'my bucket is public', [['s3', 'hint']]],
    ['written apart', 'mail in work mail', [['workmail', 'name']]],
    ['written together', 'rotation in secretsmanager', [['secrets-manager', 'name']]],
    ['with a slip', 'who patches lamda', [['lambda', 'typo']]],
    ['with two letters swapped', 'servers under Workmial', [['workmail', 'typo']]],
    ['by an ARN', 'arn:aws:sqs:eu-west-1:111122223333:orders is open', [['sqs', 'name']]],
    ['by a resource type', 'AWS::DynamoDB::Table backups', [['dynamodb', 'name']]],
    ['by a variant that names them', 'RDS Custom for Oracle', [['rds/rds-custom-oracle', 'name']]],
  ])('%s', (_, text, expected) => expect(mentionsIn(text)).toEqual(expected))

  it('is no service: an everyday word that only "AWS" makes a name', () => {
    expect(mentionsIn('who takes the backup')).toEqual([])
    expect(mentionsIn('who runs AWS Backup')).toEqual([['backup', 'name']])
  })
})

describe('subjects', () => {
  it.each([
    ['the service where one is named', 'who patches RDS', ['rds']],
    ['a service on a service as one variant', 'pods on EKS Fargate', ['eks/fargate']],
    ['both where they are listed', 'ECS and Fargate', ['ecs', 'fargate']],
    ['all that are lined up', 'EC2, S3, Lambda, RDS and WorkMail', ['ec2', 's3', 'lambda', 'rds', 'workmail']],
    ['the service and not the one that serves it', 'a KMS key for our S3 objects', ['s3']],
    ['the one that serves where it is alone', 'who rotates KMS keys', ['kms']],
    ['two variants of one service', 'ECS on EC2 against ECS on Fargate', ['ecs/ec2', 'ecs/fargate']],
  ])('are %s', (_, text, expected) => expect(subjectsIn(text)).toEqual(expected))

  it('include the plain service where a variant is compared with it', () => {
    expect(subjectsIn('lambda zip versus lambda container image', true)).toEqual(['lambda', 'lambda/container-image'])
  })
})

describe('services side by side', () => {
  const readSubjects = (text: string) => {
    const words = readWords(text)
    return findSubjects(
      seeded,
      findMentions(seeded, text, words),
      { words, sent: text, compares: readWants(words).compare },
      {},
    )
  }

  it.each([
    [
      'are told by resources as well as names',
      'encryption of bucket objects and gp3 volumes, is it on for both',
      ['s3', 'ebs'],
    ],
    [
      'are three where three are asked about',
      'buckets, tables, volumes: which of these are encrypted by default',
      ['s3', 'dynamodb', 'ebs'],
    ],
    ['are told by a word that alone names nothing', 'patching the OS: plain VM vs function', ['ec2', 'lambda']],
  ])('%s', (_, text, expected) => expect(readSubjects(text).list.map(({ service }) => service.id)).toEqual(expected))

  it('are one where the others only stand around it', () => {
    const { list } = readSubjects('our Lambda reads from RDS: who patches RDS')
    expect(list.map(({ service }) => service.id)).toEqual(['rds'])
  })

  it('are told beside the one where they may be meant', () => {
    const { list, beside } = readSubjects('mongo on our own EC2 needs a patch, would DocumentDB rid us of that')
    expect([...list, ...beside].map(({ service }) => service.id).toSorted()).toEqual(['documentdb', 'ec2'])
  })
})

describe('variants are told', () => {
  const likeliest = (id: string, text: string): string | null => {
    const service = seeded.service(id)
    if (!service) throw new Error(`no ${id}`)
    const words = readWords(text)
    const mentions = findMentions(seeded, text, words)
    const read = readVariants(seeded, service, { words, mentions, features: featuresOf(words) })
    const beliefs = weighVariants(seeded, service, read)
    expect(beliefs.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
    return beliefs[0]?.variant?.id ?? null
  }

  it.each([
    ['rds', 'who patches RDS Custom', 'rds-custom'],
    ['lambda', 'our function is built from a Dockerfile and pushed to ECR', 'container-image'],
    ['elasticache', 'the cache without nodes, billed per GB', 'elasticache-serverless'],
    ['rds', 'who patches the database', null],
    ['lambda', 'who patches the host of our functions', null],
  ])('of %s in "%s"', (id, text, variant) => expect(likeliest(id, text)).toBe(variant))
})

describe('variants are found', () => {
  it.each([
    ['eks', 'is it in auto mode', 'auto-mode'],
    ['lambda', 'we ship a container image', 'container-image'],
    ['rds', 'on an outpost: RDS on Outposts', 'rds-on-outposts'],
  ])('of %s in "%s"', (id, text, variant) => {
    const service = seeded.service(id)
    if (!service) throw new Error(`no ${id}`)
    expect(findVariants(seeded, service, readWords(text)).map(({ value }) => value.id)).toContain(variant)
  })
})

describe('layers', () => {
  const best = (text: string): string | undefined =>
    weighLayers(seeded, readLayers(seeded, readWords(text), { list: [], stoodFor: [], spoken: new Set() }), null)[0]
      ?.layer.id

  it.each([
    ['somebody dropped the production table, is there a copy', 'backup-recovery'],
    ['hackers got in, who investigates', 'incident-response'],
    ['does the listener speak https only', 'encryption-in-transit'],
    ['laptops of our admins were stolen', 'client-devices'],
    ['staff was never taught to spot phishing', 'awareness-training'],
    ['guards and cameras at the site', 'physical'],
  ])('are told by words of their own: "%s"', (text, layer) => expect(best(text)).toBe(layer))

  it("are told by the service's own duties: CoreDNS is the runtime of EKS", () => {
    const text = 'CoreDNS and kube-proxy are behind'
    const service = seeded.service('eks')
    if (!service) throw new Error('no eks')
    const reading = readLayers(seeded, readWords(text), { list: [{ service }], stoodFor: [], spoken: new Set() })
    expect(weighLayers(seeded, reading, service)[0]?.layer.id).toBe('runtime')
  })

  it('sum to certainty, and none is likely where no word tells', () => {
    const reading = readLayers(seeded, readWords('qqq zzz'), { list: [], stoodFor: [], spoken: new Set() })
    const beliefs = weighLayers(seeded, reading, null)
    expect(beliefs.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
    expect(beliefs[0]?.probability).toBeLessThan(0.2)
    expect(reading.strength).toBe(0)
  })
})

describe('the classifier', () => {
  it('gives every layer and the rest a probability, and says by which words', () => {
    const { classes, logs, logOf, because } = classify(readWords('snapshots and restore tests'))
    expect(classes.toSorted()).toEqual([...seeded.layers.map(({ id }) => id), OFF_TOPIC].toSorted())
    expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1)
    expect(because('backup-recovery')).toContain('snapshot')
    expect(logOf('backup-recovery')).toBe(Math.max(...logs))
    expect(logOf('no-such-class')).toBeUndefined()
    expect(because('no-such-class')).toEqual([])
  })

  it('knows how familiar words are', () => {
    expect(familiarity(readWords('encryption of backups'))).toBe(1)
    expect(familiarity(readWords('xyzzy plugh'))).toBe(0)
  })
})

describe('the topic', () => {
  it('is not asked for an owner by "how do I"', () => {
    expect(readTopic(readWords('how do I mount it')).responsibility).toEqual([])
    expect(readTopic(readWords('do I patch it')).responsibility).toEqual(['do i'])
  })

  it('is another cloud where one is named', () =>
    expect(readTopic(readWords('patching on Azure')).foreign).toEqual(['azure']))
})

describe('what is wanted', () => {
  it.each([
    ['what do we own on S3', { duties: true, side: 'customer' }],
    ['what does AWS do for us on Lambda', { duties: true, side: 'aws' }],
    ['give me the whole breakdown, both sides', { duties: true, side: null }],
    ['EC2 vs RDS', { compare: true }],
    ['why is that ours', { explain: true }],
    ['AWS encrypts everything, right?', { claim: true }],
  ])('is read from "%s"', (text, expected) => expect(readWants(readWords(text))).toMatchObject(expected))
})

describe('the choices of an exam question', () => {
  it('are split from their question', () => {
    expect(readChoices('Which is ours? A) patching B) guarding C. buying')).toEqual({
      stem: 'Which is ours?',
      choices: [
        { mark: 'A', text: 'patching' },
        { mark: 'B', text: 'guarding' },
        { mark: 'C', text: 'buying' },
      ],
    })
  })

  it.each(['plain question', 'only A) one', 'B) starts late C) so no'])('are none in "%s"', (text) =>
    expect(readChoices(text)).toBeNull(),
  )
})

describe('a duty is cut to its first sentence', () => {
  it.each([
    ['Patches the host. You reboot.', 'Patches the host'],
    ['Keeps v1.2.3 current', 'Keeps v1.2.3 current'],
    ['Uses TLS 1.2 (see docs).', 'Uses TLS 1.2 (see docs)'],
  ])('"%s"', (text, expected) => expect(firstSentence(text)).toBe(expected))
})
