/** The calls about memberships and the people who hold them. */

import { APPROVAL_REFUSALS } from '../../../shared/domain/two-people.ts'
import { approvalRequest } from '../http/approval-schemas.ts'
import { textField } from '../http/fields.ts'
import { csvBody, jsonBody, optionalJsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { approveClosing, approveReopening, proposeClosing, proposeReopening } from './closure.ts'
import { importMemberships } from './import-memberships.ts'
import { IMPORT_COLUMNS } from './import-row.ts'
import { KPJ_PARAMETER, ofThisMembership } from './kpj-parameter.ts'
import { NIK_EXPECTED, searchParticipant, showMembership, showParticipant } from './membership.ts'
import { listPayments } from './payments.ts'
import {
  closureRequest,
  importQuery,
  importResult,
  membershipSchema,
  participantSchema,
  participantSearch,
  paymentsQuery,
  paymentsSchema,
  reopeningRequest,
} from './schemas.ts'
import { startSelfPayment } from './self-payment.ts'

const NIK_PARAMETER = {
  schema: textField('The person’s number, 16 digits', 16),
  otherwise: { code: 'BAD_NIK', detail: NIK_EXPECTED },
} as const

const STEP_PROBLEMS = ['NOT_ALLOWED', ...APPROVAL_REFUSALS, 'CHANGED_MEANWHILE'] as const

/** A search that found nobody leaves its trace, too. */
function ofAllOf(memberships: readonly { readonly kpj: string }[]): readonly (string | null)[] {
  return memberships.length === 0 ? [null] : memberships.map(({ kpj }) => kpj)
}

export const MEMBERSHIPS: Subject = {
  name: 'memberships',
  description: 'Memberships and the people who hold them: registering, reading, closing, and the money that came',
  routes: [
    route({
      method: 'POST',
      path: '/api/memberships/import',
      operationId: 'importMemberships',
      permission: 'operate',
      summary: 'Registers memberships, or changes their terms and contacts',
      description: 'The same file again changes nothing. Changed terms hold from the first month that is not yet paid.',
      query: importQuery,
      body: csvBody(IMPORT_COLUMNS),
      responses: { 200: importResult },
      problems: ['LAYOUT_CHANGED', 'UNKNOWN_AGENT', 'TOO_LARGE'],
      handle: importMemberships,
    }),
    route({
      method: 'GET',
      path: '/api/memberships/{kpj}',
      operationId: 'readMembership',
      permission: 'read',
      summary: 'Where a membership stands now',
      trace: { shows: 'identity', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      responses: { 200: membershipSchema },
      problems: ['UNKNOWN_MEMBERSHIP'],
      handle: showMembership,
    }),
    route({
      method: 'GET',
      path: '/api/memberships/{kpj}/payments',
      operationId: 'listPayments',
      permission: 'read',
      summary: 'Payments and reversals, newest first',
      trace: { shows: 'account', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      query: paymentsQuery,
      responses: { 200: paymentsSchema },
      problems: ['UNKNOWN_MEMBERSHIP', 'INVALID_INPUT'],
      handle: listPayments,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/closure',
      operationId: 'closeMembership',
      permission: 'administer',
      summary: 'Asks that a membership ends; cover ends after the day `on`',
      description: 'Nothing changes until another person approves it: `pendingProposal` says what waits.',
      trace: { shows: 'identity', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(closureRequest),
      responses: { 200: membershipSchema },
      problems: ['INVALID_INPUT', 'UNKNOWN_MEMBERSHIP', 'ALREADY_CLOSED', ...STEP_PROBLEMS],
      handle: proposeClosing,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/closure/approval',
      operationId: 'approveClosure',
      permission: 'approve',
      summary: 'Approves or rejects what another person proposed',
      description: 'The membership is closed from the approval on, or from the day `on` where that is still to come.',
      trace: { shows: 'identity', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(approvalRequest),
      responses: { 200: membershipSchema },
      problems: ['INVALID_INPUT', 'UNKNOWN_MEMBERSHIP', 'ALREADY_CLOSED', ...STEP_PROBLEMS],
      handle: approveClosing,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/reopening',
      operationId: 'reopenMembership',
      permission: 'administer',
      summary: 'Asks that a closure be taken back, from its approval on',
      description: 'Nothing changes until another person approves it: `pendingProposal` says what waits.',
      trace: { shows: 'identity', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      body: optionalJsonBody(reopeningRequest),
      responses: { 200: membershipSchema },
      problems: ['INVALID_INPUT', 'UNKNOWN_MEMBERSHIP', 'NOT_CLOSED', 'NIK_ALREADY_SELF_PAID', ...STEP_PROBLEMS],
      handle: proposeReopening,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/reopening/approval',
      operationId: 'approveReopening',
      permission: 'approve',
      summary: 'Approves or rejects what another person proposed',
      trace: { shows: 'identity', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(approvalRequest),
      responses: { 200: membershipSchema },
      problems: ['UNKNOWN_MEMBERSHIP', 'NOT_CLOSED', 'NIK_ALREADY_SELF_PAID', ...STEP_PROBLEMS],
      handle: approveReopening,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/self-payment',
      operationId: 'startSelfPayment',
      permission: 'operate',
      summary: 'The member pays alone from the first month that the sponsor has not paid',
      trace: { shows: 'identity', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      responses: { 200: membershipSchema },
      problems: ['UNKNOWN_MEMBERSHIP', 'MEMBERSHIP_CLOSED', 'NIK_ALREADY_SELF_PAID', 'CHANGED_MEANWHILE'],
      handle: startSelfPayment,
    }),
    route({
      method: 'POST',
      path: '/api/participants/search',
      operationId: 'searchParticipant',
      permission: 'read',
      summary: 'As readParticipant, with the NIK in the body: no address, history or log of any proxy holds it',
      body: jsonBody(participantSearch),
      trace: { shows: 'identity', accounts: (_, { memberships }) => ofAllOf(memberships) },
      responses: { 200: participantSchema },
      problems: ['BAD_NIK'],
      handle: searchParticipant,
    }),
    route({
      method: 'GET',
      path: '/api/participants/{nik}',
      operationId: 'readParticipant',
      permission: 'read',
      summary: 'All memberships of a person; none: an empty list',
      params: { nik: NIK_PARAMETER },
      trace: { shows: 'identity', accounts: (_, { memberships }) => ofAllOf(memberships) },
      responses: { 200: participantSchema },
      problems: ['BAD_NIK'],
      handle: showParticipant,
    }),
  ],
}
