/** Names: how they are folded, found, and guessed from what was probably meant. */
import { describe, expect, it } from 'vitest'
import type { Layer, Service } from '../../src/domain/model.js'
import { foldName, nameLayers, nameServices } from '../../src/domain/names.js'

describe('a name', () => {
  it.each([
    ['Amazon RDS', 'rds'],
    ['AWS  Lambda', 'lambda'],
    ['Amazon', 'amazon'],
    ['aws ', 'aws'],
    ['ＥＣ２', 'ec2'],
    ['AWS::RDS::DBInstance', 'rds dbinstance'],
    ['  --S3--  ', 's3'],
    ['Tools for AWS Go', 'tools for aws go'],
    ['Schlüssel-Dienst', 'schlüssel dienst'],
  ])('"%s" is read as "%s"', (text, folded) => expect(foldName(text)).toBe(folded))
})

/** Only what the index reads of a service. */
const service = (id: string, name: string, aliases: string[] = [], serviceIds: string[] = []): Service =>
  ({ id, name, aliases, serviceIds }) as unknown as Service

const names = nameServices([
  service('rds', 'Amazon RDS', ['Relational Database'], ['RDS', 'rds-api']),
  service('redis', 'Amazon Redis', ['cache', 'cache']),
  service('memcached', 'Memcached', ['cache', 'lambda']),
  service('lambda', 'AWS Lambda'),
  service('dynamo-db', 'DynamoDB'),
  service('dynamo-db-2', 'DynamoDB2'),
])

describe('a look-up', () => {
  it.each([
    ['its id', 'rds', 'rds'],
    ['its name', 'amazon rds', 'rds'],
    ['an alias', 'RELATIONAL-DATABASE', 'rds'],
    ['an identifier of its own', 'RDS API', 'rds'],
    ['its id, even where another bears it as an alias', 'lambda', 'lambda'],
  ])('finds a service by %s', (_by, text, id) => expect(names.find(text)).toBe(id))

  it.each([
    ['that several bear', 'cache'],
    ['that nobody bears', 'queue'],
    ['that is empty', ''],
  ])('finds nothing by a name %s', (_what, text) => expect(names.find(text)).toBeUndefined())

  it('finds a service by an alias that it names twice', () =>
    expect(nameServices([service('redis', 'Redis', ['cache', 'cache'])]).find('cache')).toBe('redis'))

  it('does not forget that a name is shared, however often it comes', () => {
    const three = nameServices(['a', 'b', 'c'].map((id) => service(`${id}${id}`, `name ${id}`, ['cache'])))
    expect(three.find('cache')).toBeUndefined()
  })

  it('finds a layer by its id, its name and the names of its vocabulary', () => {
    const layers = nameLayers([
      { id: 'operating-system', name: 'Operating system', vocabulary: { names: ['OS'] } } as unknown as Layer,
    ])
    for (const text of ['operating-system', 'Operating System', 'os'])
      expect(layers.find(text)).toBe('operating-system')
    expect(layers.nearest('operating sytem')).toEqual([{ id: 'operating-system', name: 'Operating system' }])
  })
})

describe('a slip of the keyboard', () => {
  const one = nameServices([service('abc', 'abc'), service('wxyz', 'wxyz'), service('monitors', 'monitors')])

  it.each([
    ['a name of three letters bears none', 'abd', undefined],
    ['four letters bear one', 'wxyq', 'wxyz'],
    ['four letters do not bear two', 'wxqq', undefined],
    ['one letter too many is one slip', 'wxyzz', 'wxyz'],
    ['one letter too few is one slip, where four are left', 'monitor', 'monitors'],
    ['seven letters do not bear two slips', 'monitxx', undefined],
    ['eight letters bear two', 'monitoxx', 'monitors'],
    ['eight letters do not bear three', 'monitxxx', undefined],
    ['two letters too many are two slips', 'monitorsxx', 'monitors'],
    ['three letters too many are not borne', 'monitorsxxx', undefined],
    ['the exact name is its own', 'abc', 'abc'],
    ['what is far from everything is nothing', 'quicksilver', undefined],
  ])('%s: "%s"', (_title, text, id) => expect(one.near(text)).toBe(id))

  it('counts only where one thing alone is near', () => {
    const two = nameServices([service('stream-a', 'stream-a'), service('stream-b', 'stream-b')])
    expect(two.near('stream-c')).toBeUndefined()
    expect(two.near('stream a')).toBeUndefined()
  })

  it('names nothing that several share', () => {
    const shared = nameServices([service('aaaaaaaa', 'xx', ['monitor']), service('bbbbbbbb', 'yy', ['monitor'])])
    expect(shared.near('monitoe')).toBeUndefined()
  })

  it('is looked for in the first 80 letters, so that a long text costs no more', () => {
    const long = 'x'.repeat(80)
    const longest = nameServices([service(long, long)])
    expect(longest.near(`${long}tail of some length`)).toBe(long)
    expect(longest.nearest(`${long}${'y'.repeat(300)}`)[0]?.id).toBe(long)
  })
})

