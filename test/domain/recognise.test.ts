import { describe, expect, it } from 'vitest'
import { recogniseLayer, scoreLayers, stemsOf } from '../../src/domain/recognise.js'
import type { Refusal } from '../../src/domain/refusal.js'
import { seeded } from '../support/catalog.js'
import { refusalOf } from '../support/refusal.js'

const layerOf = (text: string): string => recogniseLayer(seeded, text).layer.id
const refused = (text: string): Refusal => refusalOf(() => recogniseLayer(seeded, text))

describe('a layer is known', () => {
  it.each(seeded.layers.map(({ id, name }) => [id, name] as const))('%s by its id and by its name "%s"', (id, name) => {
    expect(layerOf(id)).toBe(id)
    expect(layerOf(name.toUpperCase())).toBe(id)
  })

  it.each([
    ['os patching', 'operating-system'],
    ['TLS', 'encryption-in-transit'],
    ['patching', 'operating-system'],
    ['who backs up', 'backup-recovery'],
    ['backups', 'backup-recovery'],
    ['security groups', 'network-controls'],
    ['CVE in the engine', 'runtime'],
    ['who guards the data centres', 'physical'],
    ['kms keys', 'key-management'],
    ['rotate secrets', 'configuration'],
    ['users and roles', 'identity-access'],
    ['hypervisor', 'virtualization'],
    ['firmware', 'hardware'],
    ['ddos', 'network-infrastructure'],
    ['training', 'awareness-training'],
    ['laptops', 'client-devices'],
    ['multi-az', 'availability'],
    ['cloudtrail logs', 'logging-monitoring'],
    ['audit evidence', 'compliance'],
  ])('"%s" is %s', (text, id) => expect(layerOf(text)).toBe(id))

  it('by each of the words that the vocabulary says decide alone', () => {
    const missed = seeded.layers.flatMap(({ id, vocabulary }) =>
      vocabulary.names.filter((name) => layerOf(name) !== id).map((name) => `${id}: ${name}`),
    )
    expect(missed).toEqual([])
  })

  it('through a slip of the keyboard in its name', () => expect(layerOf('operatng system')).toBe('operating-system'))

  it('with the words that it rests on', () =>
    expect(recogniseLayer(seeded, 'CVE in the engine').evidence.join(' ')).toContain('engine'))
})

describe('a layer is not guessed', () => {
  it.each(['encryption', 'tls and backups'])('where "%s" fits several alike, and the candidates are named', (text) => {
    const { kind, details } = refused(text)
    expect(kind).toBe('ambiguous')
    expect(details.candidates?.length).toBeGreaterThan(1)
  })

  it.each(['', ' ', 'zzzz', '🦆', 'the of and'])('from "%s", which says nothing', (text) =>
    expect(refused(text).kind).toBe('unknown'),
  )
})

describe('the vocabulary', () => {
  it('holds several dozen words and deeds for each layer', () => {
    for (const { id, vocabulary } of seeded.layers)
      expect(vocabulary.phrases.length + vocabulary.deeds.length, id).toBeGreaterThanOrEqual(60)
  })

  it('gives no name to two layers', () => {
    const owners = new Map<string, string>()
    for (const { id, vocabulary } of seeded.layers)
      for (const name of vocabulary.names) {
        const key = stemsOf(name).join(' ')
        expect([undefined, id], `${name}: ${owners.get(key)} and ${id}`).toContain(owners.get(key))
        owners.set(key, id)
      }
  })

  it('does not read a lookalike as the layer whose word it holds', () => {
    const scores = scoreLayers(seeded, 'primary key')
    expect(scores.find(({ layer }) => layer.id === 'key-management')).toBeUndefined()
  })
})
