/**
 * Indomaret as a caller and as a back office: signs, sends and reads answers, and writes its settlement file. Loaded by its
 * path for local traffic and tests; never part of a deployed bundle.
 */

import type { Sandbox } from '../../channel-port/partner.ts'
import { hubSandbox } from '../../protocols/hub-h2h/sandbox.ts'
import { compactDate, writtenTime, writtenTotals } from '../../protocols/settlement-file/sandbox.ts'

export const sandbox: Sandbox = {
  ...hubSandbox,
  settlement: {
    fileName: (date) => `IDM_${compactDate(date)}.csv`,
    write: (_date, rows) => {
      const { lines, amount, fee, net } = writtenTotals(rows)
      return [
        'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status',
        ...rows.map((row) =>
          [row.id, row.customer, row.outlet, writtenTime(row.at), row.amount, row.adminFee, row.fee, row.status].join(
            ',',
          ),
        ),
        `#TRAILER,${lines},${amount},${fee},${net}`,
        '',
      ].join('\n')
    },
  },
}
