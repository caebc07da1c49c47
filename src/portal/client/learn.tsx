/** The knowledge of the article as short pages: stages, misconceptions, practices, cases, guides. */
import { useEffect, useRef } from 'preact/hooks'
import { ArticlePage, type Item, type Linked } from './article.js'
import { Answer, Head, useAddress, useAll, useGet } from './bits.js'
import { query } from './state.js'

interface Stage extends Linked {
  name: string
  summary: string
  customer: string
  aws: string
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
        <ArticlePage topic={topic} id={id} />
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
