import { describe, expect, it } from 'vitest'
import { identifyService } from '../../src/domain/identify.js'
import type { Refusal } from '../../src/domain/refusal.js'
import { seeded } from '../support/catalog.js'
import { refusalOf } from '../support/refusal.js'

const refused = (text: string): Refusal => refusalOf(() => identifyService(seeded, text))

describe('a service is known', () => {
  it.each([
    ['rds', 'rds', 'id'],
    ['Amazon RDS', 'rds', 'name'],
    ['relational database service', 'rds', 'name'],
    ['arn:aws:rds:eu-west-1:111122223333:db:orders', 'rds', 'arn'],
    ['arn:aws-cn:s3:::bucket/key', 's3', 'arn'],
    ['arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:f', 'lambda', 'arn'],
    ['AWS::RDS::DBInstance', 'rds', 'cloudformation-type'],
    ['aws::lambda::function', 'lambda', 'cloudformation-type'],
    ['AwsRdsDbInstance', 'rds', 'asff-resource-type'],
    ['rds:CreateDBInstance', 'rds', 'iam-prefix'],
    ['rds.amazonaws.com', 'rds', 'event-source'],
    ['rds.eu-west-1.amazonaws.com', 'rds', 'endpoint'],
    ['orders.abc123.eu-west-1.rds.amazonaws.com', 'rds', 'endpoint'],
    ['AmazonRDS', 'rds', 'product-code'],
    ['dynamobd', 'dynamodb', 'typo'],
  ])('%s is %s, by its %s', (text, id, by) => {
    const found = identifyService(seeded, text)
    expect({ id: found.service.id, by: found.by }).toEqual({ id, by })
  })
})

describe('a resource in a namespace that services share goes to the one that people mean', () => {
  it.each([
    ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'ec2'],
    ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-1', 'ebs'],
    ['arn:aws:ec2:eu-west-1::snapshot/snap-1', 'ebs'],
    ['arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1', 'vpc'],
    ['arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1', 'vpc'],
    ['arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1', 'vpc'],
    ['arn:aws:ec2:eu-west-1:111122223333:network-acl/acl-1', 'vpc'],
    ['arn:aws:ec2:eu-west-1:111122223333:route-table/rtb-1', 'vpc'],
    ['arn:aws:ec2:eu-west-1:111122223333:egress-only-internet-gateway/eigw-1', 'vpc'],
    ['arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-1', 'ec2'],
    ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1', 'elastic-load-balancing'],
    ['arn:aws:rds:eu-west-1:111122223333:cluster:c', 'aurora'],
    ['arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:c', 'aurora'],
    ['AWS::EC2::Volume', 'ebs'],
    ['AWS::EC2::Instance', 'ec2'],
    ['AWS::EC2::VPC', 'vpc'],
    ['AWS::EC2::VPNGateway', 'vpc'],
    ['AWS::EC2::DHCPOptions', 'vpc'],
    ['AWS::EC2::NetworkInsightsPath', 'vpc'],
    ['AWS::RDS::DBCluster', 'aurora'],
    ['AWS::EKS::FargateProfile', 'fargate'],
    ['AWS::EKS::Cluster', 'eks'],
    ['AwsEc2SecurityGroup', 'vpc'],
    ['AwsEc2Eip', 'vpc'],
    ['AwsEc2NetworkInterface', 'ec2'],
    ['AwsRdsDbCluster', 'aurora'],
    ['AwsRdsDbClusterSnapshot', 'aurora'],
    ['AwsEcsTask', 'ecs'],
    ['AwsEcsService', 'ecs'],
    ['ec2.amazonaws.com', 'ec2'],
    ['AmazonEC2', 'ec2'],
    ['rds-db:connect', 'rds'],
    ['AmazonECS', 'ecs'],
    ['AmazonEKS', 'eks'],
  ])('%s to %s', (text, id) => expect(identifyService(seeded, text).service.id).toBe(id))
})

describe('nothing is guessed', () => {
  it.each(['database', 'container'])('where "%s" could be several, with the candidates', (text) => {
    const { kind, details } = refused(text)
    expect(kind).toBe('ambiguous')
    expect(details.candidates?.length).toBeGreaterThan(1)
  })

  it.each([
    'blob storage account',
    'arn:aws:nosuch:::x',
    'arn:broken',
    'AWS::NoSuch::Thing',
    'zzzzzz',
    ':',
    '🦆',
    '__proto__',
  ])('where "%s" is nothing that is known', (text) => expect(refused(text).kind).toBe('unknown'))
})
