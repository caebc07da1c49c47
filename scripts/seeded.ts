/** The catalog of the seed as it stands in the files: what is trained and scored needs no database. */
import { readSeed } from '../seed/read.js'
import { type Catalog, createCatalog } from '../src/domain/catalog.js'

export const createSeeded = (): Catalog => createCatalog({ ...readSeed(), revision: 1, at: '1970-01-01T00:00:00.000Z' })
