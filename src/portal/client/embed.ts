/**
 * The embeddable elements: `<responsibility-matrix>` and `<responsibility-answer>`. One file, no dependency; each
 * keeps to its shadow tree and asks the public API of the server that it was loaded from, or of `base`.
 */
import { escapeHtml } from '../markup/html.js'
import { cellText, LETTERS, OWNER_NAMES } from '../markup/matrix.js'
import type { MatrixRow, Owner, Verdict } from './types.js'

/** The origin of this very file, where the API is too unless the page says otherwise. A module has no `currentScript`. */
const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]')
const HOME = script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : null

const STYLE = `
:host{display:block;color-scheme:light dark;
--_text:var(--rm-text,light-dark(#1b1e22,#e7e9ec));--_muted:var(--rm-muted,light-dark(#59616a,#a4adb7));
--_surface:var(--rm-surface,light-dark(#ffffff,#17191c));--_line:var(--rm-line,light-dark(#dcdedd,#33383e));
--_accent:var(--rm-accent,light-dark(#0b5aa8,#86bdfa));
--_aws:var(--rm-aws,light-dark(#f2b35b,#8f6118));--_aws-ink:var(--rm-aws-ink,light-dark(#2f1b00,#fff1dc));
--_customer:var(--rm-customer,light-dark(#3a72b4,#2a5f9c));--_customer-ink:var(--rm-customer-ink,light-dark(#ffffff,#eaf4ff));
--_shared:var(--rm-shared,light-dark(#92568a,#77406f));--_shared-ink:var(--rm-shared-ink,light-dark(#ffffff,#fdebf9));
--_none:var(--rm-none,light-dark(#e9eae9,#2a2d31));
font:var(--rm-font,14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif);color:var(--_text)}
:host([hidden]){display:none}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
*{box-sizing:border-box;margin:0}
.box{border:1px solid var(--_line);border-radius:var(--rm-radius,10px);background:var(--_surface);overflow:hidden;overflow-wrap:anywhere}
.pad{padding:14px 16px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:650;padding:12px 16px 8px}
th,td{text-align:left;font-weight:400;padding:6px 16px;border-top:1px solid var(--_line);vertical-align:top}
thead th{font-weight:600}
tbody th,thead th:first-child{min-width:8.5em;overflow-wrap:normal}
td{overflow-wrap:normal}
.owner{display:inline-flex;gap:8px;align-items:center}
.key{display:inline-flex;align-items:center;justify-content:center;width:22px;height:20px;border-radius:4px;font-size:12px;font-weight:650;flex:none}
.aws{background:var(--_aws);color:var(--_aws-ink)}
.customer{background:var(--_customer);color:var(--_customer-ink)}
.shared{background:repeating-linear-gradient(135deg,transparent 0 4px,rgb(0 0 0/.12) 4px 8px) var(--_shared);color:var(--_shared-ink)}
.not-applicable{background:var(--_none);color:var(--_text)}
.unsure .key{outline:1.5px dashed currentcolor;outline-offset:-3px}
.muted,footer{color:var(--_muted);font-size:12.5px}
footer{padding:8px 16px;border-top:1px solid var(--_line);display:flex;flex-wrap:wrap;gap:2px 14px;justify-content:space-between}
a{color:var(--_accent)}
a:focus-visible,button:focus-visible,.scroll:focus-visible{outline:2px solid var(--_accent);outline-offset:2px}
.statement{display:flex;gap:11px;align-items:center;font-weight:600;font-size:1.08em;line-height:1.35}
.statement .key{width:32px;height:32px;font-size:15px;border-radius:7px}
.stack>*+*{margin-top:10px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:6px 14px}
dt{color:var(--_muted)}
dd{margin:0}
ul{padding-left:18px}
button{font:inherit;color:inherit;padding:4px 11px;border:1px solid var(--_line);border-radius:7px;background:none;cursor:pointer;margin:0 6px 6px 0}
`

/** Constructed, so that a policy without inline styles has nothing to forbid. */
const sheet = new CSSStyleSheet()
sheet.replaceSync(STYLE)

/** What the API refused, in its own words. */
class Refused extends Error {}

async function ask<T>(url: string, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'omit', ...init })
  } catch {
    throw new Refused('The responsibility matrix could not be reached.')
  }
  const body = await response.json().catch(() => null)
  if (response.ok && body) return body as T
  throw new Refused(body?.detail ?? `The responsibility matrix answered with status ${response.status}.`)
}

