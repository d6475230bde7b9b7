/**
 * The audit of notices: what went out, against what the table says, and what had to go out, by stages of the auditor's own. Types
 * only.
 */
import type { Notice } from '../../../shared/store/notices/notices.ts'
import { type AuditedAccount, auditAccount, lastClosed, latestOf, termsFor } from './account-fold.ts'
import { dayAt, dayStart, monthAt, monthStart, monthText } from './calendar.ts'
import { demand, type Ledger } from './ledger.ts'

type Delivered = { readonly address: string; readonly at: number; readonly template: string }

const DAY = 86_400_000
/** After so many months without a payment cover has ended. */
const LAPSE_MONTHS = 4
/** The due day is the 15th, or the next working day after it. */
const DUE_DAYS = [15, 16, 17, 18, 19, 20]

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
  for (const [of, own] of Map.groupBy(delivered, ({ address, template }) => `${address} ${stageOf(template)}`)) {
    const [address = '', stage = ''] = of.split(' ')
    const kept = notices.filter(
      (notice) =>
        notice.kpj === memberAt(address) &&
        notice.stage === stage &&
        ['sent', 'unknown', 'reserved'].includes(notice.state),
    )
    demand(
      ledger,
      'a notice goes out once per membership, month and stage',
      own.length <= kept.length,
      () => `${of}: ${own.length} went out, ${kept.length} are kept`,
    )
  }
  const sent = notices.filter(({ state }) => state === 'sent').length
  demand(ledger, 'what is kept as sent went out', sent <= delivered.length, () => `${sent} of ${delivered.length}`)
}

/** A template is named after its stage. */
function stageOf(template: string): string {
  return template.replace('iuran_', '').replace('_sponsored', '').replaceAll('_', '-')
}

/** After a morning without a fault every member has heard of the stage that the membership is in, then or before. */
export function dueAreSent(ledger: Ledger, notices: readonly Notice[], now: number): void {
  for (const [account, entries] of ledger.accounts) {
    const due = stageAt(auditAccount(entries, ledger.decree), now)
    if (!due) continue
    const own = notices.filter(({ kpj }) => kpj === account)
    const isSent = own.some(
      ({ stage, month, state }) =>
        due.stages.includes(stage) && month === due.month && ['sent', 'failed', 'unknown', 'reserved'].includes(state),
    )
    const heardToday = own.some(({ reservedAt }) => dayAt(reservedAt) === dayAt(now))
    demand(
      ledger,
      'a notice is sent when it is due',
      isSent || heardToday,
      () => `${account}: ${due.stages.join(' or ')} of ${due.month}`,
    )
  }
}

type Due = { readonly month: string; readonly stages: readonly string[] }

/** Undefined: none, or it depends on holidays, which the auditor does not know. */
function stageAt(books: AuditedAccount, now: number): Due | undefined {
  const latest = latestOf(books.paidMonths.keys())
  const current = monthAt(now)
  const isNews = [...books.paidMonths.values()].some(({ since }) => now - since < 5 * DAY)
  if (books.terms.length === 0 || latest < 0 || lastClosed(books) || isNews) return undefined
  let unpaid = latest < current ? latest + 1 : current
  while (books.paidMonths.has(unpaid)) unpaid++
  const lapse = latest < current ? latest + LAPSE_MONTHS : undefined
  const today = dayStart(dayAt(now))
  const isWithin = (anchor: number, from: number, to: number) =>
    today >= anchor + from * DAY && today <= anchor + to * DAY
  if (lapse !== undefined && current >= lapse)
    return isWithin(monthStart(lapse), 0, 7) ? { month: monthText(lapse), stages: ['lapsed'] } : undefined
  const month = monthText(unpaid)
  const { funding } = termsFor(books.terms, unpaid)?.terms ?? {}
  // Whoever pays changes with the month: the notice follows from the view, which names who pays now.
  if (funding !== termsFor(books.terms, current)?.terms.funding) return undefined
  if (funding !== 'self')
    return isWithin(monthStart(unpaid), -14, 7) ? { month, stages: ['sponsor-stopping'] } : undefined
  if (lapse !== undefined && isWithin(monthStart(lapse), -7, -1)) return { month, stages: ['last-week'] }
  const byDueDay = DUE_DAYS.map((day) => stageAround(monthStart(unpaid) + (day - 1) * DAY, isWithin))
  const stages = byDueDay.flatMap((stage) => stage ?? [])
  return stages.length === byDueDay.length ? { month, stages } : undefined
}

function stageAround(due: number, isWithin: (anchor: number, from: number, to: number) => boolean) {
  if (isWithin(due, 4, 11)) return 'grace'
  if (isWithin(due, 0, 3)) return 'due'
  return isWithin(due, -7, -1) ? 'before-due' : undefined
}
