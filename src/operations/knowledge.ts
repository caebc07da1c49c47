/** The knowledge of the model: for each kind of article a list and a look-up, told apart by nothing but their schemas. */
import { z } from 'zod'
import { KNOWLEDGE, requireArticle } from '../domain/knowledge.js'
import { type ArticleKind, Id } from '../domain/model.js'
import { Revision } from '../domain/verdict.js'
import { Nothing, type Operation, operation } from './operation.js'
import { listOf, Page, pageOf } from './paging.js'

interface Words {
  /** "DevSecOps stage", for the document. */
  name: string
  about: string
  example: string
}

const WORDS: Record<ArticleKind, Words> = {
  stage: { name: 'DevSecOps stage', about: "both sides' duty and the layers it touches", example: 'deploy' },
  misconception: {
    name: 'misconception',
    about: 'what people believe and what is true',
    example: 'compliance-is-built-in',
  },
  practice: { name: 'best practice', about: 'why it follows from the model and its steps', example: 'use-iam-wisely' },
  case: { name: 'case', about: 'what happened, who owned what, and the lesson', example: 's3-public-exposure' },
  guide: {
    name: 'guide',
    about: 'checked policies and commands, and what they replace',
    example: 'encrypt-s3-buckets',
  },
  responsibility: { name: 'responsibility', about: 'one duty of one side', example: '' },
  area: { name: 'key area', about: 'compute, storage or network: both sides', example: 'storage' },
  takeaway: { name: 'takeaway', about: 'one sentence to remember', example: '' },
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function articleOperations(kind: ArticleKind): Operation[] {
  const { plural, schema } = KNOWLEDGE[kind]
  const { name, about, example } = WORDS[kind]
  const Article = (schema as z.ZodObject).meta({ id: `${capital(kind)}Summary` })
  const Detail = (schema as z.ZodObject).extend({ revision: Revision }).meta({ id: capital(kind) })
  const list = operation({
    id: `list${capital(plural)}`,
    method: 'GET',
    path: `/v1/${plural}`,
    tag: 'Knowledge',
    access: 'read',
    summary: `List the ${plural}`,
    description: `Every ${name}: ${about}, each linked to services and layers.`,
    params: Nothing,
    query: z.strictObject({
      service: Id.optional().describe('Only those about this service.'),
      layer: Id.optional().describe('Only those about this layer.'),
      ...Page,
    }),
    output: listOf(Article),
    refusals: ['invalid'],
    example: { params: {}, query: { limit: 1 } },
    run({ catalog }, { query }) {
      const about = (field: unknown, id: string | undefined): boolean =>
        id === undefined || (Array.isArray(field) && field.includes(id))
      const articles = catalog
        .articles(kind)
        .filter(({ document }) => about(document.services, query.service) && about(document.layers, query.layer))
      const page = pageOf(articles, query)
      return { ...page, items: page.items.map(({ document }) => document), revision: catalog.revision }
    },
  })
  const get = operation({
    id: `get${capital(kind)}`,
    method: 'GET',
    path: `/v1/${plural}/{${kind}}`,
    tag: 'Knowledge',
    access: 'read',
    summary: `Read one ${name}`,
    description: `One ${name}: ${about}, with sources and the corrections to the article it comes from.`,
    params: z.strictObject({ [kind]: Id.describe(`The id of a ${name}.`) }),
    query: Nothing,
    output: Detail,
    refusals: ['unknown'],
    example: { params: { [kind]: example }, query: {} },
    run({ catalog }, { params }) {
      return { ...requireArticle(catalog, kind, String(params[kind])).document, revision: catalog.revision }
    },
  })
  // Takeaways and responsibilities are read as lists; the rest is worth a page of its own.
  return example === '' ? [list] : [list, get]
}

export const knowledgeOperations: readonly Operation[] = (Object.keys(KNOWLEDGE) as ArticleKind[]).flatMap(
  articleOperations,
)
