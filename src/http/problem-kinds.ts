/** The kinds of problems by which a request can fail: what each means and how to mend it. */
import type { RefusalKind } from '../domain/refusal.js'

/** A kind of problem as its page under `/problems` tells of it. */
export interface Kind {
  status: number
  title: string
  meaning: string
  fix: string
}

export const PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: 'Invalid request',
    meaning: 'A parameter or the body is not of the form that the operation takes.',
    fix: 'Each entry of `errors` points at one field, quotes what was sent and says what it takes. Unknown fields are refused: leave them out.',
  },
  unauthorized: {
    status: 401,
    title: 'Not known',
    meaning: 'This is not open to strangers, or what was sent to prove who asks does not hold.',
    fix: 'Send "Authorization: Bearer" with a key of this service that is neither expired nor revoked, or with a token of its OpenID provider. Keys are made by "npm run keys -- create" and by POST /v1/keys.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    meaning: 'It is known who asks, but their key or token lacks the scope that this needs.',
    fix: 'Use a key with the scope that `detail` names. Of read, route, write and admin, each scope includes those before it.',
  },
  'not-found': {
    status: 404,
    title: 'No such path',
    meaning: 'Nothing is served under this path.',
    fix: 'Read /docs or /openapi.json for the paths that there are.',
  },
  unknown: {
    status: 404,
    title: 'Unknown name',
    meaning: 'The path is right, but no service, layer, variant, model or article goes by this name.',
    fix: 'Take one of the `suggestions`, or list what there is.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The path exists, but not with this method.',
    fix: 'Use a method of the `Allow` header.',
  },
  conflict: {
    status: 409,
    title: 'Conflict with what is stored',
    meaning: 'The write would contradict other records: a name that is taken, a thing that is still used, a tie.',
    fix: 'Each entry of `errors` says what would not hold. Change that, or the record that it names, and send again.',
  },
  'lost-race': {
    status: 409,
    title: 'Another write came first',
    meaning: 'While this write was being made, somebody else changed the same record. Nothing of it was stored.',
    fix: 'Read the record again, decide anew, and send with its new ETag.',
  },
  'in-progress': {
    status: 409,
    title: 'The same request is being answered',
    meaning: 'A request with this Idempotency-Key has come in and is not answered yet.',
    fix: 'Send it again after as many seconds as `Retry-After` says: the answer will be the same.',
  },
  'precondition-failed': {
    status: 412,
    title: 'Not the present version',
    meaning: 'The record has changed since it was read, or exists where it was to be created. Nothing was stored.',
    fix: 'Read the record again and send its ETag as `If-Match`.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Payload too large',
    meaning: 'The body is larger than the service reads.',
    fix: 'Send less at once.',
  },
  'too-slow': {
    status: 408,
    title: 'Request came too slowly',
    meaning: 'The request was not whole after the time that one may take to arrive.',
    fix: 'Send it again at once, over a better line.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Address or headers too large',
    meaning: 'The address and the headers of the request are together longer than the service reads.',
    fix: 'Ask for less at once, or send what is long as the body of a POST.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'The body is of a type that the operation does not read.',
    fix: 'Send application/json.',
  },
  ambiguous: {
    status: 422,
    title: 'Ambiguous name',
    meaning: 'Several things go by this name, and guessing could name the wrong owner.',
    fix: 'Ask again with one of the candidates.',
  },
  'key-reused': {
    status: 422,
    title: 'Idempotency-Key used for another request',
    meaning: 'This key was sent with another request in the last 24 hours. Nothing was stored.',
    fix: 'Take a new key for a new request; send the old request unchanged to get its answer again.',
  },
  'precondition-required': {
    status: 428,
    title: 'Say which version you replace',
    meaning: 'The record exists, and a write that does not say what it saw could undo the work of others.',
    fix: 'Read the record and send its ETag as `If-Match`; or send `If-None-Match: *` to create only.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'This caller has used up its requests for now.',
    fix: 'Wait for as many seconds as `Retry-After` says.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    meaning: 'The service failed in a way that it did not foresee. The fault is not yours.',
    fix: 'Try again; if it stays, report the requestId.',
  },
  unavailable: {
    status: 503,
    title: 'Not available now',
    meaning: 'The service is starting, stopping or overloaded, or what it needs for this cannot do it now.',
    fix: 'Try again after as many seconds as `Retry-After` says.',
  },
} as const satisfies Record<string, Kind>
export type ProblemKind = keyof typeof PROBLEMS

/** The domain knows no status codes; here each of its refusals gets one. An alias is no problem but a redirect. */
export const KIND_OF_REFUSAL: Record<Exclude<RefusalKind, 'alias'>, ProblemKind> = {
  unknown: 'unknown',
  ambiguous: 'ambiguous',
  invalid: 'invalid-request',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  unavailable: 'unavailable',
  conflict: 'conflict',
  unconditional: 'precondition-required',
  stale: 'precondition-failed',
  'lost-race': 'lost-race',
  'key-reused': 'key-reused',
  'in-progress': 'in-progress',
}
