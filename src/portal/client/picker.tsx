/** A combobox that finds a service by name here, and by any other name through the API. */
import type { JSX } from 'preact'
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { shortName } from '../markup/matrix.js'
import { get } from './api.js'
import { type Choice, choices } from './choices.js'
import type { SearchHit } from './types.js'

const MOST = 8

/** Names that begin with the words first, then those that hold them. */
function fitting(all: readonly Choice[], text: string): Choice[] {
  const q = text.trim().toLowerCase()
  if (!q) return []
  const rank = ({ id, name }: Choice): number => {
    const short = shortName(name).toLowerCase()
    if (id === q || short === q) return 0
    if (short.startsWith(q) || id.startsWith(q)) return 1
    return name.toLowerCase().includes(q) || id.includes(q) ? 2 : 9
  }
  return all
    .map((choice) => ({ choice, at: rank(choice) }))
    .filter(({ at }) => at < 9)
    .sort((a, b) => a.at - b.at || a.choice.name.length - b.choice.name.length)
    .slice(0, MOST)
    .map(({ choice }) => choice)
}

interface Props {
  label: string
  placeholder?: string
  onPick: (id: string) => void
  disabled?: boolean
}

export function Picker({ label, placeholder = 'Add a service', onPick, disabled = false }: Props) {
  const all = useMemo(choices, [])
  const [text, setText] = useState('')
  const [aliased, setAliased] = useState<{ of: string; found: Choice[] }>({ of: '', found: [] })
  const [active, setActive] = useState(0)
  const [open, setOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const named = useMemo(() => fitting(all, text), [all, text])
  const found = named.length > 0 ? named : aliased.of === text ? aliased.found : []

  useEffect(() => {
    if (named.length > 0 || text.trim().length < 2) return
    const timer = setTimeout(async () => {
      const { items } = await get<{ items: SearchHit[] }>(
        `/v1/search?q=${encodeURIComponent(text.slice(0, 200))}`,
      ).catch(() => ({ items: [] }))
      const ids = items.filter(({ kind }) => kind === 'service').map(({ id }) => id)
      setAliased({ of: text, found: all.filter(({ id }) => ids.includes(id)).slice(0, MOST) })
    }, 180)
    return () => clearTimeout(timer)
  }, [named, text, all])

  const pick = (choice: Choice | undefined): void => {
    if (!choice) return
    onPick(choice.id)
    setText('')
    setOpen(false)
    input.current?.focus()
  }
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((active + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      pick(found[active])
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  const shown = open && text.trim() !== ''
  // Other names are asked for before it is said that there is none
  const settled = found.length > 0 || aliased.of === text || text.trim().length < 2
  return (
    <div class="picker">
      <input
        ref={input}
        class="field"
        role="combobox"
        data-find
        aria-label={label}
        aria-expanded={shown && found.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown && found[active] ? `${id}-${active}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        disabled={disabled}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <div id={id} role="listbox" aria-label={label} hidden={!shown || found.length === 0}>
        {found.map((choice, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(choice)}
          >
            <span>{choice.name}</span>
            <span class="muted">{MODEL_NAMES[choice.model] ?? choice.model}</span>
          </div>
        ))}
      </div>
      <p class={shown && settled && found.length === 0 ? 'nothing' : 'vh'} role="status">
        {!shown || !settled
          ? ''
          : found.length === 0
            ? `No service is called “${text.trim()}”.`
            : found.length === 1
              ? '1 service fits'
              : `${found.length} services fit`}
      </p>
    </div>
  )
}

export const MODEL_NAMES: Readonly<Record<string, string>> = { iaas: 'IaaS', paas: 'PaaS', saas: 'SaaS' }

/** What has been picked, each with a button that takes it away. */
export function Picked({
  items,
  onRemove,
}: {
  items: readonly { id: string; name: string }[]
  onRemove: (id: string) => void
}) {
  if (items.length === 0) return null
  return (
    <ul class="picked">
      {items.map(({ id, name }) => (
        <li key={id}>
          {name}
          <button type="button" aria-label={`Remove ${name}`} onClick={() => onRemove(id)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}