const list = (text: string | null): string =>
  (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .join(',')

const key = (owner: Owner): string => `<span class="key ${owner}" aria-hidden="true">${LETTERS[owner]}</span>`

/** Loads when it is put in a page or an attribute changes; the last request wins. */
abstract class ApiElement extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  #turn = 0
  #queued = false

  constructor() {
    super()
    this.#root.adoptedStyleSheets = [sheet]
  }

  connectedCallback(): void {
    this.#queue()
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name !== 'theme' && before !== now && this.isConnected) this.#queue()
  }

  /** Several attributes that change at once are one change. */
  #queue(): void {
    if (this.#queued) return
    this.#queued = true
    queueMicrotask(() => {
      this.#queued = false
      if (this.isConnected) void this.reload()
    })
  }

  /** An address of the server, without a slash at the end. */
  protected get base(): string {
    return (this.getAttribute('base') ?? HOME ?? location.origin).replace(/\/+$/, '')
  }

  protected get root(): ShadowRoot {
    return this.#root
  }

  /** Asks anew and shows the answer; a page may call it after its data has changed. */
  async reload(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.#root.innerHTML =
      '<div class="box pad" part="box" role="status" aria-busy="true"><span class="muted">Loading…</span></div>'
    let html: string
    try {
      html = await this.answer()
    } catch (error) {
      const text = error instanceof Refused ? error.message : 'This element could not show its answer.'
      html = `<div class="box pad" part="box error" role="alert">${escapeHtml(text)}</div>`
    }
    if (turn !== this.#turn) return
    this.#root.innerHTML = html
    this.shown(this.#root)
    this.dispatchEvent(new CustomEvent('responsibility-load', { bubbles: true, composed: true }))
  }

  protected abstract answer(): Promise<string>

  /** Brings to life what was shown. */
  protected shown(_root: ShadowRoot): void {}

  protected foot(revision: number, at: string): string {
    return `<footer part="footer"><a part="link" href="${escapeHtml(this.base + at)}" target="_blank" rel="noopener">Open in the matrix</a><span>Revision ${revision}</span></footer>`
  }
}

/** `service` (ids with commas), `layers`, `variants`, `theme`, `base`: who owns which layer. */
class ResponsibilityMatrix extends ApiElement {
  static readonly observedAttributes = ['service', 'layers', 'variants', 'theme', 'base']

  protected async answer(): Promise<string> {
    const service = list(this.getAttribute('service'))
    if (!service) throw new Refused('Name a service: <responsibility-matrix service="rds">.')
    const params = new URLSearchParams({ service })
    const layers = list(this.getAttribute('layers'))
    if (layers) params.set('layer', layers)
    const variants = this.getAttribute('variants')
    if (variants !== null && variants !== 'false') params.set('variants', 'true')
    const matrix = await ask<{
      layers: { id: string; name: string }[]
      rows: MatrixRow[]
      revision: number
    }>(`${this.base}/v1/matrix?${params}`)
    const name = ({ name, variant }: MatrixRow): string => escapeHtml(variant?.name ?? name)
    const alone = matrix.rows.length === 1 ? matrix.rows[0] : undefined
    const heads = matrix.rows.map((row) => `<th scope="col" part="column">${name(row)}</th>`).join('')
    const body = matrix.layers
      .map((layer, index) => {
        const cells = matrix.rows.map((row) => {
          const cell = row.cells[index]
          if (!cell) return '<td></td>'
          return `<td part="cell cell-${cell.owner}"${cell.verified ? '' : ' class="unsure"'}><span class="owner">${key(cell.owner)}<span>${cellText(cell)}</span></span></td>`
        })
        return `<tr><th scope="row" part="layer">${escapeHtml(layer.name)}</th>${cells.join('')}</tr>`
      })
      // The bottom of the stack at the bottom.
      .reverse()
      .join('')
    const title = alone ? `Who owns which layer of ${name(alone)}` : 'Who owns which layer'
    const view = service.includes(',') ? 'compare' : 'split'
    return `<div class="box" part="box"><div class="scroll" role="region" aria-label="${title}" tabindex="0"><table part="table"><caption part="title">${title}</caption>${
      alone ? '' : `<thead><tr><th scope="col">Layer</th>${heads}</tr></thead>`
    }<tbody>${body}</tbody></table></div>${this.foot(matrix.revision, `/?view=${view}&service=${service}`)}</div>`
  }
}

/** A reading of the question, with what of the context it settles. */
interface Option {
  id?: string
  name?: string
  label?: string
  service?: string
  variant?: string
  layer?: string
}

interface AskAnswer {
  reply: string
  verdict: Verdict | null
  clarify: { question: string; options: (string | Option)[] } | null
  revision: number
}

/** Addresses in a text as links. */
const linked = (text: string): string =>
  text
    .split(/(https:\/\/[^\s)]+[^\s).,;])/)
    .map((part, index) =>
      index % 2 === 0
        ? escapeHtml(part)
        : `<a part="link" href="${escapeHtml(part)}" target="_blank" rel="noopener">${escapeHtml(part)}</a>`,
    )
    .join('')

