/**
 * Where the money of one account is, in the words of the books: per fact, how much lies with which program, in credit, in
 * suspense, in bill clearing, or went back. The journal (journal.ts) is the difference of two such pictures.
 */
import { type Account, isSuspenseAccount } from './account.ts'
import { allocate, type FactAllocation, type PaidMonth, takesMonths } from './allocation.ts'
import { isBillCode } from './bill-code.ts'
import { type Fact, type FactKey, keyOf, type MonthFact, refundsIn } from './fact.ts'
import { type BusinessDate, businessDateOf } from './instant.ts'
import { type Rupiah, ZERO } from './money.ts'
import type { Rules } from './rules.ts'

export const LEDGER_ACCOUNTS = [
  'receivable',
  'bank',
  'opening-balance',
  'bank-charges',
  'bank-interest',
  'unidentified-receipts',
  'returned',
  'channel-fees',
  'written-off',
  'channel-charges',
  'unallocated',
  'bill-clearing',
  'contribution',
  'credit',
  'suspense',
] as const
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number]

export type LedgerProgram = 'JKK' | 'JKM' | 'JHT'

/** Where one money fact is: `contribution/JKK`, `credit`, `suspense`, `bill-clearing`. */
export type Position = {
  readonly channel: string
  /** The business day that the money is of, however late it was recorded. */
  readonly day: BusinessDate
  /** Whose debt it was when it came: the channel's, or the bill's. */
  readonly source: 'receivable' | 'bill-clearing'
  readonly amount: Rupiah
  readonly reversed: number
  readonly places: ReadonlyMap<string, number>
}

export function positionsOf(account: Account, facts: readonly Fact[], rules: Rules): ReadonlyMap<FactKey, Position> {
  const money = facts.filter(takesMonths)
  if (isBillCode(account)) return positionsOfBill(facts, money)
  const { byFact: places, paidMonths: held } = allocate(facts, rules)
  const byFact = new Map(places.map((place) => [place.fact, place]))
  const months = new Map<FactKey, PaidMonth[]>()
  for (const month of held.values()) months.set(month.by, [...(months.get(month.by) ?? []), month])
  return new Map(
    money.map((fact) => {
      const place = byFact.get(keyOf(fact)) as FactAllocation
      const where = new Map<string, number>()
      for (const { price } of months.get(place.fact) ?? []) {
        add(where, 'contribution/JKK', price.jkk)
        add(where, 'contribution/JKM', price.jkm)
        add(where, 'contribution/JHT', price.jht)
      }
      // A suspense account has no membership: no month can be owed there, so what the fold calls its credit waits for a person.
      add(where, isSuspenseAccount(account) ? 'suspense' : 'credit', place.credit)
      add(where, 'suspense', place.suspense)
      // What a share did not need is the bill's again: it waits where it came from.
      add(where, 'bill-clearing', place.billReturn)
      return [place.fact, { ...stampOf(fact), reversed: place.reversed, places: where }]
    }),
  )
}

/** A bill's money waits in clearing until its members' shares take it. */
function positionsOfBill(facts: readonly Fact[], money: readonly MonthFact[]): ReadonlyMap<FactKey, Position> {
  const reversed = new Set(facts.flatMap((fact) => (fact.kind === 'reversal' ? [fact.reverses] : [])))
  const suspended = new Set(facts.flatMap((fact) => (fact.kind === 'suspension' ? [fact.moves] : [])))
  const refunds = refundsIn(facts)
  return new Map(
    money.map((fact) => {
      const key = keyOf(fact)
      const back = reversed.has(key)
      const places = new Map<string, number>()
      const amount = amountOf(fact)
      const gone = back ? amount : Math.min(amount, refunds.get(key) ?? 0)
      add(places, suspended.has(key) ? 'suspense' : 'bill-clearing', amount - gone)
      return [key, { ...stampOf(fact), reversed: gone, places }]
    }),
  )
}

function stampOf(fact: MonthFact): Pick<Position, 'channel' | 'day' | 'source' | 'amount'> {
  return {
    channel: channelOf(fact),
    day: 'businessDate' in fact ? fact.businessDate : businessDateOf(fact.decidedAt),
    source: fact.kind === 'share' ? 'bill-clearing' : 'receivable',
    amount: amountOf(fact),
  }
}

/** A credit allocation moves what was collected before, and brings nothing. */
function amountOf(fact: MonthFact): Rupiah {
  return fact.kind === 'credit-allocation' ? ZERO : fact.amount
}

/** A share's id is bill code, channel, payment id; a posting's begins with the channel whose money it is. */
function channelOf(fact: MonthFact): string {
  if (fact.kind === 'payment' || fact.kind === 'credit-allocation') return fact.source
  return fact.id[fact.kind === 'share' ? 1 : 0] ?? fact.source
}

function add(map: Map<string, number>, key: string, amount: number): void {
  if (amount !== 0) map.set(key, (map.get(key) ?? 0) + amount)
}
