/**
 * Control totals: what was read against what the trailer says.
 *
 * Promise: they foot to the rupiah, or nothing of the file is used. Where the money of a line that was put aside cannot be
 * read, the rest of that one sum belongs to the lines put aside and is for a person to explain; lines and net foot always.
 */
import type { FileTotals, QuarantinedLine } from '../../domain/settlement/line.ts'

export type Sums = {
  /** As the trailer counts: a reversed line subtracts. */
  readonly add: (line: Pick<QuarantinedLine, 'amount' | 'fee' | 'status'>) => void
  /** What does not add up, or undefined. */
  readonly against: (totals: FileTotals) => string | undefined
}

export function newSums(): Sums {
  let lines = 0
  const amount = { read: 0, open: false }
  const fee = { read: 0, open: false }

  function take(sum: typeof amount, money: number | null, status: QuarantinedLine['status']): void {
    if (money === 0) return
    if (money === null || status === null) sum.open = true
    else sum.read += status === 'reversed' ? -money : money
  }

  return {
    add: (line) => {
      lines++
      take(amount, line.amount, line.status)
      take(fee, line.fee, line.status)
    },
    against: (totals) => {
      if (totals.lines !== lines) return mismatch('count of lines', lines, totals.lines)
      if (!amount.open && totals.amount !== amount.read) return mismatch('sum of amounts', amount.read, totals.amount)
      if (!fee.open && totals.fee !== fee.read) return mismatch('sum of fees', fee.read, totals.fee)
      const net = totals.amount - totals.fee
      return totals.net === net ? undefined : mismatch('net', net, totals.net)
    },
  }
}

function mismatch(what: string, read: number, named: number): string {
  return `expected the ${what} to be ${read} as added up, the control totals name ${named}`
}
