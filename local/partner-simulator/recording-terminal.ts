/** A terminal that records its collections: payments that the hub accepted, and reversals, when the answer has arrived. */

import type { Collections } from './collections.ts'
import type { Terminal } from './terminal.ts'

/** What was paid at one partner's terminals; by it a repeat, and a reversal that names its payment only, are understood. */
export type Paid = Map<string, { readonly amount: number; readonly adminFee: number }>

/** Older payments are neither repeated nor taken back here. */
const MOST_REMEMBERED = 50_000

/** `now` is the terminal's own clock; `paid` outlives the terminal, which is made anew when the clock is moved. */
export function recordingTerminal(
  terminal: Terminal,
  collections: Pick<Collections, 'record'>,
  now: () => number,
  paid: Paid,
): Terminal {
  const { pay, reverse, channel } = terminal
  return {
    ...terminal,
    pay: async (call) => {
      const at = now()
      const answered = await pay(call)
      if (answered.meaning !== 'accepted' || paid.has(call.id)) return answered
      const money = { amount: call.amountRupiah, adminFee: call.adminFeeRupiah }
      remember(paid, call.id, money)
      collections.record(channel, {
        id: call.id,
        customer: call.customerId,
        outlet: call.outlet,
        at,
        ...money,
        status: 'S',
      })
      return answered
    },
    reverse:
      reverse &&
      (async (call) => {
        const at = now()
        const answered = await reverse(call)
        const money = paid.get(call.id)
        if (answered.meaning === 'accepted' && money !== undefined)
          collections.record(channel, {
            id: call.id,
            customer: call.customerId,
            outlet: call.outlet,
            at,
            ...money,
            status: 'R',
          })
        return answered
      }),
  }
}

function remember(paid: Paid, id: string, money: { readonly amount: number; readonly adminFee: number }): void {
  const oldest = paid.size >= MOST_REMEMBERED ? paid.keys().next().value : undefined
  if (oldest !== undefined) paid.delete(oldest)
  paid.set(id, money)
}
