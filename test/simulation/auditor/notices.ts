/** The audit of notices: what went out, against what the table says, by member and day. Types only. */
import type { Notice } from '../../../shared/store/notices/notices.ts'
import { dayAt } from './calendar.ts'
import { demand, type Ledger } from './ledger.ts'

type Delivered = { readonly address: string; readonly at: number }
type Due = { readonly kpj: string; readonly stage: string; readonly month: string }

/** `memberAt` knows whose address it is. A message that went out has a notice of its own, and a member hears once a day. */
export function deliveriesAgree(
  ledger: Ledger,
  delivered: readonly Delivered[],
  notices: readonly Notice[],
  memberAt: (address: string) => string | undefined,
): void {
  const days = new Set<string>()
  for (const { address, at } of delivered) {
    const day = `${address} ${dayAt(at)}`
    demand(ledger, 'a member gets one notice a day', !days.has(day), () => day)
    days.add(day)
  }
  for (const [address, own] of Map.groupBy(delivered, (each) => each.address)) {
    const kept = notices.filter(
      ({ kpj, state }) => kpj === memberAt(address) && ['sent', 'unknown', 'reserved'].includes(state),
    )
    demand(
      ledger,
      'a notice goes out once per reservation',
      own.length <= kept.length,
      () => `${address}: ${own.length} went out, ${kept.length} are kept`,
    )
  }
  const sent = notices.filter(({ state }) => state === 'sent').length
  demand(ledger, 'what is kept as sent went out', sent <= delivered.length, () => `${sent} of ${delivered.length}`)
}

/** After the morning's round every notice that is due was sent, or it is written down why not. */
export function dueAreKept(ledger: Ledger, due: readonly Due[], notices: readonly Notice[], today: string): void {
  for (const { kpj, stage, month } of due) {
    const own = notices.filter((notice) => notice.kpj === kpj)
    const isKept = own.some((notice) => notice.stage === stage && notice.month === month)
    const heardToday = own.some(({ reservedAt }) => dayAt(reservedAt) === today)
    demand(ledger, 'a notice that is due is sent or recorded', isKept || heardToday, () => `${kpj} ${stage} ${month}`)
  }
}
