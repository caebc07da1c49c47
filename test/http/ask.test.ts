/** Questions over HTTP: what of the request is refused, and where. */
import { describe, expect, it } from 'vitest'
import { useService } from '../support/app.js'

const { post } = useService()

describe('a context that names nothing', () => {
  it.each(['service', 'layer'])('is refused at its place in the body: %s', async (field) => {
    const { status, body } = await post('/v1/ask').send({ question: 'and the OS?', context: { [field]: 'qqqzzz' } })
    expect([status, body.errors[0].pointer]).toEqual([404, `/body/context/${field}`])
  })
})

describe('a question that was asked before', () => {
  it('has the same answer, and its query is refused as before', async () => {
    const question = { question: 'who patches the OS of EC2?' }
    const first = await post('/v1/ask').send(question)
    expect((await post('/v1/ask').send(question)).body).toEqual(first.body)
    expect((await post('/v1/ask?nosuch=1').send(question)).status).toBe(400)
  })
})
