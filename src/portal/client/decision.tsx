/** A routing decision: where the ticket goes, who acts, and each step that led to it. */
import { Card } from './card.js'
import type { Side, Verdict } from './types.js'

interface Named {
  id: string
  name: string
}

/** The answer of `POST /v1/tickets/route`. */
export interface Decision {
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

export function Result({ decision }: { decision: Decision }) {
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
