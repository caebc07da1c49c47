/** The Atlassian Document Format as plain text. */
import { isRecord } from './read.js'

/** Nodes that stand on lines of their own; all others flow. */
const BLOCKS = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'blockquote',
  'listItem',
  'taskItem',
  'decisionItem',
  'tableRow',
  'rule',
  'panel',
  'expand',
  'mediaSingle',
  'blockCard',
  'embedCard',
])

/** Deeper than any document that a person writes. */
const MAX_DEPTH = 50

/** The text of a document: words, mentions, cards and links, a line for each block. Nothing for what is no document. */
export function textOfAdf(node: unknown, depth = 0): string {
  if (!isRecord(node) || depth > MAX_DEPTH) return ''
  const { type, text, attrs, content } = node
  if (type === 'text' && typeof text === 'string') return text
  if (type === 'hardBreak') return '\n'
  const own = isRecord(attrs) ? (attrs.text ?? attrs.url ?? attrs.shortName) : undefined
  const inner = Array.isArray(content) ? content.map((child) => textOfAdf(child, depth + 1)) : []
  const joined = (type === 'tableRow' ? inner.map((cell) => cell.trim()).join(' | ') : inner.join('')) || own
  const body = typeof joined === 'string' ? joined : ''
  if (type === 'doc') return body.replace(/\n{2,}/g, '\n').trim()
  return BLOCKS.has(String(type)) && body !== '' ? `${body}\n` : body
}
