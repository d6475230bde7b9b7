/** The calls about the bank side (its statements, its movements, the two steps by which people place one). */
import * as z from 'zod/mini'
import { APPROVAL_REFUSALS } from '../../../shared/domain/two-people.ts'
import { approvalRequest } from '../http/approval-schemas.ts'
import { dateField, textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { described } from '../http/schema.ts'
import { ageingSchema } from './ageing-schemas.ts'
import {
  approveMovementPlacement,
  proposeMovementPlacement,
  showBankStatements,
  showMovement,
  showMovements,
  showUnidentified,
  showUnidentifiedAgeing,
} from './bank-calls.ts'
import {
  bankStatementsQuery,
  bankStatementsSchema,
  movementSchema,
  movementsQuery,
  movementsSchema,
  placementProposal,
  placementStep,
  statementConfirmation,
  statementWithdrawal,
  statementWithdrawalRequest,
  statementWithdrawalStanding,
  unidentifiedQuery,
  unidentifiedSchema,
} from './bank-schemas.ts'
import { decideConfirmation } from './confirm-statement.ts'
import { UNKNOWN_MOVEMENT } from './place-movement.ts'
import {
  approveStatementWithdrawal,
  proposeStatementWithdrawal,
  showStatementWithdrawal,
  UNKNOWN_BANK_STATEMENT,
} from './withdraw-statement.ts'

/** As keys hold it, percent-encoded beside a few words of our own: DynamoDB's have 1,024 bytes at most. */
const KEY_LIMIT = 900
const otherwise = { code: 'UNKNOWN_MOVEMENT', detail: UNKNOWN_MOVEMENT } as const

/** References of banks hold slashes: a path names them percent-encoded, whatever a gateway decodes on the way. */
const encoded = z.string().check(z.maxLength(KEY_LIMIT), z.refine(isDecodable))
const movementId = described(
  'The `key` of the movement',
  z.pipe(
    z.pipe(encoded, z.transform(decodeURIComponent)),
    z.string().check(
      z.minLength(1),
      z.maxLength(KEY_LIMIT),
      z.refine((id) => encodeURIComponent(id).length <= KEY_LIMIT),
    ),
  ),
)
const ONE_MOVEMENT = {
  bookedOn: { schema: dateField('The day on which the bank booked it'), otherwise },
  id: { schema: movementId, otherwise },
} as const

const ONE_BANK_STATEMENT = {
  sha256: {
    schema: textField('Digest of its bytes, as the list names it', 64),
    otherwise: { code: 'UNKNOWN_STATEMENT', detail: UNKNOWN_BANK_STATEMENT },
  },
} as const
const STEP_PROBLEMS = [
  'NOT_ALLOWED',
  'UNKNOWN_STATEMENT',
  ...APPROVAL_REFUSALS,
  'ACTION_DOES_NOT_FIT',
  'CHANGED_MEANWHILE',
] as const

export const BANK_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/bank-statements',
    operationId: 'listBankStatements',
    permission: 'read',
    summary: 'What the bank sent, what of it waits and for what, and where each account’s chain ends',
    description: 'A statement that waits, for others or for a second person, is listed whatever its day.',
    query: bankStatementsQuery,
    responses: { 200: bankStatementsSchema },
    problems: ['INVALID_INPUT'],
    handle: showBankStatements,
  }),
  route({
    method: 'GET',
    path: '/api/bank-statements/{sha256}/withdrawal',
    operationId: 'readStatementWithdrawal',
    permission: 'read',
    summary: 'A bank statement as it came, and what people proposed and decided about withdrawing it',
    params: ONE_BANK_STATEMENT,
    responses: { 200: statementWithdrawalStanding },
    problems: ['UNKNOWN_STATEMENT'],
    handle: showStatementWithdrawal,
  }),
  route({
    method: 'POST',
    path: '/api/bank-statements/{sha256}/withdrawal',
    operationId: 'proposeStatementWithdrawal',
    permission: 'operate',
    summary: 'Asks that a bank statement be withdrawn',
    params: ONE_BANK_STATEMENT,
    body: jsonBody(statementWithdrawalRequest),
    responses: { 200: statementWithdrawal },
    problems: STEP_PROBLEMS,
    handle: proposeStatementWithdrawal,
  }),
  route({
    method: 'POST',
    path: '/api/bank-statements/{sha256}/withdrawal/approval',
    operationId: 'approveStatementWithdrawal',
    permission: 'approve',
    summary: 'Approves or rejects what another person proposed',
    description:
      'Once approved nothing of it counts: its movements leave their days, statements that follow it wait, and its bytes may come back.',
    params: ONE_BANK_STATEMENT,
    body: jsonBody(approvalRequest),
    responses: { 200: statementWithdrawal },
    problems: STEP_PROBLEMS,
    handle: approveStatementWithdrawal,
  }),
  route({
    method: 'POST',
    path: '/api/bank-statements/{sha256}/confirmation',
    operationId: 'confirmStatement',
    permission: 'approve',
    summary: 'Approves or rejects a bank statement that another person handed over',
    description:
      'Until then nothing final is built on it. Rejected, it is withdrawn: nothing of it counts any more, and its bytes may come back.',
    params: ONE_BANK_STATEMENT,
    body: jsonBody(approvalRequest),
    responses: { 200: statementConfirmation },
    problems: STEP_PROBLEMS,
    handle: decideConfirmation,
  }),
  route({
    method: 'GET',
    path: '/api/bank-movements',
    operationId: 'listBankMovements',
    permission: 'read',
    summary: 'The movements of the bank, each with the places of its parts',
    description: 'By booking day, 31 days at most.',
    query: movementsQuery,
    responses: { 200: movementsSchema },
    problems: ['INVALID_INPUT'],
    handle: showMovements,
  }),
  route({
    method: 'GET',
    path: '/api/bank-movements/unidentified',
    operationId: 'listUnidentifiedReceipts',
    permission: 'read',
    summary: 'Movements that nobody can place yet, at any age, the oldest first',
    query: unidentifiedQuery,
    responses: { 200: unidentifiedSchema },
    problems: ['INVALID_INPUT'],
    handle: showUnidentified,
  }),
  route({
    method: 'GET',
    path: '/api/ageing/unidentified',
    operationId: 'ageUnidentifiedReceipts',
    permission: 'read',
    summary: 'Money of the bank that nobody can place, by channel and age',
    responses: { 200: ageingSchema },
    handle: showUnidentifiedAgeing,
  }),
  route({
    method: 'GET',
    path: '/api/bank-movements/{bookedOn}/{id}',
    operationId: 'readBankMovement',
    permission: 'read',
    summary: 'A movement of the bank with its places, and what people last proposed for it',
    params: ONE_MOVEMENT,
    responses: { 200: movementSchema },
    problems: ['UNKNOWN_MOVEMENT'],
    handle: showMovement,
  }),
  route({
    method: 'POST',
    path: '/api/bank-movements/{bookedOn}/{id}/proposal',
    operationId: 'proposePlacement',
    permission: 'operate',
    summary: 'Says where a movement of the bank belongs',
    description:
      'A channel day, a charge to a channel or a fee invoice that it pays, for no more than is open on it, or the bank’s own charges and interest.',
    params: ONE_MOVEMENT,
    body: jsonBody(placementProposal),
    responses: { 200: placementStep },
    problems: [
      'NOT_ALLOWED',
      'INVALID_INPUT',
      'UNKNOWN_MOVEMENT',
      'UNKNOWN_DAY',
      'UNKNOWN_CHARGE',
      'UNKNOWN_INVOICE',
      'MORE_THAN_OPEN',
      ...APPROVAL_REFUSALS,
      'ACTION_DOES_NOT_FIT',
      'CHANGED_MEANWHILE',
    ],
    handle: proposeMovementPlacement,
  }),
  route({
    method: 'POST',
    path: '/api/bank-movements/{bookedOn}/{id}/approval',
    operationId: 'approvePlacement',
    permission: 'approve',
    summary: 'Approves or rejects where another person proposed to place it',
    params: ONE_MOVEMENT,
    body: jsonBody(approvalRequest),
    responses: { 200: placementStep },
    problems: [
      'NOT_ALLOWED',
      'INVALID_INPUT',
      'UNKNOWN_MOVEMENT',
      'UNKNOWN_DAY',
      'UNKNOWN_CHARGE',
      'UNKNOWN_INVOICE',
      'MORE_THAN_OPEN',
      ...APPROVAL_REFUSALS,
      'ACTION_DOES_NOT_FIT',
      'CHANGED_MEANWHILE',
    ],
    handle: approveMovementPlacement,
  }),
]

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
