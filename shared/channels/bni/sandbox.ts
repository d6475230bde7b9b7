/**
 * BNI as a caller and as a back office, for traffic and tests. Keys are made at random; the numbers below are the sandbox's
 * own and belong to nobody. How SNAP is spoken is shared/protocols/snap/sandbox.ts.
 */

import type { Sandbox } from '../../channel-port/partner.ts'
import { compactDate, writtenTime, writtenTotals } from '../../protocols/settlement-file/sandbox.ts'
import { snapSandbox } from '../../protocols/snap/sandbox.ts'

export const sandbox: Sandbox = {
  ...snapSandbox({ partnerServiceId: '   98810', channelId: '00012' }),
  settlement: {
    fileName: (date) => `BNI_${compactDate(date)}.csv`,
    write: (_date, rows) => {
      const { lines, amount, fee, net } = writtenTotals(rows)
      const cents = (money: number) => `${money}.00`
      return [
        'TRX_DATE,TRX_TIME,PAYMENT_REQUEST_ID,CUSTOMER_NO,AMOUNT,FEE,STATUS',
        ...rows.map((row) => {
          const [day, time] = writtenTime(row.at).split('T')
          return [day, time, row.id, row.customer, cents(row.amount), cents(row.fee), row.status]
            .map((field) => `"${String(field).replaceAll('"', '""')}"`)
            .join(',')
        }),
        `TOTAL,${lines},,,${cents(amount)},${cents(fee)},${cents(net)}`,
        '',
      ].join('\n')
    },
  },
}
