/** The knowledge of the article as short pages: stages, misconceptions, practices, cases, guides. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Answer, dateText, Head, Sources, useAddress, useAll, useGet } from './bits.js'
import { choices, layerChoices } from './grid.js'
import { query } from './state.js'

interface Linked {
  id: string
  layers: string[]
  services: string[]
  sources: string[]
  verifiedAt: string | null
}
interface Correction {
  claim: string
  correction: string
  since?: string
  sources: string[]
}
interface Stage extends Linked {
  name: string
  summary: string
  customer: string
  aws: string
}
interface Item extends Linked {
  title: string
  summary?: string
  belief?: string
  correction?: string
  why?: string
  whatHappened?: string
  ownership?: string
  lesson?: string
  problem?: string
  examples?: { service: string; layer: string; text: string }[]
  blocks?: { title: string; status: 'outdated' | 'recommended'; code: string; explanation: string }[]
  steps?: string[]
  corrections?: Correction[]
}
interface Area extends Linked {
  title: string
  aws: string
  customer: string
}
interface Responsibility extends Linked {
  side: 'aws' | 'customer'
  title: string
  summary: string
}
interface Takeaway extends Linked {
  text: string
}
interface List<T> {
  items: T[]
}

const TOPICS = {
  overview: 'Overview',
  stages: 'Stages',
  misconceptions: 'Misconceptions',
  practices: 'Practices',
  cases: 'Cases',
  guides: 'Guides',
} as const
type Topic = keyof typeof TOPICS
const isTopic = (text: string | null): text is Topic => text !== null && Object.hasOwn(TOPICS, text)

const LEADS: Readonly<Record<Exclude<Topic, 'overview'>, string>> = {
  stages: 'What each side does at the seven stages of delivery.',
  misconceptions: 'What people believe, and what is true.',
  practices: 'What follows from the model for the customer.',
  cases: 'What happened, who owned what, and the lesson.',
  guides: 'Policies and commands, checked, and what they replace.',
}

export function Learn() {
  useAddress()
  const asked = query().get('topic')
  const topic = isTopic(asked) ? asked : 'overview'
  const id = query().get('id')
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [topic])
  return (
    <div class="page learn">
      <nav ref={tabs} class="tabs no-print" aria-label="Topics">
        {Object.entries(TOPICS).map(([key, name]) => (
          <a key={key} href={`/?view=learn&topic=${key}`} aria-current={key === topic ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      {topic === 'overview' ? (
        <Overview />
      ) : topic === 'stages' ? (
        <Stages />
      ) : id ? (
        <Page topic={topic} id={id} />
      ) : (
        <Topics topic={topic} />
      )}
    </div>
  )
}

function Overview() {
  const loaded = useAll<List<never>>(['/v1/takeaways', '/v1/areas', '/v1/responsibilities'])
  return (
    <>
      <Head title="The shared responsibility model">
        AWS secures the cloud; you secure what you put in it. Where the line runs depends on the service.
      </Head>
      <Answer of={loaded} what="the overview">
        {(answers) => {
          const [takeaways, areas, duties] = answers as unknown as [List<Takeaway>, List<Area>, List<Responsibility>]
          return (
            <>
              <section>
                <h2>In short</h2>
                <ul class="bullets">
                  {takeaways.items.map(({ id, text }) => (
                    <li key={id}>{text}</li>
                  ))}
                </ul>
              </section>
              <section>
                <h2>By area</h2>
                <Sides
                  rows={areas.items.map(({ id, title, aws, customer }) => ({ id, name: title, aws, customer }))}
                  first="Area"
                />
              </section>
              {(['aws', 'customer'] as const).map((side) => (
                <section key={side}>
                  <h2>{side === 'aws' ? 'AWS secures' : 'You secure'}</h2>
                  <dl class="terms">
                    {duties.items
                      .filter((one) => one.side === side)
                      .map(({ id, title, summary }) => (
                        <div key={id}>
                          <dt>{title}</dt>
                          <dd>{summary}</dd>
                        </div>
                      ))}
                  </dl>
                </section>
              ))}
            </>
          )
        }}
      </Answer>
    </>
  )
}

/** A table of both sides that folds into blocks where it is narrow. */
const Sides = ({
  rows,
  first,
}: {
  rows: { id: string; name: string; note?: string; aws: string; customer: string }[]
  first: string
}) => (
  <table class="sides">
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">Customer</th>
        <th scope="col">AWS</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ id, name, note, aws, customer }) => (
        <tr key={id}>
          <th scope="row">
            {name}
            {note && <span class="muted">{note}</span>}
          </th>
          <td>
            <b class="side-tag c">Customer</b>
            {customer}
          </td>
          <td>
            <b class="side-tag a">AWS</b>
            {aws}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

function Stages() {
  const loaded = useGet<List<Stage>>('/v1/stages')
  return (
    <>
      <Head title={TOPICS.stages}>{LEADS.stages}</Head>
      <Answer of={loaded} what="the stages">
        {({ items }) => (
          <Sides
            first="Stage"
            rows={items.map(({ id, name, summary, aws, customer }, index) => ({
              id,
              name: `${index + 1}. ${name}`,
              note: summary,
              aws,
              customer,
            }))}
          />
        )}
      </Answer>
    </>
  )
}

function Topics({ topic }: { topic: Exclude<Topic, 'overview' | 'stages'> }) {
  const loaded = useGet<List<Item>>(`/v1/${topic}`)
  return (
    <>
      <Head title={TOPICS[topic]}>{LEADS[topic]}</Head>
      <Answer of={loaded} what={`the ${topic}`}>
        {({ items }) => (
          <ul class="entries">
            {items.map(({ id, title, belief, summary }) => (
              <li key={id}>
                <h2>
                  <a href={`/?view=learn&topic=${topic}&id=${id}`}>{title}</a>
                </h2>
                <p>{summary ?? belief}</p>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </>
  )
}

const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
)

function Page({ topic, id }: { topic: Exclude<Topic, 'overview' | 'stages'>; id: string }) {
  const loaded = useGet<Item>(`/v1/${topic}/${encodeURIComponent(id)}`)
  return (
    <article>
      <Answer of={loaded} what="the page">
        {(item) => (
          <>
            <Head title={item.title}>{item.summary}</Head>
            {item.belief && (
              <Part title="What people believe">
                <p>{item.belief}</p>
              </Part>
            )}
            {item.correction && (
              <Part title="What is true">
                <p class="strong">{item.correction}</p>
              </Part>
            )}
            {item.examples && item.examples.length > 0 && (
              <ul class="rows">
                {item.examples.map(({ service, layer, text }) => (
                  <li key={text}>
                    <span>{text}</span>
                    <a href={`/?at=${service}/${layer}`}>Verdict</a>
                  </li>
                ))}
              </ul>
            )}
            {item.why && (
              <Part title="Why">
                <p>{item.why}</p>
              </Part>
            )}
            {item.whatHappened && (
              <Part title="What happened">
                <p>{item.whatHappened}</p>
              </Part>
            )}
            {item.ownership && (
              <Part title="Who owned what">
                <p>{item.ownership}</p>
              </Part>
            )}
            {item.lesson && (
              <Part title="The lesson">
                <p class="strong">{item.lesson}</p>
              </Part>
            )}
            {item.problem && (
              <Part title="What is wrong with the usual version">
                <p>{item.problem}</p>
              </Part>
            )}
            {item.steps && item.steps.length > 0 && (
              <Part title="What to do">
                <ol class="bullets">
                  {item.steps.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ol>
              </Part>
            )}
            {item.blocks?.map(({ title, status, code, explanation }) => (
              <Part key={title} title={title}>
                {status === 'outdated' && <p class="tag bad">Do not use as it is</p>}
                <p>{explanation}</p>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by key */}
                <pre class={status} tabIndex={0}>
                  <code>{code}</code>
                </pre>
              </Part>
            ))}
            {item.corrections && item.corrections.length > 0 && (
              <Part title="Out of date in the article">
                <ul class="rows stack">
                  {item.corrections.map(({ claim, correction, since, sources }) => (
                    <li key={claim}>
                      <s>{claim}</s>
                      <span>
                        {correction}
                        {since && <span class="muted"> Since {dateText(since)}.</span>}
                      </span>
                      <Sources sources={sources.map((url) => ({ url }))} />
                    </li>
                  ))}
                </ul>
              </Part>
            )}
            <Links layers={item.layers} services={item.services} />
            <Part title="Sources">
              <Sources sources={item.sources.map((url) => ({ url, verifiedAt: item.verifiedAt }))} />
            </Part>
          </>
        )}
      </Answer>
    </article>
  )
}

function Links({ layers, services }: { layers: string[]; services: string[] }) {
  const layerNames = new Map(layerChoices().map(({ id, name }) => [id, name]))
  const names = new Map(choices().map(({ id, name }) => [id, name]))
  return (
    <Part title="In the matrix">
      <p class="chips small">
        {services.map((id) => (
          <a key={id} class="btn" href={`/?view=split&service=${id}`}>
            {names.get(id) ?? id}
          </a>
        ))}
        {layers.map((id) => (
          <a key={id} class="btn" href={`/?layer=${id}`}>
            {layerNames.get(id) ?? id}
          </a>
        ))}
      </p>
    </Part>
  )
}
