/** Reads the seed's files into the records that they state. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { KNOWLEDGE } from '../src/domain/knowledge.js'
import {
  ARTICLE_KINDS,
  type Article,
  type Layer,
  type Records,
  type Rule,
  ruleId,
  type Scope,
  SignalKind,
  type SignalRecord,
  type Statement,
} from '../src/domain/model.js'
import { SIGNAL_KINDS } from '../src/domain/tickets/reference.js'
import { packageRoot } from '../src/paths.js'
import { LayerFile, ModelFile, ServiceFile, SignalFile, VocabularyFile } from './shapes.js'

/** Where the shipped seed lies. */
const SHIPPED = join(packageRoot, 'seed')
const FOLDERS = ['layers', 'models', 'services', 'knowledge', 'vocabulary', 'signals'] as const

const filesOf = (root: string, folder: (typeof FOLDERS)[number]): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name))

/** The seed's release: a hash over all of its files. Equal files are one release, wherever they are read. */
export function seedRelease(): string {
  const hash = createHash('sha256')
  for (const file of FOLDERS.flatMap((folder) => filesOf(SHIPPED, folder)))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(SHIPPED, file)))
  return hash.digest('hex').slice(0, 16)
}

/** A file's content in its shape; a fault names the file and the field. */
function readFrom<T extends z.ZodType>(root: string, file: string, shape: T): z.output<T> {
  const parsed = shape.safeParse(JSON.parse(readFileSync(join(root, file), 'utf8')))
  if (!parsed.success) throw new Error(`seed/${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function rulesOf(scope: Scope, subject: string, layers: Partial<Record<string, Statement>>): Rule[] {
  return Object.entries(layers).flatMap(([layer, statement]) =>
    statement
      ? [
          {
            ...statement,
            id: ruleId(scope, subject, layer),
            scope,
            subject,
            layer,
            origin: 'seed',
            reason: null,
            ground: null,
          },
        ]
      : [],
  )
}

/** The reference data of all kinds, one file each; two items of one id in any spelling are a fault. */
function readSignals(root: string, read: Reader): SignalRecord[] {
  // A release from before there were any is read for its release notes.
  if (root !== SHIPPED && !existsSync(join(root, 'signals'))) return []
  const ids = new Set<string>()
  return SignalKind.options.flatMap((kind): SignalRecord[] => {
    const { file, schema, key } = SIGNAL_KINDS[kind]
    const { items } = read(join('signals', `${file}.json`), SignalFile)
    return items.map((item, index) => {
      const parsed = (schema as z.ZodType<Record<string, unknown>>).safeParse(item)
      if (!parsed.success) throw new Error(`seed/signals/${file}.json, item ${index}: ${z.prettifyError(parsed.error)}`)
      const id = `${kind}/${(key as (document: unknown) => string)(parsed.data)}`
      if (ids.has(id.toLowerCase())) throw new Error(`seed/signals/${file}.json, item ${index}: "${id}" is there twice`)
      ids.add(id.toLowerCase())
      return { id, kind, document: parsed.data }
    })
  })
}

type Reader = <T extends z.ZodType>(file: string, shape: T) => z.output<T>

/** Every record that a seed ships, that of this release or one in another folder; what only an organisation has is empty. */
export function readSeed(root = SHIPPED): { [K in keyof Records]: Records[K][] } {
  const read: Reader = (file, shape) => readFrom(root, file, shape)
  const vocabularies = new Map(
    filesOf(root, 'vocabulary').map((file) => {
      const { layer, ...vocabulary } = read(file, VocabularyFile)
      return [layer, vocabulary]
    }),
  )
  const rules: Rule[] = []
  const layers = filesOf(root, 'layers').map((file): Layer => {
    const { default: statement, ...layer } = read(file, LayerFile)
    rules.push(...rulesOf('layer', layer.id, { [layer.id]: statement }))
    const vocabulary = vocabularies.get(layer.id)
    return { ...layer, vocabulary: vocabulary ?? { names: [], phrases: [], deeds: [], not: [], confusable: [] } }
  })
  const models = filesOf(root, 'models').map((file) => {
    const { layers, ...model } = read(file, ModelFile)
    rules.push(...rulesOf('model', model.id, layers))
    return model
  })
  const services = filesOf(root, 'services').map((file) => {
    const { layers, variants, ...service } = read(file, ServiceFile)
    rules.push(...rulesOf('service', service.id, layers))
    const plain = variants.map(({ layers, ...variant }) => {
      rules.push(...rulesOf('variant', `${service.id}/${variant.id}`, layers))
      return variant
    })
    return { ...service, variants: plain, origin: 'seed' as const }
  })
  const articles = ARTICLE_KINDS.flatMap((kind): Article[] => {
    const { plural, schema } = KNOWLEDGE[kind]
    const documents = read(join('knowledge', `${plural}.json`), z.array(z.unknown()))
    return documents.map((item, index) => {
      const parsed = schema.safeParse(item)
      if (!parsed.success)
        throw new Error(`seed/knowledge/${plural}.json, item ${index}: ${z.prettifyError(parsed.error)}`)
      return { id: `${kind}/${parsed.data.id}`, kind, position: index + 1, document: parsed.data }
    })
  })
  return {
    layers,
    models,
    services,
    rules,
    articles,
    signals: readSignals(root, read),
    shipped: [],
    teams: [],
    assignments: [],
    routingRules: [],
  }
}
