/** The part of OSCAL that we write, as bounded zod schemas with their types; NIST's own schema takes all of it. */
import { z } from 'zod'

/** The OSCAL releases that a document can be written for; only `oscal-version` differs. */
export const OscalVersion = z.enum(['1.2.1', '1.1.3'])
export type OscalVersion = z.infer<typeof OscalVersion>

const Uuid = z
  .string()
  .length(36)
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'must be a UUID of version 5')
/** A name without a colon: `sc-28`, `this-system`. OSCAL takes any letter; we write ASCII, and so can every linter. */
const Token = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z_][\w.-]*$/)
/** One line, with no space around it. */
const Line = z
  .string()
  .min(1)
  .max(600)
  .regex(/^\S(?:.*\S)?$/)
const Text = z.string().min(1).max(200_000)
const Uri = z.string().min(1).max(6000)

const Property = z
  .strictObject({
    name: Token,
    uuid: Uuid.optional(),
    ns: Uri.optional(),
    value: Line,
    class: Token.optional(),
    remarks: Text.optional(),
  })
  .meta({ id: 'OscalProperty' })
export type Property = z.infer<typeof Property>

const Link = z.strictObject({ href: Uri, rel: z.literal('reference') }).meta({ id: 'OscalLink' })
export type Link = z.infer<typeof Link>

const Properties = z.array(Property).min(1).max(60)
const Links = z.array(Link).min(1).max(600)

const RoleId = z.enum(['provider', 'customer'])
export type RoleId = z.infer<typeof RoleId>
const ResponsibleRole = z.strictObject({ 'role-id': RoleId })
export type ResponsibleRole = z.infer<typeof ResponsibleRole>
const ResponsibleRoles = z.array(ResponsibleRole).min(1).max(2)

const Metadata = z
  .strictObject({
    title: Line,
    'last-modified': z.iso.datetime({ offset: true }).max(40),
    version: Line.describe('The revision of the data.'),
    'oscal-version': OscalVersion,
    props: Properties,
    roles: z
      .array(z.strictObject({ id: RoleId, title: Line }))
      .min(1)
      .max(2),
    parties: z
      .array(z.strictObject({ uuid: Uuid, type: z.literal('organization'), name: Line }))
      .min(1)
      .max(2),
    'responsible-parties': z
      .array(z.strictObject({ 'role-id': RoleId, 'party-uuids': z.array(Uuid).min(1).max(2) }))
      .min(1)
      .max(2),
    remarks: Text,
  })
  .meta({ id: 'OscalMetadata' })
export type Metadata = z.infer<typeof Metadata>

const Resource = z.strictObject({
  uuid: Uuid,
  title: Line,
  rlinks: z
    .array(z.strictObject({ href: Uri, 'media-type': Line.optional() }))
    .min(1)
    .max(1),
})
export type Resource = z.infer<typeof Resource>
const BackMatter = z.strictObject({ resources: z.array(Resource).min(1).max(600) }).meta({ id: 'OscalBackMatter' })

const MOST_CONTROLS = 1300

const ComponentRequirement = z.strictObject({
  uuid: Uuid,
  'control-id': Token,
  description: Text,
  props: Properties,
  links: Links.optional(),
  'responsible-roles': ResponsibleRoles,
})
export type ComponentRequirement = z.infer<typeof ComponentRequirement>

/** An OSCAL component definition of one service. */
export const ComponentDefinition = z
  .strictObject({
    'component-definition': z.strictObject({
      uuid: Uuid,
      metadata: Metadata,
      components: z
        .array(
          z.strictObject({
            uuid: Uuid,
            type: z.literal('service'),
            title: Line,
            description: Text,
            props: Properties,
            links: Links.optional(),
            'responsible-roles': ResponsibleRoles,
            'control-implementations': z
              .array(
                z.strictObject({
                  uuid: Uuid,
                  source: Uri,
                  description: Text,
                  'implemented-requirements': z.array(ComponentRequirement).min(1).max(MOST_CONTROLS),
                }),
              )
              .length(1),
            remarks: Text.optional(),
          }),
        )
        .length(1),
      'back-matter': BackMatter,
    }),
  })
  .meta({ id: 'OscalComponentDefinition' })
export type ComponentDefinition = z.infer<typeof ComponentDefinition>

const Exported = {
  uuid: Uuid,
  description: Text,
  props: Properties,
  links: Links.optional(),
  'responsible-roles': ResponsibleRoles,
  remarks: Text.optional(),
}
const Provided = z.strictObject(Exported)
export type Provided = z.infer<typeof Provided>
const Responsibility = z.strictObject({
  ...Exported,
  'provided-uuid': Uuid.optional().describe('What AWS provides on the same layer, where it is shared.'),
})
export type Responsibility = z.infer<typeof Responsibility>
const Export = z.strictObject({
  provided: z.array(Provided).min(1).max(21).optional(),
  responsibilities: z.array(Responsibility).min(1).max(21).optional(),
})
export type Export = z.infer<typeof Export>

const PlanRequirement = z.strictObject({
  uuid: Uuid,
  'control-id': Token,
  props: Properties,
  'by-components': z
    .array(z.strictObject({ 'component-uuid': Uuid, uuid: Uuid, description: Text, export: Export }))
    .length(1),
})
export type PlanRequirement = z.infer<typeof PlanRequirement>

/** A synthetic OSCAL system security plan of one service, for its `export` statements. */
export const SystemSecurityPlan = z
  .strictObject({
    'system-security-plan': z.strictObject({
      uuid: Uuid,
      metadata: Metadata,
      'import-profile': z.strictObject({ href: Uri, remarks: Text }),
      'system-characteristics': z.strictObject({
        'system-ids': z.array(z.strictObject({ 'identifier-type': Uri, id: Uuid })).length(1),
        'system-name': Line,
        description: Text,
        'system-information': z.strictObject({
          'information-types': z.array(z.strictObject({ uuid: Uuid, title: Line, description: Text })).length(1),
        }),
        status: z.strictObject({ state: z.literal('other'), remarks: Text }),
        'authorization-boundary': z.strictObject({ description: Text }),
        remarks: Text,
      }),
      'system-implementation': z.strictObject({
        users: z
          .array(z.strictObject({ uuid: Uuid, title: Line, 'role-ids': z.array(RoleId).min(1).max(2) }))
          .length(1),
        components: z
          .array(
            z.strictObject({
              uuid: Uuid,
              type: z.enum(['this-system', 'service']),
              title: Line,
              description: Text,
              props: Properties.optional(),
              links: Links.optional(),
              status: z.strictObject({ state: z.enum(['operational', 'disposition', 'other']) }),
              'responsible-roles': ResponsibleRoles.optional(),
              remarks: Text.optional(),
            }),
          )
          .length(2),
      }),
      'control-implementation': z.strictObject({
        description: Text,
        'implemented-requirements': z.array(PlanRequirement).min(1).max(MOST_CONTROLS),
      }),
      'back-matter': BackMatter,
    }),
  })
  .meta({ id: 'OscalSystemSecurityPlan' })
export type SystemSecurityPlan = z.infer<typeof SystemSecurityPlan>
