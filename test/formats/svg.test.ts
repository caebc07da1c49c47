import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/domain/refusal.js'
import { MOST_COLUMNS, toSvg } from '../../src/formats/svg.js'
import { LEGEND } from '../../src/formats/table.js'
import { seeded } from '../support/catalog.js'
import { answerOf, named, unbalanced } from './tables.js'

const most = seeded.services.slice(0, MOST_COLUMNS).map(({ id }) => id)

describe.each([
  ['one service', ['rds']],
  ['three services', ['ec2', 'rds', 's3']],
  ['as many as fit', most],
])('the picture of %s', (_name, ids) => {
  const answer = answerOf({ ids })
  const svg = toSvg(answer)
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(
    ([, x, y, content = '']) => ({ x: Number(x), y: Number(y), content }),
  )

  it('is well formed and carries nothing that runs or loads', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(unbalanced(svg)).toEqual([])
    expect(svg).not.toMatch(/<script|<style|<image|<foreignObject|href=| on\w+=/i)
  })

  it('names every layer, from the bottom of the stack up', () => {
    const heights = seeded.layers.map(({ name }) => texts.find(({ content }) => content === name)?.y)
    expect(heights).not.toContain(undefined)
    expect(heights).toEqual(heights.toSorted((a, b) => Number(b) - Number(a)))
  })

  it('letters every cell by its owner and marks what is not verified', () => {
    const drawn = (letter: string): number => texts.filter(({ content }) => content === letter).length
    const cells = answer.rows.flatMap((row) => row.cells)
    for (const { owner, letter } of LEGEND) {
      const owned = cells.filter((cell) => cell.owner === owner)
      // One more stands in the legend.
      expect(drawn(letter)).toBe(owned.filter(({ verified }) => verified).length + 1)
      expect(drawn(`${letter}?`)).toBe(owned.filter(({ verified }) => !verified).length)
    }
  })

  it('tells a screen reader its title and the owner of every layer in words', () => {
    const [, labels = ''] = /role="img" aria-labelledby="([^"]*)"/.exec(svg) ?? []
    const [title = '', description = ''] = labels.split(' ')
    expect(svg).toContain(`<title id="${title}">`)
    const [, words = ''] = new RegExp(`<desc id="${description}">([^<]*)</desc>`).exec(svg) ?? []
    for (const { name } of [...answer.rows, ...answer.layers]) expect(words).toContain(name)
  })

  it('stays inside its own frame', () => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
    for (const { x, y } of texts) {
      expect(x).toBeLessThan(Number(width))
      expect(y).toBeLessThan(Number(height))
    }
  })
})

describe('the picture', () => {
  it('is refused beyond what can be read, with what to do about it', () => {
    const ids = seeded.services.slice(0, MOST_COLUMNS + 1).map(({ id }) => id)
    expect(() => toSvg(answerOf({ ids }))).toThrow(Refusal)
    expect(() => toSvg(answerOf({ ids }))).toThrow('at most 12 services side by side, and this would be 13')
  })

  it('shows a hostile name as text', () => {
    const svg = toSvg(named('<script>alert(1)</script> & "x"'))
    expect(unbalanced(svg)).toEqual([])
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;script&gt;')
  })

  it('shortens a name that does not fit, and keeps it whole in the title', () => {
    const name = 'Very long name '.repeat(12).trim()
    const svg = toSvg(named(name))
    expect(svg).toContain('…</text>')
    expect(svg).toContain(`Who owns which layer: ${name}</title>`)
  })

  it('names a variant once with its service', () => {
    const title = (id: string): string =>
      /<title[^>]*>([^<]*)</.exec(toSvg(answerOf({ ids: [id], variants: true })))?.[1] ?? ''
    expect(title('rds')).toMatch(/^Who owns which layer: Amazon RDS, Amazon RDS Custom, /)
    expect(title('lambda')).toContain(', AWS Lambda (')
  })

  it('is drawn without a service, too', () => {
    const svg = toSvg(answerOf({ ids: [] }))
    expect(unbalanced(svg)).toEqual([])
    expect(svg).toContain('>No service matches.</text>')
  })
})
