/** A service as a synthetic OSCAL system security plan, the only released place for provided/responsibilities. */
import type { Export, PlanRequirement, Property, Provided, SystemSecurityPlan } from './model.js'
import {
  type ActingOwner,
  backMatter,
  basisOf,
  CATALOG_HREF,
  type Control,
  citedBy,
  controlsOf,
  dutyOf,
  FEDRAMP_NS,
  JUDGEMENT,
  lifecycleOf,
  linksTo,
  metadata,
  oneLine,
  property,
  type Ruling,
  rolesOf,
  rulingProperties,
  type Subject,
  serviceProperties,
  sourcesOf,
  uuidOf,
} from './parts.js'

const SYNTHETIC =
  'This plan is synthetic: it describes no operated and no authorized system. It exists because an export of a system security plan is the only place in released OSCAL that states what a provider provides and what is left to its customer.'

/** FedRAMP's rev 5 list has no word for "shared": it takes two. */
const ORIGINS: Readonly<Record<ActingOwner, readonly string[]>> = {
  aws: ['sp-system'],
  customer: ['customer-provided'],
  shared: ['sp-system', 'customer-configured'],
}

const originsOf = (owner: ActingOwner): Property[] =>
  ORIGINS[owner].map((value) => ({ name: 'control-origination', ns: FEDRAMP_NS, value }))

/** The statement of one side on a layer; a duty of a side that does not own the layer stands in the remarks. */
function statementOf(ruling: Ruling, side: 'aws' | 'customer', name: string): Provided {
  const other = side === 'aws' ? ruling.duties.customer : ruling.duties.aws
  const aside = ruling.owner !== 'shared' && other ? [`${side === 'aws' ? 'Customer' : 'AWS'}: ${other}`] : []
  const lead = ruling.owner === 'shared' && ruling.leadReason ? [`${ruling.statement} ${ruling.leadReason}`] : []
  return {
    uuid: uuidOf(name),
    description: dutyOf(ruling, side),
    props: rulingProperties(ruling),
    ...linksTo(citedBy(ruling)),
    'responsible-roles': rolesOf(side),
    remarks: [...aside, ...lead, basisOf(ruling)].join('\n\n'),
  }
}

/** aws: provided; customer: responsibilities; shared: both, the second pointing at the first. */
function exportOf(rulings: readonly Ruling[], name: string): Export {
  const nameOf = ({ layer }: Ruling, what: string): string => `${name}/layer/${layer.id}/${what}`
  const provided = rulings
    .filter(({ owner }) => owner !== 'customer')
    .map((ruling) => statementOf(ruling, 'aws', nameOf(ruling, 'provided')))
  const responsibilities = rulings
    .filter(({ owner }) => owner !== 'aws')
    .map((ruling) => ({
      ...statementOf(ruling, 'customer', nameOf(ruling, 'responsibility')),
      ...(ruling.owner === 'shared' ? { 'provided-uuid': uuidOf(nameOf(ruling, 'provided')) } : {}),
    }))
  return {
    ...(provided.length > 0 ? { provided } : {}),
    ...(responsibilities.length > 0 ? { responsibilities } : {}),
  }
}

function requirementOf({ service }: Subject, { id, owner, rulings }: Control): PlanRequirement {
  const name = `ssp:${service.id}/requirement/${id}`
  return {
    uuid: uuidOf(name),
    'control-id': id,
    props: [property('responsibility-rollup', owner), ...originsOf(owner)],
    'by-components': [
      {
        'component-uuid': uuidOf(`component:${service.id}`),
        uuid: uuidOf(`${name}/by-component`),
        description: rulings.map(({ statement }) => statement).join('\n\n'),
        export: exportOf(rulings, name),
      },
    ],
  }
}

/** The system security plan of a service; refuses a service none of whose layers feeds a control. */
export function systemSecurityPlan(subject: Subject): SystemSecurityPlan {
  const { id, name, summary, lifecycle } = subject.service
  const title = oneLine(name, id)
  const controls = controlsOf(subject)
  return {
    'system-security-plan': {
      uuid: uuidOf(`ssp:${id}`),
      metadata: metadata(
        subject,
        `${title}: what AWS provides and what is left to the customer (synthetic)`,
        `${SYNTHETIC} ${JUDGEMENT}`,
      ),
      'import-profile': {
        href: CATALOG_HREF,
        remarks: 'The whole catalog: no baseline was selected.',
      },
      'system-characteristics': {
        'system-ids': [{ 'identifier-type': 'https://ietf.org/rfc/rfc4122', id: uuidOf(`system:${id}`) }],
        'system-name': `${title} (synthetic)`,
        description: `${summary}\n\n${SYNTHETIC}`,
        'system-information': {
          'information-types': [
            {
              uuid: uuidOf(`ssp:${id}/information-type`),
              title: 'Information of the customer',
              description: 'Whatever the customer puts into the service; it is not categorized here.',
            },
          ],
        },
        status: { state: 'other', remarks: SYNTHETIC },
        'authorization-boundary': { description: 'None: this plan describes no authorized system.' },
        remarks: JUDGEMENT,
      },
      'system-implementation': {
        users: [{ uuid: uuidOf(`ssp:${id}/user/customer`), title: 'AWS customer', 'role-ids': ['customer'] }],
        components: [
          {
            uuid: uuidOf(`ssp:${id}/this-system`),
            type: 'this-system',
            title: 'This system (synthetic)',
            description: SYNTHETIC,
            status: { state: 'other' },
          },
          {
            uuid: uuidOf(`component:${id}`),
            type: 'service',
            title,
            description: summary,
            props: serviceProperties(subject),
            ...linksTo(sourcesOf(subject)),
            status: { state: lifecycle?.status === 'ended' ? 'disposition' : 'operational' },
            'responsible-roles': [{ 'role-id': 'provider' }],
            ...lifecycleOf(subject),
          },
        ],
      },
      'control-implementation': {
        description: `What AWS provides and what is left to the customer of ${title}, by control. ${JUDGEMENT}`,
        'implemented-requirements': controls.map((control) => requirementOf(subject, control)),
      },
      'back-matter': backMatter(subject, controls),
    },
  }
}
