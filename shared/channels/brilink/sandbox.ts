/**
 * BRI as a caller and as a back office, for traffic and tests. Keys are made at random; the numbers below are the sandbox's
 * own and belong to nobody. How SNAP is spoken is shared/protocols/snap/sandbox.ts.
 */

import type { Sandbox } from '../../channel-port/partner.ts'
import { compactDate, compactTime, writtenTotals, zeroPadded } from '../../protocols/settlement-file/sandbox.ts'
import { snapSandbox } from '../../protocols/snap/sandbox.ts'

export const sandbox: Sandbox = {
  ...snapSandbox({ partnerServiceId: '   77510', channelId: '00021' }),
  settlement: {
    fileName: (date) => `BRIVA_${compactDate(date)}.txt`,
    write: (date, rows) => {
      const { lines, amount, fee, net } = writtenTotals(rows)
      return [
        `HBRIVA${compactDate(date)}`,
        ...rows.map(
          (row) =>
            `D${row.id.padEnd(64)}${row.customer.padEnd(20)}${compactTime(row.at)}${zeroPadded(row.amount, 15)}${zeroPadded(row.fee, 10)}${row.status}`,
        ),
        `T${zeroPadded(lines, 10)}${zeroPadded(amount, 18)}${zeroPadded(fee, 18)}${zeroPadded(net, 18)}`,
        '',
      ].join('\n')
    },
  },
}
