/** What must never be kept or repeated, taken out of text: secrets, and what reaches a person. Pure; works on a copy. */

/** What stands in the place of what was taken out. */
const put = (what: string): string => `[${what}]`

const isCard = (text: string): boolean => {
  const digits = [...text.replaceAll(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((all, digit, i) => all + (i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0)
  return sum % 10 === 0
}

type Replace = string | ((found: string) => string)

/** In this order: what holds others comes before them. */
const PATTERNS: readonly [RegExp, Replace][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, put('private key')],
  [/\beyJ[\w-]{4,}\.[\w-]{2,}(?:\.[\w-]*)?/g, put('token')],
  [/\b(?:gh[pousr]_|github_pat_|xox[abeprs]-|glpat-|sk_live_|rm_[0-9a-f]{12}_)[\w-]{8,}/g, put('token')],
  [/\b((?:Bearer|Basic)\s+)(?=\S*[\d=+/_-])[\w.~+/=-]{8,}/gi, `$1${put('token')}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,28}\b/g, put('access key')],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,200}@/gi, `$1${put('password')}@`],
  [
    /((?<![a-z0-9])(?:[a-z0-9]{1,30}[_.-]){0,5}(?:passwor[dt]|passwd|passphrase|kennwort|pwd|pw|secret(?:[_-]?access)?[_-]?key|secret|api[_-]?key|(?:access[_-]?|session[_-]?|auth[_-]?)?token)["']?\s{0,5}[:=]\s{0,5})(?:"[^"]{1,2000}"?|'[^']{1,2000}'?|[^\s"',;}]{1,2000})/gi,
    `$1${put('secret')}`,
  ],
  [
    /(?<![\w/+=-])(?=[a-z0-9/+]{0,39}[A-Z])(?=[A-Z0-9/+]{0,39}[a-z])(?=[A-Za-z/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![\w/+=-])/g,
    put('secret'),
  ],
  [/(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, put('e-mail')],
  [/\b[A-Z]{2}\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,3})?\b/g, put('account number')],
  [/(?<![\w/:-])\d(?:[ -]?\d){12,18}(?![\w-])/g, (found) => (isCard(found) ? put('card number') : found)],
  [/(?<![\w.])\+\d[\d ()/-]{6,18}\d(?!\w)/g, put('phone')],
  [
    /\b((?:tel|phone|telefon|mobil|mobile|fon|durchwahl)\b[.:]{0,2}\s{0,3})\+?\d[\d ()/-]{2,18}\d/gi,
    `$1${put('phone')}`,
  ],
]

/** A text without secrets, e-mail addresses, and numbers of phones, cards and bank accounts. */
export function mask(text: string): string {
  let masked = text
  for (const [pattern, replacement] of PATTERNS)
    masked =
      typeof replacement === 'string' ? masked.replace(pattern, replacement) : masked.replace(pattern, replacement)
  return masked
}

/** A copy of a value in which every text is masked, the names of its fields left. */
export function maskAll<T>(value: T): T {
  const copy = (node: unknown): unknown => {
    if (typeof node === 'string') return mask(node)
    if (Array.isArray(node)) return node.map(copy)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, copy(child)]))
  }
  // Strings become strings and nothing else is touched.
  return copy(value) as T
}
