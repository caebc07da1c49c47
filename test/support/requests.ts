/** Requests made from the OpenAPI document: valid, valid but for one thing, and hostile. */
import fc from 'fast-check'
import { type Document, type Endpoint, follow, type Parameter, type Schema } from './document.js'

export interface Asked {
  kind: 'valid' | 'nearly' | 'hostile'
  /** With the query, as it goes over the wire. */
  target: string
  headers: Record<string, string>
  body: string | null
  /** Whether the path may lead to another route, or to none. */
  astray: boolean
}

/** Every text of the document's examples: what is known to name something. */
export function textsIn(document: Document): string[] {
  const texts = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length <= 200) texts.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, child] of Object.entries(node)) key === 'example' ? collect(child) : visit(child)
  }
  visit(document)
  return [...texts]
}

/** What has broken services before ours. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\u0001\u001b[31m\u007f',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '..',
  '.',
  '/',
  '%2e%2e%2f',
  "'; DROP TABLE services; --",
  '" OR 1=1 --',
  '<script>alert(1)</script>',
  '=cmd|"/c calc"!A1',
  '$' + '{jndi:ldap://x/a}',
  '{{7*7}}',
  '\ud800',
  '\udfff\ud800',
  '\ufeff\u202e\u200b',
  'a'.repeat(300),
  'a-'.repeat(600),
  '💥'.repeat(90),
  'e\u0301'.repeat(120),
  'İstanbul ß ﬁ',
  '-1',
  '0',
  '1e309',
  'NaN',
  '9007199254740993',
  '99999999999999999999',
  'null',
  'true',
  '[]',
  '*',
  '0x10',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-20T00:00:00Z',
  'arn:aws:::::',
  `arn:aws:s3:::${':'.repeat(200)}`,
  'AWS::::',
]
const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('x', ' ', '(', '\u0000', 'ab ', '日').map((unit) => unit.repeat(6000)),
)
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  fc.constantFrom<unknown>(null, true, -1, 0.1, 1e308, -0, 2 ** 53, 2 ** 31, [], {}, [[]], [null], { length: 1 }),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__":{"admin":true}}'), JSON.parse('{"constructor":{"prototype":{}}}')),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
)
/** Bodies that are no JSON of an ordinary kind; written by hand, since JSON.stringify would never. */
const hostileBody = fc.constantFrom(
  '',
  '{',
  'nul',
  '"text"',
  '[]',
  'null',
  '1',
  '{"a":1e999}',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '\ufeff{}',
  '{"a":"\u0000"}',
  '{"\\ud800":"\\udfff"}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `{"a":"${'x'.repeat(1_100_000)}"}`,
  `{${Array.from({ length: 5000 }, (_, index) => `"k${index}":1`).join(',')}}`,
  `{"items":[${'{},'.repeat(5000)}{}]}`,
  '------a\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n------a--',
  'payload=%7B%7D&__proto__=1&a[b]=c',
)
/** Bytes in an address that no encoder would write. */
const rawText = fc.constantFrom(
  '%',
  '%zz',
  '%00',
  '%0d%0a',
  '%c0%af',
  '%ed%a0%80',
  '%ff%fe',
  '%2e%2e%2f',
  '..%2f..',
  '%u0041',
)

/** Header values that HTTP can carry: anything else never leaves a client. */
const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc
  .record(
    {
      'if-match': fc.constantFrom(
        '',
        '*',
        '"',
        '""',
        'W/"a"',
        '"a","b"',
        'a'.repeat(4000),
        ','.repeat(600),
        '"\u00ff"',
      ),
      'if-none-match': fc.constantFrom('', '*', '"', 'W/"a", "b"', ','.repeat(600), '"\u00ff"'),
      'idempotency-key': fc.constantFrom(
        '',
        '__proto__',
        "'; --",
        'k'.repeat(200),
        'k'.repeat(4000),
        '\u00e9\u00ff',
        'same',
      ),
      accept: fc.constantFrom(
        '',
        '*/*',
        'text/csv',
        'text/html;q=abc',
        ';;;q=',
        'application/xml',
        '\u00ff',
        'a/b,'.repeat(900),
      ),
      'accept-encoding': fc.constantFrom('', 'gzip', 'br', 'gzip;q=0', 'identity;q=0'),
      'content-type': fc.constantFrom(
        '',
        'application/xml',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=----a',
        'application/json; charset=utf-16',
        'application/json;;;=',
        'application/problem+json',
        '__proto__',
      ),
      authorization: fc.constantFrom(
        '',
        'Bearer',
        'Basic YTpi',
        'Bearer a.b.c',
        `Bearer ${'x'.repeat(6000)}`,
        'Bearer \u00ff',
      ),
      'x-request-id': fc.constantFrom('', 'a'.repeat(4000), '<b>', '\u00ff'),
      traceparent: fc.constantFrom('', '00-0-0-0', 'z'.repeat(500)),
      'x-forwarded-for': fc.constantFrom('', '::1', 'a, b, c', '999.1.1.1'),
      'x-http-method-override': fc.constant('DELETE'),
      range: fc.constant('bytes=0-1,5-'),
    },
    { requiredKeys: [] },
  )
  .map((headers) => Object.fromEntries(Object.entries(headers)) as Record<string, string>)

