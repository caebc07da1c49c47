/** A try-out of ticket routing: what would be done with this ticket, and why. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { type Problem, post, problemOf } from './api.js'
import { Card } from './ask.js'
import { Failure, Head, Loading } from './bits.js'
import type { Side, Verdict } from './types.js'

interface Named {
  id: string
  name: string
}

interface Decision {
  decisionId: string | null
  outcome: 'routed' | 'needs-triage' | 'not-aws'
  owner: Side | 'shared' | null
  nextActor: Side | null
  openAwsCase: boolean
  destination: {
    kind: 'team' | 'aws-support' | 'triage'
    team: { id: string; name: string; queue: string } | null
    awsSupport: { category?: string; severity?: string; service?: string } | null
  } | null
  service: Named | null
  layer: Named | null
  confidence: number
  verdict: Verdict | null
  explanation: {
    step: string
    found: string | null
    because: string
    evidence?: { field: string; text: string } | null
  }[]
  alternatives: {
    service?: Named | string | null
    layer?: Named | string | null
    owner?: string
    confidence?: number
  }[]
  nextActions: string[]
  rule: Named | string | null
  revision: number
}

type Draft = Record<'title' | 'description' | 'resource' | 'labels' | 'environment', string>
const EMPTY: Draft = { title: '', description: '', resource: '', labels: '', environment: '' }

const EXAMPLES: readonly { name: string; draft: Draft }[] = [
  {
    name: 'An OS update that is pending',
    draft: {
      ...EMPTY,
      title: 'orders-db: pending OS update has not been applied',
      description: 'The maintenance window passed last night and the instance still shows an available OS update.',
      resource: 'arn:aws:rds:eu-west-1:111122223333:db:orders-db',
    },
  },
  {
    name: 'A host that AWS retires',
    draft: {
      ...EMPTY,
      title: 'EC2 instance scheduled for retirement',
      description:
        'AWS Health says that the underlying hardware of i-0abc1234 is degrading and the instance will be retired.',
      resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc1234',
    },
  },
  {
    name: 'A bucket that is public',
    draft: {
      ...EMPTY,
      title: 'S3 bucket allows public read access',
      description: 'Security Hub S3.8: Block Public Access is off on reports-prod.',
      resource: 'arn:aws:s3:::reports-prod',
      labels: 'security',
    },
  },
  {
    name: 'Not about AWS',
    draft: { ...EMPTY, title: 'Coffee machine on floor 3 leaks', description: 'There is water all over the kitchen.' },
  },
]

const OUTCOMES: Readonly<Record<Decision['outcome'], string>> = {
  routed: 'Routed',
  'needs-triage': 'Needs a person',
  'not-aws': 'Not a matter of AWS',
}
const WHO: Readonly<Record<string, string>> = {
  aws: 'AWS',
  customer: 'The customer',
  shared: 'Shared',
  'not-applicable': 'Nobody',
}
const textOf = (named: Named | string | null | undefined): string =>
  typeof named === 'string' ? named : (named?.name ?? '')

export function Route() {
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [decision, setDecision] = useState<Decision | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  const route = async (draft: Draft): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const labels = draft.labels
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean)
    const filled = Object.entries({ ...draft, labels: '' }).filter(([, value]) => value.trim() !== '')
    try {
      setDecision(
        await post<Decision>('/v1/tickets/route', {
          ...Object.fromEntries(filled),
          ...(labels.length > 0 ? { labels } : {}),
        }),
      )
    } catch (error) {
      const problem = problemOf(error)
      setDecision(null)
      setProblem(
        problem.status === 404 && problem.title === 'No such path'
          ? { ...problem, title: 'Not offered here', detail: 'This server does not route tickets.' }
          : problem,
      )
    }
    setBusy(false)
  }
  const field = (name: keyof Draft) => ({
    name,
    value: draft[name],
    onInput: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  })
  return (
    <div class="page wide">
      <Head title="Route a ticket">
        A try-out: where this ticket would go, who must act, and why. It changes no ticket.
      </Head>
      <p class="chips">
        {EXAMPLES.map(({ name, draft }) => (
          <button
            key={name}
            type="button"
            class="btn"
            onClick={() => {
              setDraft(draft)
              void route(draft)
            }}
          >
            {name}
          </button>
        ))}
      </p>
      <div class="two even">
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault()
            void route(draft)
          }}
        >
          <label>
            Title
            <input class="field" required maxLength={1000} {...field('title')} />
          </label>
          <label>
            Description
            <textarea class="field" maxLength={10_000} rows={5} {...field('description')} />
          </label>
          <label>
            Resource <span class="muted">an ARN or a type, if the ticket has one</span>
            <input class="field mono" maxLength={2048} spellcheck={false} {...field('resource')} />
          </label>
          <div class="line">
            <label class="grow">
              Labels <span class="muted">with commas</span>
              <input class="field" maxLength={1000} {...field('labels')} />
            </label>
            <label class="grow">
              Environment
              <input class="field" maxLength={200} {...field('environment')} />
            </label>
          </div>
          <p>
            <button class="btn primary" type="submit" disabled={busy || !draft.title.trim()}>
              Route it
            </button>
          </p>
        </form>
        <div aria-live="polite">
          {busy && <Loading what="the decision" />}
          {!busy && problem && <Failure problem={problem} />}
          {!busy && decision && <Result decision={decision} />}
          {!busy && !problem && !decision && (
            <p class="note">The decision appears here, with each step that led to it.</p>
          )}
        </div>
      </div>
    </div>
  )
}

function Result({ decision }: { decision: Decision }) {
  const {
    outcome,
    owner,
    nextActor,
    openAwsCase,
    destination,
    confidence,
    explanation,
    alternatives,
    nextActions,
    rule,
  } = decision
  const team = destination?.team
  const support = destination?.awsSupport
  return (
    <article class="decision">
      <h2 class={`outcome ${outcome}`}>{OUTCOMES[outcome]}</h2>
      <dl class="pairs">
        <div>
          <dt>Goes to</dt>
          <dd>
            {team
              ? `${team.name} (${team.queue})`
              : destination?.kind === 'aws-support'
                ? `AWS Support${support?.category ? `: ${support.category}` : ''}${support?.severity ? `, severity ${support.severity}` : ''}`
                : destination
                  ? 'Triage queue'
                  : 'Nowhere'}
          </dd>
        </div>
        {owner && (
          <div>
            <dt>Whose layer</dt>
            <dd>{WHO[owner]}</dd>
          </div>
        )}
        {nextActor && (
          <div>
            <dt>Who acts now</dt>
            <dd>{WHO[nextActor]}</dd>
          </div>
        )}
        <div>
          <dt>AWS case</dt>
          <dd>{openAwsCase ? 'Open one' : 'Not needed'}</dd>
        </div>
        {rule && (
          <div>
            <dt>Rule</dt>
            <dd>{textOf(rule)}</dd>
          </div>
        )}
        <div>
          <dt>Confidence</dt>
          <dd>{Math.round(confidence * 100)} %</dd>
        </div>
      </dl>
      {nextActions.length > 0 && (
        <section>
          <h3>What to do next</h3>
          <ol class="bullets">
            {nextActions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        </section>
      )}
      {explanation.length > 0 && (
        <section>
          <h3>How it was decided</h3>
          <ol class="steps">
            {explanation.map(({ step, found, because, evidence }) => (
              <li key={step + because}>
                <b>{step}</b>
                <span>
                  {found && <code>{found}</code>} {because}
                  {evidence && (
                    <span class="evidence">
                      {evidence.field}: <q>{evidence.text}</q>
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {alternatives.length > 0 && (
        <section>
          <h3>What else it could be</h3>
          <ul class="rows">
            {alternatives.map((one, index) => (
              // An alternative has no id, and the list is drawn once
              <li key={index}>
                <span>{[textOf(one.service), textOf(one.layer)].filter(Boolean).join(', ')}</span>
                <span class="muted">
                  {one.confidence === undefined ? WHO[one.owner ?? ''] : `${Math.round(one.confidence * 100)} %`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {decision.verdict && <Card verdict={decision.verdict} />}
    </article>
  )
}
