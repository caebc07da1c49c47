/** A service as an OSCAL component definition: who implements each control, with both duties. */
import type { ComponentDefinition, ComponentRequirement } from './model.js'
import {
  backMatter,
  basisOf,
  CATALOG_HREF,
  type Control,
  citedBy,
  controlsOf,
  dutiesOf,
  JUDGEMENT,
  lifecycleOf,
  linksTo,
  metadata,
  oneLine,
  property,
  type Ruling,
  rolesOf,
  type Subject,
  serviceProperties,
  sourcesOf,
  uuidOf,
} from './parts.js'

const SIDES = { aws: 'AWS', customer: 'the customer' } as const

/** "**Data** (shared, the customer leads). AWS: … Customer: …" */
function paragraphOf(ruling: Ruling): string {
  const owner = ruling.owner === 'shared' ? `shared, ${SIDES[ruling.lead ?? 'customer']} leads` : SIDES[ruling.owner]
  return [`**${ruling.layer.name}** (${owner}).`, ...dutiesOf(ruling)].join(' ')
}

function requirementOf(subject: Subject, { id, owner, rulings }: Control): ComponentRequirement {
  const name = `cdef:${subject.service.id}/requirement/${id}`
  return {
    uuid: uuidOf(name),
    'control-id': id,
    description: rulings.map(paragraphOf).join('\n\n'),
    props: [
      property('responsibility-rollup', owner),
      ...rulings.map((ruling) => ({
        ...property('responsibility', ruling.owner),
        uuid: uuidOf(`${name}/layer/${ruling.layer.id}`),
        class: ruling.layer.id,
        remarks: [...dutiesOf(ruling), basisOf(ruling)].join('\n\n'),
      })),
    ],
    ...linksTo(rulings.flatMap(citedBy)),
    'responsible-roles': rolesOf(owner),
  }
}

/** The component definition of a service; refuses a service none of whose layers feeds a control. */
export function componentDefinition(subject: Subject): ComponentDefinition {
  const { id, name, summary } = subject.service
  const title = oneLine(name, id)
  const controls = controlsOf(subject)
  return {
    'component-definition': {
      uuid: uuidOf(`cdef:${id}`),
      metadata: metadata(
        subject,
        `${title}: who is responsible for each control`,
        `${JUDGEMENT} It is no authorization and no evidence of one.`,
      ),
      components: [
        {
          uuid: uuidOf(`component:${id}`),
          type: 'service',
          title,
          description: summary,
          props: serviceProperties(subject),
          ...linksTo(sourcesOf(subject)),
          'responsible-roles': [{ 'role-id': 'provider' }],
          'control-implementations': [
            {
              uuid: uuidOf(`cdef:${id}/control-implementation`),
              source: CATALOG_HREF,
              description: `How AWS and the customer of ${title} divide the controls that its layers feed. ${JUDGEMENT}`,
              'implemented-requirements': controls.map((control) => requirementOf(subject, control)),
            },
          ],
          ...lifecycleOf(subject),
        },
      ],
      'back-matter': backMatter(subject, controls),
    },
  }
}
