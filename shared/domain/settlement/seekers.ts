/**
 * Lines that look for a payment without its whole id, and the payments that fit them: by customer, amount and a beginning of the
 * id in one group, by time within it. Who fits whom is a range of a sorted list, so that a million equal lines and a million
 * equal payments are a million ranges and not their product.
 *
 * Promise: the order in which payments and lines came changes nothing. Refuses to judge: candidates.ts.
 */
import type { DaySetting } from './day.ts'
import type { DayMatch } from './join.ts'
import { windowOf } from './unmatched.ts'

/** How many of each a case names; the counts cover them all. */
export const CANDIDATES_SHOWN = 20

/** `count` of all, the first of them in order of time. */
export type Fitting = { readonly count: number; readonly shown: readonly number[] }

export type Seekers = {
  /** Rows of payments that the line may be. */
  readonly paymentsOf: (line: number) => Fitting
  /** Rows of lines that may be the payment. */
  readonly linesOf: (payment: number) => Fitting
  /** Rows of payments that some line may be. */
  readonly payments: () => Iterable<number>
}

type Group = { readonly lines: number[]; payments: number[]; readonly ids: string[] }

const NOBODY: Fitting = { count: 0, shown: [] }

/**
 * `lines`: rows with the account that their customer is; `payments`: rows of payments that nothing stands for. A line of no id
 * fits any id, every other one only those that begin with it and go on.
 */
export function seekersOf(
  match: DayMatch,
  setting: DaySetting,
  lines: ReadonlyMap<number, string>,
  payments: readonly number[],
): Seekers {
  const { hub, lines: columns } = match
  const ofLine = groupsOfLines(match, lines)
  const ofPayment = new Map<number, Group[]>()
  for (const payment of lines.size === 0 ? [] : payments) {
    const account = hub.accounts.at(payment)
    if (!ofLine.accounts.has(account)) continue
    const id = hub.ids.at(payment)
    for (const length of ofLine.lengths) {
      if (length >= id.length) continue
      const group = ofLine.byKey.get(keyOf(account, hub.amount(payment), id.slice(0, length)))
      if (!group) continue
      group.payments.push(payment)
      group.ids.push(id)
      const known = ofPayment.get(payment)
      if (known) known.push(group)
      else ofPayment.set(payment, [group])
    }
  }
  for (const group of ofLine.byKey.values()) {
    group.lines.sort((a, b) => columns.at(a) - columns.at(b) || columns.lineNumber(a) - columns.lineNumber(b))
    sortPayments(group, hub.decidedAt)
  }
  const window = windowOf(setting)
  return {
    paymentsOf: (line) => {
      const group = ofLine.byRow.get(line)
      return group ? near(group.payments, hub.decidedAt, columns.at(line), window) : NOBODY
    },
    linesOf: (payment) => {
      const at = hub.decidedAt(payment)
      const found = (ofPayment.get(payment) ?? []).map((group) => near(group.lines, columns.at, at, window))
      const [only] = found
      if (only && found.length === 1) return only
      const count = found.reduce((sum, each) => sum + each.count, 0)
      return { count, shown: found.flatMap(({ shown }) => shown).slice(0, CANDIDATES_SHOWN) }
    },
    payments: () => ofPayment.keys(),
  }
}

function groupsOfLines({ lines: columns }: DayMatch, lines: ReadonlyMap<number, string>) {
  const byKey = new Map<string, Group>()
  const byRow = new Map<number, Group>()
  const accounts = new Set<string>()
  const lengths = new Set<number>()
  for (const [line, account] of lines) {
    const id = columns.ids.at(line)
    const key = keyOf(account, columns.amount(line), id)
    const group = byKey.get(key) ?? { lines: [], payments: [], ids: [] }
    group.lines.push(line)
    byKey.set(key, group)
    byRow.set(line, group)
    accounts.add(account)
    lengths.add(id.length)
  }
  return { byKey, byRow, accounts, lengths }
}

/** By time and id, whatever the order in which they came. */
function sortPayments(group: Group, at: (row: number) => number): void {
  const { payments, ids } = group
  const order = payments.map((_, i) => i)
  order.sort(
    (a, b) => at(payments[a] as number) - at(payments[b] as number) || compare(ids[a] as string, ids[b] as string),
  )
  group.payments = order.map((i) => payments[i] as number)
  ids.length = 0
}

/** Rows of a list in order of time that lie within the window around a moment. */
function near(rows: readonly number[], at: (row: number) => number, moment: number, window: number): Fitting {
  const from = firstFrom(rows, at, moment - window)
  const to = firstFrom(rows, at, moment + window + 1)
  return { count: to - from, shown: rows.slice(from, Math.min(to, from + CANDIDATES_SHOWN)) }
}

function firstFrom(rows: readonly number[], at: (row: number) => number, moment: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(rows[middle] as number) < moment) low = middle + 1
    else high = middle
  }
  return low
}

function keyOf(account: string, amount: number, beginning: string): string {
  return `${account}\n${amount}\n${beginning}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
