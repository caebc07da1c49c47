/** The verdict of one cell in a panel beside whatever is shown: duties, why, variants, sources, history. */

import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Problem } from './api.js'
import {
  Answer,
  Failure,
  OwnerMark,
  SIDE_NAMES,
  Sources,
  sideName,
  Tile,
  useAddress,
  useGet,
  useTitle,
} from './bits.js'
import { layerChoices } from './choices.js'
import { focusGrid } from './grid.js'
import { MODEL_NAMES } from './picker.js'
import { addressWith, change, type Place, parsePlace, placeOf, query } from './state.js'
import type { Side, Verdict } from './types.js'
import { CopyLink, Embed, History, Why } from './verdict-parts.js'

/** What the address names, as it stands before the slash. */
export const subjectOf = ({ service, variant, model }: Place): string =>
  model ? `model:${model}` : variant ? `${service}:${variant}` : String(service)

/** Where the API answers for a place. */
const pathOf = ({ service, variant, model, layer }: Place): string =>
  model ? `/v1/models/${model}` : `/v1/services/${service}/layers/${layer}${variant ? `?variant=${variant}` : ''}`

const NARROW = matchMedia('(max-width: 960px)')
/** Where the panel covers what is behind it, neither keys nor a screen reader go there. */
function coverPage(open: boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>('.skip,.top,#main'))
    element.inert = open && NARROW.matches
}

const close = (): void => change({ at: null })

export function Panel() {
  useAddress()
  const at = query().get('at')
  const place = parsePlace(at)
  const heading = useRef<HTMLHeadingElement>(null)
  const key = place ? placeOf(subjectOf(place), place.layer) : at
  const wasOpen = useRef(false)
  /** What the focus goes back to; the grid knows its own cell. */
  const opener = useRef<Element | null>(null)
  const loaded = useGet<Verdict | { name: string; defaults: Verdict[] }>(place && pathOf(place))

  useEffect(() => {
    if (key) {
      if (!wasOpen.current) opener.current = document.activeElement
      heading.current?.focus({ preventScroll: true })
    } else if (wasOpen.current) {
      if (document.documentElement.dataset.view === 'matrix') focusGrid()
      else if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
    }
    wasOpen.current = key !== null
  }, [key])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && query().has('at')) close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  // Before the paint, so that the grid scrolls to the open cell in the width that is left to it.
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-panel', key !== null)
    const cover = (): void => coverPage(key !== null)
    cover()
    NARROW.addEventListener('change', cover)
    return () => NARROW.removeEventListener('change', cover)
  }, [key])
  const { data } = loaded
  useTitle('panel', key === null || !data ? '' : 'defaults' in data ? data.name : data.statement.replace(/\.$/, ''))

  if (!place) return at ? <Astray at={at} heading={heading} /> : null
  const layers = layerChoices()
  const index = layers.findIndex(({ id }) => id === place.layer)
  const layer = layers[index]
  const go = (step: number): void =>
    change({ at: placeOf(subjectOf(place), layers[index + step]?.id ?? place.layer) }, { replace: true })
  return (
    <div class="panel" role="dialog" aria-modal={NARROW.matches} aria-labelledby="panel-title">
      <div class="panel-head">
        <div>
          <h2 id="panel-title" ref={heading} tabIndex={-1}>
            {layer?.name ?? place.layer}
          </h2>
        </div>
        <div class="panel-tools">
          <button
            type="button"
            class="quiet"
            aria-label="The layer below"
            title="The layer below"
            disabled={index <= 0}
            onClick={() => go(-1)}
          >
            ↓
          </button>
          <button
            type="button"
            class="quiet"
            aria-label="The layer above"
            title="The layer above"
            disabled={index < 0 || index >= layers.length - 1}
            onClick={() => go(1)}
          >
            ↑
          </button>
          <Close />
        </div>
      </div>
      <div class={loaded.loading ? 'panel-body stale' : 'panel-body'} aria-busy={loaded.loading}>
        <Answer of={loaded} what="the verdict" propose={(id, problem) => withPlace(mended(place, id, problem))}>
          {(data) => {
            const verdict = 'defaults' in data ? data.defaults.find(({ layer }) => layer.id === place.layer) : data
            if (!verdict)
              return (
                <Failure
                  problem={{ status: 404, title: 'Unknown layer', detail: `There is no layer "${place.layer}".` }}
                />
              )
            return <VerdictBody verdict={verdict} place={place} modelName={'defaults' in data ? data.name : null} />
          }}
        </Answer>
      </div>
    </div>
  )
}

const Close = () => (
  <button type="button" class="quiet" aria-label="Close" title="Close (Esc)" onClick={close}>
    ✕
  </button>
)

/** An address that names a cell in no way that can be read. */
const Astray = ({ at, heading }: { at: string; heading: RefObject<HTMLHeadingElement> }) => (
  <div class="panel" role="dialog" aria-modal={NARROW.matches} aria-labelledby="panel-title">
    <div class="panel-head">
      <h2 id="panel-title" ref={heading} tabIndex={-1}>
        No such cell
      </h2>
      <div class="panel-tools">
        <Close />
      </div>
    </div>
    <div class="panel-body">
      <Failure
        problem={{
          status: 404,
          title: 'This address names no cell',
          detail: `"${at}" is not a service and a layer with a slash between them, such as rds/operating-system.`,
        }}
      />
    </div>
  </div>
)

