/** Two to four services side by side, layer by layer, with the layers marked on which they differ. */
import { OWNER_NAMES } from '../markup/matrix.js'
import { Answer, Head, type Proposal, Tile, useAddress, useAll } from './bits.js'
import { choices, layerChoices, shortNameOf } from './choices.js'
import { Picked, Picker } from './picker.js'
import { addressWith, change, listOf, placeOf, query } from './state.js'
import type { Verdict } from './types.js'

const MOST = 4
const EXAMPLES = ['ec2,rds,lambda', 'ecs,eks,fargate', 'rds,rds:rds-custom', 's3,ebs,efs']

/** `rds:rds-custom` names a variant. */
const pathOf = (subject: string): string => {
  const [service, variant] = subject.split(':')
  return `/v1/services/${service}/layers${variant ? `?variant=${variant}` : ''}`
}

/** The name of `rds` or `rds:rds-custom`, as far as this page knows it: "Amazon RDS", "RDS custom". */
export function subjectName(subject: string): string {
  const [id = '', variant] = subject.split(':')
  if (!variant) return choices().find((choice) => choice.id === id)?.name ?? id
  const words = variant.replace(new RegExp(`^${id}-`), '').replaceAll('-', ' ')
  return `${shortNameOf(id)} ${words}`
}

/** The same subjects with a wrong name replaced by one that was proposed. */
export const replacing =
  (subjects: readonly string[]): Proposal =>
  (id, { detail }) =>
    addressWith({
      service: subjects.map((one) => (detail.includes(`"${one.split(':')[0]}"`) ? id : one)).join(','),
    })

export function Compare() {
  useAddress()
  const subjects = [...new Set(listOf('service'))].slice(0, MOST)
  const loaded = useAll<{ items: Verdict[] }>(subjects.length > 0 ? subjects.map(pathOf) : null)
  const set = (next: string[]): void => change({ service: next.join(',') })
  const onlyDiffering = query().has('differing')
  return (
    <div class="page wide">
      <Head title="Compare">Two to four services, or ways of running them, side by side.</Head>
      <div class="bar no-print">
        <Picked
          items={subjects.map((id) => ({ id, name: subjectName(id) }))}
          onRemove={(id) => set(subjects.filter((one) => one !== id))}
        />
        <Picker
          label="Add a service to compare"
          disabled={subjects.length >= MOST}
          placeholder={subjects.length >= MOST ? 'Four is the most' : 'Add a service'}
          onPick={(id) => set([...subjects, id])}
        />
        {subjects.length > 1 && (
          <label class="chip">
            <input
              type="checkbox"
              checked={onlyDiffering}
              onChange={() => change({ differing: onlyDiffering ? null : '1' })}
            />
            <span>Only where they differ</span>
          </label>
        )}
      </div>
      {subjects.length < 2 && (
        <div class="note">
          <h3>{subjects.length === 0 ? 'Nothing to compare yet' : 'One more'}</h3>
          <p>Add {subjects.length === 0 ? 'two services' : 'another service'}, or start from one of these:</p>
          <p class="chips">
            {EXAMPLES.map((list) => (
              <a key={list} class="btn" href={`/?view=compare&service=${list}`}>
                {list.split(',').map(subjectName).join(' · ')}
              </a>
            ))}
          </p>
        </div>
      )}
      {subjects.length > 0 && (
        <Answer of={loaded} what="the services" propose={replacing(subjects)}>
          {(answers) => (
            <>
              {subjects.length < MOST && <Ways subjects={subjects} answers={answers} />}
              <Table subjects={subjects} answers={answers} onlyDiffering={onlyDiffering} />
            </>
          )}
        </Answer>
      )}
    </div>
  )
}

/** The ways of running what is compared that draw the line elsewhere: no name of a service finds them. */
function Ways({ subjects, answers }: { subjects: string[]; answers: { items: Verdict[] }[] }) {
  const ways = new Map<string, string>()
  for (const { items } of answers)
    for (const { service, otherVariants } of items)
      for (const { id, name } of otherVariants) ways.set(`${service?.id}:${id}`, name)
  for (const subject of subjects) ways.delete(subject)
  if (ways.size === 0) return null
  return (
    <p class="chips small ways no-print">
      <span class="muted">Run another way:</span>
      {[...ways].slice(0, 6).map(([subject, name]) => (
        <a key={subject} class="btn" href={addressWith({ service: [...subjects, subject].join(',') })}>
          {name}
        </a>
      ))}
    </p>
  )
}

/** Those who are not with the most: where the owners are even, all of them. */
function oddOnes(cells: readonly (Verdict | undefined)[]): boolean[] {
  const count = (owner: string | undefined): number => cells.filter((cell) => cell?.owner === owner).length
  return cells.map((cell) => count(cell?.owner) * 2 <= cells.length)
}

function Table({
  subjects,
  answers,
  onlyDiffering,
}: {
  subjects: string[]
  answers: { items: Verdict[] }[]
  onlyDiffering: boolean
}) {
  // While the next answers load, those shown are of the subjects before.
  if (answers.length !== subjects.length) return null
  const rows = layerChoices().map((layer) => {
    const cells = answers.map(({ items }) => items.find((verdict) => verdict.layer.id === layer.id))
    const differs = new Set(cells.map((cell) => cell?.owner)).size > 1
    const odd = differs ? oddOnes(cells) : []
    return { layer, cells, differs, odd, leadDiffers: !differs && new Set(cells.map((cell) => cell?.lead)).size > 1 }
  })
  const differing = rows.filter(({ differs }) => differs).length
  const shown = rows.filter(({ differs }) => differs || !onlyDiffering).reverse()
  return (
    <>
      {subjects.length > 1 && (
        <p class="muted" role="status">
          {differing === 0
            ? 'The same owner on every layer.'
            : `They differ on ${differing} of ${rows.length} layers, marked with ≠; the cells that stand apart are framed.`}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section class="scroller" aria-label="Comparison" tabIndex={0}>
        <table class={`compare n${subjects.length}`}>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              {answers.map(({ items }, index) => (
                <th scope="col" key={subjects[index]}>
                  <a href={`/?view=split&service=${subjects[index]}`}>
                    {items[0]?.variant?.name ?? items[0]?.service?.name ?? subjects[index]}
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ layer, cells, differs, odd, leadDiffers }) => (
              <tr key={layer.id} class={differs ? 'differs' : ''}>
                <th scope="row">
                  <span>{layer.name}</span>
                  {differs && subjects.length > 1 && (
                    <b class="ne" title="They differ here">
                      <span aria-hidden="true">≠</span>
                      <span class="vh">differs</span>
                    </b>
                  )}
                  {leadDiffers && <span class="lead-note">≠ who leads</span>}
                </th>
                {cells.map((verdict, index) => (
                  <td key={subjects[index]} class={odd[index] ? 'odd' : undefined}>
                    {verdict && (
                      <a class="cell" href={addressWith({ at: placeOf(subjects[index] ?? '', layer.id) })}>
                        <Tile {...verdict} />
                        <span>
                          <b>{OWNER_NAMES[verdict.owner]}</b>
                          {verdict.owner === 'shared' && verdict.lead && (
                            <span class="lead-words">{`, ${verdict.lead === 'aws' ? 'AWS' : 'customer'} leads`}</span>
                          )}
                          {verdict.verified ? '' : <span class="lead-words">, not verified</span>}
                          <span class="duty-line">{verdict.duties.customer ?? verdict.duties.aws}</span>
                        </span>
                      </a>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
