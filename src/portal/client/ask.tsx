/** A question in plain words, and the answer of the API with its sources, or its question back. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Problem, post, problemOf } from './api.js'
import { Failure, Head, Loading, OwnerMark, placeName, useAddress } from './bits.js'
import { Card, hrefOf, keyOf, relatedHref } from './card.js'
import { change, query } from './state.js'
import type { Verdict } from './types.js'

interface Context {
  service?: string
  layer?: string
  variant?: string
}

/** One way of reading the question; what of the context it would settle. */
interface Option extends Context {
  id?: string
  name?: string
  label?: string
  text?: string
  kind?: string
  context?: Context
}

interface AskAnswer {
  reply: string
  intent: string
  confidence: number
  verdict: Verdict | null
  verdicts: Verdict[]
  clarify: { question: string; options: (Option | string)[] } | null
  related: { kind: string; id: string; title: string }[]
  revision: number
}

interface Turn {
  question: string
  answer: AskAnswer | null
  problem: Problem | null
}

const EXAMPLES = [
  'Who patches the operating system of RDS?',
  'Do I have to back up DynamoDB?',
  'Is S3 encrypted by default?',
  'Who rotates the keys of EBS volumes?',
]

const contextOf = (option: Option | string): Context => {
  if (typeof option === 'string') return {}
  const { service, layer, variant, context, kind, id } = option
  const own = { ...(service && { service }), ...(layer && { layer }), ...(variant && { variant }), ...context }
  return Object.keys(own).length === 0 && id && (kind === 'service' || kind === 'layer' || kind === 'variant')
    ? { [kind]: id }
    : own
}
const nameOf = (option: Option | string): string =>
  typeof option === 'string' ? option : (option.name ?? option.label ?? option.text ?? option.id ?? '')

export function Ask() {
  useAddress()
  const [turns, setTurns] = useState<Turn[]>([])
  const [context, setContext] = useState<Context>({})
  const [about, setAbout] = useState('')
  const [busy, setBusy] = useState<string | null>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const asked = query().get('question')
  const [text, setText] = useState(asked ?? '')

  const ask = async (question: string, given: Context): Promise<void> => {
    setBusy(question)
    let turn: Turn
    try {
      const body = { question, ...(Object.keys(given).length > 0 ? { context: given } : {}) }
      turn = { question, answer: await post<AskAnswer>('/v1/ask', body), problem: null }
    } catch (error) {
      turn = { question, answer: null, problem: problemOf(error) }
    }
    const verdict = turn.answer?.verdict
    setContext({
      ...given,
      ...(verdict?.service && { service: verdict.service.id }),
      ...(verdict?.variant && { variant: verdict.variant.id }),
    })
    if (verdict?.service) setAbout(verdict.variant?.name ?? verdict.service.name)
    setTurns((before) => [turn, ...before])
    setBusy(null)
  }
  // A question in the address is asked once, on arrival
  useEffect(() => {
    if (asked) void ask(asked, {})
    else input.current?.focus({ preventScroll: true })
  }, [])

  const submit = (event: JSX.TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const question = text.trim()
    if (!question || busy) return
    change({ question }, { replace: true })
    void ask(question, context)
  }
  const forget = (): void => {
    setTurns([])
    setContext({})
    setAbout('')
    setText('')
    change({ question: null }, { replace: true })
    input.current?.focus()
  }
  return (
    <div class="page">
      <Head title="Ask">Who owns what, in your own words. The same answer as the API gives, with its sources.</Head>
      <form class="line ask" onSubmit={submit}>
        <label class="grow">
          <span class="vh">Your question</span>
          <textarea
            ref={input}
            class="field big"
            data-find
            rows={1}
            maxLength={2000}
            enterkeyhint="send"
            placeholder="Who patches the operating system of RDS?"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
              event.preventDefault()
              event.currentTarget.form?.requestSubmit()
            }}
          />
        </label>
        <button class="btn primary" type="submit" disabled={busy !== null || !text.trim()}>
          Ask
        </button>
      </form>
      {turns.length > 0 && (
        <p class="muted line">
          <span class="grow">{about && `Talking about ${about}.`}</span>
          <button type="button" class="quiet" onClick={forget}>
            Start anew
          </button>
        </p>
      )}
      {turns.length === 0 && !busy && (
        <p class="chips">
          {EXAMPLES.map((question) => (
            <button
              key={question}
              type="button"
              class="btn"
              onClick={() => {
                setText(question)
                change({ question }, { replace: true })
                void ask(question, {})
              }}
            >
              {question}
            </button>
          ))}
        </p>
      )}
      <div aria-live="polite">
        {busy && <Loading what={`the answer to “${busy}”`} />}
        {turns.map((turn, index) => (
          <article key={turns.length - index} class="turn">
            <h2>{turn.question}</h2>
            {turn.problem && <Failure problem={missing(turn.problem)} />}
            {turn.answer && (
              <Reply
                answer={turn.answer}
                onOption={(option) => void ask(turn.question, { ...context, ...contextOf(option) })}
                onText={(text) => void ask(text, context)}
              />
            )}
          </article>
        ))}
      </div>
    </div>
  )
}

