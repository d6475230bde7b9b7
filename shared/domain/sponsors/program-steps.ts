/**
 * The steps that a program takes by itself, from what its bills say and from the calendar. Pure: who takes them is
 * functions/enrol-cohort/follow-program.ts.
 *
 * ```
 * billed ── no bill open, one paid ──> paid ── first month begins ──> running ── 60 days ahead ──> ending ── last month over ──> ended
 *  ^  ^ <──── a payment is reversed or suspended, since the program was paid, or its bill is open again ────┘
 *  |  └── none open, none paid ──> enrolling
 *  └───── one open or paid, none being issued ─────┘   whoever found none looked too early
 * ```
 * Promise: of one set of facts and one day at most one step is due, and taking it leads on: no two steps take each other back.
 */
import { assertNever } from '../assert-never.ts'
import { inForce } from '../effective-dated.ts'
import { type Fact, type FactKey, keyOf } from '../fact.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../instant.ts'
import { addMonths, firstDayOf } from '../month.ts'
import { lastMonthOf, type Program } from './program.ts'
import type { ProgramStep } from './program-life.ts'
import type { ProgramNoticeRules } from './program-notice.ts'

/** In the history, whoever takes the steps of this file. */
export const SYSTEM = 'system'

/** `taken-back`: its payment was reversed or suspended, and it cannot be paid again. */
export const BILL_LIVES = ['paid', 'open', 'expired', 'taken-back'] as const

export type BillLife = {
  readonly status: (typeof BILL_LIVES)[number]
  /** Since when its last payment stands no more; null where it stands, or there was none. */
  readonly takenBackAt: Instant | null
}

type KnownBill = {
  readonly paidBy: string | null
  readonly validUntilInstant: Instant
  readonly replacedBy?: string
  readonly changedAt?: Instant
}

/** What a bill is to its program; `facts`: those of the bill's own account. null: another one took its place. */
export function lifeOfBill(bill: KnownBill, facts: readonly Fact[], now: Instant): BillLife | null {
  if (bill.replacedBy !== undefined) return null
  const takenBackAt = endOfPayments(facts)
  if (bill.paidBy === null && bill.changedAt === undefined && now <= bill.validUntilInstant) {
    return { status: 'open', takenBackAt }
  }
  if (takenBackAt !== null) return { status: 'taken-back', takenBackAt }
  return { status: bill.paidBy === null ? 'expired' : 'paid', takenBackAt }
}

function endOfPayments(facts: readonly Fact[]): Instant | null {
  const ends = new Map<FactKey, Instant>()
  for (const fact of facts) {
    if (fact.kind === 'reversal') ends.set(fact.reverses, fact.recordedAt)
    if (fact.kind === 'suspension') ends.set(fact.moves, fact.recordedAt)
  }
  const payments = facts.filter(({ kind }) => kind === 'payment').map((fact) => ends.get(keyOf(fact)))
  if (payments.length === 0 || payments.includes(undefined)) return null
  return payments.reduce<Instant | null>(
    (last, end) => (last === null || (end ?? 0) > last ? (end ?? null) : last),
    null,
  )
}

export type BillsOfProgram = {
  readonly paid: number
  /** Those that can still be paid, taken back before or not. */
  readonly open: number
  /** Of the open ones: those whose payment was taken back. */
  readonly reopened: number
  /** Since when the last of those whose payment was taken back stands unpaid; null where there is none. */
  readonly takenBackAt: Instant | null
  /** Bills of it are being issued. */
  readonly isIssuing: boolean
}

export type StepQuestion = {
  readonly program: Pick<Program, 'state' | 'firstMonth' | 'monthCount'>
  readonly bills: BillsOfProgram
  /** When it was last found paid; null: never. */
  readonly paidAt: Instant | null
  readonly now: Instant
}

export function stepDue({ program, bills, paidAt, now }: StepQuestion, rules: ProgramNoticeRules): ProgramStep | null {
  const today = businessDateOf(now)
  // An instant alone is not enough: whoever found the program paid may not have seen a reversal that was on its way.
  const isSince = bills.takenBackAt !== null && (paidAt === null || bills.takenBackAt > paidAt)
  const isTakenBack = isSince || bills.reopened > 0
  switch (program.state) {
    case 'billed':
      if (bills.isIssuing || bills.open > 0) return null
      return bills.paid > 0 ? 'pay' : 'withdraw-bill'
    case 'paid':
      if (isTakenBack) return 'take-back'
      return firstDayOf(program.firstMonth) <= today ? 'start' : null
    case 'running':
      if (isTakenBack) return 'take-back'
      return noticeDay(program, today, rules) <= today ? 'announce-end' : null
    case 'ending':
      if (isTakenBack) return 'take-back'
      return firstDayWithout(program) <= today ? 'end' : null
    case 'enrolling':
      return !bills.isIssuing && bills.open + bills.paid > 0 ? 'bill' : null
    case 'draft':
    case 'ended':
      return null
    default:
      return assertNever(program.state)
  }
}

/** The first day on which nobody of the program is covered by it. */
export function firstDayWithout(program: Pick<Program, 'firstMonth' | 'monthCount'>): BusinessDate {
  return firstDayOf(addMonths(lastMonthOf(program), 1))
}

/** From when on people are told that it ends: the first of the notice stages. */
function noticeDay(
  program: Pick<Program, 'firstMonth' | 'monthCount'>,
  today: BusinessDate,
  rules: ProgramNoticeRules,
): BusinessDate {
  const { fromDay } = inForce('program notice two-months-ahead', rules['two-months-ahead'], today)
  return addDays(firstDayWithout(program), fromDay)
}
