/** The parts of a verdict that say where it comes from: the rules, the history, the link to it. */
import { useState } from 'preact/hooks'
import { OWNER_NAMES } from '../markup/matrix.js'
import { dateText, Loading, ownerWords, useGet } from './bits.js'
import type { Owner, Verdict } from './types.js'

const SCOPES: Readonly<Record<string, string>> = {
  organisation: 'Your organisation',
  variant: 'Variant',
  service: 'Service',
  model: 'Model default',
  layer: 'General default',
}

export function Why({ verdict: { basis, overruled, owner, reason } }: { verdict: Verdict }) {
  return (
    <section>
      <h3>Why this answer</h3>
      <ol class="why">
        <li class="won">
          <span>{SCOPES[basis.scope]}</span>
          <code>{basis.subject}</code>
          <span>{ownerWords(owner, null)}, decides</span>
        </li>
        {overruled.map(({ scope, subject, owner }) => (
          <li key={scope + subject}>
            <span>{SCOPES[scope]}</span>
            <code>{subject}</code>
            <span>{ownerWords(owner, null)}, overruled</span>
          </li>
        ))}
      </ol>
      {reason && <p>Reason given: {reason}</p>}
    </section>
  )
}

interface Change {
  revision: number
  time: string
  actor: string
  reason: string
  edits: { id: string; before: { owner?: Owner } | null; after: { owner?: Owner } | null }[]
}

const ruleWords = (rule: { owner?: Owner } | null): string =>
  rule === null ? 'no rule' : rule.owner ? OWNER_NAMES[rule.owner] : 'a rule'

/** What a change did to the owner of a cell, where it tells its edits: "AWS → Customer". */
const ownerMoves = ({ edits }: Change, cell: string): string[] =>
  edits
    .filter(({ id, before, after }) => id.endsWith(cell) && before?.owner !== after?.owner)
    .map(({ before, after }) => `${ruleWords(before)} → ${ruleWords(after)}`)

/**
 * Of one cell, `rds/data` or `rds/rds-custom/data`. Asked for when it is opened: not every server keeps a log that a
 * stranger may read, and a cell that only defaults answer for has none of its own.
 */
export function History({ cell }: { cell: string }) {
  const [open, setOpen] = useState(false)
  const { data, problem, loading } = useGet<{ items: Change[] }>(open ? `/v1/changes?subject=${cell}` : null)
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>History</summary>
      {open && loading && <Loading what="the history" />}
      {problem && (
        <p class="muted">
          {problem.status === 404 ? 'No rule of its own ever stood here: defaults answer for it.' : problem.detail}
        </p>
      )}
      {data?.items.length === 0 && <p class="muted">No change since it was brought in.</p>}
      {data && data.items.length > 0 && (
        <ol class="rows">
          {data.items.map((one) => (
            <li key={one.revision}>
              <span>
                {one.reason}
                {ownerMoves(one, cell).map((move) => (
                  <b key={move} class="move">
                    {move}
                  </b>
                ))}
              </span>
              <span class="muted">
                Revision {one.revision}, {one.actor}, {dateText(one.time)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}

/** Says what came of it: a page that was not served over TLS has no clipboard. */
function Copy({ label, text, instead }: { label: string; text: () => string; instead: string }) {
  const [said, setSaid] = useState('')
  const copy = async (): Promise<void> => {
    const done = await (navigator.clipboard?.writeText(text()) ?? Promise.reject()).then(
      () => true,
      () => false,
    )
    setSaid(done ? 'Copied' : instead)
    setTimeout(() => setSaid(''), 2400)
  }
  return (
    <span class="copy">
      <button type="button" class="btn" onClick={copy}>
        {label}
      </button>
      <span role="status">{said}</span>
    </span>
  )
}

export const CopyLink = () => <Copy label="Copy link" text={() => location.href} instead="Copy it from the address" />

/** What to put into another page to show the same there. */
export function Embed({ markup }: { markup: string }) {
  const text = `<script src="${location.origin}/embed.js"></script>\n${markup}`
  return (
    <details class="fold embed no-print">
      <summary>Put this into another page</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by key */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Copy label="Copy markup" text={() => text} instead="Copy it from above" />
    </details>
  )
}
