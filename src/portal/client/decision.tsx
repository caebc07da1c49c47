/** A routing decision: where the ticket goes, who acts, and each step that led to it. */
import { sideName, Tile } from './bits.js'
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
/** The steps by the names that a person gives them; another is told as it is. */
const STEPS: Readonly<Record<string, string>> = {
  belonging: 'About AWS?',
  service: 'Service',
  cue: 'Sign',
  layer: 'Layer',
  flip: 'Exception',
  side: 'Side',
  rule: 'Rule',
  destination: 'Destination',
}

const textOf = (named: Named | string | null | undefined): string =>
  typeof named === 'string' ? named : (named?.name ?? '')

function goesTo(destination: Decision['destination']): string {
  if (!destination) return 'Nowhere'
  const { kind, team, awsSupport } = destination
  if (team) return `${team.name} (${team.queue})`
  if (kind === 'team') return 'Your side; no team is set up for it here'
  if (kind === 'triage') return 'Triage queue'
  const { category, severity } = awsSupport ?? {}
  return `AWS Support${category ? `: ${category}` : ''}${severity ? `, severity ${severity}` : ''}`
}

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
  return (
    <article class="decision">
      <div class="statement">
        {outcome === 'routed' && nextActor && <Tile owner={nextActor} lead={null} verified />}
        <h2>
          {OUTCOMES[outcome]}
          {outcome === 'routed' && nextActor && `: ${sideName(nextActor)} acts`}
        </h2>
      </div>
      <dl class="pairs">
        <div>
          <dt>Goes to</dt>
          <dd>{goesTo(destination)}</dd>
        </div>
        {owner && (
          <div>
            <dt>Whose layer</dt>
            <dd>{WHO[owner]}</dd>
          </div>
        )}
        {nextActor && outcome !== 'routed' && (
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
                <b>{STEPS[step] ?? step}</b>
                <span>
                  {found && <code>{found}</code>} {because}
                  {evidence?.text && (
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