/** The place with a proposed name where the API pointed at a wrong one. */
function mended(place: Place, id: string, { errors }: Problem): string {
  const wrong = errors?.[0]?.pointer.split('/').pop()
  return wrong === 'layer'
    ? placeOf(subjectOf(place), id)
    : placeOf(subjectOf(wrong === 'variant' ? { ...place, variant: id } : { ...place, service: id }), place.layer)
}

function VerdictBody({ verdict, place, modelName }: { verdict: Verdict; place: Place; modelName: string | null }) {
  const { service, variant, lifecycle, owner, lead } = verdict
  const name = variant?.name ?? service?.name ?? modelName ?? ''
  return (
    <>
      <p class="crumb">
        {service ? <a href={`/?view=split&service=${subjectOf(place)}`}>{name}</a> : name}
        {service && <span class="tag">{MODEL_NAMES[service.model]}</span>}
      </p>
      <div class={`statement ${owner.charAt(0)}-edge`}>
        <Tile owner={owner} lead={lead} verified={verdict.verified} />
        <p>{verdict.statement}</p>
      </div>
      {lifecycle && (
        <div class="note warn">
          <h3>{lifecycle.status === 'ended' ? 'This service has ended' : LIFECYCLES[lifecycle.status]}</h3>
          <p>{lifecycle.note}</p>
        </div>
      )}
      <Doubt verdict={verdict} />
      <section aria-label="Duties" class="duties">
        <Duty side="aws" text={verdict.duties.aws} leads={lead === 'aws' && owner === 'shared'} />
        <Duty side="customer" text={verdict.duties.customer} leads={lead === 'customer' && owner === 'shared'} />
      </section>
      <Lead verdict={verdict} />
      <Why verdict={verdict} />
      {(verdict.otherVariants.length > 0 || variant) && (
        <section>
          <h3>{variant ? 'Other ways of running it' : 'Run another way, the line moves'}</h3>
          <ul class="rows">
            {variant && service && (
              <li>
                <a href={withPlace(placeOf(service.id, place.layer))}>{service.name}</a>
                <span class="muted">the service itself</span>
              </li>
            )}
            {verdict.otherVariants.map(({ id, name, owner }) => (
              <li key={id}>
                <a href={withPlace(placeOf(`${service?.id}:${id}`, place.layer))}>{name}</a>
                <OwnerMark owner={owner} lead={null} verified={true} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>Sources</h3>
        <Sources sources={verdict.sources} />
      </section>
      {service && (
        <>
          <History
            key={subjectOf(place) + place.layer}
            cell={[service.id, variant?.id, place.layer].filter(Boolean).join('/')}
          />
          <Embed
            markup={`<responsibility-answer service="${service.id}"${variant ? ` variant="${variant.id}"` : ''} layer="${place.layer}"></responsibility-answer>`}
          />
        </>
      )}
      <div class="panel-foot">
        <CopyLink />
        <a class="btn" href={pathOf(place)} target="_blank" rel="noreferrer">
          JSON
        </a>
        {service && (
          <a class="btn" href={`/?view=compare&service=${subjectOf(place)}`}>
            Compare
          </a>
        )}
        <span class="muted">Revision {verdict.revision}</span>
      </div>
    </>
  )
}

const LIFECYCLES: Readonly<Record<string, string>> = {
  maintenance: 'In maintenance',
  'closed-to-new-customers': 'Closed to new customers',
  ending: 'Support is ending',
  ended: 'Support has ended',
}

const withPlace = (at: string): string => addressWith({ at })

function Doubt({ verdict: { verified, basis, service, sources } }: { verdict: Verdict }) {
  if (verified) return null
  const day = sources.map(({ verifiedAt }) => verifiedAt).find(Boolean)
  return (
    <div class="note">
      <h3>Not verified</h3>
      <p>
        {basis.scope === 'model' && service
          ? `This is the default for ${MODEL_NAMES[basis.subject] ?? basis.subject} services. Nobody has checked it for ${service.name}${day ? '; the sources below speak of the model' : ''}.`
          : 'This was written from knowledge of the service and not confirmed at its source.'}
      </p>
    </div>
  )
}

const Duty = ({ side, text, leads }: { side: Side; text: string | null; leads: boolean }) => (
  <div class={`duty ${side.charAt(0)}-edge`}>
    <h3>
      {SIDE_NAMES[side]}
      {leads && <span class="tag">leads</span>}
    </h3>
    {text ? <p>{text}</p> : <p class="muted">No duty on this layer.</p>}
  </div>
)

function Lead({ verdict: { lead, leadReason, flip, owner } }: { verdict: Verdict }) {
  if (!lead || (owner !== 'shared' && !flip)) return null
  return (
    <section>
      <h3>Who moves first</h3>
      {leadReason && (
        <p>
          <b>{SIDE_NAMES[lead]}.</b> {leadReason}
        </p>
      )}
      {flip && (
        <p>
          {leadReason ? 'But ' : ''}
          <b>{leadReason ? sideName(flip.lead) : flip.lead === 'aws' ? 'AWS' : 'The customer'}</b>{' '}
          {leadReason ? 'leads' : 'moves first'} when {flip.when}.
        </p>
      )}
    </section>
  )
}
