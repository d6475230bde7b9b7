/** The calls about notices to members, and how members want to be written to. */
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { KPJ_PARAMETER, ofThisMembership } from '../memberships/kpj-parameter.ts'
import { listNotices, putContactPreferences } from './notices.ts'
import { contactPreferencesRequest, contactPreferencesSchema, noticesQuery, noticesSchema } from './schemas.ts'

export const NOTICES: Subject = {
  name: 'notices',
  description: 'Notices to members, and how they want to be written to',
  routes: [
    route({
      method: 'GET',
      path: '/api/notices',
      operationId: 'listNotices',
      permission: 'read',
      summary: 'The notices to a member, and what became of each; the newest month first',
      trace: { shows: 'account', accounts: ({ query }) => [query.kpj] },
      query: noticesQuery,
      responses: { 200: noticesSchema },
      problems: ['UNKNOWN_MEMBERSHIP'],
      handle: listNotices,
    }),
    route({
      method: 'PUT',
      path: '/api/memberships/{kpj}/contact-preferences',
      operationId: 'putContactPreferences',
      permission: 'contact',
      summary: 'How the member wants to be written to; what is left out stays as it was',
      description: 'A number that is somebody else’s is used again once another one is imported.',
      trace: { shows: 'account', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(contactPreferencesRequest),
      responses: { 200: contactPreferencesSchema },
      problems: ['UNKNOWN_MEMBERSHIP'],
      handle: putContactPreferences,
    }),
  ],
}
