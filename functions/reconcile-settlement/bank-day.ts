/**
 * Which bank credits pay which days of a channel: computed anew at every run from all credits and all days of the last weeks,
 * so that it never depends on the order in which files and statements came.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Rupiah } from '../../shared/domain/money.ts'
import {
  type AssignedCredits,
  assignCredits,
  type BankCredit,
  type CreditQuestion,
  type DayCredit,
  type OpenDay,
} from '../../shared/domain/settlement/bank.ts'
import { SETTLEMENT_RULES } from '../../shared/domain/settlement/rules.ts'
import type { MatrixRow } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'

/** A day of a channel whose net is known better than its row says: the run that is going on. */
export type NetNow = { readonly channel: string; readonly date: BusinessDate; readonly net: Rupiah | null }

export type BankView = {
  readonly partsOf: AssignedCredits['partsOf']
  readonly questions: readonly CreditQuestion[]
  readonly credits: readonly BankCredit[]
  /** Days whose statements say otherwise than what is computed here. */
  readonly outOfStep: readonly { readonly channel: string; readonly date: BusinessDate }[]
}

/** Credits and days that bear on each other lie no further apart; the same window for every run of a day. */
const WINDOW_DAYS = 45
/** Booking days read at a time. */
const AT_ONCE = 8

/** `day` null: every day as its row says. */
export async function bankView(ports: SettlementPorts, day: NetNow | null, now: Instant): Promise<BankView> {
  const today = businessDateOf(now)
  const oldest = addDays(today, -WINDOW_DAYS)
  const from = day && day.date < oldest ? day.date : oldest
  const names = ports.channels.map(({ profile }) => profile.name)
  const [rows, credits] = await Promise.all([
    Promise.all(names.map((name) => ports.settlements.rows(name, from, today))),
    creditsBetween(ports, from, today),
  ])
  const own = (row: MatrixRow) => row.channel === day?.channel && row.date === day.date
  const others = rows.flat().filter((row) => !own(row))
  const known = others.map(({ channel, date, fileNetRupiah }) => ({ channel, date, net: fileNetRupiah }))
  const days: readonly OpenDay[] = day ? [...known, day] : known
  const assigned = assignCredits(credits, days, names, SETTLEMENT_RULES)
  const outOfStep = others.filter(
    ({ channel, date, bankRupiah }) => sumOf(assigned.partsOf(channel, date)) !== bankRupiah,
  )
  return { partsOf: assigned.partsOf, questions: assigned.questions, credits, outOfStep }
}

export function sumOf(parts: readonly DayCredit[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0)
}

async function creditsBetween(
  { settlements }: SettlementPorts,
  from: BusinessDate,
  to: BusinessDate,
): Promise<readonly BankCredit[]> {
  const days: BusinessDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date)
  const found: BankCredit[] = []
  for (let i = 0; i < days.length; i += AT_ONCE) {
    const booked = await Promise.all(days.slice(i, i + AT_ONCE).map((date) => settlements.creditsBooked(date)))
    found.push(...booked.flat())
  }
  return found
}
