/**
 * `GET /api/periods` and `…/{month}`, `POST /api/periods/{month}/close` and `…/close/approval`: two people close a month.
 *
 * Promises: months close in order, none before its last journal day is; what is open is accepted by code, listed and carried;
 * the kept month, the approval and its audit entry are one transaction. A closed month is never opened again: later truth about
 * its days goes into the open month and names the day (shared/domain/periods.ts).
 */
import { monthSubject } from '../../../shared/domain/audit-subjects.ts'
import { glAccountsBetween } from '../../../shared/domain/gl-accounts.ts'
import { type BusinessDate, formatUtc } from '../../../shared/domain/instant.ts'
import { addMonths, firstDayOf, type Month, monthOf } from '../../../shared/domain/month.ts'
import type { MonthCheck, MonthCheckCode } from '../../../shared/domain/month-checks.ts'
import { lastDayOf } from '../../../shared/domain/periods.ts'
import type { Approval, ApprovalStep } from '../../../shared/domain/two-people.ts'
import { type ClosedMonth, effectOfClosing } from '../../../shared/store/settlements/closings.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { judgementBy, proposalBy, proposalOf, takeStep } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { type Books, demandUnchanged, digestOfMonth, linesOfMonth, loadBooks } from './books.ts'
import { checkMonth } from './check-month.ts'
import type { CloseRequest, PeriodView } from './period-schemas.ts'

type Target = { path: { month: Month } }
/** What is to be closed: the month up to this journal day, whose entries and numbers of the general ledger have this digest. */
type Closing = {
  readonly through: BusinessDate
  readonly digest: string
  readonly accept: readonly MonthCheckCode[]
}
/** A month as it would be kept now. */
type Draft = Omit<ClosedMonth, 'closedAt' | 'proposedBy' | 'closedBy' | 'reason'>

const CHANGED = 'expected the month as it was proposed; reject the proposal and look again'
export const UNKNOWN_PERIOD =
  'expected a month of which the journal has closed a day (each in the night after it), and not one to come'

export async function listPeriods(ports: ConsolePorts, { now }: Call) {
  const [closed, last] = await Promise.all([ports.settlements.closedMonths(), ports.books.journal.lastClosed()])
  const first = closed[0]?.month ?? (last && (await loadBooks(ports, last.day))?.first)
  const items: { readonly month: Month; readonly state: 'open' | 'closed'; readonly closedAt: string | null }[] = []
  for (let month = first ?? null; month !== null && month <= monthOf(now); month = addMonths(month, 1)) {
    const kept = closed.find((one) => one.month === month)
    items.push({ month, state: kept ? 'closed' : 'open', closedAt: kept ? formatUtc(kept.closedAt) : null })
  }
  return json(200, { items: items.toReversed(), journalThrough: last?.day ?? null })
}

export async function showPeriod(ports: ConsolePorts, { path: { month }, now }: Call<Target>) {
  const kept = (await ports.settlements.closedMonths()).find((one) => one.month === month)
  const books = await loadBooks(ports, firstDayOf(month))
  if (!books || month < books.first || month > monthOf(now)) return problem('UNKNOWN_PERIOD', UNKNOWN_PERIOD)
  if (kept) demandUnchanged(kept, linesOfMonth(books, month))
  const approval = await ports.resolutions.approval<Closing>(monthSubject(month))
  return json(200, shown(kept ?? (await draftOf(ports, books, month)), kept, approval))
}

export async function proposeClose(ports: ConsolePorts, call: Call<Target & { body: CloseRequest }>) {
  const { accept, reason } = call.body
  const { month } = call.path
  const drafted = await draftToClose(ports, month, null)
  if ('kind' in drafted) return drafted
  const refused = refusalOf(drafted.checks, accept)
  if (refused) return refused
  const { through, digest } = drafted
  const asked = { subject: monthSubject(month), request: { through, digest, accept }, reason }
  return take(ports, drafted, await proposalBy<Closing>(ports, call, asked))
}

export async function approveClose(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const { month } = call.path
  const step = await judgementBy<Closing>(ports, call, monthSubject(month))
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  const kept = (await ports.settlements.closedMonths()).find((one) => one.month === month)
  if (step.outcome === 'stands' && kept) return json(200, shown(kept, kept, step.known))
  const { request: asked, state } = step.outcome === 'step' ? step.next : step.known
  const drafted = await draftToClose(ports, month, asked.through)
  if ('kind' in drafted) return drafted
  if (state !== 'approved') return take(ports, drafted, step)
  const refused = refusalOf(drafted.checks, asked.accept)
  if (refused) return refused
  if (drafted.digest !== asked.digest) return problem('CHANGED_MEANWHILE', CHANGED)
  return take(ports, drafted, step)
}

