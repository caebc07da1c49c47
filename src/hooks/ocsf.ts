/** Findings in the Open Cybersecurity Schema Framework: Security Hub (v2), Inspector, Prowler and others. */
import { z } from 'zod'
import type { Inbound, Signal } from '../domain/ticket.js'
import {
  controlSignals,
  guardDutyType,
  inboundOf,
  isArn,
  isHealthCode,
  readAs,
  soft,
  softList,
  softWords,
  Tags,
  Words,
} from './read.js'

const Resource = z.looseObject({
  type: softWords,
  uid: softWords,
  name: softWords,
  region: softWords,
  group: soft(z.looseObject({ name: softWords })),
  tags: Tags,
})

const Info = z.looseObject({
  title: softWords,
  desc: softWords,
  uid: softWords,
  types: softList(Words, 50),
  src_url: softWords,
  modified_time_dt: softWords,
})

const Metadata = z.looseObject({
  product: soft(z.looseObject({ name: softWords, uid: softWords, vendor_name: softWords })),
  event_code: softWords,
})

const Finding = z.looseObject({
  class_uid: z.int(),
  activity_id: soft(z.int()),
  severity: softWords,
  status: softWords,
  status_code: softWords,
  status_detail: softWords,
  message: softWords,
  // 1.x names it finding_info; the deprecated class 2001 names it finding.
  finding_info: soft(Info),
  finding: soft(Info),
  // Some writers send a list of one.
  metadata: z
    .union([Metadata, z.array(Metadata).min(1)])
    .transform((one) => (Array.isArray(one) ? (one[0] ?? {}) : one)),
  cloud: soft(
    z.looseObject({
      provider: softWords,
      region: softWords,
      account: soft(z.looseObject({ uid: softWords })),
    }),
  ),
  compliance: soft(z.looseObject({ control: softWords, status: softWords, status_code: softWords })),
  vulnerabilities: softList(
    z.looseObject({
      title: softWords,
      desc: softWords,
      cve: soft(z.looseObject({ uid: softWords })),
      affected_packages: softList(
        z.looseObject({ name: Words, version: softWords, fixed_in_version: softWords, package_manager: softWords }),
        20,
      ),
    }),
    20,
  ),
  resources: softList(Resource, 100),
  resource: soft(Resource),
  remediation: soft(z.looseObject({ desc: softWords })),
  time: soft(z.union([z.number(), z.string()])),
})
type Finding = z.output<typeof Finding>

/** A finding with what `BatchUpdateFindingsV2` of Security Hub knows it by; null where it is not in Security Hub. */
export interface OcsfInbound extends Inbound {
  ocsf: { CloudAccountUid: string; FindingInfoUid: string; MetadataProductUid: string } | null
}

/** One OCSF finding. A finding of another cloud is known as such and is not to be routed. */
export function parseOcsf(value: unknown, at = ''): OcsfInbound {
  const finding = readAs(Finding, value, 'OCSF finding', at)
  const info = finding.finding_info ?? finding.finding
  const product = finding.metadata.product
  const all = finding.resources.length > 0 ? finding.resources : finding.resource ? [finding.resource] : []
  const named = all.find(({ type }) => type !== undefined && type !== 'Other' && type !== 'AwsAccount')
  const { provider } = finding.cloud ?? {}
  const foreign = provider !== undefined && provider.toLowerCase() !== 'aws'
  const isGuardDuty = /guardduty/i.test(`${product?.name ?? ''} ${product?.uid ?? ''}`)
  const code = finding.metadata.event_code
  const account = finding.cloud?.account?.uid
  const inbound = inboundOf(
    {
      title: info?.title ?? finding.message,
      description: [
        info?.desc,
        finding.message,
        finding.status_detail,
        ...finding.vulnerabilities.map(describeVulnerability),
        finding.remediation?.desc,
        foreign ? `Cloud provider: ${provider}.` : undefined,
      ],
      // Not the product and not its classes of findings, which are no evidence of what is wrong.
      labels: [
        code,
        ...all.map(({ group }) => group?.name),
        finding.vulnerabilities.length > 0 ? 'vulnerability' : undefined,
        foreign ? provider : undefined,
      ],
      ...(foreign ? {} : { resource: isArn(named?.uid) ? named.uid : named?.type }),
      account,
      region: all.find(({ region }) => region !== undefined)?.region ?? finding.cloud?.region,
      tags: named?.tags ?? {},
      severity: finding.severity,
      system: 'ocsf',
      id: info?.uid,
      url: info?.src_url,
    },
    {
      signals: foreign
        ? []
        : [
            ...controlSignals([finding.compliance?.control]),
            ...(isGuardDuty ? (info?.types ?? []) : []).flatMap((type): Signal[] => {
              const id = guardDutyType(type)
              return id === undefined ? [] : [{ kind: 'finding-type', id }]
            }),
            ...(code !== undefined && isHealthCode(code) ? [{ kind: 'event-code', id: code } as const] : []),
          ],
      resources: all.flatMap(({ type, uid, name }) => {
        const id = uid ?? name
        return id === undefined ? [] : [{ type: type ?? null, id }]
      }),
      // The identity of a finding, and its state: the same one twice is the same event.
      eventId:
        info?.uid && [account, info.uid, product?.uid, info.modified_time_dt ?? finding.time].filter(Boolean).join(' '),
      idle: foreign ? 'not-aws' : idleReason(finding),
    },
  )
  const uid = product?.uid
  const known = account !== undefined && info?.uid !== undefined && isArn(uid) && uid.includes(':securityhub:')
  return {
    ...inbound,
    ocsf: known ? { CloudAccountUid: account, FindingInfoUid: info.uid ?? '', MetadataProductUid: uid } : null,
  }
}

type Vulnerability = Finding['vulnerabilities'][number]

function describeVulnerability({ cve, title, desc, affected_packages }: Vulnerability): string {
  const packages = affected_packages.map(
    ({ name, version, fixed_in_version, package_manager }) =>
      `package ${[name, version].filter(Boolean).join(' ')}${package_manager ? ` (${package_manager})` : ''}${fixed_in_version ? `, fixed in ${fixed_in_version}` : ''}`,
  )
  return ['Vulnerability', cve?.uid ?? title, desc, ...packages].filter(Boolean).join(': ')
}

/** What the class and the states of a finding say; `Close` is activity 3 of every class of findings. */
function idleReason({ class_uid, activity_id, status, status_code, compliance }: Finding): string | null {
  if (class_uid < 2000 || class_uid > 2999) return 'not-a-finding'
  const passed = [status_code, compliance?.status, compliance?.status_code].map((text) => text?.toUpperCase())
  if (passed.some((text) => text === 'PASS' || text === 'PASSED')) return 'passed'
  const state = status?.toLowerCase()
  if (state === 'suppressed' || state === 'resolved' || state === 'archived' || state === 'deleted') return state
  return activity_id === 3 ? 'resolved' : null
}
