/** What must never be kept or repeated, taken out of text: secrets, and what reaches a person. Pure; works on a copy. */

/** What stands in the place of what was taken out. */
const put = (what: string): string => `[${what}]`

const isCard = (text: string): boolean => {
  const digits = [...text.replaceAll(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((all, digit, i) => all + (i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0)
  return sum % 10 === 0
}

type Replace = string | ((found: string) => string)

interface Secret {
  /**
   * What stands in every text that `pattern` finds something in, cheap to look for: most texts hold none of it, and
   * are not searched. Null where the pattern itself is as cheap.
   */
  needs: string | RegExp | null
  pattern: RegExp
  replacement: Replace
}

/** In this order: what holds others comes before them. */
const SECRETS: readonly Secret[] = [
  {
    needs: '-----BEGIN',
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    replacement: put('private key'),
  },
  { needs: 'eyJ', pattern: /\beyJ[\w-]{4,}\.[\w-]{2,}(?:\.[\w-]*)?/g, replacement: put('token') },
  {
    needs: /gh[pousr]_|github_pat_|xox|glpat-|sk_live_|rm_/,
    pattern: /\b(?:gh[pousr]_|github_pat_|xox[abeprs]-|glpat-|sk_live_|rm_[0-9a-f]{12}_)[\w-]{8,}/g,
    replacement: put('token'),
  },
  {
    needs: /bearer|basic/i,
    pattern: /\b((?:Bearer|Basic)\s+)(?=\S*[\d=+/_-])[\w.~+/=-]{8,}/gi,
    replacement: `$1${put('token')}`,
  },
  { needs: /AKIA|ASIA/, pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{12,28}\b/g, replacement: put('access key') },
  {
    needs: '://',
    pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,200}@/gi,
    replacement: `$1${put('password')}@`,
  },
  {
    needs: /(?:passwor[dt]|passwd|passphrase|kennwort|pwd|pw|secret|key|token)["']?\s{0,5}[:=]/i,
    pattern:
      /((?<![a-z0-9])(?:[a-z0-9]{1,30}[_.-]){0,5}(?:passwor[dt]|passwd|passphrase|kennwort|pwd|pw|secret(?:[_-]?access)?[_-]?key|secret|api[_-]?key|(?:access[_-]?|session[_-]?|auth[_-]?)?token)["']?\s{0,5}[:=]\s{0,5})(?:"[^"]{1,2000}"?|'[^']{1,2000}'?|[^\s"',;}]{1,2000})/gi,
    replacement: `$1${put('secret')}`,
  },
  {
    needs: /[A-Za-z0-9/+]{40}/,
    pattern:
      /(?<![\w/+=-])(?=[a-z0-9/+]{0,39}[A-Z])(?=[A-Z0-9/+]{0,39}[a-z])(?=[A-Za-z/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![\w/+=-])/g,
    replacement: put('secret'),
  },
  { needs: '@', pattern: /(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, replacement: put('e-mail') },
  {
    needs: /[A-Z]{2}\d\d/,
    pattern: /\b[A-Z]{2}\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,3})?\b/g,
    replacement: put('account number'),
  },
  {
    needs: /\d(?:[ -]?\d){12}/,
    pattern: /(?<![\w/:-])\d(?:[ -]?\d){12,18}(?![\w-])/g,
    replacement: (found) => (isCard(found) ? put('card number') : found),
  },
  { needs: '+', pattern: /(?<![\w.])\+\d[\d ()/-]{6,18}\d(?!\w)/g, replacement: put('phone') },
  {
    needs: /(?:tel|phone|telefon|mobil|mobile|fon|durchwahl)[.:]{0,2}\s{0,3}[+\d]/i,
    pattern: /\b((?:tel|phone|telefon|mobil|mobile|fon|durchwahl)\b[.:]{0,2}\s{0,3})\+?\d[\d ()/-]{2,18}\d/gi,
    replacement: `$1${put('phone')}`,
  },
]

/** What none of {@link SECRETS} can do without: a text without it, as most sentences of ours are, holds no secret. */
const SUSPICIOUS = /[\d@:=]|eyJ|-----BEGIN|gh[pousr]_|github_pat_|xox|glpat-|sk_live_|rm_|bearer|basic|AKIA|ASIA/i

/** A text without secrets, e-mail addresses, and numbers of phones, cards and bank accounts. */
export function mask(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  let masked = text
  for (const { needs, pattern, replacement } of SECRETS) {
    if (typeof needs === 'string' ? !masked.includes(needs) : needs && !needs.test(masked)) continue
    masked =
      typeof replacement === 'string' ? masked.replace(pattern, replacement) : masked.replace(pattern, replacement)
  }
  return masked
}

/** A value in which every text is masked, the names of its fields left. What holds no secret is returned as it is. */
export function maskAll<T>(value: T): T {
  // Strings become strings and nothing else is touched.
  return maskNode(value) as T
}

function maskNode(node: unknown): unknown {
  if (typeof node === 'string') return mask(node)
  if (typeof node !== 'object' || node === null) return node
  const fields = node as Record<string, unknown>
  let copy: Record<string, unknown> | null = null
  for (const name of Object.keys(fields)) {
    const masked = maskNode(fields[name])
    if (masked === fields[name]) continue
    copy ??= (Array.isArray(node) ? [...node] : { ...node }) as Record<string, unknown>
    copy[name] = masked
  }
  return copy ?? node
}
