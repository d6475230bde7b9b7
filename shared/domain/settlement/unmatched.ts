/**
 * What the join by id leaves open, and which of it may belong together: payments without a line, lines without a payment,
 * and lines whose id, read as a cut one, could stand for another payment as well.
 *
 * Promise: without the customer nothing belongs together; here it is only said who must be asked. Asked by lookups.ts and
 * classify.ts, which must agree on what is open.
 */
import { endOfBusinessDay, startOfBusinessDay } from '../business-day.ts'
import { classifyCustomerId } from '../customer-id.ts'
import { inForce } from '../effective-dated.ts'
import type { Instant } from '../instant.ts'
import type { DaySetting, LookupResults } from './day.ts'
import type { DayMatch } from './join.ts'

export type OpenEnds = {
  /** Rows of payments, accepted or reversed, that no line names. */
  readonly payments: readonly number[]
  /** Rows of lines without a payment of this day that may be a cut or missing id of one of `payments`. */
  readonly maybe: readonly number[]
  /** Rows of lines that a payment has by id, and which fit an open payment whose id begins with that id. */
  readonly suspects: ReadonlySet<number>
}

export function openEnds(match: DayMatch, setting: DaySetting): OpenEnds {
  const payments: number[] = []
  for (let row = 0; row < match.hub.count; row++) {
    if (match.onlyLineOf(row) === -1) payments.push(row)
  }
  return {
    payments,
    maybe: payments.length === 0 ? [] : maybeOf(match, payments, setting),
    suspects: suspectsOf(match, payments, setting),
  }
}

/** Whether a line of that time could as well be a payment of a neighbouring day, which nobody has before him here. */
export function isNearMidnight(at: Instant, setting: DaySetting): boolean {
  const window = windowOf(setting)
  const { cutOffHour } = setting.rules
  const start = startOfBusinessDay(setting.date, cutOffHour)
  return at - window < start || at + window >= endOfBusinessDay(setting.date, cutOffHour)
}

/** The account that a line's customer id names by itself; null where only a look-up tells; undefined: nobody's. */
export function accountNamed(customerId: string, setting: DaySetting): string | null | undefined {
  const customer = classifyCustomerId(customerId, setting.date)
  if (customer.kind === 'kpj') return customer.kpj
  if (customer.kind === 'bill-code') return customer.billCode
  return customer.kind === 'nik' ? null : undefined
}

/** A line names its member, its bill or a person whose membership is known, and it is not the payment's: the id alone must not join them. */
export function namesAnother(
  { hub, lines }: DayMatch,
  payment: number,
  line: number,
  knowledge: Pick<LookupResults, 'accounts'>,
  setting: DaySetting,
): boolean {
  const customerId = lines.customers.at(line)
  const named = accountNamed(customerId, setting) ?? knowledge.accounts.get(customerId)
  if (typeof named !== 'string') return false
  const account = hub.accounts.at(payment)
  return account !== named && typeof accountNamed(account, setting) === 'string'
}

/** How far two clocks may be apart, in milliseconds. */
export function windowOf(setting: DaySetting): number {
  return inForce('candidate window', setting.rules.candidateMinutes, setting.date) * 60_000
}

function cutFrom(setting: DaySetting): number {
  return inForce('cut id', setting.rules.cutIdCharacters, setting.date)
}

function maybeOf(match: DayMatch, payments: readonly number[], setting: DaySetting): readonly number[] {
  const { hub, lines, orphans } = match
  const amounts = new Set(payments.map((row) => hub.amount(row)))
  const fitting = orphans.filter((row) => amounts.has(lines.amount(row)))
  const ids = fitting.map((row) => lines.ids.at(row))
  const lengths = new Set(ids.map((id) => id.length).filter((length) => length >= cutFrom(setting)))
  const beginnings = new Set<string>()
  if (lengths.size > 0) {
    for (const row of payments) {
      const id = hub.ids.at(row)
      for (const length of lengths) if (length < id.length) beginnings.add(id.slice(0, length))
    }
  }
  return fitting.filter((_, i) => ids[i] === '' || beginnings.has(ids[i] as string))
}

/** Ids of one length, as most channels have, cannot begin with each other: then nothing is looked for. */
function suspectsOf(match: DayMatch, payments: readonly number[], setting: DaySetting): ReadonlySet<number> {
  const { hub, lines } = match
  const suspects = new Set<number>()
  if (payments.length === 0 || payments.length === hub.count) return suspects
  const sizes = sizesOf(match, cutFrom(setting))
  /** Of a payment whose whole id begins those of others: when each of them was decided, by amount. */
  const longer = new Map<number, Map<number, number[]>>()
  for (const payment of payments) {
    const whole = hub.ids.size(payment)
    for (const size of sizes) {
      if (size >= whole) break
      const other = match.findBeginning(payment, size)
      if (other === -1) continue
      const times = longer.get(other) ?? new Map<number, number[]>()
      const amount = hub.amount(payment)
      const known = times.get(amount)
      if (known) known.push(hub.decidedAt(payment))
      else times.set(amount, [hub.decidedAt(payment)])
      longer.set(other, times)
    }
  }
  const window = windowOf(setting)
  for (const [other, byAmount] of longer) {
    for (const times of byAmount.values()) times.sort((a, b) => a - b)
    for (const line of match.linesOf(other)) {
      if (isNear(byAmount.get(lines.amount(line)) ?? [], lines.at(line), window)) suspects.add(line)
    }
  }
  return suspects
}

/** Whether one of these sorted moments is within the window around another. */
function isNear(times: readonly number[], at: number, window: number): boolean {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < at - window) low = middle + 1
    else high = middle
  }
  const first = times[low]
  return first !== undefined && first <= at + window
}

function sizesOf({ hub }: DayMatch, from: number): readonly number[] {
  const sizes = new Set<number>()
  for (let row = 0; row < hub.count; row++) sizes.add(hub.ids.size(row))
  return [...sizes].filter((size) => size >= from).sort((a, b) => a - b)
}
