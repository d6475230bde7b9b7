/**
 * What a corrected file changes against the accepted one, line by line: added, removed, changed, and the money between them.
 *
 * Promise: order of lines does not matter, repeats count as often as they stand; the sums are those of the control totals, so
 * lines that were put aside are in them too. Consumer: shared/intake/take-in-settlement-file.ts.
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
    changeFrom: (against, was, is) => ({
      against,
      ...countsOf(balance),
      amountRupiah: rupiah(is.amount - was.amount),
      feeRupiah: rupiah(is.fee - was.fee),
      netRupiah: rupiah(is.net - was.net),
      lines: firstChanges(balance),
    }),
  }
}

/** Everything that the line says, but for its place. The separator stands in no field. */
function textOf(line: SettledLine): string {
  const { paymentId, customerId, outlet, at, amount, adminFee, fee, status } = line
  const signed = status === 'reversed' ? -amount : amount
  return [paymentId, signed, customerId, outlet, at, adminFee, fee].join('\n')
}

/** Ids gathered between two sorts: one sort per line would take most of the time. */
const SORTED_AT = 10_000

type Balance = ReadonlyMap<string, number>

/** Lines of one payment id are paired: what is left over on one side was added or removed. */
function countsOf(balance: Balance): Pick<FileChange, 'added' | 'removed' | 'changed'> {
  const more = new Map<string, number>()
  const fewer = new Map<string, number>()
  for (const [text, count] of balance) {
    const side = count > 0 ? more : fewer
    const id = paymentIdOf(text)
    side.set(id, (side.get(id) ?? 0) + Math.abs(count))
  }
  let [added, changed, removed] = [0, 0, 0]
  for (const [id, count] of more) {
    const paired = Math.min(count, fewer.get(id) ?? 0)
    changed += paired
    added += count - paired
  }
  for (const count of fewer.values()) removed += count
  return { added, removed: removed - changed, changed }
}

/** Only the payments that are shown are sorted and spelled out: a file may differ in every line. */
function firstChanges(balance: Balance): readonly LineChange[] {
  const sides = new Map(firstIds(balance).map((id) => [id, { was: [] as number[], is: [] as number[] }]))
  for (const [text, count] of balance) {
    const pair = sides.get(paymentIdOf(text))
    const side = count < 0 ? pair?.was : pair?.is
    const amount = Number(text.split('\n')[1])
    for (let i = 0; side && i < Math.abs(count); i++) side.push(amount)
  }
  return [...sides].flatMap(([paymentId, { was, is }]) => pairs(paymentId, was, is)).slice(0, CHANGES_SHOWN)
}

function firstIds(balance: Balance): readonly string[] {
  let first = new Set<string>()
  const cut = () => [...first].sort().slice(0, CHANGES_SHOWN)
  for (const text of balance.keys()) {
    first.add(paymentIdOf(text))
    if (first.size >= SORTED_AT) first = new Set(cut())
  }
  return cut()
}

function pairs(paymentId: string, was: number[], is: number[]): readonly LineChange[] {
  was.sort((a, b) => a - b)
  is.sort((a, b) => a - b)
  return Array.from({ length: Math.max(was.length, is.length) }, (_, i) => ({
    paymentId,
    wasRupiah: was[i] === undefined ? null : rupiah(was[i]),
    isRupiah: is[i] === undefined ? null : rupiah(is[i]),
  }))
}

function paymentIdOf(text: string): string {
  return text.slice(0, text.indexOf('\n'))
}
