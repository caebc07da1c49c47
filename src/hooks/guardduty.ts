/** Amazon GuardDuty findings, as EventBridge carries them in `detail`. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { inboundOf, isArn, readAs, soft, softList, softWords, Tags, Words } from './read.js'

const WithArn = soft(z.looseObject({ arn: softWords, name: softWords, tags: Tags }))

const Resource = z.looseObject({
  resourceType: softWords,
  instanceDetails: soft(z.looseObject({ instanceId: softWords, tags: Tags })),
  accessKeyDetails: soft(z.looseObject({ userName: softWords, userType: softWords, accessKeyId: softWords })),
  s3BucketDetails: softList(z.looseObject({ arn: softWords, name: softWords, tags: Tags }), 50),
  eksClusterDetails: WithArn,
  ecsClusterDetails: WithArn,
  lambdaDetails: soft(z.looseObject({ functionArn: softWords, functionName: softWords, tags: Tags })),
  rdsDbInstanceDetails: soft(
    z.looseObject({ dbInstanceArn: softWords, dbInstanceIdentifier: softWords, engine: softWords, tags: Tags }),
  ),
  ebsVolumeDetails: soft(
    z.looseObject({ scannedVolumeDetails: softList(z.looseObject({ volumeArn: softWords }), 20) }),
  ),
})
type Resource = z.output<typeof Resource>

const Finding = z.looseObject({
  id: Words,
  type: Words,
  title: softWords,
  description: softWords,
  accountId: softWords,
  region: softWords,
  severity: soft(z.number()),
  updatedAt: softWords,
  resource: soft(Resource),
  service: soft(
    z.looseObject({
      archived: soft(z.boolean()),
      count: soft(z.number()),
      resourceRole: softWords,
      additionalInfo: soft(z.looseObject({ sample: soft(z.boolean()), value: softWords })),
    }),
  ),
})

/** The bands of GuardDuty's own console. */
const severityOf = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : value >= 9 ? 'critical' : value >= 7 ? 'high' : value >= 4 ? 'medium' : 'low'

const ROLES = new Map([
  ['ACTOR', 'The resource is the actor: it is likely to be compromised.'],
  ['TARGET', 'The resource is the target of the activity.'],
])

/** One GuardDuty finding. */
export function parseGuardDuty(value: unknown, at = ''): Inbound {
  const finding = readAs(Finding, value, 'GuardDuty finding', at)
  const { service, resource } = finding
  const { resources, tags } = resourcesOf(resource)
  const [first] = resources
  const sample = service?.additionalInfo?.sample === true || finding.title?.startsWith('[SAMPLE]') === true
  return inboundOf(
    {
      title: finding.title ?? finding.type,
      description: [finding.description, finding.type, ROLES.get(service?.resourceRole ?? '')],
      labels: [resource?.resourceType],
      resource: first && (isArn(first.id) ? first.id : (first.type ?? undefined)),
      account: finding.accountId,
      region: finding.region,
      tags,
      severity: severityOf(finding.severity),
      system: 'guardduty',
      id: finding.id,
    },
    {
      signals: [{ kind: 'finding-type', id: finding.type }],
      resources,
      // GuardDuty sends one finding again whenever it is seen again.
      eventId: [finding.id, finding.updatedAt ?? service?.count].filter((part) => part !== undefined).join(' '),
      idle: sample ? 'sample-finding' : service?.archived ? 'archived' : null,
    },
  )
}

/** `resourceType` says which of the details is the affected one; the others only go with it. */
function resourcesOf(resource: Resource | undefined): {
  resources: { type: string; id: string }[]
  tags: Record<string, string>
} {
  if (!resource) return { resources: [], tags: {} }
  const { instanceDetails, accessKeyDetails, eksClusterDetails, ecsClusterDetails, lambdaDetails } = resource
  const { rdsDbInstanceDetails: database } = resource
  const found: { of: RegExp; type: string; id: string | undefined; tags?: Record<string, string> | undefined }[] = [
    { of: /^Instance$/, type: 'AWS::EC2::Instance', id: instanceDetails?.instanceId, tags: instanceDetails?.tags },
    ...resource.s3BucketDetails.map(({ arn, name, tags }) => ({
      of: /^S3/,
      type: 'AWS::S3::Bucket',
      id: arn ?? name,
      tags,
    })),
    {
      of: /^(?:EKS|Kubernetes)/,
      type: 'AWS::EKS::Cluster',
      id: eksClusterDetails?.arn ?? eksClusterDetails?.name,
      tags: eksClusterDetails?.tags,
    },
    {
      of: /^ECS/,
      type: 'AWS::ECS::Cluster',
      id: ecsClusterDetails?.arn ?? ecsClusterDetails?.name,
      tags: ecsClusterDetails?.tags,
    },
    {
      of: /^Lambda/,
      type: 'AWS::Lambda::Function',
      id: lambdaDetails?.functionArn ?? lambdaDetails?.functionName,
      tags: lambdaDetails?.tags,
    },
    {
      of: /^RDS/,
      type: /^aurora/i.test(database?.engine ?? '') ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance',
      id: database?.dbInstanceArn ?? database?.dbInstanceIdentifier,
      tags: database?.tags,
    },
    { of: /^AccessKey$/, type: 'AWS::IAM::User', id: accessKeyDetails?.userName ?? accessKeyDetails?.userType },
    ...(resource.ebsVolumeDetails?.scannedVolumeDetails ?? []).map(({ volumeArn }) => ({
      of: /^EBS/,
      type: 'AWS::EC2::Volume',
      id: volumeArn,
    })),
  ]
  const kind = resource.resourceType ?? ''
  const affected = found
    .filter(({ id }) => id !== undefined)
    .toSorted((a, b) => Number(b.of.test(kind)) - Number(a.of.test(kind)))
  return {
    resources: affected.flatMap(({ type, id }) => (id === undefined ? [] : [{ type, id }])),
    tags: affected[0]?.tags ?? {},
  }
}
