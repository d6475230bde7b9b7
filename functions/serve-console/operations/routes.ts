/** The calls of operations: queues, repair, health. */
import { textField } from '../http/fields.ts'
import { route, type Subject } from '../http/route.ts'
import { showHealth } from './health.ts'
import { listQueues, redriveQueue } from './queues.ts'
import { requestRepair } from './repair.ts'
import { healthSchema, queuesSchema, redrivenSchema, repairQuery, repairSchema } from './schemas.ts'

export const OPERATIONS: Subject = {
  name: 'operations',
  description: 'Queues and their dead letters, repair, health',
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
      method: 'POST',
      path: '/api/queues/{name}/redrive',
      operationId: 'redriveQueue',
      permission: 'operate',
      summary: 'Puts dead letters back into their queue, at most 500 per call',
      params: {
        name: {
          schema: textField('As `GET /api/queues` names it'),
          otherwise: { code: 'UNKNOWN_QUEUE', detail: 'expected the name of a queue' },
        },
      },
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
      path: '/healthz',
      operationId: 'readHealth',
      permission: 'public',
      summary: 'Whether the hub can serve; no token needed',
      responses: { 200: healthSchema },
      handle: showHealth,
    }),
  ],
}
