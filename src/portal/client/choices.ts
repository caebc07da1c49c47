/** The services and layers that there are, read off the grid: what pickers offer and names are looked up in. */

import { shortName } from '../markup/matrix.js'

/** The services of the grid in its order: what pickers choose from. */
export interface Choice {
  id: string
  name: string
  model: string
}
export const choices = (): Choice[] =>
  [...document.querySelectorAll<HTMLTableRowElement>('#grid .r')].map((row) => ({
    id: row.dataset.id ?? '',
    name: row.cells[0]?.textContent ?? '',
    model: row.dataset.model ?? '',
  }))

/** "RDS" of `rds`; an id that is not known stays as it is. */
export const shortNameOf = (id: string): string => shortName(choices().find((choice) => choice.id === id)?.name ?? id)

/** The layers of the grid, from the bottom of the stack to its top. */
export const layerChoices = (): { id: string; name: string }[] =>
  [...document.querySelectorAll<HTMLElement>('#grid .h th[data-layer]')].map((head) => ({
    id: head.dataset.layer ?? '',
    name: head.textContent ?? '',
  }))
