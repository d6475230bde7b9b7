/**
 * Alfamart as a caller and as a back office: signs, sends and reads answers, and writes its settlement file. Loaded by its
 * path for local traffic and tests; never part of a deployed bundle.
 */

import type { Sandbox } from '../../channel-port/partner.ts'
import { pipeSandbox } from '../../protocols/pipe-h2h/sandbox.ts'
import { compactDate, compactTime, writtenTotals } from '../../protocols/settlement-file/sandbox.ts'

export const sandbox: Sandbox = {
  ...pipeSandbox,
  settlement: {
    fileName: (date) => `ALFA_${compactDate(date)}.txt`,
    write: (date, rows) => {
      const { lines, amount, fee, net } = writtenTotals(rows)
      return [
        `H|ALFAMART|${compactDate(date)}`,
        ...rows.map((row) =>
          [
            'D',
            row.id,
            row.outlet,
            row.customer,
            compactTime(row.at),
            '01',
            row.amount,
            row.adminFee,
            row.fee,
            row.status,
          ].join('|'),
        ),
        `T|${lines}|${amount}|${fee}|${net}`,
        '',
      ].join('\n')
    },
  },
}
