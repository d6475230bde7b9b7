/** The calls about settlement: the matrix, statements, differences and their resolution, and files handed over. */

import { ANSWER_COLUMNS } from '../../../shared/domain/settlement/answer-file.ts'
import { approvalRequest } from '../http/approval-schemas.ts'
import { textField } from '../http/fields.ts'
import { fileBody, jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { AGEING_ROUTES } from './ageing-routes.ts'
import { showAnswerFile } from './answer-files.ts'
import { approveResolution } from './approve-resolution.ts'
import { BANK_ROUTES } from './bank-routes.ts'
import { CASE_ROUTES } from './case-routes.ts'
import { listDifferenceLines } from './difference-lines.ts'
import {
  differenceSchema,
  differencesQuery,
  differencesSchema,
  ONE_DIFFERENCE,
  proposalRequest,
} from './difference-schemas.ts'
import { listDifferences, showDifference } from './differences.ts'
import { FEE_INVOICE_ROUTES } from './fee-invoice-routes.ts'
import { listFileArrivals } from './file-arrivals.ts'
import { FILE_NAME_EXPECTED, putBankStatement, putSettlementFile, SETTLEMENT_DAY_EXPECTED } from './file-uploads.ts'
import { proposeResolution } from './resolve-difference.ts'
import {
  answerFileQuery,
  answerFilesSchema,
  differenceLinesQuery,
  differenceLinesSchema,
  fileArrivalsQuery,
  fileArrivalsSchema,
  fileTaken,
  fileWithdrawal,
  fileWithdrawalStanding,
  linesQuery,
  linesSchema,
  matrixQuery,
  matrixSchema,
  statementQuery,
  statementSchema,
  statementTaken,
  unusableFileSchema,
  withdrawalRequest,
} from './statement-schemas.ts'
import { listSettlements, showLines, showStatement, UNKNOWN_STATEMENT } from './statements.ts'
import { SUSPENSE_ROUTES } from './suspense-routes.ts'
import { WAITING_APPROVALS_ROUTE } from './waiting-approvals.ts'
import { approveWithdrawal, proposeWithdrawal, showWithdrawal } from './withdraw-file.ts'

const ONE_STATEMENT = {
  channel: {
    schema: textField('Payment channel'),
    otherwise: { code: 'UNKNOWN_STATEMENT', detail: UNKNOWN_STATEMENT },
  },
  date: {
    schema: textField('Business day (Asia/Jakarta), such as 2026-11-20'),
    otherwise: { code: 'UNKNOWN_STATEMENT', detail: UNKNOWN_STATEMENT },
  },
} as const
const WITHDRAWAL_PROBLEMS = [
  'NOT_ALLOWED',
  'UNKNOWN_STATEMENT',
  'ALREADY_PROPOSED',
  'ALREADY_DECIDED',
  'NOT_PROPOSED',
  'OWN_PROPOSAL',
  'CHANGED_MEANWHILE',
] as const

const FILE = fileBody(
  ['text/csv', 'text/plain', 'application/xml', 'text/xml', 'application/octet-stream'],
  'The file as it came, byte for byte, whatever its content type and encoding',
)

export const SETTLEMENT: Subject = {
  name: 'settlement',
  description: 'What channels and banks settled against what was paid: statements, differences, resolutions, files',
  routes: [
    route({
      method: 'GET',
      path: '/api/settlements',
      operationId: 'listSettlements',
      permission: 'read',
      summary: 'Every channel and business day: file, bank, verdict',
      query: matrixQuery,
      responses: { 200: matrixSchema },
      problems: ['INVALID_INPUT'],
      handle: listSettlements,
    }),
    route({
      method: 'GET',
      path: '/api/file-arrivals',
      operationId: 'listFileArrivals',
      permission: 'read',
      summary: 'By which hour each channel’s file had to come, and when it did',
      description: '31 days at most.',
      query: fileArrivalsQuery,
      responses: { 200: fileArrivalsSchema },
      problems: ['INVALID_INPUT'],
      handle: listFileArrivals,
    }),
    route({
      method: 'GET',
      path: '/api/settlements/{channel}/{date}',
      operationId: 'readStatement',
      permission: 'read',
      summary: 'The statement of a day: from what we took to what the bank credited, every rupiah in one row',
      params: ONE_STATEMENT,
      query: statementQuery,
      responses: { 200: statementSchema },
      problems: ['UNKNOWN_STATEMENT'],
      handle: showStatement,
    }),
    route({
      method: 'GET',
      path: '/api/settlements/{channel}/{date}/lines',
      operationId: 'listStatementLines',
      permission: 'read',
      summary: 'What a figure of the statement is made of',
      params: ONE_STATEMENT,
      query: linesQuery,
      responses: { 200: linesSchema },
      problems: ['INVALID_INPUT', 'UNKNOWN_STATEMENT'],
      handle: showLines,
    }),
    route({
      method: 'GET',
      path: '/api/settlements/{channel}/{date}/answer-file',
      operationId: 'readAnswerFile',
      permission: 'read',
      summary: 'What the channel was answered to its file of the day, every version',
      params: ONE_STATEMENT,
      query: answerFileQuery,
      files: 'people',
      responses: {
        200: { json: answerFilesSchema, csv: `With format=csv, one version. Header: ${ANSWER_COLUMNS.join(',')}` },
      },
      problems: ['UNKNOWN_STATEMENT', 'ANSWER_FILE_TOO_LARGE'],
      handle: showAnswerFile,
    }),
    route({
      method: 'PUT',
      path: '/api/settlements/{channel}/{date}/file',
      operationId: 'putSettlementFile',
      permission: 'operate',
      summary: 'Takes in the settlement file of a channel’s day',
      description:
        'The same bytes again change nothing. Another good file beside an accepted one is proposed with what it changes.',
      params: {
        channel: {
          schema: textField('Payment channel'),
          otherwise: { code: 'NOT_FOUND', detail: 'expected a payment channel' },
        },
        date: {
          schema: textField('Business day (Asia/Jakarta), such as 2026-11-20'),
          otherwise: { code: 'INVALID_INPUT', detail: SETTLEMENT_DAY_EXPECTED },
        },
      },
      body: FILE,
      responses: { 200: fileTaken, 422: unusableFileSchema },
      problems: ['NOT_FOUND', 'INVALID_INPUT'],
      handle: putSettlementFile,
    }),
    route({
      method: 'GET',
      path: '/api/settlements/{channel}/{date}/withdrawal',
      operationId: 'readFileWithdrawal',
      permission: 'read',
      summary: 'What people proposed and decided about withdrawing the file of a day',
      params: ONE_STATEMENT,
      responses: { 200: fileWithdrawalStanding },
      problems: ['UNKNOWN_STATEMENT'],
      handle: showWithdrawal,
    }),
    route({
      method: 'POST',
      path: '/api/settlements/{channel}/{date}/withdrawal',
      operationId: 'proposeFileWithdrawal',
      permission: 'operate',
      summary: 'Asks that the accepted settlement file of a day be withdrawn',
      params: ONE_STATEMENT,
      body: jsonBody(withdrawalRequest),
      responses: { 200: fileWithdrawal },
      problems: [...WITHDRAWAL_PROBLEMS, 'ACTION_DOES_NOT_FIT'],
      handle: proposeWithdrawal,
    }),
    route({
      method: 'POST',
      path: '/api/settlements/{channel}/{date}/withdrawal/approval',
      operationId: 'approveFileWithdrawal',
      permission: 'approve',
      summary: 'Approves or rejects what another person proposed',
      description: 'Once approved the day has no file: it is reconciled anew, and the same bytes may come back later.',
      params: ONE_STATEMENT,
      body: jsonBody(approvalRequest),
      responses: { 200: fileWithdrawal },
      problems: WITHDRAWAL_PROBLEMS,
      handle: approveWithdrawal,
    }),
    route({
      method: 'PUT',
      path: '/api/bank-statements/{name}',
      operationId: 'putBankStatement',
      permission: 'operate',
      summary: 'Takes in a bank statement, camt.053.001.08 or MT940',
      description:
        'A movement is known by the bank’s reference: in another statement it counts once. It counts at once, and waits for a second person (`confirmStatement`): until then no day and no month is closed on it.',
      params: {
        name: {
          schema: textField('What to call it, such as its file name', 100),
          otherwise: { code: 'INVALID_INPUT', detail: FILE_NAME_EXPECTED },
        },
      },
      body: FILE,
      responses: { 200: statementTaken, 422: unusableFileSchema },
      problems: ['INVALID_INPUT', 'NOT_ALLOWED'],
      handle: putBankStatement,
    }),
    route({
      method: 'GET',
      path: '/api/differences',
      operationId: 'listDifferences',
      permission: 'read',
      summary: 'What finance has to decide, the oldest day of each channel first',
      query: differencesQuery,
      responses: { 200: differencesSchema },
      problems: ['INVALID_INPUT'],
      handle: listDifferences,
    }),
    route({
      method: 'GET',
      path: '/api/differences/{id}',
      operationId: 'readDifference',
      permission: 'read',
      summary: 'A difference with its evidence and its history',
      params: ONE_DIFFERENCE,
      responses: { 200: differenceSchema },
      problems: ['UNKNOWN_DIFFERENCE'],
      handle: showDifference,
    }),
    route({
      method: 'GET',
      path: '/api/differences/{id}/lines',
      operationId: 'listDifferenceLines',
      permission: 'read',
      summary: 'The lines of a difference that stands for many of its kind',
      params: ONE_DIFFERENCE,
      query: differenceLinesQuery,
      responses: { 200: differenceLinesSchema },
      problems: ['INVALID_INPUT', 'UNKNOWN_DIFFERENCE'],
      handle: listDifferenceLines,
    }),
    route({
      method: 'POST',
      path: '/api/differences/{id}/proposal',
      operationId: 'proposeResolution',
      permission: 'operate',
      summary: 'Says what shall be done about it, or about a part of its amount',
      description: 'After a part is resolved the rest stays open: it is written off, charged or accepted.',
      params: ONE_DIFFERENCE,
      body: jsonBody(proposalRequest),
      responses: { 200: differenceSchema },
      problems: [
        'NOT_ALLOWED',
        'INVALID_INPUT',
        'UNKNOWN_DIFFERENCE',
        'ALREADY_DECIDED',
        'ALREADY_PROPOSED',
        'ACTION_DOES_NOT_FIT',
        'LINKED_DIFFERENCE',
        'CHANGED_MEANWHILE',
      ],
      handle: proposeResolution,
    }),
    route({
      method: 'POST',
      path: '/api/differences/{id}/approval',
      operationId: 'approveResolution',
      permission: 'approve',
      summary: 'Approves or rejects what another person proposed',
      description:
        'Above what two people may approve, an approval takes no effect yet: `waitsFor` is then `admin`, and an administrator who is neither of the two makes the same call.',
      params: ONE_DIFFERENCE,
      body: jsonBody(approvalRequest),
      responses: { 200: differenceSchema },
      problems: [
        'NOT_ALLOWED',
        'UNKNOWN_DIFFERENCE',
        'ALREADY_DECIDED',
        'NOT_PROPOSED',
        'OWN_PROPOSAL',
        'LINKED_DIFFERENCE',
        'CHANGED_MEANWHILE',
      ],
      handle: approveResolution,
    }),
    ...CASE_ROUTES,
    ...BANK_ROUTES,
    ...FEE_INVOICE_ROUTES,
    ...AGEING_ROUTES,
    ...SUSPENSE_ROUTES,
    WAITING_APPROVALS_ROUTE,
  ],
}
