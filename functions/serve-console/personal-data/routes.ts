/** The calls that show personal data for a reason, record what leaves as a file, and say who saw whom. */
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { disclose } from './disclosures.ts'
import { recordExport } from './exports.ts'
import { listReadTraces } from './read-traces.ts'
import {
  disclosureRequest,
  disclosureSchema,
  exportRequest,
  exportSchema,
  readTracesQuery,
  readTracesSchema,
} from './schemas.ts'

export const PERSONAL_DATA: Subject = {
  name: 'personal data',
  description: 'Personal data in full for a reason, files that leave the hub, and who was shown whose data',
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
