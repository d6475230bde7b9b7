/** The calls about bills. */
import { textField } from '../http/fields.ts'
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { BILL_EXPECTED, issueBill, showBill } from './bills.ts'
import { billRequest, billSchema } from './schemas.ts'

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
      trace: { shows: 'account', accounts: (_, { kpj }) => [kpj] },
      responses: { 201: billSchema },
      problems: [
        'INVALID_INPUT',
        'UNKNOWN_MEMBERSHIP',
        'MEMBERSHIP_CLOSED',
        'NOTHING_DUE',
        'TOO_FAR_AHEAD',
        'FUNDING_CHANGES',
      ],
      handle: issueBill,
    }),
    route({
      method: 'GET',
      path: '/api/bills/{billCode}',
      operationId: 'readBill',
      permission: 'read',
      summary: 'A bill and its status now',
      params: {
        billCode: {
          schema: textField('16 digits from 99', 16),
          otherwise: { code: 'UNKNOWN_BILL', detail: BILL_EXPECTED },
        },
      },
      trace: { shows: 'account', accounts: (_, { kpj }) => [kpj] },
      responses: { 200: billSchema },
      problems: ['UNKNOWN_BILL'],
      handle: showBill,
    }),
  ],
}