describe('suggestions', () => {
  const ids = (index: ReturnType<typeof nameServices>, text: string, limit?: number): string[] =>
    index.nearest(text, limit).map(({ id }) => id)

  it('come best first, with their names', () => {
    const index = nameServices([
      service('kinesis-video', 'Kinesis Video'),
      service('kinesis', 'Kinesis'),
      service('inspector', 'Inspector'),
    ])
    expect(index.nearest('kinesi')).toEqual([
      { id: 'kinesis', name: 'Kinesis' },
      { id: 'kinesis-video', name: 'Kinesis Video' },
    ])
  })

  it('come in the order of their ids where they are as near', () => {
    const index = nameServices([service('node-c', 'node-c'), service('node-a', 'node-a'), service('node-b', 'node-b')])
    expect(ids(index, 'node-x')).toEqual(['node-a', 'node-b', 'node-c'])
  })

  it('are five, or as many as are asked for', () => {
    const index = nameServices('abcdefgh'.split('').map((letter) => service(`node-${letter}`, `node-${letter}`)))
    expect(ids(index, 'node-x')).toHaveLength(5)
    expect(ids(index, 'node-x', 2)).toEqual(['node-a', 'node-b'])
  })

  it('take of all names of a thing the nearest', () => {
    const index = nameServices([service('aaaa-bbbb', 'monitor', ['monitoring suite']), service('bbbb', 'monitors x')])
    expect(ids(index, 'monitor')).toEqual(['aaaa-bbbb', 'bbbb'])
    expect(index.nearest('monitoring suit')[0]?.id).toBe('aaaa-bbbb')
  })

  it('leave out what several things share, for it would name one by chance', () => {
    const index = nameServices([service('zzzz', 'qqqq', ['monitor']), service('yyyy', 'pppp', ['monitor'])])
    expect(ids(index, 'monitor')).toEqual([])
  })

  it.each([
    ['nothing was sent', ''],
    ['only punctuation was sent', '--'],
    ['nothing is near', 'quicksilver'],
  ])('are none where %s', (_case, text) => expect(ids(names, text)).toEqual([]))

  it('are of what differs in less than six letters of ten', () => {
    const index = nameServices([service('abcdefghij', 'abcdefghij')])
    expect(ids(index, 'abcdezzzzz')).toEqual(['abcdefghij'])
    expect(ids(index, 'abcdzzzzzz')).toEqual([])
  })

  it('weigh a difference against the longer of the two names', () => {
    const index = nameServices([service('abcdefghij', 'abcdefghij')])
    // Five letters are missing of ten, and none of them is wrong: half is near, whatever was sent.
    expect(ids(index, 'acegi')).toEqual(['abcdefghij'])
  })

  it('know a name by a word of three letters that it contains, the less is left over the sooner', () => {
    const index = nameServices([
      service('simple-queue-service-dlq-manager', 'simple-queue-service-dlq-manager'),
      service('dlq-reader', 'dlq-reader'),
    ])
    expect(ids(index, 'dlq')).toEqual(['dlq-reader', 'simple-queue-service-dlq-manager'])
    expect(ids(index, 'dl')).toEqual([])
  })

  it('put a name that contains the word behind one that differs by a slip, and before one by half', () => {
    const index = nameServices([service('glue', 'glue'), service('glxx', 'glxx'), service('data-glux', 'data-glux')])
    expect(ids(index, 'glux')).toEqual(['glue', 'glxx', 'data-glux'])
    const halves = nameServices([service('glzz', 'glzz'), service('data-glux', 'data-glux')])
    expect(ids(halves, 'glux')).toEqual(['data-glux', 'glzz'])
  })
})
