/** The guides' policies are IAM's JSON and their commands are what the AWS CLI takes. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Guide } from '../../src/domain/knowledge.js'
import { seeded } from '../support/catalog.js'

const guides = seeded.articles('guide').map(({ document }) => Guide.parse(document))
const blocks = guides.flatMap((guide) => guide.blocks.map((block) => ({ ...block, guide: guide.id })))

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
/** IAM's policy grammar, as far as these guides use it. */
const Policy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z
    .array(
      z.strictObject({
        Sid: z
          .string()
          .regex(/^[A-Za-z0-9]+$/)
          .optional(),
        Effect: z.enum(['Allow', 'Deny']),
        Principal: z
          .union([
            z.literal('*'),
            z.record(z.enum(['AWS', 'Service', 'Federated']), oneOrMore).or(z.object({ AWS: oneOrMore })),
          ])
          .optional(),
        Action: z
          .union([z.string(), z.array(z.string())])
          .refine((value) => [value].flat().every((one) => one === '*' || /^[a-z0-9-]+:[A-Za-z*]+$/.test(one))),
        Resource: oneOrMore,
        Condition: z.record(z.string().regex(/^[A-Za-z:]+$/), z.record(z.string().regex(/:/), oneOrMore)).optional(),
      }),
    )
    .min(1),
})

/** The words of a shell command: quotes respected, continuation lines joined. */
function words(command: string): string[] {
  const joined = command.replace(/\\\n\s*/g, ' ')
  return [...joined.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}

/** The commands of a block: its lines, with continued lines and quoted line breaks kept together. */
function commands(code: string): string[] {
  return code
    .split(/\n(?=aws )/)
    .map((command) => command.replace(/^#.*$/gm, '').trim())
    .filter((command) => command !== '')
}

/** The options of each command that the guides may use: required ones end in `!`. From the AWS CLI v2 reference. */
const CLI: Record<string, string[]> = {
  's3api put-bucket-encryption': ['bucket!', 'server-side-encryption-configuration!', 'expected-bucket-owner'],
  's3api get-bucket-encryption': ['bucket!', 'expected-bucket-owner', 'query', 'output'],
  's3api put-public-access-block': ['bucket!', 'public-access-block-configuration!', 'expected-bucket-owner'],
  's3api get-public-access-block': ['bucket!', 'expected-bucket-owner'],
  's3api put-bucket-policy': ['bucket!', 'policy!', 'expected-bucket-owner'],
  's3api head-object': ['bucket!', 'key!', 'query', 'output'],
  'iam create-policy': ['policy-name!', 'policy-document!', 'description'],
  'iam attach-role-policy': ['role-name!', 'policy-arn!'],
  'iam simulate-custom-policy': [
    'policy-input-list!',
    'action-names!',
    'resource-arns',
    'context-entries',
    'query',
    'output',
  ],
  'accessanalyzer validate-policy': ['policy-type!', 'policy-document!', 'query', 'output'],
}

describe('the guides', () => {
  it("each say what is wrong in the article's version and give a better one", () => {
    for (const { id, problem, blocks } of guides) {
      expect(problem.length, id).toBeGreaterThan(20)
      expect(
        blocks.map(({ status }) => status),
        id,
      ).toEqual(expect.arrayContaining(['outdated', 'recommended']))
    }
  })

  it.each(blocks.filter(({ kind }) => kind !== 'cli').map((block) => [block.guide, block.title, block] as const))(
    '%s: "%s" is a policy that IAM reads',
    (_guide, _title, block) => {
      const policy = Policy.parse(JSON.parse(block.code))
      for (const statement of policy.Statement)
        expect(statement.Principal !== undefined).toBe(block.kind === 'bucket-policy')
    },
  )

  it('replace a policy on every object by one on the prefix of a bucket', () => {
    const recommended = blocks.find(
      ({ guide, kind, status }) =>
        guide === 'least-privilege-s3-read' && kind === 'iam-policy' && status === 'recommended',
    )
    const policy = Policy.parse(JSON.parse(recommended?.code ?? '{}'))
    const reads = policy.Statement.filter(
      ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes('s3:GetObject'),
    )
    expect(reads.length).toBeGreaterThan(0)
    for (const { Resource } of reads)
      for (const arn of [Resource].flat()) expect(arn).toMatch(/^arn:aws:s3:::[a-z0-9-]+\/[^*]+\/\*$/)
  })

  it.each(blocks.filter(({ kind }) => kind === 'cli').map((block) => [block.guide, block.title, block] as const))(
    '%s: "%s" is a command that the AWS CLI takes',
    (_guide, _title, block) => {
      for (const command of commands(block.code)) {
        const [program, service, verb, ...rest] = words(command)
        expect(program).toBe('aws')
        const options = CLI[`${service} ${verb}`]
        expect(options, `${service} ${verb}`).toBeDefined()
        const given = rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2))
        const known = options?.map((option) => option.replace('!', '')) ?? []
        for (const option of given) expect(known, `${service} ${verb} --${option}`).toContain(option)
        for (const option of options?.filter((option) => option.endsWith('!')) ?? [])
          expect(given).toContain(option.slice(0, -1))
        const json = rest[rest.indexOf('--server-side-encryption-configuration') + 1]
        if (verb === 'put-bucket-encryption') expect(JSON.parse(json ?? '')).toHaveProperty('Rules')
      }
    },
  )

  it('encrypt with a KMS key of the customer and a bucket key, and block public access', () => {
    const code = blocks
      .filter(({ guide, status }) => guide === 'encrypt-s3-buckets' && status === 'recommended')
      .map((block) => block.code)
      .join('\n')
    expect(code).toMatch(/"SSEAlgorithm":\s*"aws:kms"/)
    expect(code).toMatch(/"BucketKeyEnabled":\s*true/)
    expect(code).toContain('put-public-access-block')
  })
})
