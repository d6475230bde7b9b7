/** The calls about a partner: what it sent, what it was answered and what became of it; its keys; who is locked out of its endpoint. */
import { PARTNER_KEY_KINDS } from '../../../shared/domain/partner-keys.ts'
import { choiceField, textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { channel } from './channel-parameter.ts'
import { listPartnerKeys, recordKeyDates, takeRotationStep } from './key-rotation.ts'
import { keyDatesRequest, partnerKeySchema, partnerKeysSchema, rotationRequest } from './key-schemas.ts'
import { listLatestPayments } from './latest-payments.ts'
import { LOCK_ROUTES } from './lock-routes.ts'
import { PAYMENT_EXPECTED, showPartnerPayment } from './partner-payment.ts'
import { listPartners } from './partners.ts'
import { latestQuery, latestSchema, partnerPaymentSchema, partnersSchema } from './schemas.ts'

const kind = {
  schema: choiceField('Which of its keys', PARTNER_KEY_KINDS),
  otherwise: { code: 'NOT_FOUND', detail: `expected one of ${PARTNER_KEY_KINDS.join(', ')}` },
} as const

export const PARTNERS: Subject = {
  name: 'partners',
  description:
    'What a partner sent and was answered, how its calls went, its keys by their dates, and who is locked out',
  routes: [
    route({
      method: 'GET',
      path: '/api/partners',
      operationId: 'listPartners',
      permission: 'read',
      summary: 'Calls, refusals and faults of each channel in the last 24 hours, and its last recorded payment',
      responses: { 200: partnersSchema },
      handle: listPartners,
    }),
    route({
      method: 'GET',
      path: '/api/partner-keys',
      operationId: 'listPartnerKeys',
      permission: 'read',
      summary: 'Keys of all partners by their dates, and how far each rotation is; never a key',
      responses: { 200: partnerKeysSchema },
      handle: listPartnerKeys,
    }),
    route({
      method: 'POST',
      path: '/api/partners/{channel}/keys/{kind}/dates',
      operationId: 'recordKeyDates',
      permission: 'operate',
      summary: 'Since when the key in force is used, and until when it may be',
      params: { channel, kind },
      body: jsonBody(keyDatesRequest),
      responses: { 200: partnerKeySchema },
      problems: ['UNKNOWN_CHANNEL', 'INVALID_INPUT', 'ACTION_DOES_NOT_FIT', 'CHANGED_MEANWHILE'],
      handle: recordKeyDates,
    }),
    route({
      method: 'POST',
      path: '/api/partners/{channel}/keys/{kind}/rotation',
      operationId: 'takeRotationStep',
      permission: 'operate',
      summary: 'A step of a rotation, held to when the secret was written',
      params: { channel, kind },
      body: jsonBody(rotationRequest),
      responses: { 200: partnerKeySchema },
      problems: ['UNKNOWN_CHANNEL', 'INVALID_INPUT', 'ACTION_DOES_NOT_FIT', 'SECRET_NOT_WRITTEN', 'CHANGED_MEANWHILE'],
      handle: takeRotationStep,
    }),
    route({
      method: 'GET',
      path: '/api/partners/{channel}/payments',
      operationId: 'listPartnerPayments',
      permission: 'read',
      summary: 'The last payments and reversals of a channel’s business day, newest first',
      params: { channel },
      query: latestQuery,
      responses: { 200: latestSchema },
      problems: ['UNKNOWN_CHANNEL'],
      handle: listLatestPayments,
    }),
    route({
      method: 'GET',
      path: '/api/partners/{channel}/payments/{paymentId}',
      operationId: 'readPartnerPayment',
      permission: 'read',
      summary: 'What was decided on a payment id, and whether it is recorded, folded, reversed and settled',
      params: {
        channel,
        paymentId: {
          schema: textField('As the channel sent it', 128),
          otherwise: { code: 'UNKNOWN_PAYMENT', detail: PAYMENT_EXPECTED },
        },
      },
      responses: { 200: partnerPaymentSchema },
      problems: ['UNKNOWN_CHANNEL', 'UNKNOWN_PAYMENT'],
      handle: showPartnerPayment,
    }),
    ...LOCK_ROUTES,
  ],
}
