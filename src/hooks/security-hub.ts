/** AWS Security Hub CSPM: findings in the AWS Security Finding Format (ASFF). */
import { z } from 'zod'
import type { Inbound, Signal } from '../domain/ticket.js'
import {
  controlSignals,
  guardDutyType,
  inboundOf,
  isArn,
  isHealthCode,
  managedRule,
  readAs,
  soft,
  softList,
  softWords,
  Tags,
  Words,
} from './read.js'

const Resource = z.looseObject({ Type: softWords, Id: Words, Region: softWords, Tags })

const Finding = z.looseObject({
  Id: Words,
  Title: Words,
  Description: softWords,
  ProductArn: softWords,
  ProductName: softWords,
  GeneratorId: softWords,
  AwsAccountId: softWords,
  Region: softWords,
  UpdatedAt: softWords,
  Types: softList(Words, 50),
  Severity: soft(z.looseObject({ Label: softWords })),
  Compliance: soft(
    z.looseObject({
      Status: softWords,
      SecurityControlId: softWords,
      StatusReasons: softList(z.looseObject({ ReasonCode: softWords, Description: softWords }), 20),
    }),
  ),
  ProductFields: soft(z.record(z.string(), z.unknown())),
  Resources: softList(Resource, 100),
  Workflow: soft(z.looseObject({ Status: softWords })),
  RecordState: softWords,
  Remediation: soft(z.looseObject({ Recommendation: soft(z.looseObject({ Text: softWords, Url: softWords })) })),
  SourceUrl: softWords,
  Sample: soft(z.boolean()),
})
type Finding = z.output<typeof Finding>

/** A finding with what `BatchUpdateFindings` of Security Hub knows it by; null where the finding does not say. */
export interface AsffInbound extends Inbound {
  asff: { Id: string; ProductArn: string } | null
}

/** One or several findings, bare. `at` is where in the body they stand. */
export function parseFindings(findings: readonly unknown[], at: string): AsffInbound[] {
  return findings.map((finding, index) => parseFinding(finding, at === '' ? '' : `${at}/${index}`))
}

/** One ASFF finding. */
export function parseFinding(value: unknown, at = ''): AsffInbound {
  const finding = readAs(Finding, value, 'finding in the AWS Security Finding Format', at)
  const resources = finding.Resources.map(({ Type, Id }) => ({ type: Type ?? null, id: Id }))
  const [first] = finding.Resources
  // A tag, a setting or the account itself says nothing of the service; the control does.
  const named = finding.Resources.find(({ Type }) => Type !== undefined && Type !== 'Other' && Type !== 'AwsAccount')
  const reasons = finding.Compliance?.StatusReasons ?? []
  const { Id, ProductArn } = finding
  const inbound = inboundOf(
    {
      title: finding.Title,
      description: [finding.Description, ...reasons.map(({ Description }) => Description)],
      // Not the product and not its classes: "Security Hub" and "Configuration Checks" are no evidence of what is wrong.
      labels: [
        finding.Types.some((type) => type.includes('/Vulnerabilities')) ? 'vulnerability' : undefined,
        reasons.some(({ ReasonCode }) => ReasonCode === 'CONFIG_EVALUATIONS_EMPTY') ? 'not-evaluated' : undefined,
      ],
      resource: isArn(named?.Id) ? named.Id : named?.Type,
      account: finding.AwsAccountId,
      region: first?.Region ?? finding.Region,
      tags: Object.assign({}, ...finding.Resources.map((one) => one.Tags ?? {}).reverse()),
      severity: finding.Severity?.Label,
      system: 'security-hub',
      id: finding.Id,
      url: finding.SourceUrl ?? finding.Remediation?.Recommendation?.Url,
    },
    {
      signals: signalsOf(finding),
      resources,
      eventId: [finding.Id, finding.UpdatedAt].filter((part) => part !== undefined).join(' '),
      idle: idleReason(finding),
    },
  )
  return { ...inbound, asff: isArn(ProductArn) ? { Id, ProductArn } : null }
}

/** The ids in a finding, in the order in which they are to be trusted. */
function signalsOf(finding: Finding): Signal[] {
  const { Compliance, GeneratorId = '', ProductFields = {}, ProductArn = '', ProductName = '' } = finding
  const text = (key: string): string | undefined => {
    const value = ProductFields[key]
    return typeof value === 'string' ? value : undefined
  }
  const rules = Object.keys(ProductFields).flatMap((key) => {
    const [, n] = /^RelatedAWSResources:(\d+)\/type$/.exec(key) ?? []
    const name = n === undefined ? undefined : text(`RelatedAWSResources:${n}/name`)
    return name !== undefined && text(key) === 'AWS::Config::ConfigRule' ? [name] : []
  })
  const ruleName = text('aws/config/ConfigRuleName') ?? (ProductArn.endsWith('/aws/config') ? finding.Title : undefined)
  const isGuardDuty = /guardduty/i.test(`${ProductName} ${ProductArn}`)
  const link = finding.Remediation?.Recommendation?.Url?.replace(/\/remediation\/?$/, '')
  return [
    ...controlSignals([
      Compliance?.SecurityControlId,
      GeneratorId,
      text('ControlId'),
      // Links of Security Hub's own end in the control; those of others end in anything.
      link?.includes('/securityhub/') ? link : undefined,
    ]),
    ...(isGuardDuty
      ? [...finding.Types, ...[text('aws/guardduty/type')].filter((one) => one !== undefined)]
      : []
    ).flatMap((type): Signal[] => {
      const id = guardDutyType(type)
      return id === undefined ? [] : [{ kind: 'finding-type', id }]
    }),
    ...(isHealthCode(GeneratorId) ? [{ kind: 'event-code', id: GeneratorId } as const] : []),
    ...[...(ruleName === undefined ? [] : [ruleName]), ...rules].map(
      (name): Signal => ({ kind: 'config-rule', id: managedRule(name) }),
    ),
  ]
}

function idleReason(finding: Finding): string | null {
  const { Compliance, Workflow, RecordState, ProductFields = {}, Sample, Title } = finding
  const sampled = ProductFields['aws/guardduty/service/additionalInfo/sample']
  if (Sample || sampled === true || sampled === 'true' || Title.startsWith('[SAMPLE]')) return 'sample-finding'
  if (RecordState === 'ARCHIVED') return 'archived'
  if (Workflow?.Status === 'SUPPRESSED') return 'suppressed'
  if (Compliance?.Status === 'PASSED') return 'passed'
  if (Compliance?.Status === 'NOT_AVAILABLE') return 'not-available'
  return Workflow?.Status === 'RESOLVED' ? 'resolved' : null
}
