import { describe, expect, it } from 'vitest'
import { useService } from '../support/app.js'
import { seeded } from '../support/catalog.js'
import { judgedBy, OSCAL_MODELS, OSCAL_VERSIONS, oscalFaults } from '../support/oscal-integrity.js'

describe.each(OSCAL_MODELS)('GET /v1/oscal/%s', (model) => {
  const http = useService()
  const ask = (query: Record<string, string>) => http.get(`/v1/oscal/${model}?${new URLSearchParams(query)}`)

  it.each(OSCAL_VERSIONS)(`answers for every service with good OSCAL %s by ${judgedBy}`, async (oscalVersion) => {
    const bad: [string, string[]][] = []
    for (const { id } of seeded.services) {
      const { text } = await ask({ service: id, oscalVersion }).expect(200)
      const faults = oscalFaults(model, oscalVersion, JSON.parse(text))
      if (faults.length > 0) bad.push([id, faults])
    }
    expect(bad).toEqual([])
  })

  it('answers with OSCAL 1.2.1 where no release is asked for', async () => {
    const { body } = await ask({ service: 's3' }).expect(200)
    expect(body[model].metadata['oscal-version']).toBe('1.2.1')
  })

  it('takes a known name for the id', async () => {
    const byId = await ask({ service: 's3' }).expect(200)
    const byName = await ask({ service: 'Simple Storage Service' }).expect(200)
    expect(byName.text).toBe(byId.text)
  })

  it('refuses a service that is not known with suggestions', async () => {
    const { body } = await ask({ service: 'dynamodbb' }).expect(404)
    expect(body.suggestions[0].id).toBe('dynamodb')
  })

  it.each([
    ['no service', {}, '/query/service'],
    ['another OSCAL release', { service: 's3', oscalVersion: '1.2.2' }, '/query/oscalVersion'],
  ])('refuses %s and points at the parameter', async (_what, query, pointer) => {
    const { body } = await ask(query).expect(400)
    expect(body.errors[0].pointer).toBe(pointer)
  })
})
