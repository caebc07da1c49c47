/** A try-out of ticket routing: what would be done with this ticket, and why. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Problem, post, problemOf } from './api.js'
import { Failure, Head, Loading } from './bits.js'
import { type Decision, Result } from './decision.js'

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

export function Route() {
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [decision, setDecision] = useState<Decision | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const answer = useRef<HTMLDivElement>(null)
  // Where the form fills the screen, what it leads to is below it
  useEffect(() => {
    if ((decision || problem) && answer.current && answer.current.getBoundingClientRect().top > innerHeight - 160)
      answer.current.scrollIntoView({ block: 'start' })
  }, [decision, problem])

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
        <div ref={answer} aria-live="polite">
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
