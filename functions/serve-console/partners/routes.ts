/** The calls about a partner: what it sent, what it was answered and what became of it; who is locked out of its endpoint. */
import { textField } from '../http/fields.ts'
import { route, type Subject } from '../http/route.ts'
import { channel } from './channel-parameter.ts'
import { listLatestPayments } from './latest-payments.ts'
import { LOCK_ROUTES } from './lock-routes.ts'
import { PAYMENT_EXPECTED, showPartnerPayment } from './partner-payment.ts'
import { latestQuery, latestSchema, partnerPaymentSchema } from './schemas.ts'

export const PARTNERS: Subject = {
  name: 'partners',
  description: 'What a partner sent and was answered, and who is locked out of its endpoint',
  routes: [
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
