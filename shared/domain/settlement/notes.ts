/**
 * What a matched line says otherwise than its payment without a rupiah between them: another admin fee than the contract's, another
 * outlet, a time further off than clocks may be. Shown beside the statement; it opens no case and changes no verdict.
 *
 * Looked at for every pair of a day, so it reads numbers and bytes, and texts only of what it notes.
 */
import { inForce } from '../effective-dated.ts'
import { rupiah } from '../money.ts'
import type { HubColumns, LineColumns } from './columns.ts'
import { type DaySetting, type Item, NOTE_KINDS, type Note, type NoteKind } from './day.ts'
import { sameBytes } from './text-column.ts'

export type Notes = {
  /** A payment and the line that settles it. */
  readonly look: (payment: number, line: number) => void
  /** Those that are; lines in order. */
  readonly gathered: () => readonly Note[]
}

export function notesOf(hub: HubColumns, lines: LineColumns, setting: DaySetting): Notes {
  const found: Record<NoteKind, Item[]> = { 'admin-fee': [], outlet: [], time: [] }
  const tolerance = inForce('time tolerance', setting.rules.timeMinutes, setting.date) * 60_000
  const adminFee = setting.adminFee ? inForce(`admin fee of ${setting.channel}`, setting.adminFee, setting.date) : null
  const isSameOutlet = outletsCompared(hub, lines)
  const note = (kind: NoteKind, payment: number, line: number, amount: number) => {
    const of = { paymentId: hub.ids.at(payment), line: lines.lineNumber(line), otherDate: null, breakDate: null }
    found[kind].push({ label: 'file-total', amount: rupiah(amount), ...of })
  }
  return {
    look(payment, line) {
      if (Math.abs(hub.decidedAt(payment) - lines.at(line)) > tolerance) note('time', payment, line, 0)
      const charged = lines.adminFee(line)
      if (adminFee !== null && charged !== null && charged !== adminFee) {
        note('admin-fee', payment, line, charged - adminFee)
      }
      if (!isSameOutlet(payment, line)) note('outlet', payment, line, 0)
    },
    gathered: () =>
      NOTE_KINDS.flatMap((kind) => {
        const items = found[kind].sort((a, b) => (a.line as number) - (b.line as number))
        return items.length === 0 ? [] : [{ kind, items }]
      }),
  }
}

/** An outlet that one side does not name is no other outlet. */
function outletsCompared(hub: HubColumns, lines: LineColumns): (payment: number, line: number) => boolean {
  const ours = hub.outlets.raw()
  const theirs = lines.outlets.raw()
  return (payment, line) => {
    const from = payment === 0 ? 0 : (ours.ends[payment - 1] as number)
    const other = line === 0 ? 0 : (theirs.ends[line - 1] as number)
    const size = (ours.ends[payment] as number) - from
    const otherSize = (theirs.ends[line] as number) - other
    if (size === 0 || otherSize === 0) return true
    return size === otherSize && sameBytes(ours.bytes, from, theirs.bytes, other, size)
  }
}
