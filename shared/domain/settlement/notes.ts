/**
 * What a matched line says otherwise than its payment without a rupiah between them: another admin fee than the contract's, another
 * outlet, a time further off than clocks may be. Shown beside the statement; it opens no case and changes no verdict.
 *
 * The join says which pairs to look at (`pairCheckOf`).
 */
import { inForce } from '../effective-dated.ts'
import { rupiah } from '../money.ts'
import type { HubColumns, LineColumns } from './columns.ts'
import { type DaySetting, type Item, NOTE_KINDS, type Note, type NoteKind } from './day.ts'
import type { PairCheck } from './join.ts'

export type Notes = {
  /** A payment and the line that settles it. */
  readonly look: (payment: number, line: number) => void
  /** Those that are; lines in order. */
  readonly gathered: () => readonly Note[]
}

/** What the join looks for. */
export function pairCheckOf(setting: DaySetting): PairCheck {
  return {
    timeMillis: inForce('time tolerance', setting.rules.timeMinutes, setting.date) * 60_000,
    adminFee: setting.adminFee ? inForce(`admin fee of ${setting.channel}`, setting.adminFee, setting.date) : null,
  }
}

export function notesOf(hub: HubColumns, lines: LineColumns, setting: DaySetting): Notes {
  const found: Record<NoteKind, Item[]> = { 'admin-fee': [], outlet: [], time: [] }
  const { timeMillis, adminFee } = pairCheckOf(setting)
  const note = (kind: NoteKind, payment: number, line: number, amount: number) => {
    const details = { paymentId: hub.ids.at(payment), line: lines.lineNumber(line), otherDate: null, breakDate: null }
    found[kind].push({ label: 'file-total', amount: rupiah(amount), ...details })
  }
  return {
    look(payment, line) {
      if (Math.abs(hub.decidedAt(payment) - lines.at(line)) > timeMillis) note('time', payment, line, 0)
      const charged = lines.adminFee(line)
      if (adminFee !== null && charged !== null && charged !== adminFee) {
        note('admin-fee', payment, line, charged - adminFee)
      }
      // An outlet that one side does not name is no other outlet.
      const outlets = [hub.outlets.at(payment), lines.outlets.at(line)]
      if (!outlets.includes('') && outlets[0] !== outlets[1]) note('outlet', payment, line, 0)
    },
    gathered: () =>
      NOTE_KINDS.flatMap((kind) => {
        const items = found[kind].sort((a, b) => (a.line as number) - (b.line as number))
        return items.length === 0 ? [] : [{ kind, items }]
      }),
  }
}
