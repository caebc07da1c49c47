/** The split as a diagram: the stack of layers, and the line between the two sides that moves with the model. */
import { useRef } from 'preact/hooks'
import { shortName } from '../markup/matrix.js'
import { Failure, Head, Loading, Tile, useAddress, useGet } from './bits.js'
import { choices } from './choices.js'
import { MODEL_NAMES, Picker } from './picker.js'
import { addressWith, change, placeOf, query } from './state.js'
import type { Verdict } from './types.js'
import { Embed } from './verdict-parts.js'

interface ModelAnswer {
  id: string
  name: string
  summary: string
  aws: string
  customer: string
  examples: string[]
  defaults: Verdict[]
}

interface ServiceAnswer {
  id: string
  name: string
  model: string
  modelReason: string | null
  category: string
  summary: string
  partOf: string | null
  variants: { id: string; name: string; summary: string; differs: string[] }[]
  pitfalls: string[]
  notes: string[]
  lifecycle: { status: string; note: string } | null
}

/** The diagram stays while one goes from a model to a service and on, so that its line can move. */
export function Split() {
  useAddress()
  const [service = '', variant = null] = (query().get('service') || null)?.split(':') ?? []
  const model = service ? null : (query().get('model') ?? 'iaas')
  const ofModel = useGet<ModelAnswer>(model && `/v1/models/${model}`)
  const about = useGet<ServiceAnswer>(service ? `/v1/services/${service}` : null)
  const layers = useGet<{ items: Verdict[] }>(
    service ? `/v1/services/${service}/layers${variant ? `?variant=${variant}` : ''}` : null,
  )
  const last = useRef<readonly Verdict[]>([])
  const verdicts = (service ? layers.data?.items : ofModel.data?.defaults) ?? last.current
  last.current = verdicts
  const problem = [ofModel, about, layers].find((one) => one.problem && !one.loading)
  const chosen = about.data?.variants.find((one) => one.id === variant)
  const title = service ? (chosen?.name ?? about.data?.name ?? service) : (ofModel.data?.name ?? 'Service models')
  const subject = model ? `model:${model}` : variant ? `${service}:${variant}` : service
  return (
    <div class="page wide">
      <Head title={title}>{service ? (chosen?.summary ?? about.data?.summary) : ofModel.data?.summary}</Head>
      <div class="bar no-print">
        <Models model={model} />
        <Picker
          label="Show a service"
          placeholder="Show a service"
          onPick={(id) => change({ service: id, model: null, at: null })}
        />
        {about.data && <Actions service={about.data} variant={variant} />}
      </div>
      {about.data && <Variants service={about.data} variant={variant} />}
      {about.data?.lifecycle && (
        <div class="note warn">
          <h3>Before you build on it</h3>
          <p>{about.data.lifecycle.note}</p>
        </div>
      )}
      {problem?.problem ? (
        <Failure
          problem={problem.problem}
          retry={problem.retry}
          propose={(id, { errors }) =>
            `/?view=split&service=${errors?.[0]?.pointer.endsWith('variant') ? `${service}:${id}` : id}`
          }
        />
      ) : (
        <div class={service ? 'two of-service' : 'two'}>
          {verdicts.length > 0 ? <Diagram verdicts={verdicts} subject={subject} /> : <Loading what="the layers" />}
          <div class="facts">
            {ofModel.data && <ModelFacts model={ofModel.data} />}
            {about.data && <ServiceFacts service={about.data} />}
          </div>
        </div>
      )}
    </div>
  )
}

const Models = ({ model }: { model: string | null }) => (
  <fieldset class="seg">
    <legend class="vh">Service model</legend>
    {Object.entries(MODEL_NAMES).map(([id, name]) => (
      <label key={id} class="chip">
        <input
          type="radio"
          name="split-model"
          checked={model === id}
          onChange={() => change({ model: id, service: null, at: null })}
        />
        <span>{name}</span>
      </label>
    ))}
  </fieldset>
)

