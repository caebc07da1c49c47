/** A service as OSCAL, for compliance tools: bare documents, with no envelope and no revision beside them. */
import { z } from 'zod'
import { type Catalog, requireService } from '../domain/catalog.js'
import { Label, type Service } from '../domain/model.js'
import { componentDefinition } from '../formats/oscal/component-definition.js'
import { ComponentDefinition, OscalVersion, SystemSecurityPlan } from '../formats/oscal/model.js'
import { systemSecurityPlan } from '../formats/oscal/system-security-plan.js'
import { Nothing, operation } from './operation.js'

const OscalQuery = z.strictObject({
  service: Label.describe('The id or a known name of a service, such as s3.'),
  oscalVersion: OscalVersion.default('1.2.1').describe('The OSCAL release that the document says it follows.'),
})

/** The service under an id or one of its names. */
const serviceOf = (catalog: Catalog, text: string): Service =>
  requireService(catalog, catalog.service(text) ? text : (catalog.serviceNames.find(text) ?? text))

export const getComponentDefinition = operation({
  id: 'getComponentDefinition',
  method: 'GET',
  path: '/v1/oscal/component-definition',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Export a service as an OSCAL component definition',
  description:
    'Who implements each NIST SP 800-53 rev 5 control that the layers of a service feed, with both duties. The mapping is our judgement, not an attestation; not published by AWS.',
  params: Nothing,
  query: OscalQuery,
  output: ComponentDefinition,
  refusals: ['unknown'],
  example: { params: {}, query: { service: 's3' } },
  run: ({ catalog }, { query }) =>
    componentDefinition({ catalog, service: serviceOf(catalog, query.service), version: query.oscalVersion }),
})

export const getSystemSecurityPlan = operation({
  id: 'getSystemSecurityPlan',
  method: 'GET',
  path: '/v1/oscal/system-security-plan',
  tag: 'Matrix',
  access: 'read',
  history: true,
  summary: 'Export a service as an OSCAL system security plan',
  description:
    'What AWS provides and what is left to the customer, as exports of a synthetic plan for tools that leverage one. It describes no authorized system; the mapping is our judgement, not an attestation.',
  params: Nothing,
  query: OscalQuery,
  output: SystemSecurityPlan,
  refusals: ['unknown'],
  example: { params: {}, query: { service: 's3' } },
  run: ({ catalog }, { query }) =>
    systemSecurityPlan({ catalog, service: serviceOf(catalog, query.service), version: query.oscalVersion }),
})
