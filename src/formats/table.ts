/** The table that CSV, Markdown, HTML and XLSX are written from, and how the matrix and the duties become one. */
import type { LayerDuties, MatrixRow } from '../domain/matrix.js'
import type { Owner, Side } from '../domain/model.js'
import { nameOf } from '../domain/resolve.js'

/** `width` is in characters, as spreadsheets count it. */
export interface Column {
  name: string
  width: number
}

/** A cell says in words all that it says: `owner` only adds the colour, `links` only what can be followed. */
export interface Cell {
  text: string
  owner?: Owner
  links?: readonly string[]
}

export interface LegendEntry {
  owner: Owner
  letter: string
  label: string
  meaning: string
}

export interface Table {
  title: string
  /** A short name: of the sheet in a workbook. */
  name: string
  header: readonly Column[]
  /** The first cell of each row names it. */
  rows: readonly (readonly Cell[])[]
  legend: readonly LegendEntry[]
  /** What a reader must know beside the legend, a sentence each. */
  notes: readonly string[]
  revision: number
}

/** The matrix as the renderers take it: no more than what is served as JSON. */
export interface MatrixAnswer {
  layers: readonly { id: string; name: string }[]
  rows: readonly MatrixRow[]
  revision: number
}

/** The duties as the renderers take them. */
export interface DutiesAnswer {
  owner: Side
  layers: readonly LayerDuties[]
  revision: number
}

/** The four owners, each with the letter and the words that stand for it where there is no colour. */
export const LEGEND: readonly LegendEntry[] = [
  { owner: 'aws', letter: 'A', label: 'AWS', meaning: 'AWS owns the layer.' },
  { owner: 'customer', letter: 'C', label: 'Customer', meaning: 'The customer owns the layer.' },
  {
    owner: 'shared',
    letter: 'S',
    label: 'Shared',
    meaning: 'Both sides have duties; the side that leads moves first when something is wrong.',
  },
  { owner: 'not-applicable', letter: '–', label: 'Not applicable', meaning: 'There is nothing to own.' },
]

/** Background colours on which black text reads well. */
export const FILLS: Readonly<Record<Owner, string>> = {
  aws: '#ffd08a',
  customer: '#a9d1ff',
  shared: '#dcc7f5',
  'not-applicable': '#e4e4e4',
}

export const DISCLAIMER = 'Not affiliated with AWS. A guide to who does what, no legal advice and no attestation.'

const NOT_VERIFIED =
  'Not verified: the fact was not confirmed at its source, or only the default of the service model answers.'

const SIDES: Readonly<Record<Side, string>> = { aws: 'AWS', customer: 'the customer' }

/** The letter of an owner. */
export const letterOf = (owner: Owner): string => LEGEND.find((entry) => entry.owner === owner)?.letter ?? ''

/** An owner in words, with the side that leads on a shared layer: "Shared: AWS leads". */
export function ownerText({ owner, lead }: { owner: Owner; lead: Side | null }): string {
  const label = LEGEND.find((entry) => entry.owner === owner)?.label ?? owner
  return owner === 'shared' && lead ? `${label}: ${lead === 'aws' ? 'AWS' : 'customer'} leads` : label
}

/** The name of a row: "Amazon RDS Custom" says its service already, "Fargate" needs it: "Amazon ECS (Fargate)". */
export const rowName = ({ name, variant }: MatrixRow): string => nameOf({ name }, variant)

/** Services down, layers across. */
export function matrixTable({ layers, rows, revision }: MatrixAnswer): Table {
  return {
    title: 'AWS shared responsibility: who owns which layer',
    name: 'Matrix',
    header: [
      { name: 'Service', width: 34 },
      { name: 'Service id', width: 20 },
      { name: 'Variant id', width: 20 },
      { name: 'Model', width: 8 },
      { name: 'Category', width: 18 },
      ...layers.map(({ name }) => ({ name, width: 18 })),
    ],
    rows: rows.map((row) => [
      { text: rowName(row) },
      { text: row.id },
      { text: row.variant?.id ?? '' },
      { text: row.model },
      { text: row.category },
      ...row.cells.map((cell) => ({
        text: cell.verified ? ownerText(cell) : `${ownerText(cell)} (not verified)`,
        owner: cell.owner,
      })),
    ]),
    legend: LEGEND,
    notes: [NOT_VERIFIED, DISCLAIMER],
    revision,
  }
}

/** A line for each duty, with room to tick it off. */
export function dutiesTable({ owner: side, layers, revision }: DutiesAnswer): Table {
  return {
    title: `AWS shared responsibility: the duties of ${SIDES[side]}`,
    name: 'Duties',
    header: [
      { name: 'Layer', width: 24 },
      { name: 'Service', width: 28 },
      { name: 'Service id', width: 20 },
      { name: 'Owner', width: 24 },
      { name: 'Duty', width: 70 },
      { name: 'Changes when', width: 40 },
      { name: 'Verified', width: 14 },
      { name: 'Sources', width: 60 },
      { name: 'Done', width: 8 },
    ],
    rows: layers.flatMap(({ layer, duties }) =>
      duties.map(({ service, owner, lead, duty, flip, sources, verified }): Cell[] => [
        { text: layer.name },
        { text: service.name },
        { text: service.id },
        { text: ownerText({ owner, lead }), owner },
        { text: duty },
        { text: flip ? `${flip.when}: ${SIDES[flip.lead]} leads` : '' },
        { text: verified ? 'Verified' : 'Not verified' },
        { text: sources.map(({ url }) => url).join(' '), links: sources.map(({ url }) => url) },
        { text: '' },
      ]),
    ),
    legend: LEGEND,
    notes: [NOT_VERIFIED, DISCLAIMER],
    revision,
  }
}
