import { describe, expect, it } from 'vitest'
import { dutiesOf } from '../../src/domain/matrix.js'
import { escapeMarkup, toHtml } from '../../src/formats/html.js'
import { DISCLAIMER, dutiesTable, FILLS, LEGEND, matrixTable } from '../../src/formats/table.js'
import { seeded } from '../support/catalog.js'
import { answerOf, named, tableOf, unbalanced } from './tables.js'

const HOSTILE = `<script>alert('x')</script>" onload="y & <img src=x>`
const html = toHtml(matrixTable(answerOf({ variants: true })))

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('HTML', () => {
  it('is a complete, well-formed page without a script', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(unbalanced(html.replace(/<style>[^<]*<\/style>/, ''), ['meta', 'br'])).toEqual([])
    expect(html).not.toMatch(/<script|javascript:| on\w+=| style=/i)
  })

  it('gives every header cell its scope and the table its caption', () => {
    expect(html).toContain('<caption')
    expect(html.match(/<th(?=[ >])/g)).toHaveLength(html.match(/<th scope="(?:col|row)"/g)?.length ?? -1)
  })

  it('says in words in every cell what its colour says', () => {
    const coloured = [...html.matchAll(/<td class="[\w-]+">(.*?)<\/td>/g)].map(([, content]) => content)
    expect(coloured.length).toBeGreaterThan(1000)
    for (const content of coloured) expect(content).toMatch(/<\/b> (?:AWS|Customer|Shared: \w+ leads|Not applicable)/)
  })

  it.each(['#161616', '#000000'])('keeps %s text on the colour of every owner at contrast 7 to 1', (ink) => {
    for (const fill of Object.values(FILLS)) expect(contrast(ink, fill)).toBeGreaterThanOrEqual(7)
  })

  it('keeps its text readable on every colour in the dark, too', () => {
    const dark = /prefers-color-scheme:dark\)\{:root\{([^}]*)\}/.exec(html)?.[1] ?? ''
    const colour = (name: string): string => new RegExp(`--${name}:(#\\w{6});`).exec(dark)?.[1] ?? ''
    for (const name of ['page', 'head', ...Object.keys(FILLS)])
      expect(contrast(colour('text'), colour(name)), name).toBeGreaterThanOrEqual(4.5)
  })

  it('shows a hostile name as text wherever a name stands', () => {
    const page = toHtml({ ...matrixTable(named(HOSTILE)), title: HOSTILE, notes: [HOSTILE] })
    expect(page).not.toMatch(/<script|<img/)
    expect(page.split(escapeMarkup(HOSTILE))).toHaveLength(5)
  })

  it('links to https and to nothing else', () => {
    const links = ['https://a.example/?a=1&b="2"', 'javascript:alert(1)']
    const page = toHtml({ ...tableOf([]), rows: [[{ text: 'x' }, { text: '', links }]] })
    expect(page.match(/href="[^"]*"/g)).toEqual(['href="https://a.example/?a=1&amp;b=&quot;2&quot;"'])
  })

  it('shows the duties with their sources as links', () => {
    const layers = dutiesOf(seeded, { owner: 'customer', services: seeded.services })
    const page = toHtml(dutiesTable({ owner: 'customer', layers, revision: 7 }))
    expect(unbalanced(page.replace(/<style>[^<]*<\/style>/, ''), ['meta', 'br'])).toEqual([])
    expect(page).toContain('<a href="https://docs.aws.amazon.com/')
  })

  it('carries its legend, its disclaimer and its revision', () => {
    for (const { owner, label } of LEGEND) expect(html).toMatch(new RegExp(`<dt class="${owner}"><b>.</b> ${label}`))
    expect(html).toContain(DISCLAIMER)
    expect(html).toContain('Revision 7.')
  })
})

describe('escaped text', () => {
  it('holds no character that XML cannot', () => {
    expect(escapeMarkup('a\u0000b\u0008c\u001fd\ufffee\ud800f\ttab\n🌍')).toBe('abcdef\ttab\n🌍')
  })
})
