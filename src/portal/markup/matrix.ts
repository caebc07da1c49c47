/** The matrix as an HTML grid: pure strings, written by the server into the page and by the browser where it must. */
import type { MatrixCell, MatrixRow } from '../../domain/matrix.js'
import type { Owner } from '../../domain/model.js'
import { escapeHtml } from './html.js'

/** The answer of `GET /v1/matrix`. */
export interface Matrix {
  layers: readonly { id: string; name: string }[]
  rows: readonly MatrixRow[]
  revision: number
}

/** The letter that stands for an owner where there is no colour. */
export const LETTERS: Readonly<Record<Owner, string>> = { aws: 'A', customer: 'C', shared: 'S', 'not-applicable': '–' }

export const OWNER_NAMES: Readonly<Record<Owner, string>> = {
  aws: 'AWS',
  customer: 'Customer',
  shared: 'Shared',
  'not-applicable': 'Not applicable',
}

/** In the order in which people look for them; a category that is not here comes after, by its id. */
const CATEGORIES: Readonly<Record<string, string>> = {
  compute: 'Compute',
  containers: 'Containers',
  storage: 'Storage',
  database: 'Database',
  'networking-content-delivery': 'Networking and content delivery',
  'security-identity-compliance': 'Security, identity and compliance',
  'management-governance': 'Management and governance',
  'application-integration': 'Application integration',
  'business-applications': 'Business applications',
  'end-user-computing': 'End-user computing',
  analytics: 'Analytics',
  'machine-learning': 'Machine learning',
  'developer-tools': 'Developer tools',
  'front-end-web-mobile': 'Front-end web and mobile',
  'internet-of-things': 'Internet of things',
  'media-services': 'Media services',
  'migration-transfer': 'Migration and transfer',
  'cloud-financial-management': 'Cloud financial management',
  'customer-enablement': 'Customer enablement',
  'game-tech': 'Game tech',
}

/** `quantum-things` as a person writes it. */
export const categoryName = (id: string): string =>
  CATEGORIES[id] ?? id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ')

/** The name without the vendor's prefix, by which people look a service up: "RDS" of "Amazon RDS". */
export const shortName = (name: string): string => name.replace(/^(?:Amazon|AWS) (?=\S)/, '')

/** The categories of these rows, each with its rows in the order of their short names. */
export function groupByCategory(rows: readonly MatrixRow[]): { id: string; rows: MatrixRow[] }[] {
  const order = Object.keys(CATEGORIES)
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)
  const groups = new Map<string, MatrixRow[]>()
  for (const row of rows) groups.set(row.category, [...(groups.get(row.category) ?? []), row])
  return [...groups]
    .map(([id, rows]) => ({
      id,
      rows: rows.sort((a, b) => shortName(a.name).localeCompare(shortName(b.name), 'en', { sensitivity: 'base' })),
    }))
    .sort((a, b) => rank(a.id) - rank(b.id) || a.id.localeCompare(b.id))
}

/** What a cell says in words: "Shared, customer leads, by the default of its model". */
export function cellText({ owner, lead, verified, scope }: Omit<MatrixCell, 'layer'>): string {
  const leads = owner === 'shared' && lead ? `, ${lead === 'aws' ? 'AWS' : 'customer'} leads` : ''
  const doubt = verified ? '' : scope === 'model' ? ', by the default of its model' : ', not verified'
  return OWNER_NAMES[owner] + leads + doubt
}

/** Whether any layer of the service rests on facts of its own. */
const hasFacts = ({ cells }: MatrixRow): boolean => cells.some(({ scope }) => scope !== 'model' && scope !== 'layer')

/** All that a cell can say, a letter each: capitals are verified, small letters a model's default, digits neither. */
const CODES = 'ACSTNacstn12345'
const OWNERS = ['aws', 'customer', 'shared', 'shared', 'not-applicable'] as const

const codeOf = ({ owner, lead, verified, scope }: MatrixCell): string => {
  const kind = owner === 'shared' && lead === 'customer' ? 3 : OWNERS.indexOf(owner)
  return CODES.charAt(kind + (verified ? 0 : scope === 'model' ? 5 : 10))
}

interface Coded {
  owner: Owner
  /** As the class of the cell: `a`, `c`, `s`, `n` is the owner; `u` unverified; `la`, `lc` who leads a shared layer. */
  classes: string
  html: string
}

const CELLS: ReadonlyMap<string, Coded> = new Map(
  [...CODES].map((code, index) => {
    const owner = OWNERS[index % 5] ?? 'not-applicable'
    const lead = index % 5 === 3 ? 'customer' : 'aws'
    const verified = index < 5
    const text = cellText({ owner, lead, verified, scope: index < 10 ? 'model' : 'service' })
    const classes = [owner.charAt(0), verified ? '' : 'u', owner === 'shared' ? `l${lead.charAt(0)}` : '']
      .filter(Boolean)
      .join(' ')
    return [code, { owner, classes, html: `<td class="${classes}" aria-label="${text}">${LETTERS[owner]}` }]
  }),
)

/** The owner that a letter of a row's codes stands for. */
export const ownerOf = (code: string): Owner => CELLS.get(code)?.owner ?? 'not-applicable'

/** The cells of a row from its codes. */
export const cellsHtml = (codes: string): string => [...codes].map((code) => CELLS.get(code)?.html ?? '<td>').join('')

/** How many rows the page brings with their cells: more than the tallest screen shows at first. */
const FILLED = 60

function rowOf(row: MatrixRow, filled: boolean): string {
  const short = shortName(row.name)
  const prefix = row.name.slice(0, row.name.length - short.length)
  const codes = row.cells.map(codeOf).join('')
  return [
    `<tr class=r data-id=${row.id} data-model=${row.model} data-codes=${codes}${hasFacts(row) ? ' data-facts' : ''}>`,
    `<th scope=row><a href="/?view=split&amp;service=${row.id}">${prefix ? `<i>${escapeHtml(prefix)}</i>` : ''}${escapeHtml(short)}</a></th>`,
    filled ? cellsHtml(codes) : '',
  ].join('')
}

/**
 * The whole grid: a row group for each category; headers and cells in the order of the layers. Eight thousand cells
 * are more than a page should hold at once: rows further down carry codes, and get their cells when they come near.
 */
export function matrixHtml({ layers, rows }: Matrix): string {
  const heads = layers.map(
    ({ id, name }) =>
      `<th scope=col data-layer=${id}><button type=button tabindex=-1 title="Show only this layer">${escapeHtml(name)}</button></th>`,
  )
  let written = 0
  const groups = groupByCategory(rows).map(({ id, rows }) =>
    [
      `<tbody data-category=${id}><tr class=g><th scope=rowgroup colspan=${layers.length + 1}>`,
      `<span>${escapeHtml(categoryName(id))} <b>${rows.length}</b></span></th></tr>`,
      ...rows.map((row) => {
        written += 1
        return rowOf(row, written <= FILLED)
      }),
      '</tbody>',
    ].join(''),
  )
  return [
    `<table role=grid id=grid aria-label="Who owns which layer of which service" aria-readonly=true aria-colcount=${layers.length + 1}>`,
    `<thead><tr class=h><th scope=col><span>Service</span></th>${heads.join('')}</tr></thead>`,
    ...groups,
    '</table>',
  ].join('')
}
