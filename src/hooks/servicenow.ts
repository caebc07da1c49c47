/** ServiceNow: an incident as a business rule or a Flow posts it. */
import { z } from 'zod'
import type { Inbound } from '../domain/ticket.js'
import { inboundOf, isArn, readAs, Words } from './read.js'

/** `"text"`, `{ value, link }` or `{ value, display_value }`, by how the sender read the record. */
const Value = z
  .union([
    z.string(),
    z.number().transform(String),
    z
      .looseObject({ value: z.unknown().optional(), display_value: z.unknown().optional() })
      .transform(({ value, display_value }) => {
        const shown = [display_value, value].find((one) => typeof one === 'string' && one.trim() !== '')
        return typeof shown === 'string' ? shown : ''
      }),
  ])
  .transform((text) => text.trim() || undefined)
  .optional()
  .catch(undefined)

const Incident = z.looseObject({
  short_description: Value.pipe(Words),
  sys_id: Value,
  number: Value,
  description: Value,
  cmdb_ci: Value,
  category: Value,
  subcategory: Value,
  assignment_group: Value,
  assigned_to: Value,
  priority: Value,
  state: Value,
  sys_class_name: Value,
  sys_updated_on: Value,
  correlation_id: Value,
  url: Value,
})

/** By number and by name, as an incident of ServiceNow is out of the box. */
const OVER = new Map([
  ['6', 'resolved'],
  ['7', 'closed'],
  ['8', 'canceled'],
  ['resolved', 'resolved'],
  ['closed', 'closed'],
  ['canceled', 'canceled'],
])

/** One record of the task table. A configuration item may hold an ARN, a name or a bare id. */
export function parseServiceNow(body: unknown): Inbound[] {
  const incident = readAs(Incident, body, 'incident of ServiceNow')
  const { cmdb_ci: item, sys_id, number } = incident
  return [
    inboundOf(
      {
        title: incident.short_description,
        description: [
          incident.description,
          item === undefined || isArn(item) ? undefined : `Configuration item: ${item}`,
        ],
        labels: [incident.category, incident.subcategory],
        ...(isArn(item) ? { resource: item } : {}),
        severity: incident.priority,
        assignee: incident.assigned_to ?? incident.assignment_group,
        system: 'servicenow',
        id: number ?? sys_id,
        url: incident.url,
      },
      {
        resources: item === undefined ? [] : [{ type: null, id: item }],
        // Without the time of the last change, one record cannot be told from its next state.
        eventId: sys_id && incident.sys_updated_on && `${sys_id} ${incident.sys_updated_on}`,
        idle: OVER.get(incident.state?.toLowerCase() ?? '') ?? null,
      },
    ),
  ]
}
