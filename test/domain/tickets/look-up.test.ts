/** What AWS's own identifiers settle. */
import { describe, expect, it } from 'vitest'
import { lookUp } from '../../../src/domain/tickets/look-up.js'
import { seeded } from '../../support/catalog.js'

const of = (kind: Parameters<typeof lookUp>[1]['kind'], id: string, around?: Parameters<typeof lookUp>[2]) => {
  const settled = lookUp(seeded, { kind, id }, around)
  return settled && [settled.by, settled.service, settled.layer, settled.side, settled.acts]
}

describe('an identifier of AWS', () => {
  it.each([
    [
      'a control in any case',
      'control',
      'opensearch.2',
      ['exact', 'opensearch-service', 'network-controls', 'customer', 'customer'],
    ],
    [
      'a control by its generator of old',
      'control',
      'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/1.3',
      ['legacy-id', 'iam', 'identity-access', 'customer', 'customer'],
    ],
    [
      "a rule of Security Hub's own name",
      'config-rule',
      'securityhub-eks-cluster-supported-version-361c5bf2',
      ['exact', 'eks', 'runtime', 'customer', 'customer'],
    ],
    [
      'a finding type',
      'finding-type',
      'Policy:S3/BucketAnonymousAccessGranted',
      ['exact', 's3', 'network-controls', 'customer', 'customer'],
    ],
    [
      'a finding type as ASFF writes it',
      'finding-type',
      'TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled',
      ['exact', 'cloudtrail', 'logging-monitoring', 'customer', 'customer'],
    ],
    [
      'a finding type that is not listed, by its segment',
      'finding-type',
      'Trojan:EC2/SomethingNew',
      ['segment', 'ec2', 'operating-system', 'customer', 'customer'],
    ],
    [
      'an event code',
      'event-code',
      'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED',
      ['exact', 'ec2', 'hardware', 'aws', 'customer'],
    ],
    [
      'the longest suffix of a code',
      'event-code',
      'AWS_NEWTHING_POWER_MAINTENANCE_SCHEDULED',
      ['suffix', null, 'physical', 'aws', 'customer'],
    ],
    [
      'a prefix of a code, whatever its category',
      'event-code',
      'AWS_RISK_CREDENTIALS_SOMETHING',
      ['prefix', 'iam', 'identity-access', 'customer', 'customer'],
    ],
    [
      'the service in a code that is not listed',
      'event-code',
      'AWS_KINESIS_API_ISSUE',
      ['suffix', 'kinesis-data-streams', 'availability', 'aws', 'aws'],
    ],
    ['a metric', 'metric', 'AWS/EC2 StatusCheckFailed_System', ['exact', 'ec2', 'hardware', 'aws', 'aws']],
    [
      'a metric that either side may be the cause of',
      'metric',
      'AWS/EC2 StatusCheckFailed',
      ['exact', 'ec2', 'availability', null, null],
    ],
    [
      'a namespace where the metric is not listed',
      'metric',
      'AWS/RDS SomethingNew',
      ['namespace', 'rds', 'configuration', 'customer', 'customer'],
    ],
  ] as const)('settles by %s', (_title, kind, id, wanted) => {
    expect(of(kind, id)).toEqual(wanted)
  })

  it('lets the resource tell the service of a finding at run time', () => {
    const type = 'Execution:Runtime/ReverseShell'
    const around = (resource: string) => ({ resourceTypes: [resource], category: null })
    expect(of('finding-type', type, around('EKSCluster'))?.slice(1, 3)).toEqual(['eks', 'application'])
    expect(of('finding-type', type, around('Instance'))?.slice(1, 3)).toEqual(['ec2', 'operating-system'])
  })

  it('falls back to the category of a Health event with low confidence', () => {
    const settled = lookUp(
      seeded,
      { kind: 'event-code', id: 'AWS_X_Y' },
      { resourceTypes: [], category: 'scheduledChange' },
    )
    expect(settled).toMatchObject({ by: 'category', side: 'aws', confidence: 0.5 })
  })

  it.each([
    ['control', 'Nothing.1'],
    ['event-code', 'AWS_X_Y'],
    ['metric', 'Acme/Shop OrdersPerMinute'],
    ['config-rule', 'my-own-rule'],
    ['finding-type', 'no type at all'],
  ] as const)('settles nothing by a %s that no table knows', (kind, id) => {
    expect(of(kind, id)).toBeUndefined()
  })
})
