/** A till notes what it heard: one line per payment and per reversal, none for what was refused or never answered. */
import { describe, expect, test } from 'vitest'
import { bookedTill, type Paid } from '../../../local/partners/booked-till.ts'
import type { BookedLine } from '../../../local/partners/books.ts'
import type { Meaning } from '../../../local/traffic/answers.ts'
import type { Heard, Till } from '../../../local/traffic/till.ts'

const CALL = {
  id: 'P1',
  customerId: '26010000001',
  months: 1,
  amountRupiah: 16_800,
  adminFeeRupiah: 2_500,
  outlet: 'T1',
}
const NOTED = { id: 'P1', customer: '26010000001', outlet: 'T1', at: 7, amount: 16_800, adminFee: 2_500 }

function tillThatHears(meanings: { readonly pay: Meaning; readonly reverse: Meaning }, paid: Paid = new Map()) {
  const heard = (meaning: Meaning) => async () => ({ meaning }) as Heard
  const plain = { channel: 'pos', pay: heard(meanings.pay), reverse: heard(meanings.reverse) } as unknown as Till
  const notes: BookedLine[] = []
  return { till: bookedTill(plain, { note: (_, line) => void notes.push(line) }, () => 7, paid), notes, paid }
}

describe('a till with books', () => {
  test('notes a payment once, also when it repeats, and after its keys were renewed', async () => {
    const { till, notes, paid } = tillThatHears({ pay: 'accepted', reverse: 'accepted' })
    await till.pay(CALL)
    await till.pay(CALL)
    const later = tillThatHears({ pay: 'accepted', reverse: 'accepted' }, paid)
    await later.till.pay(CALL)
    expect([...notes, ...later.notes]).toEqual([{ ...NOTED, status: 'S' }])
  })

  test('notes a reversal of what it had noted, and of nothing else', async () => {
    const { till, notes } = tillThatHears({ pay: 'accepted', reverse: 'accepted' })
    await till.reverse?.({ ...CALL, reason: 'x' })
    await till.pay(CALL)
    await till.reverse?.({ ...CALL, reason: 'x' })
    expect(notes).toEqual([
      { ...NOTED, status: 'S' },
      { ...NOTED, status: 'R' },
    ])
  })

  test.each(['no-answer', 'wrong-amount', 'was-reversed', 'already-paid'] as const)(
    'notes nothing for %s',
    async (pay) => {
      const { till, notes } = tillThatHears({ pay, reverse: 'unknown-original' })
      await till.pay(CALL)
      await till.reverse?.({ ...CALL, reason: 'x' })
      expect(notes).toEqual([])
    },
  )
})
