/** The parts of a verdict that say where it comes from: the rules, the history, the link to it. */
import { useState } from 'preact/hooks'
import { dateText, ownerWords, useGet } from './bits.js'
import type { Verdict } from './types.js'

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
  at?: string
  time?: string
  actor: string
  reason: string
}

/** Asked for when it is opened: not every server keeps a log that a stranger may read. */
export function History({ subject }: { subject: string }) {
  const [open, setOpen] = useState(false)
  const { data, problem } = useGet<{ items: Change[] }>(open ? `/v1/changes?subject=${subject}` : null)
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>History</summary>
      {problem && <p class="muted">{problem.status === 404 ? 'This server shows no history.' : problem.detail}</p>}
      {data?.items.length === 0 && <p class="muted">No change since it was brought in.</p>}
      {data && data.items.length > 0 && (
        <ol class="rows">
          {data.items.map(({ revision, at, time, actor, reason }) => (
            <li key={revision}>
              <span>{reason}</span>
              <span class="muted">
                Revision {revision}, {actor}, {dateText(at ?? time ?? '')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}

export function CopyLink() {
  const [done, setDone] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(location.href).catch(() => undefined)
    setDone(true)
    setTimeout(() => setDone(false), 1600)
  }
  return (
    <button type="button" class="btn" onClick={copy}>
      <span role="status">{done ? 'Copied' : 'Copy link'}</span>
    </button>
  )
}
