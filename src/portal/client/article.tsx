/** One article as a page: a misconception, a practice, a case or a guide. */
import type { ComponentChildren } from 'preact'
import { Answer, dateText, Head, Sources, useGet } from './bits.js'
import { choices, layerChoices } from './choices.js'

export interface Linked {
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
/** An article of any kind: what a kind does not have is absent. */
export interface Item extends Linked {
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
const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
)

export function ArticlePage({ topic, id }: { topic: string; id: string }) {
  const loaded = useGet<Item>(`/v1/${topic}/${encodeURIComponent(id)}`)
  return (
    <article>
      <Answer of={loaded} what="the page" propose={(id) => `/?view=learn&topic=${topic}&id=${id}`}>
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
