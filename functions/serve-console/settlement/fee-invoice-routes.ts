/** The calls about what channels charge: a month's fees by contract against what was taken, and the invoices for them. */
import { textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { feeInvoiceRequest, feeInvoiceSchema, feeMonthSchema, feesQuery, feesSchema } from './fee-invoice-schemas.ts'
import { enterFeeInvoice, listFees, showFees, UNKNOWN_FEES } from './fee-invoices.ts'

const otherwise = { code: 'UNKNOWN_FEES', detail: UNKNOWN_FEES } as const

export const FEE_INVOICE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/fee-invoices',
    operationId: 'listFees',
    permission: 'read',
    summary: 'What each channel should charge for a month by its contract, and what it took',
    query: feesQuery,
    responses: { 200: feesSchema },
    handle: listFees,
  }),
  route({
    method: 'GET',
    path: '/api/fee-invoices/{channel}/{month}',
    operationId: 'readFees',
    permission: 'read',
    summary: 'The fees of a channel in a month: lines by price, days, invoices, tax rates with their source',
    params: {
      channel: { schema: textField('Payment channel'), otherwise },
      month: { schema: textField('Such as 2026-11'), otherwise },
    },
    responses: { 200: feeMonthSchema },
    problems: ['UNKNOWN_FEES'],
    handle: showFees,
  }),
  route({
    method: 'POST',
    path: '/api/fee-invoices',
    operationId: 'enterFeeInvoice',
    permission: 'operate',
    summary: 'Enters an invoice of a channel for its fees',
    description:
      'The same invoice again changes nothing. What was entered stays: a wrong one is taken back by a credit note, with a number of its own and negative amounts.',
    body: jsonBody(feeInvoiceRequest),
    responses: { 200: feeInvoiceSchema },
    problems: ['NOT_ALLOWED', 'INVALID_INPUT', 'INVOICE_NUMBER_TAKEN'],
    handle: enterFeeInvoice,
  }),
]