/** `service` with `layer` (and `variant`), or `question`; `theme`, `base`: one verdict with duties and sources. */
class ResponsibilityAnswer extends ApiElement {
  static readonly observedAttributes = ['service', 'layer', 'variant', 'question', 'theme', 'base']

  /** What was asked back, and what was chosen of it for the question at hand. */
  #options: (string | Option)[] = []
  #chosen: { of: string; question: string; context: object } | null = null

  protected override shown(root: ShadowRoot): void {
    root.querySelectorAll('button').forEach((button, index) => {
      button.addEventListener('click', () => {
        const option = this.#options[index]
        const of = this.getAttribute('question')?.trim() ?? ''
        if (option === undefined) return
        if (typeof option === 'string') this.#chosen = { of, question: option, context: {} }
        else {
          const { service, variant, layer } = option
          const context = { ...(service && { service }), ...(variant && { variant }), ...(layer && { layer }) }
          this.#chosen = { of, question: of, context }
        }
        void this.reload()
      })
    })
  }

  protected async answer(): Promise<string> {
    const question = this.getAttribute('question')?.trim()
    if (question) {
      if (this.#chosen?.of !== question) this.#chosen = null
      const { question: asked, context } = this.#chosen ?? { question, context: {} }
      const { reply, verdict, clarify, revision } = await ask<AskAnswer>(`${this.base}/v1/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question: asked, ...(Object.keys(context).length > 0 && { context }) }),
      })
      this.#options = clarify?.options ?? []
      if (verdict) return this.#verdict(verdict, reply)
      const options = this.#options.map(
        (option) =>
          `<button type="button" part="option">${escapeHtml(typeof option === 'string' ? option : (option.name ?? option.label ?? option.id ?? ''))}</button>`,
      )
      const back = clarify
        ? `${reply.endsWith(clarify.question) ? '' : `<p>${escapeHtml(clarify.question)}</p>`}<p>${options.join('')}</p>`
        : ''
      const at = `/?view=ask&question=${encodeURIComponent(question)}`
      return `<div class="box" part="box"><div class="pad stack"><p part="reply">${linked(reply)}</p>${back}</div>${this.foot(revision, at)}</div>`
    }
    const layer = this.getAttribute('layer')?.trim()
    if (!layer)
      throw new Refused('Name a layer: <responsibility-answer service="rds" layer="operating-system">, or a question.')
    const params = new URLSearchParams({ layer })
    for (const name of ['service', 'variant']) {
      const value = this.getAttribute(name)?.trim()
      if (value) params.set(name, value)
    }
    return this.#verdict(await ask<Verdict>(`${this.base}/v1/owner?${params}`))
  }

  #verdict(verdict: Verdict, reply?: string): string {
    const { owner, duties, flip, service, variant, layer, verified, basis, sources, statement, revision } = verdict
    const row = (name: string, text: string | null): string =>
      text ? `<dt>${name}</dt><dd part="duty">${escapeHtml(text)}</dd>` : ''
    const doubt = verified
      ? ''
      : `<p class="muted" part="doubt">Not verified${basis.scope === 'model' ? ': the default of its model answers' : ''}.</p>`
    const links = sources
      .filter(({ url }) => url.startsWith('https://'))
      .slice(0, 3)
      .map(({ url, verifiedAt }) => {
        const { hostname, pathname } = new URL(url)
        const name =
          pathname
            .replace(/\/$/, '')
            .split('/')
            .pop()
            ?.replace(/\.html$/, '') || hostname
        return `<li><a part="link" href="${escapeHtml(url)}" target="_blank" rel="noopener">${escapeHtml(name)}</a>${verifiedAt ? ` <span class="muted">read ${verifiedAt}</span>` : ''}</li>`
      })
      .join('')
    const subject = service ? (variant ? `${service.id}:${variant.id}` : service.id) : null
    const at = subject ? `/?at=${subject}/${layer.id}` : `/?layer=${layer.id}`
    return `<article class="box" part="box"><div class="pad stack"><div class="statement${verified ? '' : ' unsure'}" part="statement">${key(owner)}<p>${escapeHtml(statement)}</p></div>${
      reply ? `<p part="reply">${linked(reply)}</p>` : ''
    }${doubt}<dl>${row('AWS', duties.aws)}${row('Customer', duties.customer)}${
      flip ? row(`${OWNER_NAMES[flip.lead]} leads`, `when ${flip.when}`) : ''
    }</dl>${links ? `<ul>${links}</ul>` : ''}</div>${this.foot(revision, at)}</article>`
  }
}

// Loaded twice, it stays what it was.
if (!customElements.get('responsibility-matrix')) customElements.define('responsibility-matrix', ResponsibilityMatrix)
if (!customElements.get('responsibility-answer')) customElements.define('responsibility-answer', ResponsibilityAnswer)