/** What a schema of the document takes, drawn in part from what its examples name. */
function createValues(document: Document, texts: readonly string[]) {
  const named = new Map<string, fc.Arbitrary<unknown>>()
  const textOf = ({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> => {
    const fits = (text: string): boolean =>
      text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern).test(text))
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    if (format === 'date') return day.map((date) => date.toISOString().slice(0, 10))
    if (format === 'date-time') return day.map((date) => date.toISOString())
    if (format === 'uri') return fc.webUrl().filter(fits)
    const known = texts.filter(fits)
    const free = pattern
      ? fc.stringMatching(new RegExp(pattern), { maxLength: Math.min(maxLength, 60) }).filter(fits)
      : fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)), unit: 'grapheme' }).filter(fits)
    return known.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, free) : free
  }
  const objectOf = ({
    properties,
    required = [],
    additionalProperties,
    propertyNames,
  }: Schema): fc.Arbitrary<unknown> => {
    if (!properties)
      return fc.dictionary(
        propertyNames ? textOf(propertyNames) : fc.string({ maxLength: 20 }),
        typeof additionalProperties === 'object' ? valuesOf(additionalProperties) : fc.jsonValue({ maxDepth: 2 }),
        { maxKeys: 3 },
      )
    const entries = Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)] as const)
    return fc.record(Object.fromEntries(entries), { requiredKeys: required, noNullPrototype: true })
  }
  const valuesOf = (schema: Schema): fc.Arbitrary<unknown> => {
    if (schema.$ref) {
      const ref = schema.$ref
      const made = named.get(ref) ?? valuesOf(follow(document, ref))
      named.set(ref, made)
      return made
    }
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf))
    const { minimum = -1e9, maximum = 1e9, minItems = 0, maxItems = 3 } = schema
    switch (schema.type) {
      case 'string':
        return textOf(schema)
      case 'integer':
        return fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) })
      case 'number':
        return fc.double({ min: minimum, max: maximum, noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(valuesOf(schema.items ?? {}), {
          minLength: minItems,
          maxLength: Math.min(maxItems, minItems + 2),
        })
      case 'object':
        return objectOf(schema)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }
  return valuesOf
}

/** The paths to every value within one. */
function* placesIn(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  yield at
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) yield* placesIn(child, [...at, key])
}

/** The same value with another at one place in it; with nothing there where `to` is undefined. */
function replaceAt(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      if (String(index) !== key) return [item]
      const made = replaceAt(item, rest, to)
      return made === undefined ? [] : [made]
    })
  const entries = Object.entries(value as object).flatMap(([name, child]): [string, unknown][] => {
    if (name !== key) return [[name, child]]
    const made = replaceAt(child, rest, to)
    return made === undefined ? [] : [[name, made]]
  })
  // `fromEntries` defines: a `__proto__` stays a field.
  return Object.fromEntries(entries)
}

const EXTRA = Symbol('one field more')
/** What a field is spoilt with: nothing there, another type, too long, out of its range, a stranger beside it. */
const spoiling: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, EXTRA, null, 7, true, [], {}, '', 'x'.repeat(5000), -1, 0.5, 1e12),
  fc.constantFrom('Not An Id', 'no-such-thing', 'two  spaces', '2026-13-01'),
)

function spoilt(value: unknown, pick: number, by: unknown): unknown {
  const places = [...placesIn(value)]
  const place = places[pick % places.length] ?? []
  if (by !== EXTRA) return replaceAt(value, place, by)
  return typeof value === 'object' && value !== null ? { ...value, nosuch: 1 } : by
}

interface Parts {
  params: Record<string, string>
  query: [string, string][]
  body: unknown
  headers: Record<string, string>
}