/** A server without the operation answers that there is no such path; people are told in their own terms. */
const missing = (problem: Problem): Problem =>
  problem.status === 404 && problem.title === 'No such path'
    ? { ...problem, title: 'Not offered here', detail: 'This server does not answer questions in plain words.' }
    : problem

/** The reply without the question that is shown, with its choices, right below it. */
const wordsOf = ({ reply, clarify }: AskAnswer): string =>
  clarify && reply.endsWith(clarify.question) ? reply.slice(0, -clarify.question.length).trim() : reply

/** Addresses in a text as links that are called by their last part. */
const Linked = ({ text }: { text: string }) => (
  <>
    {text.split(/(https:\/\/[^\s)]+[^\s).,;])/).map((part, index) =>
      index % 2 === 0 ? (
        part
      ) : (
        <a key={part} href={part} target="_blank" rel="noreferrer">
          {placeName(part).reverse().find(Boolean)}
        </a>
      ),
    )}
  </>
)

function Reply({
  answer,
  onOption,
  onText,
}: {
  answer: AskAnswer
  onOption: (option: Option) => void
  onText: (text: string) => void
}) {
  const { reply, verdict, verdicts, clarify, related, intent } = answer
  const words = wordsOf(answer)
  const others = verdicts.filter((one) => one !== verdict && keyOf(one) !== (verdict && keyOf(verdict)))
  return (
    <>
      {intent === 'not-about-this' ? (
        <div class="note">
          <h3>Not about this</h3>
          <p>{reply}</p>
        </div>
      ) : (
        words && (
          <p class="reply">
            <Linked text={words} />
          </p>
        )
      )}
      {clarify && (
        <div class="note ask-back">
          <h3>{clarify.question}</h3>
          <p class="chips">
            {clarify.options.map((option) => (
              <button
                key={nameOf(option)}
                type="button"
                class="btn"
                onClick={() => (typeof option === 'string' ? onText(option) : onOption(option))}
              >
                {nameOf(option)}
              </button>
            ))}
          </p>
        </div>
      )}
      {verdict && <Card verdict={verdict} />}
      {others.length > 0 && clarify && <h3>Where nothing else is said</h3>}
      {others.length > 0 && (
        <ul class="rows">
          {others.map((one) => (
            <li key={keyOf(one)}>
              <a href={hrefOf(one)}>{`${one.service?.name ?? 'In general'}, ${one.layer.name}`}</a>
              <OwnerMark {...one} />
            </li>
          ))}
        </ul>
      )}
      {related.length > 0 && (
        <p class="chips small">
          {related.map(({ kind, id, title }) => (
            <a key={kind + id} class="btn" href={relatedHref(kind, id)}>
              {title}
            </a>
          ))}
        </p>
      )}
      {verdict && (
        <p class="muted">
          Confidence {Math.round(answer.confidence * 100)} %, revision {answer.revision}.
        </p>
      )}
    </>
  )
}
