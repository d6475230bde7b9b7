/** The calls about bills. */
import { textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { BILL_EXPECTED, issueBill, replaceBill, showBill } from './bills.ts'
import { billRequest, billSchema, replacementRequest } from './schemas.ts'

const billCode = {
  schema: textField('16 digits from 99', 16),
  otherwise: { code: 'UNKNOWN_BILL', detail: BILL_EXPECTED },
} as const

export const BILLS: Subject = {
  name: 'bills',
  description: 'Codes by which anybody may pay months of a membership',
  routes: [
    route({
      method: 'POST',
      path: '/api/bills',
      operationId: 'issueBill',
      permission: 'operate',
      summary: 'A code by which anybody may pay the next months of an open membership',
      body: jsonBody(billRequest),
      responses: { 201: billSchema },
      problems: [
        'INVALID_INPUT',
        'UNKNOWN_MEMBERSHIP',
        'MEMBERSHIP_CLOSED',
        'NOTHING_DUE',
        'TOO_FAR_AHEAD',
        'FUNDING_CHANGES',
        'NO_CHANNEL',
      ],
      handle: issueBill,
    }),
    route({
      method: 'POST',
      path: '/api/bills/{billCode}/replacement',
      operationId: 'replaceBill',
      permission: 'operate',
      summary: 'A corrected bill in the place of one that nobody has paid',
      params: { billCode },
      body: jsonBody(replacementRequest),
      responses: { 201: billSchema },
      problems: [
        'INVALID_INPUT',
        'UNKNOWN_BILL',
        'UNKNOWN_MEMBERSHIP',
        'BILL_OF_MANY',
        'BILL_PAID',
        'BILL_REPLACED',
        'MEMBERSHIP_CLOSED',
        'NOTHING_DUE',
        'TOO_FAR_AHEAD',
        'FUNDING_CHANGES',
        'NO_CHANNEL',
      ],
      handle: replaceBill,
    }),
    route({
      method: 'GET',
      path: '/api/bills/{billCode}',
      operationId: 'readBill',
      permission: 'read',
      summary: 'A bill and its status now',
      params: { billCode },
      responses: { 200: billSchema },
      problems: ['UNKNOWN_BILL'],
      handle: showBill,
    }),
  ],
}