const Variants = ({ service, variant }: { service: ServiceAnswer; variant: string | null }) =>
  service.variants.length === 0 ? null : (
    <fieldset class="chips variants no-print">
      <legend class="vh">Ways of running it</legend>
      {[{ id: '', name: service.name, differs: [] as string[] }, ...service.variants].map((one) => (
        <label key={one.id} class="chip">
          <input
            type="radio"
            name="split-variant"
            checked={(variant ?? '') === one.id}
            onChange={() => change({ service: one.id ? `${service.id}:${one.id}` : service.id, at: null })}
          />
          <span>
            {shortName(one.name)}
            {one.differs.length > 0 && (
              <small title="Layers on which the owner differs">
                ≠ {one.differs.length}
                <span class="vh"> layers differ</span>
              </small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )

const ModelFacts = ({ model: { aws, customer, examples } }: { model: ModelAnswer }) => {
  const names = new Map(choices().map(({ id, name }) => [id, shortName(name)]))
  return (
    <>
      <section>
        <h2>AWS</h2>
        <p>{aws}</p>
      </section>
      <section>
        <h2>You</h2>
        <p>{customer}</p>
      </section>
      <section>
        <h2>Services of this kind</h2>
        <p class="chips small">
          {examples.map((id) => (
            <a key={id} class="btn" href={`/?view=split&service=${id}`}>
              {names.get(id) ?? id}
            </a>
          ))}
        </p>
        <p class="muted">These are defaults. A service may draw the line elsewhere: its own page says so.</p>
      </section>
    </>
  )
}

const Bullets = ({ title, texts }: { title: string; texts: readonly string[] }) =>
  texts.length === 0 ? null : (
    <section>
      <h2>{title}</h2>
      <ul class="bullets">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )

const Actions = ({ service, variant }: { service: ServiceAnswer; variant: string | null }) => (
  <p class="chips no-print">
    <a class="btn" href={`/?view=duties&service=${service.id}`}>
      Its duties
    </a>
    <a class="btn" href={`/?view=compare&service=${variant ? `${service.id},${service.id}:${variant}` : service.id}`}>
      Compare
    </a>
    <a class="btn" href={`/v1/matrix?service=${service.id}&variants=true&format=svg`} target="_blank" rel="noreferrer">
      Picture
    </a>
  </p>
)

const ServiceFacts = ({ service }: { service: ServiceAnswer }) => (
  <>
    <section>
      <h2>Its model</h2>
      <p>
        <a href={`/?view=split&model=${service.model}`}>{MODEL_NAMES[service.model]}</a>
        {service.modelReason ? `: ${service.modelReason}` : ''}
      </p>
    </section>
    <Bullets title="Where people trip" texts={service.pitfalls} />
    <Bullets title="Notes" texts={service.notes} />
    <Embed markup={`<responsibility-matrix service="${service.id}"></responsibility-matrix>`} />
  </>
)

const SHARE = { aws: 1, shared: 0.5, customer: 0, 'not-applicable': 0 } as const

/** The top of the stack at the top. Each band keeps its place, so that the line moves when the verdicts change. */
function Diagram({ verdicts, subject }: { verdicts: readonly Verdict[]; subject: string }) {
  const tally = (owner: Verdict['owner']): number => verdicts.filter((verdict) => verdict.owner === owner).length
  return (
    <figure class="split">
      <figcaption>
        <span class="side">
          <Tile owner="aws" lead="aws" verified /> AWS {tally('aws')}
        </span>
        <span class="side">
          <Tile owner="shared" lead={null} verified /> Shared {tally('shared')}
        </span>
        <span class="side">
          <Tile owner="customer" lead="customer" verified /> Customer {tally('customer')}
        </span>
      </figcaption>
      <ol>
        {[...verdicts].reverse().map((verdict, index) => {
          const { layer, owner, lead, duties, verified } = verdict
          const share = SHARE[owner]
          return (
            <li key={layer.id} class={verified ? '' : 'unsure'}>
              <a href={addressWith({ at: placeOf(subject, layer.id) })}>
                <span class="layer">{layer.name}</span>
                <span class="vh">
                  : {verdict.statement}
                  {verified ? '' : ' Not verified.'}
                </span>
                {owner === 'not-applicable' ? (
                  <span class="band none" aria-hidden="true">
                    Does not apply
                  </span>
                ) : (
                  <span class="band" aria-hidden="true">
                    <span
                      class={`part a${verified ? '' : ' u'}${owner === 'shared' && lead === 'aws' ? ' leads' : ''}`}
                      style={{ flexGrow: share, transitionDelay: `${index * 14}ms` }}
                    >
                      <b>A</b>
                      <span>{duties.aws}</span>
                    </span>
                    <span
                      class={`part c${verified ? '' : ' u'}${owner === 'shared' && lead === 'customer' ? ' leads' : ''}`}
                      style={{ flexGrow: 1 - share, transitionDelay: `${index * 14}ms` }}
                    >
                      <b>C</b>
                      <span>{duties.customer}</span>
                    </span>
                  </span>
                )}
              </a>
            </li>
          )
        })}
      </ol>
      {verdicts.some(({ verified }) => !verified) && (
        <p class="muted pale">Pale: the default of its model or not verified. Open a layer to see which.</p>
      )}
    </figure>
  )
}
