/** A verdict in short, and where it and its kin are shown whole. */
import { Sources, Tile } from './bits.js'
import { addressWith, placeOf } from './state.js'
import type { Verdict } from './types.js'

const PLURALS: Readonly<Record<string, string>> = {
  stage: 'stages',
  misconception: 'misconceptions',
  practice: 'practices',
  case: 'cases',
  guide: 'guides',
}
export const relatedHref = (kind: string, id: string): string =>
  kind === 'service'
    ? `/?view=split&service=${id}`
    : kind === 'layer'
      ? `/?layer=${id}`
      : `/?view=learn&topic=${PLURALS[kind] ?? ''}&id=${id}`

export const keyOf = ({ service, variant, layer }: Verdict): string => `${service?.id}:${variant?.id}/${layer.id}`

export const hrefOf = ({ service, variant, layer }: Verdict): string => {
  if (!service) return `/?layer=${layer.id}`
  return addressWith({ at: placeOf(variant ? `${service.id}:${variant.id}` : service.id, layer.id) })
}

/** A verdict in short, with the way to the whole. */
export function Card({ verdict }: { verdict: Verdict }) {
  const { owner, lead, duties, sources, verified, service, flip } = verdict
  return (
    <div class={`card ${owner.charAt(0)}-edge`}>
      <div class="statement">
        <Tile owner={owner} lead={lead} verified={verified} />
        <p>{verdict.statement}</p>
      </div>
      {!verified && (
        <p class="muted">Not verified{verdict.basis.scope === 'model' ? ': the default of its model answers' : ''}.</p>
      )}
      <dl class="pairs">
        {duties.aws && (
          <div>
            <dt>AWS</dt>
            <dd>{duties.aws}</dd>
          </div>
        )}
        {duties.customer && (
          <div>
            <dt>Customer</dt>
            <dd>{duties.customer}</dd>
          </div>
        )}
        {flip && (
          <div>
            <dt>Unless</dt>
            <dd>
              {flip.when}: then {flip.lead === 'aws' ? 'AWS' : 'the customer'} moves first.
            </dd>
          </div>
        )}
      </dl>
      <Sources sources={sources.slice(0, 3)} />
      <p>
        <a class="btn" href={hrefOf(verdict)}>
          {service ? 'The whole verdict' : 'This layer in the matrix'}
        </a>
      </p>
    </div>
  )
}
