/**
 * What placements paid of charges and fee invoices, in table `settlements`: by channel, so that its lists know what is open.
 *
 * Promise: put and deleted in one transaction with the placement, so a movement that is moved, returned or withdrawn gives back
 * what it had paid. Approvals that pay something of one channel come one after the other: each takes the next number of the
 * channel, or is refused and looks again. So no two of them pay the same rupiah. Keys: item.ts.
 */
import { type Payoff, payoffsOf } from '../../domain/settlement/payoff.ts'
import type { Placement } from '../../domain/settlement/placement.ts'
import type { ApprovalEffect } from './approval-effect.ts'
import type { EntryTable } from './entries.ts'
import { payoffEntry, payoffsPart, payoffTurnEntry, payoffTurnsPart } from './item.ts'

/** The last approval that paid something of a channel; 0 before the first. */
export type PayoffTurn = { readonly channel: string; readonly number: number }

export type PayoffStore = {
  /** Of charges and of fee invoices. */
  readonly payoffs: (channel: string) => Promise<readonly Payoff[]>
  /** Read it before the payoffs on which a decision rests. */
  readonly payoffTurn: (channel: string) => Promise<PayoffTurn>
}

export function payoffsIn<C>(table: EntryTable<C>): PayoffStore {
  return {
    payoffs: (channel) => table.range<Payoff>(payoffsPart(channel), {}),
    payoffTurn: async (channel) => {
      const last = await table.range<PayoffTurn>(payoffTurnsPart(channel), { newestFirst: true, limit: 1 })
      return { channel, number: last[0]?.number ?? 0 }
    },
  }
}

/** For the transaction of an approval that rests on what was paid when `turn` was the last one. */
export function effectOfTurn({ channel, number }: PayoffTurn): ApprovalEffect {
  const next: PayoffTurn = { channel, number: number + 1 }
  return { kind: 'entry', part: payoffTurnsPart(channel), entry: payoffTurnEntry(next.number), value: next }
}

/** For the transaction of a placement that takes the place of `before`. */
export function changesOfPayoffs<C>(
  table: EntryTable<C>,
  placement: Placement,
  before: Placement | undefined,
): readonly C[] {
  const now = payoffsOf(placement)
  const entries = new Set(now.map(keyOf))
  const gone = payoffsOf(before).filter((payoff) => !entries.has(keyOf(payoff)))
  return [
    ...now.map((payoff) => table.putting(payoffsPart(payoff.channel), payoffEntry(payoff), payoff)),
    ...gone.map((payoff) => table.deleting(payoffsPart(payoff.channel), payoffEntry(payoff))),
  ]
}

function keyOf(payoff: Payoff): string {
  return `${payoff.channel}#${payoffEntry(payoff)}`
}
