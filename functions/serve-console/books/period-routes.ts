/** The calls about months: how they stand, and the two steps by which two people close one. */
import { APPROVAL_REFUSALS } from '../../../shared/domain/two-people.ts'
import { approvalRequest } from '../http/approval-schemas.ts'
import { jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { approveClose, listPeriods, proposeClose, showPeriod, UNKNOWN_PERIOD } from './close-month.ts'
import { closeRequest, periodField, periodSchema, periodsSchema } from './period-schemas.ts'

const ONE_MONTH = {
  month: { schema: periodField, otherwise: { code: 'UNKNOWN_PERIOD', detail: UNKNOWN_PERIOD } },
} as const
const PROBLEMS = [
  'UNKNOWN_PERIOD',
  'DAY_OPEN',
  'PERIOD_CLOSED',
  'PERIOD_OUT_OF_ORDER',
  'PERIOD_NOT_CLEAN',
  'STATEMENT_UNCONFIRMED',
  ...APPROVAL_REFUSALS,
  'CHANGED_MEANWHILE',
  'NOT_ALLOWED',
] as const

export const PERIOD_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/periods',
    operationId: 'listPeriods',
    permission: 'read',
    summary: 'The months of the books, and which of them are closed',
    responses: { 200: periodsSchema },
    handle: listPeriods,
  }),
  route({
    method: 'GET',
    path: '/api/periods/{month}',
    operationId: 'readPeriod',
    permission: 'read',
    summary: 'A month: its balances, and what is or was open in it',
    params: ONE_MONTH,
    responses: { 200: periodSchema },
    problems: ['UNKNOWN_PERIOD'],
    handle: showPeriod,
  }),
  route({
    method: 'POST',
    path: '/api/periods/{month}/close',
    operationId: 'proposePeriodClose',
    permission: 'operate',
    summary: 'Asks that a month be closed; what is open is accepted by its code, and carried',
    params: ONE_MONTH,
    body: jsonBody(closeRequest),
    responses: { 200: periodSchema },
    problems: PROBLEMS,
    handle: proposeClose,
  }),
  route({
    method: 'POST',
    path: '/api/periods/{month}/close/approval',
    operationId: 'approvePeriodClose',
    permission: 'approve',
    summary: 'Closes the month that another person proposed to close, or rejects that',
    description: 'For ever: what becomes known later of its days is booked in the open month and names the day.',
    params: ONE_MONTH,
    body: jsonBody(approvalRequest),
    responses: { 200: periodSchema },
    problems: PROBLEMS,
    handle: approveClose,
  }),
]
