/**
 * The calls of settlement in the console API's description: the matrix, a statement, its lines, differences and decisions.
 * Part of openapi.ts, which hands in its own ways of writing a call; the shapes are in openapi-settlement-schemas.ts.
 */
import { BRIDGE_LABELS } from '../../shared/domain/settlement/day.ts'
import { SHOWN_STATES } from '../../shared/domain/settlement/resolution.ts'
import type { Operation } from './openapi.ts'
import { ref, type Schema } from './openapi-schemas.ts'
import type { ProblemCode } from './reply.ts'

type Parameter = NonNullable<Operation['parameters']>[number]

/** openapi.ts's own: passed in, because the two describe one document and neither can be read first. */
export type Pen = {
  readonly inPath: (name: string, description: string) => Parameter
  readonly inQuery: (name: string, required: boolean, description: string, schema: Schema) => Parameter
  readonly jsonBody: (schema: Schema) => NonNullable<Operation['requestBody']>
  readonly answers: (
    status: number,
    description: string,
    schema: Schema,
    codes: readonly ProblemCode[],
  ) => Operation['responses']
}

const DATE: Schema = { type: 'string', format: 'date' }
const TEXT: Schema = { type: 'string' }

export function settlementPaths({ inPath, inQuery, jsonBody, answers }: Pen) {
  const channel = inPath('channel', 'Payment channel')
  const date = inPath('date', 'Business day (Asia/Jakarta), such as 2026-11-20')
  const id = inPath('id', 'As a statement names it')
  const version = inQuery('version', false, 'The latest if absent', { type: 'integer', minimum: 1 })
  const step = (
    operationId: string,
    summary: string,
    body: 'Proposal' | 'Approval',
    codes: readonly ProblemCode[],
  ) => ({
    post: {
      operationId,
      summary,
      parameters: [id],
      requestBody: jsonBody(ref(`${body}Request`)),
      responses: answers(200, 'The difference as it stands then', ref('Difference'), [
        'NOT_JSON',
        'INVALID_INPUT',
        'UNKNOWN_DIFFERENCE',
        'ALREADY_DECIDED',
        'WRITE_OFF_LIMIT',
        'CHANGED_MEANWHILE',
        ...codes,
      ]),
    },
  })
  return {
    '/api/settlements': {
      get: {
        operationId: 'listSettlements',
        summary: 'Every channel and business day: file, bank, verdict',
        parameters: [
          inQuery('from', false, 'Six days before `to` if absent', DATE),
          inQuery('to', false, 'Today if absent', DATE),
        ],
        responses: answers(200, 'The newest day first', ref('SettlementMatrix'), ['INVALID_INPUT']),
      },
    },
    '/api/settlements/{channel}/{date}': {
      get: {
        operationId: 'readStatement',
        summary: 'The statement of a day: from what we took to what the bank credited, every rupiah in one row',
        parameters: [channel, date, version],
        responses: answers(200, 'The statement', ref('Statement'), ['INVALID_INPUT', 'UNKNOWN_STATEMENT']),
      },
    },
    '/api/settlements/{channel}/{date}/lines': {
      get: {
        operationId: 'listStatementLines',
        summary: 'What a figure of the statement is made of',
        parameters: [
          channel,
          date,
          inQuery('label', true, 'The row of the bridge', { enum: BRIDGE_LABELS }),
          version,
          inQuery('page', false, 'The `next` of the page before', TEXT),
        ],
        responses: answers(200, 'One page', ref('StatementLines'), ['INVALID_INPUT', 'UNKNOWN_STATEMENT']),
      },
    },
    '/api/differences': {
      get: {
        operationId: 'listDifferences',
        summary: 'What finance has to decide, the oldest day of each channel first',
        parameters: [
          inQuery('state', false, 'All that are not resolved if absent', { enum: SHOWN_STATES }),
          inQuery('channel', false, 'All channels if absent', TEXT),
          inQuery('olderThanDays', false, 'First seen more days ago than this', { type: 'integer', minimum: 0 }),
          inQuery('limit', false, 'Items per page, 50 if absent', { type: 'integer', minimum: 1, maximum: 100 }),
          inQuery('after', false, 'The `next` of the page before', TEXT),
        ],
        responses: answers(200, 'One page', ref('Differences'), ['INVALID_INPUT']),
      },
    },
    '/api/differences/{id}': {
      get: {
        operationId: 'readDifference',
        summary: 'A difference with its evidence and its history',
        parameters: [id],
        responses: answers(200, 'The difference', ref('Difference'), ['UNKNOWN_DIFFERENCE']),
      },
    },
    '/api/differences/{id}/proposal': step('proposeResolution', 'Says what shall be done about it', 'Proposal', [
      'ALREADY_PROPOSED',
      'ACTION_DOES_NOT_FIT',
    ]),
    '/api/differences/{id}/approval': step('approveResolution', 'The second pair of eyes', 'Approval', [
      'NOT_PROPOSED',
      'OWN_PROPOSAL',
    ]),
  } as const
}
