/** The calls by which two people sign off a day of a channel or of the bank. */
import { APPROVAL_REFUSALS } from '../../../shared/domain/two-people.ts'
import { approvalRequest } from '../http/approval-schemas.ts'
import { textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { UNKNOWN_STATEMENT } from '../settlement/statements.ts'
import { approveSignOff, proposeSignOff, showSignOff } from './sign-off.ts'
import { signOffRequest, signOffView } from './sign-off-schemas.ts'

const otherwise = { code: 'UNKNOWN_STATEMENT', detail: UNKNOWN_STATEMENT } as const
const ONE_DAY = {
  channel: { schema: textField('Payment channel, or bank'), otherwise },
  date: { schema: textField('Business day (Asia/Jakarta), such as 2026-11-20'), otherwise },
} as const
const PROBLEMS = [
  'UNKNOWN_STATEMENT',
  ...APPROVAL_REFUSALS,
  'STATEMENT_UNCONFIRMED',
  'CHANGED_MEANWHILE',
  'NOT_ALLOWED',
] as const

export const SIGN_OFF_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/settlements/{channel}/{date}/sign-off',
    operationId: 'readSignOff',
    permission: 'read',
    summary: 'Whether a day is signed off, by whom, and what is open on it',
    params: ONE_DAY,
    responses: { 200: signOffView },
    problems: ['UNKNOWN_STATEMENT'],
    handle: showSignOff,
  }),
  route({
    method: 'POST',
    path: '/api/settlements/{channel}/{date}/sign-off',
    operationId: 'proposeSignOff',
    permission: 'operate',
    summary: 'Asks that a day be signed off as it is',
    description: 'With `bank` for the channel, a day of the bank. What is open is listed, and carried.',
    params: ONE_DAY,
    body: jsonBody(signOffRequest),
    responses: { 200: signOffView },
    problems: [...PROBLEMS, 'ACTION_DOES_NOT_FIT'],
    handle: proposeSignOff,
  }),
  route({
    method: 'POST',
    path: '/api/settlements/{channel}/{date}/sign-off/approval',
    operationId: 'approveSignOff',
    permission: 'approve',
    summary: 'Signs off, or rejects, what another person proposed',
    params: ONE_DAY,
    body: jsonBody(approvalRequest),
    responses: { 200: signOffView },
    problems: PROBLEMS,
    handle: approveSignOff,
  }),
]
