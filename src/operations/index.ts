/** THE LIST: everything that the service can do. Routes, the document and the tools are readings of it. */
import { knowledgeOperations } from './knowledge.js'
import { getDuties, getMatrix, getSummary } from './matrix.js'
import type { Operation } from './operation.js'
import { getComponentDefinition, getSystemSecurityPlan } from './oscal.js'
import { askOwners, getOwner } from './owner.js'
import { searchAll } from './search.js'
import { getService, getVerdict, listServices, listVerdicts } from './services.js'
import { ticketOperations } from './tickets.js'
import { getLayer, getModel, listLayers, listModels } from './vocabulary.js'

export const operations: readonly Operation[] = [
  listServices,
  getService,
  listVerdicts,
  getVerdict,
  getOwner,
  askOwners,
  searchAll,
  getMatrix,
  getSummary,
  getDuties,
  getComponentDefinition,
  getSystemSecurityPlan,
  listLayers,
  getLayer,
  listModels,
  getModel,
  ...knowledgeOperations,
  ...ticketOperations,
]
