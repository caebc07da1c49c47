/** Brings the server's matrix grid to life: filters by showing and hiding, keys that walk it, cells that open. */

import { cellsHtml, ownerOf } from '../markup/matrix.js'
import { get } from './api.js'
import { layerChoices } from './choices.js'
import { change, listOf, placeOf, query, subscribe } from './state.js'
import type { Owner, SearchHit } from './types.js'

interface Row {
  element: HTMLTableRowElement
  id: string
  model: string
  category: string
  text: string
  facts: boolean
  codes: string
  owners: readonly Owner[]
}

const FILTERS = ['q', 'model', 'category', 'owner', 'layer', 'facts'] as const

const need = <T extends Element>(selector: string, root: ParentNode = document): T => {
  const found = root.querySelector<T>(selector)
  if (!found) throw new Error(`The page has no ${selector}.`)
  return found
}

export function enliven(): void {
  const grid = need<HTMLTableElement>('#grid')
  const scroll = need<HTMLElement>('#grid-scroll')
  const form = need<HTMLFormElement>('#filters')
  const find = need<HTMLInputElement>('input[name=q]', form)
  const count = need<HTMLOutputElement>('#count')
  const more = need<HTMLButtonElement>('#more', form)
  const none = need<HTMLElement>('#none')
  const layers = layerChoices()
  const heads = [...grid.querySelectorAll<HTMLElement>('.h th[data-layer]')]
  const rows: Row[] = [...grid.querySelectorAll<HTMLTableRowElement>('.r')].map((element) => {
    const name = element.cells[0]?.textContent ?? ''
    const codes = element.dataset.codes ?? ''
    for (const link of element.querySelectorAll('a')) link.tabIndex = -1
    return {
      element,
      id: element.dataset.id ?? '',
      model: element.dataset.model ?? '',
      category: element.parentElement?.dataset.category ?? '',
      text: `${name} ${element.dataset.id} ${name.toLowerCase().replace(/[^a-z0-9]+/g, '')}`.toLowerCase(),
      facts: 'facts' in element.dataset,
      codes,
      owners: [...codes].map(ownerOf),
    }
  })
  const rowById = new Map(rows.map((row) => [row.id, row]))
  const rowOf = new Map<Element, Row>(rows.map((row) => [row.element, row]))
  const filled = new Set(rows.filter(({ element }) => element.cells.length > 1))
  /** The owners that are looked for; the cells of others are dimmed. */
  let wanted: readonly string[] = []
  const mark = ({ element, owners }: Row): void => {
    for (const [index, owner] of owners.entries())
      element.cells[index + 1]?.classList.toggle('hit', wanted.includes(owner))
  }
  const fill = (row: Row | undefined): void => {
    if (!row || filled.has(row)) return
    filled.add(row)
    row.element.insertAdjacentHTML('beforeend', cellsHtml(row.codes))
    if (wanted.length > 0) mark(row)
  }
  const empty = (row: Row): void => {
    // What has the focus, or will get it back, stays.
    if (!filled.has(row) || row.element.querySelector('[tabindex="0"],[aria-selected]')) return
    filled.delete(row)
    while (row.element.cells.length > 1) row.element.deleteCell(-1)
  }
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const row = rowOf.get(target)
        if (row && isIntersecting) fill(row)
        else if (row) empty(row)
      }
    },
    { root: scroll, rootMargin: '900px 0px' },
  )
  for (const { element } of rows) near.observe(element)
  // On paper everything is near.
  addEventListener('beforeprint', () => rows.forEach(fill))

  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]

  /** What the API finds by other names ("postgres"), when no name here has the words. */
  let byAlias: { q: string; ids: Set<string> } = { q: '', ids: new Set() }
  let looking: ReturnType<typeof setTimeout> | undefined
  const lookUp = (q: string): void => {
    clearTimeout(looking)
    looking = setTimeout(async () => {
      const found = await get<{ items: SearchHit[] }>(`/v1/search?q=${encodeURIComponent(q.slice(0, 200))}`).catch(
        () => null,
      )
      byAlias = { q, ids: new Set(found?.items.filter(({ kind }) => kind === 'service').map(({ id }) => id)) }
      apply()
    }, 200)
  }

  const apply = (): void => {
    const q = (query().get('q') ?? '').trim().toLowerCase()
    const models = listOf('model')
    const category = query().get('category')
    const owners = listOf('owner')
    const shown = listOf('layer').filter((id) => layers.some((layer) => layer.id === id))
    const columns = layers.flatMap(({ id }, index) => (shown.length === 0 || shown.includes(id) ? [index] : []))
    const factsOnly = query().has('facts')
    const words = q.split(/\s+/).filter(Boolean)
    const fits = ({ model, category: of, facts, owners: own }: Row): boolean =>
      (models.length === 0 || models.includes(model)) &&
      (!category || of === category) &&
      (!factsOnly || facts) &&
      (owners.length === 0 || columns.some((index) => owners.includes(own[index] ?? '')))
    const named = words.length > 0 ? rows.filter(({ text }) => words.every((word) => text.includes(word))) : rows
    const aliased = q.length > 1 && named.length === 0
    if (aliased && byAlias.q !== q) lookUp(q)
    const candidates = aliased && byAlias.q === q ? rows.filter(({ id }) => byAlias.ids.has(id)) : named
    const visible = new Set(candidates.filter(fits))
    for (const row of rows) row.element.hidden = !visible.has(row)
    for (const body of grid.tBodies) {
      const left = body.querySelectorAll('.r:not([hidden])').length
      body.hidden = left === 0
      need('.g b', body).textContent = String(left)
    }
    const hide = layers.flatMap((_, index) => (columns.includes(index) ? [] : [`#grid tr>:nth-child(${index + 2})`]))
    sheet.replaceSync(`#grid{--n:${columns.length}}${hide.length > 0 ? `${hide.join()}{display:none!important}` : ''}`)
    grid.classList.toggle('few', columns.length <= 4)
    heads.forEach((head, index) => {
      head.classList.toggle('on', shown.length > 0 && columns.includes(index))
    })
    grid.classList.toggle('dim', owners.length > 0)
    wanted = owners
    for (const row of filled) mark(row)
    count.textContent = visible.size === rows.length ? `${rows.length} services` : `${visible.size} of ${rows.length}`
    none.hidden = visible.size > 0
    const looks = aliased && byAlias.q !== q
    need('p', none).textContent = looks
      ? 'Looking…'
      : candidates.length > 0
        ? `No service fits these filters. ${candidates.length === 1 ? 'One is' : `${candidates.length} are`} called so without the others.`
        : q
          ? `No service fits these filters: none is called “${q}”.`
          : 'No service fits these filters.'
    need<HTMLElement>('button', none).hidden = looks
    reflect()
    markOpen()
  }

  /** Shows in the controls what the address says. */
  const reflect = (): void => {
    if (document.activeElement !== find) find.value = query().get('q') ?? ''
    for (const name of ['model', 'owner', 'layer'])
      for (const box of form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`))
        box.checked = listOf(name).includes(box.value)
    need<HTMLInputElement>('input[name=facts]', form).checked = query().has('facts')
    need<HTMLSelectElement>('select', form).value = query().get('category') ?? ''
    const shown = listOf('layer')
    const only = layers.find(({ id }) => id === shown[0])
    need('#layers summary', form).textContent =
      shown.length === 0 ? 'All layers' : shown.length === 1 && only ? only.name : `${shown.length} layers`
    need<HTMLElement>('#reset').hidden = !FILTERS.some((name) => query().has(name))
    // Where the filters are folded away, their button says how many hold.
    const held = FILTERS.filter((name) => name !== 'q' && query().has(name)).length
    more.textContent = held > 0 ? `Filters (${held})` : 'Filters'
  }

  const cellAt = (row: HTMLTableRowElement, column: number): HTMLElement | undefined => {
    fill(rowOf.get(row))
    const cell = row.cells[column]
    return column === 0 ? (cell?.querySelector('a') ?? undefined) : cell
  }
  let stop: HTMLElement | undefined
  const makeStop = (cell: HTMLElement | undefined): void => {
    if (!cell || cell === stop) return
    if (stop) stop.tabIndex = -1
    stop = cell
    stop.tabIndex = 0
  }
  const focusCell = (cell: HTMLElement | undefined): void => {
    makeStop(cell)
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  let selected: HTMLElement | null = null
  const markOpen = (): void => {
    selected?.removeAttribute('aria-selected')
    const [subject = '', layer] = (query().get('at') ?? '').split('/')
    const row = rowById.get(subject.split(':')[0] ?? '')
    const index = layers.findIndex(({ id }) => id === layer)
    fill(row)
    const before = selected
    selected = (row && index >= 0 && row.element.cells[index + 1]) || null
    selected?.setAttribute('aria-selected', 'true')
    if (selected) makeStop(selected)
    // The panel that opens takes width: the cell that it is about stays in sight beside it.
    if (selected && selected !== before)
      requestAnimationFrame(() => selected?.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
  }

  const open = (cell: Element | null): void => {
    const td = cell?.closest('td')
    const row = td?.closest('tr')
    const layer = td && layers[td.cellIndex - 1]
    if (!td || !row || !layer) return
    makeStop(td)
    change({ at: placeOf(row.dataset.id ?? '', layer.id) })
  }

  grid.addEventListener('click', (event) => {
    const target = event.target as Element
    const head = target.closest<HTMLElement>('th[data-layer]')
    if (head) {
      const alone = listOf('layer').join() === head.dataset.layer
      change({ layer: alone ? null : (head.dataset.layer ?? null) })
    } else open(target)
  })

  const steps: Readonly<Record<string, [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-15, 0],
    PageDown: [15, 0],
  }
  grid.addEventListener('keydown', (event) => {
    const target = event.target as Element
    const row = target.closest<HTMLTableRowElement>('tr.r')
    const cell = target.closest<HTMLTableCellElement>('td,th')
    if (!row || !cell || event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.key === 'Enter' || event.key === ' ') && cell.tagName === 'TD') {
      event.preventDefault()
      open(cell)
      return
    }
    const shown = rows.filter(({ element }) => !element.hidden).map(({ element }) => element)
    const columns = [...row.cells].filter((one) => one.offsetParent !== null).map(({ cellIndex }) => cellIndex)
    const at = { row: shown.indexOf(row), column: columns.indexOf(cell.cellIndex) }
    const clamp = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value))
    const step = steps[event.key]
    if (step) {
      at.row = clamp(at.row + step[0], shown.length)
      at.column = clamp(at.column + step[1], columns.length)
    } else if (event.key === 'Home') at.column = 0
    else if (event.key === 'End') at.column = columns.length - 1
    else return
    event.preventDefault()
    const to = shown[at.row]
    if (to) focusCell(cellAt(to, columns[at.column] ?? 0))
  })

  form.addEventListener('input', (event) => {
    const typed = event.target === find
    const data = new FormData(form)
    const all = (name: string): string => data.getAll(name).join(',')
    change(
      {
        q: find.value.trim() ? find.value : null,
        model: all('model'),
        owner: all('owner'),
        layer: all('layer'),
        category: all('category'),
        facts: all('facts'),
      },
      { replace: typed },
    )
    if (typed) scroll.scrollTop = 0
  })
  form.addEventListener('submit', (event) => event.preventDefault())
  const clear = (): void => {
    find.value = ''
    change(Object.fromEntries(FILTERS.map((name) => [name, null])))
    find.focus()
  }
  form.addEventListener('reset', (event) => {
    event.preventDefault()
    clear()
  })
  need('button', none).addEventListener('click', clear)
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
    event.preventDefault()
    const first = rows.find(({ element }) => !element.hidden)
    if (first) focusCell(cellAt(first.element, 0))
  })
  const menu = need<HTMLDetailsElement>('#layers', form)
  addEventListener('click', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  })
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    menu.open = false
    need<HTMLElement>('summary', menu).focus()
    event.stopPropagation()
  })
  more.addEventListener('click', () => {
    more.setAttribute('aria-expanded', String(more.ariaExpanded !== 'true'))
  })

  makeStop(rows[0] && cellAt(rows[0].element, 0))
  subscribe(apply)
  apply()
  if (selected) (selected as HTMLElement).scrollIntoView({ block: 'center', inline: 'nearest' })
}

/** Puts the focus back on the cell whose verdict was open. */
export const focusGrid = (): void =>
  document.querySelector<HTMLElement>('#grid [tabindex="0"]')?.focus({ preventScroll: true })
