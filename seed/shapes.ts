/** The shapes of the seed's files: what a person edits, before it becomes records. */
import { z } from 'zod'
import {
  CalendarDate,
  Id,
  Layer,
  Model,
  Service,
  SourceUrl,
  Statement,
  Variant,
  Vocabulary,
} from '../src/domain/model.js'

/** Rules by layer, as they stand in a service, variant or model file. */
const RulesByLayer = z.partialRecord(Id, Statement)

export const ServiceFile = Service.extend({
  layers: RulesByLayer,
  variants: z.array(Variant.extend({ layers: RulesByLayer })).max(30),
})
export const ModelFile = Model.extend({ layers: RulesByLayer })
export const LayerFile = Layer.extend({ default: Statement })
export const VocabularyFile = Vocabulary.extend({ layer: Id })
/** A file of reference data: where the facts were read, when they were compiled, and the items of one kind. */
export const SignalFile = z.strictObject({
  sources: z.array(SourceUrl).max(20),
  compiledOn: CalendarDate,
  items: z.array(z.unknown()).max(5000),
})
