/** The calls about money in suspense: the list, its age, and the two steps by which people let money out. */
import { APPROVAL_REFUSALS } from '../../../shared/domain/two-people.ts'
import { approvalRequest } from '../http/approval-schemas.ts'
import { textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { ageingSchema } from './ageing-schemas.ts'
import { approveExit, proposeExit, UNKNOWN_SUSPENSE } from './leave-suspense.ts'
import { ageSuspense, listSuspense } from './suspense.ts'
import { exitProposal, suspenseQuery, suspenseSchema, suspenseStep } from './suspense-schemas.ts'

const ID_LIMIT = 100
const ONE = {
  id: {
    schema: textField('The `id` of the money', ID_LIMIT),
    otherwise: { code: 'UNKNOWN_SUSPENSE', detail: UNKNOWN_SUSPENSE },
  },
} as const
const REFUSALS = [
  'NOT_ALLOWED',
  'INVALID_INPUT',
  'UNKNOWN_SUSPENSE',
  'UNKNOWN_MEMBERSHIP',
  'MEMBERSHIP_CLOSED',
  ...APPROVAL_REFUSALS,
  'ACTION_DOES_NOT_FIT',
  'CHANGED_MEANWHILE',
] as const

export const SUSPENSE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/suspense',
    operationId: 'listSuspense',
    permission: 'read',
    summary: 'Money in suspense, and money that waits for the payer of its bill, the oldest first',
    description:
      'Put there by finance, or by the fold: what came for a closed membership, and what a member did not need of a bill.',
    query: suspenseQuery,
    responses: { 200: suspenseSchema },
    problems: ['INVALID_INPUT'],
    handle: listSuspense,
  }),
  route({
    method: 'GET',
    path: '/api/ageing/suspense',
    operationId: 'ageSuspense',
    permission: 'read',
    summary: 'Money in suspense by channel and age',
    responses: { 200: ageingSchema },
    handle: ageSuspense,
  }),
  route({
    method: 'POST',
    path: '/api/suspense/{id}/proposal',
    operationId: 'proposeExit',
    permission: 'operate',
    summary: 'Proposes that money leaves suspense: to a membership, or back to its channel',
    params: ONE,
    body: jsonBody(exitProposal),
    responses: { 200: suspenseStep },
    problems: REFUSALS,
    handle: proposeExit,
  }),
  route({
    method: 'POST',
    path: '/api/suspense/{id}/approval',
    operationId: 'approveExit',
    permission: 'approve',
    summary: 'Approves or rejects what another person proposed about money in suspense',
    params: ONE,
    body: jsonBody(approvalRequest),
    responses: { 200: suspenseStep },
    problems: REFUSALS,
    handle: approveExit,
  }),
]
