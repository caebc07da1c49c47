/** THE LIST: everything that the service can do. Routes, the document and the tools are readings of it. */
import { askQuestion } from './ask.js'
import { getChange, listChanges } from './changes.js'
import { decisionOperations } from './decisions.js'
import { createApiKey, listKeys, revokeKey } from './keys.js'
import { knowledgeOperations } from './knowledge.js'
import { getDuties, getMatrix, getSummary } from './matrix.js'
import type { Operation } from './operation.js'
import { organisationOperations } from './organisation.js'
import { getComponentDefinition, getSystemSecurityPlan } from './oscal.js'
import { listStaleOverrides } from './overrides.js'
import { askOwners, getOwner } from './owner.js'
import { ruleWriteOperations } from './rules.js'
import { searchAll } from './search.js'
import { deleteService, putService } from './service-writes.js'
import { getService, getVerdict, listServices, listVerdicts } from './services.js'
import { ticketOperations } from './tickets.js'
import { getExport, importData } from './transfer.js'
import { getLayer, getModel, listLayers, listModels } from './vocabulary.js'

export const operations: readonly Operation[] = [
  listServices,
  getService,
  listVerdicts,
  getVerdict,
  getOwner,
  askOwners,
  askQuestion,
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
  ...decisionOperations,
  putService,
  deleteService,
  ...ruleWriteOperations,
  listStaleOverrides,
  ...organisationOperations,
  getExport,
  importData,
  listChanges,
  getChange,
  listKeys,
  createApiKey,
  revokeKey,
]
