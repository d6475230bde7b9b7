/**
 * Lines that were set aside: their money is in the file's control totals, so it has a row of its own in the bridge.
 *
 * Promise: what can be read of them counts as read; where an amount cannot be read, the rest of the control total is theirs.
 * With every amount readable nothing is attributed: what does not foot then shows as unexplained.
 */
import { type Rupiah, rupiah } from '../money.ts'
import type { AcceptedFile } from './day.ts'
import type { Findings } from './findings.ts'
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
    findings.item('quarantined', amount, { line: line.line })
    findings.differ({
      ...found([line]),
      fileAmount: amount,
      effect: amount,
      evidence: evidenceOf(line, 'line-set-aside'),
    })
  }
  const [first] = unreadable
  if (!first) return
  const rest = rupiah(totals.amount - good - readable)
  for (const line of unreadable) findings.item('quarantined', line === first ? rest : 0, { line: line.line })
  findings.differ({
    ...found(unreadable),
    fileAmount: rest,
    effect: rest,
    evidence: evidenceOf(first, 'amount-unreadable'),
  })
}

function signedAmount({ amount, status }: QuarantinedLine): Rupiah | null {
  if (amount === null || status === null) return null
  return status === 'reversed' ? rupiah(-amount) : amount
}

/** A set-aside line has no name but its place and what was wrong with it. */
function found(lines: readonly QuarantinedLine[]) {
  const [first] = lines as readonly [QuarantinedLine]
  const about =
    lines.length > 1 ? `unreadable ${lines.map(({ line }) => line).join(' ')}` : `${first.line} ${first.code}`
  return { class: 'quarantined' as const, about, paymentId: '', hubAmount: null, lines: lines.map(({ line }) => line) }
}

function evidenceOf({ code, field }: QuarantinedLine, reason: 'line-set-aside' | 'amount-unreadable') {
  return { reason, code, field }
}
