/** The calls that show personal data for a reason, record what leaves as a file, and say who saw whom. */

import { approvalRequest } from '../http/approval-schemas.ts'
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { KPJ_PARAMETER, ofThisMembership } from '../memberships/kpj-parameter.ts'
import { disclose } from './disclosures.ts'
import { approveErasure, proposeErasure, showErasure } from './erasure.ts'
import { recordExport } from './exports.ts'
import { listReadTraces } from './read-traces.ts'
import {
  disclosureRequest,
  disclosureSchema,
  erasureRequest,
  erasureSchema,
  exportRequest,
  exportSchema,
  readTracesQuery,
  readTracesSchema,
} from './schemas.ts'

const DECISION_PROBLEMS = [
  'NOT_ALLOWED',
  'ALREADY_PROPOSED',
  'NOT_PROPOSED',
  'OWN_PROPOSAL',
  'ALREADY_DECIDED',
  'CHANGED_MEANWHILE',
] as const

export const PERSONAL_DATA: Subject = {
  name: 'personal data',
  description: 'Personal data in full for a reason, erased by two people, as files; and who was shown whose data',
  routes: [
    route({
      method: 'POST',
      path: '/api/disclosures',
      operationId: 'disclose',
      permission: 'disclose',
      summary: 'Name, NIK, phone and e-mail of a member in full, for a reason that is kept for twelve months',
      body: jsonBody(disclosureRequest),
      trace: { shows: 'identity', accounts: ({ body }) => [body.kpj], reason: ({ body }) => body.reason },
      responses: { 200: disclosureSchema },
      problems: ['UNKNOWN_MEMBERSHIP'],
      handle: disclose,
    }),
    route({
      method: 'POST',
      path: '/api/exports',
      operationId: 'recordExport',
      // Whoever was shown rows may keep them, people of a sponsor their own.
      permission: 'follow',
      keepsToOwnSponsor: true,
      summary: 'Records that rows which the caller has read leave as a file, and names the file',
      body: jsonBody(exportRequest),
      responses: { 201: exportSchema },
      problems: ['NOT_ALLOWED', 'EXPORT_LIMIT'],
      handle: recordExport,
    }),
    route({
      method: 'GET',
      path: '/api/memberships/{kpj}/erasure',
      operationId: 'readErasure',
      permission: 'read',
      summary: 'Whether a member’s personal data is erased, and what people decided about it',
      params: { kpj: KPJ_PARAMETER },
      trace: { shows: 'account', accounts: ofThisMembership },
      responses: { 200: erasureSchema },
      problems: ['UNKNOWN_MEMBERSHIP'],
      handle: showErasure,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/erasure',
      operationId: 'proposeErasure',
      permission: 'operate',
      summary: 'Asks that a member’s name, NIK, phone, e-mail and preferences be erased; ledger and cover stay',
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(erasureRequest),
      responses: { 200: erasureSchema },
      problems: ['UNKNOWN_MEMBERSHIP', ...DECISION_PROBLEMS],
      handle: proposeErasure,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/erasure/approval',
      operationId: 'approveErasure',
      permission: 'approve',
      summary: 'Approves or rejects what another person proposed',
      description: 'Approved, the data is gone at once and for good: no import brings it back.',
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(approvalRequest),
      responses: { 200: erasureSchema },
      problems: ['UNKNOWN_MEMBERSHIP', ...DECISION_PROBLEMS],
      handle: approveErasure,
    }),
    route({
      method: 'GET',
      path: '/api/read-traces',
      operationId: 'listReadTraces',
      permission: 'administer',
      summary: 'Whose data a person was shown, or who was shown an account; newest first, kept for twelve months',
      query: readTracesQuery,
      trace: { shows: 'account', accounts: ({ query }) => (query.kpj === undefined ? [] : [query.kpj]) },
      responses: { 200: readTracesSchema },
      problems: ['INVALID_INPUT'],
      handle: listReadTraces,
    }),
  ],
}
