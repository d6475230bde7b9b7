/** The calls about what members are told, and the shapes of their answers: part of openapi.ts and openapi-schemas.ts. */
import { LANGUAGES, NOTICE_CHANNELS } from '../../shared/domain/notice-preferences.ts'
import { NOTICE_STAGES } from '../../shared/domain/notice-stage.ts'
import { NOTICE_STATES } from '../../shared/store/notices/notices.ts'
import { ref, type Schema } from './openapi-schemas.ts'
import type { Pen } from './openapi-settlement.ts'
import type { Pen as SchemaPen } from './openapi-settlement-schemas.ts'

const FLAG: Schema = { type: 'boolean' }
const MONTH: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}$',
  description: 'The contribution month that it speaks of',
}
const LANGUAGE: Schema = { enum: LANGUAGES }
const CHANNEL: Schema = { anyOf: [{ enum: NOTICE_CHANNELS }, { type: 'null' }] }
const EMAIL: Schema = { type: 'string', description: 'Empty: none' }

export function noticePaths({ inPath, inQuery, jsonBody, answers }: Pen) {
  return {
    '/api/notices': {
      get: {
        operationId: 'listNotices',
        summary: 'What a member was told, and what became of it; the newest month first',
        parameters: [inQuery('kpj', true, 'Number of the membership, 11 digits', { type: 'string' })],
        responses: answers(200, 'The notices of two years', ref('Notices'), ['INVALID_INPUT', 'UNKNOWN_MEMBERSHIP']),
      },
    },
    '/api/memberships/{kpj}/contact-preferences': {
      put: {
        operationId: 'putContactPreferences',
        summary: 'How the member wants to be written to; what is not said stays as it was',
        description: 'A number that is somebody else’s is used again once another one is imported.',
        parameters: [inPath('kpj', 'Number of the membership, 11 digits')],
        requestBody: jsonBody({
          type: 'object',
          properties: {
            language: LANGUAGE,
            preferredChannel: CHANNEL,
            optedOut: FLAG,
            wrongNumber: FLAG,
            email: EMAIL,
          },
          additionalProperties: false,
        }),
        responses: answers(200, 'The preferences as they are now', ref('ContactPreferences'), [
          'NOT_JSON',
          'INVALID_INPUT',
          'UNKNOWN_MEMBERSHIP',
        ]),
      },
    },
  }
}

export function noticeSchemas({ at, list, oneOf, object, orNull, text }: SchemaPen) {
  return {
    Notices: object({
      items: list(
        object({
          month: MONTH,
          stage: oneOf(NOTICE_STAGES),
          state: {
            ...oneOf(NOTICE_STATES),
            description:
              'unknown: it may have gone out, and is not sent again. unreachable: there was no way to the member',
          },
          channel: CHANNEL,
          code: orNull(text('Why it was not sent')),
          at: at('Of the last change'),
        }),
      ),
    }),
    ContactPreferences: object({
      kpj: { type: 'string', pattern: '^\\d{11}$' },
      language: LANGUAGE,
      preferredChannel: CHANNEL,
      optedOut: FLAG,
      wrongNumber: FLAG,
      hasPhone: FLAG,
      hasEmail: FLAG,
    }),
  }
}