/** Requests to one operation; `keys` are the values of `Authorization` that are tried, of strangers and of others. */
export function requestsTo(
  endpoint: Endpoint,
  { document, texts, keys }: { document: Document; texts: readonly string[]; keys: readonly (string | null)[] },
): fc.Arbitrary<Asked> {
  const valuesOf = createValues(document, texts)
  const parameters = endpoint.parameters ?? []
  const of = (where: Parameter['in']): Parameter[] => parameters.filter((parameter) => parameter.in === where)
  const textOf = ({ schema, example }: Parameter): fc.Arbitrary<string> => {
    const any = valuesOf(schema).map(String)
    return example === undefined ? any : fc.oneof(fc.constant(String(example)), any)
  }
  const fieldsOf = (where: Parameter['in']): fc.Arbitrary<Record<string, string>> => {
    const fields = of(where)
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, textOf(field)])), {
      requiredKeys: fields.flatMap(({ name, required }) => (required ? [name] : [])),
      noNullPrototype: true,
    }) as fc.Arbitrary<Record<string, string>>
  }
  const content = endpoint.requestBody?.content['application/json']
  const body: fc.Arbitrary<unknown> = content
    ? fc.oneof({ weight: 2, arbitrary: fc.constant(content.example) }, valuesOf(content.schema))
    : fc.constant(undefined)
  const good: fc.Arbitrary<Parts> = fc.record({
    params: fieldsOf('path'),
    query: fieldsOf('query').map((query) => Object.entries(query)),
    body,
    headers: fieldsOf('header').map((headers) =>
      // What HTTP cannot carry in a header never leaves a client.
      Object.fromEntries(Object.entries(headers).filter(([, value]) => /^[\x21-\x7e][\x20-\x7e]*$/.test(value))),
    ),
  })

  const write = (
    kind: Asked['kind'],
    { params, query, body, headers }: Parts,
    key: string | null,
    {
      path,
      search,
      text,
      astray = false,
    }: { path?: string; search?: string; text?: string | null; astray?: boolean } = {},
  ): Asked => {
    const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => path ?? encode(params[name] ?? ''))
    const asked = search ?? query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
    const sent = text === undefined ? (body === undefined ? null : JSON.stringify(body)) : text
    return {
      kind,
      target: asked === '' ? filled : `${filled}?${asked}`,
      headers: {
        ...(sent === null ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { authorization: key }),
        ...headers,
      },
      body: sent,
      astray,
    }
  }

  const key = fc.constantFrom(...keys)
  const valid = fc.tuple(good, key).map(([parts, sent]) => write('valid', parts, sent))
  const nearly = fc.tuple(good, key, fc.nat(), spoiling, fc.nat(2)).map(([parts, sent, pick, by, where]) => {
    const text = typeof by === 'string' ? by : JSON.stringify(by === EXTRA ? 'x' : (by ?? ''))
    if (where === 0 && content) return write('nearly', { ...parts, body: spoilt(parts.body, pick, by) }, sent)
    const one = parts.query[pick % Math.max(1, parts.query.length)]
    if (where === 1 && one && by !== EXTRA)
      return write(
        'nearly',
        { ...parts, query: parts.query.map((entry) => (entry === one ? [one[0], text] : entry)) },
        sent,
      )
    const [first] = of('path')
    if (where === 2 && first)
      return write('nearly', { ...parts, params: { ...parts.params, [first.name]: text } }, sent, { astray: true })
    return write('nearly', { ...parts, query: [...parts.query, one ?? ['nosuch', text]] }, sent)
  })
  const hostile = fc
    .tuple(good, key, fc.nat(), fc.nat(5), hostileText, hostileValue, hostileBody, hostileHeaders, rawText)
    .map(([parts, sent, pick, where, text, value, raw, headers, bytes]) => {
      const odd = { ...parts, headers: { ...parts.headers, ...headers } }
      const [first] = of('path')
      if (where === 0 && content) return write('hostile', { ...parts, body: spoilt(parts.body, pick, value) }, sent)
      if (where === 1 && content) return write('hostile', odd, sent, { text: raw })
      if (where === 2 && first) return write('hostile', parts, sent, { path: encode(text), astray: true })
      if (where === 3 && first) return write('hostile', parts, sent, { path: bytes, astray: true })
      const names = [...of('query').map(({ name }) => name), '__proto__', 'constructor', text.slice(0, 20)]
      const name = encode(names[pick % names.length] ?? '')
      // One name, asked twice, nested, in bytes that no encoder writes.
      if (where === 4)
        return write('hostile', parts, sent, { search: `${name}=${encode(text)}&${name}=${bytes}&${name}[a]=1&&=` })
      return write('hostile', odd, sent)
    })
  return fc.oneof({ weight: 3, arbitrary: valid }, { weight: 3, arbitrary: nearly }, { weight: 4, arbitrary: hostile })
}

/** Lone surrogates, which `encodeURIComponent` refuses, go as the bytes that a careless encoder writes. */
const encode = (text: string): string =>
  isWellFormed(text)
    ? encodeURIComponent(text)
    : [...text].map((one) => (isWellFormed(one) ? encodeURIComponent(one) : '%ED%A0%80')).join('')

const isWellFormed = (text: string): boolean => Buffer.from(text, 'utf8').toString('utf8') === text
