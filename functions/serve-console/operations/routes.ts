/** The calls of operations: queues, repair, health. */
import { textField } from '../http/fields.ts'
import { route, type Subject } from '../http/route.ts'
import { showAuditChain } from './audit-chain.ts'
import { listAudits, requestAudit } from './audits.ts'
import { listFunctions } from './functions.ts'
import { showHealth } from './health.ts'
import { listDeadLetters, listQueues, redriveQueue } from './queues.ts'
import { requestRepair } from './repair.ts'
import { listSchedules } from './schedules.ts'
import {
  auditChainSchema,
  auditQueuedSchema,
  auditRequestQuery,
  auditsQuery,
  auditsSchema,
  deadLettersSchema,
  functionsSchema,
  healthSchema,
  queuesSchema,
  redrivenSchema,
  repairQuery,
  repairSchema,
  schedulesSchema,
} from './schemas.ts'

const QUEUE_NAME = {
  schema: textField('As `GET /api/queues` names it'),
  otherwise: { code: 'UNKNOWN_QUEUE', detail: 'expected the name of a queue' },
} as const

export const OPERATIONS: Subject = {
  name: 'operations',
  description: 'Queues and their dead letters, repair, audits of the ledger, health',
  routes: [
    route({
      method: 'GET',
      path: '/api/queues',
      operationId: 'listQueues',
      permission: 'read',
      summary: 'What waits in each queue; approximate',
      responses: { 200: queuesSchema },
      handle: listQueues,
    }),
    route({
      method: 'GET',
      path: '/api/queues/{name}/dead-letters',
      operationId: 'listDeadLetters',
      permission: 'read',
      summary: 'Why messages were put aside, the first 50; nothing of what they hold',
      params: { name: QUEUE_NAME },
      responses: { 200: deadLettersSchema },
      problems: ['UNKNOWN_QUEUE'],
      handle: listDeadLetters,
    }),
    route({
      method: 'GET',
      path: '/api/functions',
      operationId: 'listFunctions',
      permission: 'read',
      summary:
        'Invocations, errors, throttles and duration of each function in the last 24 hours; at most a minute old',
      responses: { 200: functionsSchema },
      handle: listFunctions,
    }),
    route({
      method: 'GET',
      path: '/api/schedules',
      operationId: 'listSchedules',
      permission: 'read',
      summary: 'What the clock starts, and when each last ran to its end',
      responses: { 200: schedulesSchema },
      handle: listSchedules,
    }),
    route({
      method: 'POST',
      path: '/api/queues/{name}/redrive',
      operationId: 'redriveQueue',
      permission: 'operate',
      summary: 'Puts dead letters back into their queue, at most 500 per call',
      params: { name: QUEUE_NAME },
      responses: { 200: redrivenSchema },
      problems: ['UNKNOWN_QUEUE'],
      handle: redriveQueue,
    }),
    route({
      method: 'POST',
      path: '/api/repair',
      operationId: 'requestRepair',
      permission: 'operate',
      summary: 'Folds again every account that had facts on the days named',
      query: repairQuery,
      responses: { 202: repairSchema },
      problems: ['INVALID_INPUT'],
      handle: requestRepair,
    }),
    route({
      method: 'GET',
      path: '/api/audits',
      operationId: 'listAudits',
      permission: 'read',
      summary: 'What the audits of the ledger found: facts, places, views, bills, decisions',
      query: auditsQuery,
      responses: { 200: auditsSchema },
      problems: ['INVALID_INPUT'],
      handle: listAudits,
    }),
    route({
      method: 'POST',
      path: '/api/audits',
      operationId: 'requestAudit',
      permission: 'operate',
      summary: 'Audits a business day, everything, or the audit chain alone; it changes nothing',
      query: auditRequestQuery,
      responses: { 202: auditQueuedSchema },
      problems: ['INVALID_INPUT'],
      handle: requestAudit,
    }),
    route({
      method: 'GET',
      path: '/api/audit-chain',
      operationId: 'readAuditChain',
      permission: 'read',
      summary: 'Whether the audit chain is whole and signed, as its last verification found it',
      responses: { 200: auditChainSchema },
      handle: showAuditChain,
    }),
    route({
      method: 'GET',
      path: '/healthz',
      operationId: 'readHealth',
      permission: 'public',
      summary: 'Whether the hub can serve; no token needed',
      responses: { 200: healthSchema },
      handle: showHealth,
    }),
  ],
}
