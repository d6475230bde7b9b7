/** The calls that read the books for the general ledger. */
import { textField } from '../http/fields.ts'
import { type Route, route } from '../http/route.ts'
import { exportJournal } from './export-journal.ts'
import { EXPORT_COLUMNS } from './journal-file.ts'
import {
  eveningQuery,
  journalExportQuery,
  journalExportSchema,
  receivableSchema,
  trialBalanceSchema,
} from './ledger-schemas.ts'
import { CHANNEL_EXPECTED, showReceivable, showTrialBalance } from './trial-balance.ts'

export const LEDGER_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/journal/export',
    operationId: 'exportJournal',
    permission: 'read',
    summary: 'The journal of a closed month for the general ledger, one row per entry',
    description: 'An entry has the same number each time it is exported: a file that is loaded twice books once.',
    query: journalExportQuery,
    files: 'nobody',
    responses: {
      200: {
        json: journalExportSchema,
        csv: `With format=csv. Header: ${EXPORT_COLUMNS.join(',')}`,
        xlsx: 'With format=xlsx: one sheet with the same columns',
      },
    },
    problems: ['PERIOD_OPEN'],
    handle: exportJournal,
  }),
  route({
    method: 'GET',
    path: '/api/trial-balance',
    operationId: 'readTrialBalance',
    permission: 'read',
    summary: 'Every account on the evening of any day, under its number in the general ledger',
    query: eveningQuery,
    responses: { 200: trialBalanceSchema },
    problems: ['DAY_OPEN', 'UNKNOWN_DAY'],
    handle: showTrialBalance,
  }),
  route({
    method: 'GET',
    path: '/api/receivables/{channel}',
    operationId: 'readReceivable',
    permission: 'read',
    summary: 'What a channel owes on the evening of any day: opening, movements, closing, open items',
    params: {
      channel: { schema: textField('Payment channel'), otherwise: { code: 'NOT_FOUND', detail: CHANNEL_EXPECTED } },
    },
    query: eveningQuery,
    responses: { 200: receivableSchema },
    problems: ['NOT_FOUND', 'DAY_OPEN', 'UNKNOWN_DAY'],
    handle: showReceivable,
  }),
]
