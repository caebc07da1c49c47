/** The answers of the API, as the views read them. Types only: the portal runs nothing of the server. */
export type { LayerDuties, MatrixRow } from '../../domain/matrix.js'
export type { Owner, Side } from '../../domain/model.js'
export type { Verdict } from '../../domain/verdict.js'

export interface SearchHit {
  kind: string
  id: string
  title: string
}
