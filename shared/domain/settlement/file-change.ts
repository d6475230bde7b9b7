/**
 * What a corrected file changes against the accepted one, line by line: added, removed, changed, and the money between them.
 *
 * Promise: order of lines does not matter, repeats count as often as they stand; the sums are those of the control totals, so
 * lines that were put aside are in them too. Consumer: shared/settlement/take-in.ts.
 */
import { rupiah } from '../money.ts'
import { CHANGES_SHOWN, type FileChange, type LineChange } from './file-version.ts'
import type { FileTotals, SettledLine } from './line.ts'

export type FileComparison = {
  /** A line of the accepted file. */
  readonly was: (line: SettledLine) => void
  /** A line of the corrected file. */
  readonly is: (line: SettledLine) => void
  readonly changeFrom: (against: number, was: FileTotals, is: FileTotals) => FileChange
}

/** Memory grows with the accepted file: one text for each of its lines that is not met again. */
export function newFileComparison(): FileComparison {
  /** How often a line stands more often in the corrected file than in the accepted one. */
  const balance = new Map<string, number>()
  const move = (line: SettledLine, by: number) => {
    const text = textOf(line)
    const count = (balance.get(text) ?? 0) + by
    if (count === 0) balance.delete(text)
    else balance.set(text, count)
  }
  return {
    was: (line) => move(line, -1),
    is: (line) => move(line, 1),
    changeFrom: (against, was, is) => {
      const changes = changesIn(balance)
      return {
        against,
        added: changes.filter((change) => change.wasRupiah === null).length,
        removed: changes.filter((change) => change.isRupiah === null).length,
        changed: changes.filter((change) => change.wasRupiah !== null && change.isRupiah !== null).length,
        amountRupiah: rupiah(is.amount - was.amount),
        feeRupiah: rupiah(is.fee - was.fee),
        netRupiah: rupiah(is.net - was.net),
        lines: changes.slice(0, CHANGES_SHOWN),
      }
    },
  }
}

/** Everything that the line says, but for its place. The separator stands in no field. */
function textOf(line: SettledLine): string {
  const { paymentId, customerId, outlet, at, amount, adminFee, fee, status } = line
  const signed = status === 'reversed' ? -amount : amount
  return [paymentId, signed, customerId, outlet, at, adminFee, fee].join('\n')
}

function changesIn(balance: ReadonlyMap<string, number>): readonly LineChange[] {
  const byPayment = new Map<string, { was: number[]; is: number[] }>()
  for (const [text, count] of [...balance].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [paymentId = '', amount] = text.split('\n')
    const sides = byPayment.get(paymentId) ?? { was: [], is: [] }
    byPayment.set(paymentId, sides)
    const side = count < 0 ? sides.was : sides.is
    for (let i = 0; i < Math.abs(count); i++) side.push(Number(amount))
  }
  return [...byPayment].flatMap(([paymentId, { was, is }]) =>
    Array.from({ length: Math.max(was.length, is.length) }, (_, i) => ({
      paymentId,
      wasRupiah: was[i] === undefined ? null : rupiah(was[i]),
      isRupiah: is[i] === undefined ? null : rupiah(is[i]),
    })),
  )
}
