/** The split as a diagram: the stack of layers, and the line between the two sides that moves with the model. */
import { Answer, Head, Tile, useAddress, useGet } from './bits.js'
import { MODEL_NAMES, Picker } from './picker.js'
import { change, placeOf, query } from './state.js'
import type { Verdict } from './types.js'

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

export function Split() {
  useAddress()
  const [service, variant] = (query().get('service') ?? '').split(':')
  const model = query().get('model') ?? 'iaas'
  return (
    <div class="page wide">
      {service ? <ServiceSplit id={service} variant={variant ?? null} /> : <ModelSplit id={model} />}
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

const Controls = ({ model }: { model: string | null }) => (
  <div class="bar no-print">
    <Models model={model} />
    <Picker
      label="Show a service"
      placeholder="Show a service"
      onPick={(id) => change({ service: id, model: null, at: null })}
    />
  </div>
)

function ModelSplit({ id }: { id: string }) {
  const loaded = useGet<ModelAnswer>(`/v1/models/${id}`)
  return (
    <>
      <Head title={loaded.data?.name ?? 'Service models'}>{loaded.data?.summary}</Head>
      <Controls model={id} />
      <Answer of={loaded} what="the model">
        {({ id, aws, customer, examples, defaults }) => (
          <div class="two">
            <Diagram verdicts={defaults} subject={`model:${id}`} />
            <div class="facts">
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
                <p class="chips">
                  {examples.map((id) => (
                    <a key={id} class="btn" href={`/?view=split&service=${id}`}>
                      {id}
                    </a>
                  ))}
                </p>
                <p class="muted">These are defaults. A service may draw the line elsewhere: its own page says so.</p>
              </section>
            </div>
          </div>
        )}
      </Answer>
    </>
  )
}

function ServiceSplit({ id, variant }: { id: string; variant: string | null }) {
  const about = useGet<ServiceAnswer>(`/v1/services/${id}`)
  const layers = useGet<{ items: Verdict[] }>(`/v1/services/${id}/layers${variant ? `?variant=${variant}` : ''}`)
  const chosen = about.data?.variants.find((one) => one.id === variant)
  return (
    <>
      <Head title={chosen?.name ?? about.data?.name ?? id}>{chosen?.summary ?? about.data?.summary}</Head>
      <Controls model={null} />
      <Answer of={about} what="the service">
        {(service) => (
          <>
            {service.variants.length > 0 && (
              <fieldset class="chips variants no-print">
                <legend class="vh">Ways of running it</legend>
                {[{ id: '', name: service.name, differs: [] as string[] }, ...service.variants].map((one) => (
                  <label key={one.id} class="chip">
                    <input
                      type="radio"
                      name="split-variant"
                      checked={(variant ?? '') === one.id}
                      onChange={() => change({ service: one.id ? `${id}:${one.id}` : id, at: null })}
                    />
                    <span>
                      {one.name}
                      {one.differs.length > 0 && <span class="muted">≠ {one.differs.length}</span>}
                    </span>
                  </label>
                ))}
              </fieldset>
            )}
            {service.lifecycle && (
              <div class="note warn">
                <h3>Before you build on it</h3>
                <p>{service.lifecycle.note}</p>
              </div>
            )}
            <div class="two">
              <Answer of={layers} what="its layers">
                {({ items }) => <Diagram verdicts={items} subject={variant ? `${id}:${variant}` : id} />}
              </Answer>
              <div class="facts">
                <section>
                  <h2>Its model</h2>
                  <p>
                    <a href={`/?view=split&model=${service.model}`}>{MODEL_NAMES[service.model]}</a>
                    {service.modelReason ? `: ${service.modelReason}` : '.'}
                  </p>
                </section>
                {service.pitfalls.length > 0 && (
                  <section>
                    <h2>Where people trip</h2>
                    <ul class="bullets">
                      {service.pitfalls.map((text) => (
                        <li key={text}>{text}</li>
                      ))}
                    </ul>
                  </section>
                )}
                {service.notes.length > 0 && (
                  <section>
                    <h2>Notes</h2>
                    <ul class="bullets">
                      {service.notes.map((text) => (
                        <li key={text}>{text}</li>
                      ))}
                    </ul>
                  </section>
                )}
                <p class="chips no-print">
                  <a class="btn" href={`/?view=duties&service=${id}`}>
                    Its duties
                  </a>
                  <a class="btn" href={`/?view=compare&service=${variant ? `${id},${id}:${variant}` : id}`}>
                    Compare
                  </a>
                  <a
                    class="btn"
                    href={`/v1/matrix?service=${id}&variants=true&format=svg`}
                    target="_blank"
                    rel="noreferrer"
                  >
                    Picture
                  </a>
                </p>
              </div>
            </div>
          </>
        )}
      </Answer>
    </>
  )
}

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
          const params = query()
          params.set('at', placeOf(subject, layer.id))
          return (
            <li key={layer.id} class={verified ? '' : 'unsure'}>
              <a
                href={`/?${params}`}
                aria-label={`${layer.name}: ${verdict.statement}${verified ? '' : ' Not verified.'}`}
              >
                <span class="layer">{layer.name}</span>
                {owner === 'not-applicable' ? (
                  <span class="band none">Does not apply</span>
                ) : (
                  <span class="band">
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
    </figure>
  )
}