/** `through` null: the last journal day there is. */
async function draftToClose(ports: ConsolePorts, month: Month, through: BusinessDate | null) {
  const [closed, last] = await Promise.all([ports.settlements.closedMonths(), ports.books.journal.lastClosed()])
  if (closed.some((one) => one.month === month)) {
    return problem(
      'PERIOD_CLOSED',
      'expected an open month; a closed one is never opened again, later truth goes into the open one',
    )
  }
  if (!last || last.day < lastDayOf(month)) {
    return problem(
      'DAY_OPEN',
      `expected the journal closed up to ${lastDayOf(month)}, it is up to ${last?.day ?? 'no day'}`,
    )
  }
  const books = await loadBooks(ports, firstDayOf(month), { month, through: through ?? last.day })
  const expected = closed.at(-1) ? addMonths((closed.at(-1) as ClosedMonth).month, 1) : books?.first
  if (!books || month < books.first) return problem('UNKNOWN_PERIOD', UNKNOWN_PERIOD)
  if (month !== expected) return problem('PERIOD_OUT_OF_ORDER', `expected ${expected} to be closed first`)
  return keptFrom(ports, books, month, through ?? last.day)
}

/** As it would be kept if it were closed now, or, while it is not over, as far as it has come. */
async function draftOf(ports: ConsolePorts, books: Books, month: Month): Promise<Draft> {
  return keptFrom(ports, books, month, books.last)
}

async function keptFrom(ports: ConsolePorts, books: Books, month: Month, through: BusinessDate): Promise<Draft> {
  const lines = linesOfMonth(books, month)
  const { balances, receivables } = books.at(lastDayOf(month))
  const checks = await checkMonth(ports, books, month)
  const glAccounts = glAccountsBetween(ports.glAccounts, firstDayOf(month), lastDayOf(month))
  const digest = digestOfMonth(lines, glAccounts)
  return { month, through, lines: lines.length, digest, glAccounts, balances, receivables, checks }
}

async function take(ports: ConsolePorts, draft: Draft, step: ApprovalStep<Closing>) {
  const open = draft.checks.map(({ code, count, amountRupiah }) => ({ code, count, amountRupiah }))
  const taken = await takeStep(ports, step, {
    evidence: { lines: draft.lines, open },
    effectsOf: (next) => (next.state === 'approved' ? [effectOfClosing(keptAs(draft, next))] : []),
    message: 'A step to close a month was recorded',
    fields: { month: draft.month },
    conflict: CHANGED,
  })
  if ('kind' in taken) return taken
  const isClosedNow = step.outcome === 'step' && taken.state === 'approved'
  return json(200, shown(draft, isClosedNow ? keptAs(draft, taken) : undefined, taken))
}

function keptAs(draft: Draft, { proposedBy, decidedBy, decidedAt, reason }: Approval<Closing>): ClosedMonth {
  if (decidedBy === null || decidedAt === null) throw new RangeError('expected an approval that was decided')
  return { ...draft, closedAt: decidedAt, proposedBy, closedBy: decidedBy, reason }
}

function refusalOf(checks: readonly MonthCheck[], accept: readonly MonthCheckCode[]) {
  const unconfirmed = checks.find(({ code }) => code === 'STATEMENT_UNCONFIRMED')
  if (unconfirmed) {
    const detail = `expected every bank statement to be confirmed by a second person, ${unconfirmed.count} wait`
    return problem('STATEMENT_UNCONFIRMED', detail)
  }
  const open = checks.filter(({ code }) => !accept.includes(code))
  if (open.length === 0) return undefined
  const named = open.map(({ code, count, amountRupiah }) => `${code} (${count}, ${amountRupiah})`).join(', ')
  return problem('PERIOD_NOT_CLEAN', `expected what is open to be resolved or named in accept: ${named}`)
}

function shown(draft: Draft, kept: ClosedMonth | undefined, approval: Approval<Closing> | undefined): PeriodView {
  const { month, through, lines, digest, balances, receivables, checks } = draft
  return {
    month,
    state: kept ? 'closed' : 'open',
    journalThrough: through,
    entries: lines,
    digest,
    balances: balances.map(({ balance, ...line }) => ({ ...line, balanceRupiah: balance })),
    receivables: receivables.map(({ channel, day, amount }) => ({ channel, date: day, amountRupiah: amount })),
    open: checks,
    closed: kept
      ? { at: formatUtc(kept.closedAt), proposedBy: kept.proposedBy, closedBy: kept.closedBy, reason: kept.reason }
      : null,
    proposal: approval
      ? { ...proposalOf(approval), journalThrough: approval.request.through, accept: approval.request.accept }
      : null,
  }
}
