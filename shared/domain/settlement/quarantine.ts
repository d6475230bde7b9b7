/**
 * Lines that were set aside: their money is in the file's control totals, so it has a row of its own in the bridge.
 *
 * Promise: what can be read of them counts as read; where an amount cannot be read, the rest of the control total is theirs.
 * With every amount readable nothing is attributed: what does not foot then shows as unexplained.
 */
import { type Rupiah, rupiah } from '../money.ts'
import type { AcceptedFile, Item } from './day.ts'
import type { Detail, Findings } from './findings.ts'
import type { QuarantinedLine } from './line.ts'

/** `good`: the sum of the good lines, reversed ones subtracted. */
export function placeQuarantined(findings: Findings, { totals, quarantined }: AcceptedFile, good: Rupiah): void {
  const unreadable: QuarantinedLine[] = []
  let readable = 0
  for (const line of quarantined) {
    const amount = signedAmount(line)
    if (amount === null) {
      unreadable.push(line)
      continue
    }
    readable += amount
    const item = findings.item('quarantined', amount, { line: line.line, paymentId: line.paymentId ?? '' })
    const found = { class: 'quarantined', reason: 'line-set-aside', hubAmount: null, fileAmount: amount } as const
    findings.differ({ ...found, effect: amount, item }, () => detailOf([line]))
  }
  const [first] = unreadable
  if (!first) return
  const rest = rupiah(totals.amount - good - readable)
  const items = unreadable.map((line) =>
    findings.item('quarantined', line === first ? rest : 0, { line: line.line, paymentId: line.paymentId ?? '' }),
  )
  const found = { class: 'quarantined', reason: 'amount-unreadable', hubAmount: null, fileAmount: rest } as const
  findings.differ({ ...found, effect: rest, item: items[0] as Item }, () => detailOf(unreadable))
}

function signedAmount({ amount, status }: QuarantinedLine): Rupiah | null {
  if (amount === null || status === null) return null
  return status === 'reversed' ? rupiah(-amount) : amount
}

/** A set-aside line has no name but its place and what was wrong with it. */
function detailOf(lines: readonly QuarantinedLine[]): Detail {
  const [first] = lines as readonly [QuarantinedLine]
  const numbers = lines.map(({ line }) => line)
  const { code, field } = first
  const about = lines.length > 1 ? `unreadable ${numbers.join(' ')}` : `${first.line} ${code}`
  return { about, paymentId: '', lines: numbers, evidence: { code, field } }
}
