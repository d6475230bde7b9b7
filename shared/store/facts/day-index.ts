/**
 * The day index of the facts: which facts a business day must find, and under which of its partitions each lies.
 *
 * Promise: a fact's partition follows from the fact alone, so that writer and reader never have to agree at run time.
 * Refuses to know tables and clients; facts.ts reads and writes the index.
 */
import type { Account } from '../../domain/account.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { type Dated, inForce } from '../../domain/effective-dated.ts'
import { type Fact, type FactKey, type FactKind, factKindOf } from '../../domain/fact.ts'
import { stableHash } from '../../domain/hash.ts'
import { type BusinessDate, businessDateOf } from '../../domain/instant.ts'
import { joinKey } from '../../domain/key-text.ts'
import { type Rupiah, ZERO } from '../../domain/money.ts'

/** Sources of dated facts that are no channel: with the channels of the registry, everything that a day may hold. */
export const OTHER_SOURCES = ['finance', 'settlement', 'import', 'console', 'hub'] as const

/** What the day index projects of a fact; no money where the fact moves none. */
export type DayEntry = {
  readonly account: Account
  readonly fact: FactKey
  /** What the fact's key says, read once. */
  readonly kind: FactKind
  readonly source: string
  readonly id: readonly string[]
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly outlet: string
  readonly decidedAt: number
}

/** What the index keeps of a fact besides its keys. */
export type DayPart = {
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly outlet: string
}

/**
 * Partitions of a source's business day. One takes 1,000 writes a second, one channel's stress hour brings about 3,300,
 * and a hash spreads unevenly: 16 leave room for four times that. What people decided is applied one by one and read with the
 * day of every channel: it lies in one. Dated: a day is read with the count it was written with.
 */
const SHARDS: Dated<{ readonly spread: number; readonly decided: number }> = [
  {
    from: '1970-01-01',
    value: { spread: 16, decided: 1 },
    source: 'volumes planned for: a fifth of a month in one hour; resolutions: some a second at most',
  },
]

const DECIDED_BY_PEOPLE: ReadonlySet<string> = new Set(['finance', 'settlement'])

/** What a business day must find of a fact; undefined for what is found through a bill. */
export function dayPartOf(fact: Fact): DayPart | undefined {
  switch (fact.kind) {
    case 'payment':
      return { businessDate: fact.businessDate, amount: fact.amount, adminFee: fact.adminFee, outlet: fact.outlet }
    case 'reversal':
      // A share's reversal is found through its bill's, as the share is through the bill's payment.
      if (factKindOf(fact.reverses) === 'share') return undefined
      return { businessDate: fact.businessDate, amount: fact.amount, adminFee: ZERO, outlet: fact.outlet }
    case 'late-reversal':
      return { businessDate: fact.businessDate, amount: fact.amount, adminFee: ZERO, outlet: fact.outlet }
    case 'refund':
      // The member's part is found through the bill's.
      if (factKindOf(fact.refunds) === 'share') return undefined
      return { businessDate: fact.businessDate, amount: fact.amount, adminFee: ZERO, outlet: '' }
    case 'posting':
    case 'suspension':
      return { businessDate: fact.businessDate, amount: fact.amount, adminFee: ZERO, outlet: '' }
    case 'credit-allocation':
    case 'terms':
    case 'closing':
    case 'reopening':
      // Decided by the night's run or an owner, on no business day of a channel: the day in Jakarta on which it was decided.
      return { businessDate: businessDateOf(fact.decidedAt), amount: ZERO, adminFee: ZERO, outlet: '' }
    case 'share':
      // Found through its bill.
      return undefined
    default:
      return assertNever(fact)
  }
}

/** Kinds that move no money; their entries hold no amount. */
export const WITHOUT_MONEY: ReadonlySet<FactKind> = new Set(['credit-allocation', 'terms', 'closing', 'reopening'])

/** The partition of a fact: `<source>#<business date>#<shard>`; the shard follows from what it is spread by. */
export function dayPartition(source: string, day: BusinessDate, spread: readonly string[]): string {
  return partition(source, day, stableHash(spread.join('#')) % shardsOf(source, day))
}

/** By its id; what an owner decides is numbered within its account, and would put a whole import into one partition. */
export function spreadBy({ kind, account, id }: Fact): readonly string[] {
  return WITHOUT_MONEY.has(kind) ? [account] : id
}

/** Every partition of a source's business day. */
export function dayPartitions(source: string, day: BusinessDate): readonly string[] {
  return Array.from({ length: shardsOf(source, day) }, (_, shard) => partition(source, day, shard))
}

/** The business date that a partition names; undefined when the text is no partition. */
export function dayOfPartition(text: string): string | undefined {
  return /^[^#]*#(\d{4}-\d{2}-\d{2})#\d+$/.exec(text)?.[1]
}

function partition(source: string, day: BusinessDate, shard: number): string {
  return joinKey([source, day, String(shard)])
}

function shardsOf(source: string, day: BusinessDate): number {
  const { spread, decided } = inForce('shards of the day index', SHARDS, day)
  return DECIDED_BY_PEOPLE.has(source) ? decided : spread
}
