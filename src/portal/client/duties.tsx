/** The checklist of one side for the services in use: to tick off, to print, to take away as a file. */
import { useState } from 'preact/hooks'
import { Answer, Head, SIDE_NAMES, Sources, useAddress, useGet } from './bits.js'
import { replacing, subjectName } from './compare.js'
import { Picked, Picker } from './picker.js'
import { addressWith, change, listOf, placeOf, query } from './state.js'
import type { LayerDuties, Side } from './types.js'

interface DutiesAnswer {
  owner: Side
  layers: LayerDuties[]
  total: number
  revision: number
}

const EXAMPLES = ['ec2,ebs,vpc', 'rds,s3,lambda', 'eks,ecr,elastic-load-balancing']
const FILES = { csv: 'CSV', xlsx: 'Excel', markdown: 'Markdown' }

const STORE = 'duties-done'
const readDone = (): Set<string> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]')
    return new Set(Array.isArray(kept) ? kept.map(String) : [])
  } catch {
    return new Set()
  }
}

export function Duties() {
  useAddress()
  const services = [...new Set(listOf('service'))]
  const side: Side = query().get('side') === 'aws' ? 'aws' : 'customer'
  const [done, setDone] = useState(readDone)
  const path = `/v1/duties?owner=${side}&service=${services.join(',')}`
  const loaded = useGet<DutiesAnswer>(services.length > 0 ? path : null)
  const set = (next: string[]): void => change({ service: next.join(',') })
  const toggle = (key: string): void => {
    const next = new Set(done)
    if (!next.delete(key)) next.add(key)
    setDone(next)
    localStorage.setItem(STORE, JSON.stringify([...next]))
  }
  return (
    <div class="page">
      <Head title={side === 'customer' ? 'Your duties' : 'What AWS does'}>
        {services.length === 0
          ? 'The checklist of one side for the services you use.'
          : services.map(subjectName).join(', ')}
      </Head>
      <div class="bar no-print">
        <fieldset class="seg">
          <legend class="vh">Side</legend>
          {(['customer', 'aws'] as const).map((one) => (
            <label key={one} class="chip">
              <input
                type="radio"
                name="duties-side"
                checked={side === one}
                onChange={() => change({ side: one === 'aws' ? one : null })}
              />
              <span>{SIDE_NAMES[one]}</span>
            </label>
          ))}
        </fieldset>
        <Picker
          label="Add a service you use"
          placeholder="Add a service you use"
          onPick={(id) => set([...services, id])}
        />
        <Picked
          items={services.map((id) => ({ id, name: subjectName(id) }))}
          onRemove={(id) => set(services.filter((one) => one !== id))}
        />
      </div>
      {services.length === 0 ? (
        <div class="note">
          <h3>Which services do you use?</h3>
          <p>Add them above, or look at a common set:</p>
          <p class="chips">
            {EXAMPLES.map((list) => (
              <a key={list} class="btn" href={`/?view=duties&service=${list}`}>
                {list.split(',').map(subjectName).join(' · ')}
              </a>
            ))}
          </p>
        </div>
      ) : (
        <Answer of={loaded} what="the duties" propose={replacing(services)}>
          {(answer) => {
            const keys = answer.layers.flatMap(({ layer, duties }) =>
              duties.map(({ service }) => `${side}/${service.id}/${layer.id}`),
            )
            const ticked = keys.filter((key) => done.has(key)).length
            return (
              <>
                <div class="bar tools no-print">
                  <span class="muted" role="status">
                    {ticked} of {answer.total} done
                  </span>
                  <progress max={answer.total} value={ticked} aria-label="Duties done" />
                  <span class="grow" />
                  <span class="muted">Export</span>
                  {Object.entries(FILES).map(([format, name]) => (
                    <a
                      key={format}
                      class="btn"
                      href={`${path}&format=${format}`}
                      download={`duties.${format === 'markdown' ? 'md' : format}`}
                    >
                      {name}
                    </a>
                  ))}
                  <button type="button" class="btn" onClick={() => print()}>
                    Print
                  </button>
                </div>
                {answer.layers.map(({ layer, duties }) => (
                  <section key={layer.id} class="checklist">
                    <h2>{layer.name}</h2>
                    <ul>
                      {duties.map(({ service, owner, lead, duty, flip, sources, verified }) => {
                        const key = `${side}/${service.id}/${layer.id}`
                        return (
                          <li key={key} class={done.has(key) ? 'done' : ''}>
                            <label>
                              <input type="checkbox" checked={done.has(key)} onChange={() => toggle(key)} />
                              <span>
                                <b>{service.name}</b> {duty}
                              </span>
                            </label>
                            <p class="muted">
                              {owner === 'shared'
                                ? `Shared, ${lead === 'aws' ? 'AWS' : 'the customer'} leads. `
                                : owner === side
                                  ? ''
                                  : `The layer is ${owner === 'aws' ? "AWS's" : "the customer's"}; this part is not. `}
                              {flip && `When ${flip.when}, ${flip.lead === 'aws' ? 'AWS' : 'the customer'} leads. `}
                              {!verified && 'Not verified. '}
                              <a class="no-print" href={addressWith({ at: placeOf(service.id, layer.id) })}>
                                Why
                              </a>
                            </p>
                            <div class="only-print">
                              <Sources sources={sources.slice(0, 2)} />
                            </div>
                          </li>
                        )
                      })}
                    </ul>
                  </section>
                ))}
                <p class="muted">Revision {answer.revision}. Ticks are kept in this browser only.</p>
              </>
            )
          }}
        </Answer>
      )}
    </div>
  )
}
