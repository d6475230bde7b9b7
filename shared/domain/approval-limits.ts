/**
 * How much two people may decide without an administrator: by action, of one resolution, of one person on a day (WIB) and of
 * everybody on a day. What is above any of the three waits for an administrator as a third person (two-people.ts).
 *
 * Promise: every action that ends a difference, every way out of suspense, and what of a bank's movement becomes our own cost or
 * income has the three limits, as dated data. What an administrator approved is not counted: the limits bound what goes without one.
 * Pure: who decided how much before is shared/store/settlements/decided-sums.ts.
 */
import { type Dated, inForce } from './effective-dated.ts'
import type { BusinessDate } from './instant.ts'
import { type Rupiah, rupiah, ZERO } from './money.ts'
import { ACTIONS } from './settlement/resolution.ts'
import { EXIT_ACTIONS } from './suspense-exit.ts'

/** Of a movement of the bank: what it is placed as, for good. */
export const EXPENSE_ACTIONS = ['bank-charges', 'interest'] as const
export const LIMITED_ACTIONS = [...ACTIONS, ...EXIT_ACTIONS, ...EXPENSE_ACTIONS] as const
export type LimitedAction = (typeof LIMITED_ACTIONS)[number]

/** Each positive. */
export type ActionLimits = { readonly each: Rupiah; readonly personDay: Rupiah; readonly day: Rupiah }
export const LIMIT_KINDS = ['each', 'personDay', 'day'] as const satisfies readonly (keyof ActionLimits)[]
export type LimitKind = (typeof LIMIT_KINDS)[number]

/** `amount`: what this resolution decides about. `before`: what was decided of the same thing before, in parts. Both positive. */
export type DecidedAmount = { readonly action: LimitedAction; readonly amount: Rupiah; readonly before: Rupiah }
/** What was decided on a day, by action. */
export type DecidedSums = Readonly<Partial<Record<LimitedAction, Rupiah>>>

function limits(each: number, personDay: number, day: number, why: string): Dated<ActionLimits> {
  const source = `our choice, to be confirmed by finance: ${why}`
  return [{ from: '1970-01-01', value: { each: rupiah(each), personDay: rupiah(personDay), day: rupiah(day) }, source }]
}

/**
 * A payment is Rp8,400 to Rp16,800 a month. At most 5,000 differences of a kind on a channel's day are cases of their own, so that
 * a lost file corrected one by one moves Rp84,000,000; above that they are one case, worth the channel's day: 60,000 payments at
 * Rp16,800 are about Rp1,000,000,000.
 */
const MONEY_MOVES = limits(
  10_000_000,
  250_000_000,
  500_000_000,
  "a village's whole budget at once; 5,000 payments of a month three times over by a person, and twice that by all",
)
const NOTHING_GIVEN_UP = limits(
  2_000_000_000,
  5_000_000_000,
  10_000_000_000,
  'what a channel collects on two days; the five channels a day, twice over',
)
const OUT_OF_SUSPENSE = limits(
  10_000_000,
  100_000_000,
  200_000_000,
  "a village's whole budget at once; 5,000 payments of a month and some",
)

export const APPROVAL_LIMITS: Readonly<Record<LimitedAction, Dated<ActionLimits>>> = {
  'write-off': limits(
    50_000,
    1_000_000,
    2_000_000,
    'three payments; twenty such resolutions of a person, forty of all',
  ),
  post: MONEY_MOVES,
  reverse: MONEY_MOVES,
  suspend: MONEY_MOVES,
  match: MONEY_MOVES,
  'charge-channel': NOTHING_GIVEN_UP,
  accept: NOTHING_GIVEN_UP,
  release: OUT_OF_SUSPENSE,
  refund: OUT_OF_SUSPENSE,
  'bank-charges': limits(1_000_000, 2_000_000, 5_000_000, 'a month of fees for an account, and for five of them'),
  interest: limits(50_000_000, 100_000_000, 200_000_000, 'a month of interest on Rp10,000,000,000 at 5% is 42,000,000'),
}

export type DecidedSoFar = {
  /** By each of the people, under each name that a person has. */
  readonly people: readonly DecidedSums[]
  readonly all: DecidedSums
}

export type Exceeded = { readonly action: LimitedAction; readonly limit: LimitKind }

/** The first limit that these would exceed; undefined: two people may decide it. */
export function exceededBy(
  decided: readonly DecidedAmount[],
  { people, all }: DecidedSoFar,
  on: BusinessDate,
): Exceeded | undefined {
  for (const { action, amount, before } of decided) {
    const { each, personDay, day } = inForce(`limits of ${action}`, APPROVAL_LIMITS[action], on)
    const most = (sums: readonly DecidedSums[]) => Math.max(0, ...sums.map((sum) => sum[action] ?? 0)) + amount
    if (before + amount > each) return { action, limit: 'each' }
    if (most(people) > personDay) return { action, limit: 'personDay' }
    if (most([all]) > day) return { action, limit: 'day' }
  }
  return undefined
}

export function sumsWith(sums: DecidedSums, decided: readonly DecidedAmount[]): DecidedSums {
  const all = new Map(Object.entries(sums))
  for (const { action, amount } of decided) all.set(action, rupiah((all.get(action) ?? ZERO) + amount))
  return Object.fromEntries(all)
}
