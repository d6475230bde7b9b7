/** A terminal notes what it heard: one line per payment and per reversal, none for what was refused or never answered. */
import { describe, expect, test } from 'vitest'
import type { Meaning } from '../../../local/partner-simulator/answers.ts'
import type { CollectedLine } from '../../../local/partner-simulator/collections.ts'
import { type Paid, recordingTerminal } from '../../../local/partner-simulator/recording-terminal.ts'
import type { Terminal, TerminalAnswer } from '../../../local/partner-simulator/terminal.ts'

const CALL = {
  id: 'P1',
  customerId: '26010000001',
  months: 1,
  amountRupiah: 16_800,
  adminFeeRupiah: 2_500,
  outlet: 'T1',
}
const NOTED = { id: 'P1', customer: '26010000001', outlet: 'T1', at: 7, amount: 16_800, adminFee: 2_500 }

function terminalThatHears(meanings: { readonly pay: Meaning; readonly reverse: Meaning }, paid: Paid = new Map()) {
  const answered = (meaning: Meaning) => async () => ({ meaning }) as TerminalAnswer
  const plain = {
    channel: 'pos',
    pay: answered(meanings.pay),
    reverse: answered(meanings.reverse),
  } as unknown as Terminal
  const notes: CollectedLine[] = []
  return {
    terminal: recordingTerminal(plain, { record: (_, line) => void notes.push(line) }, () => 7, paid),
    notes,
    paid,
  }
}

describe('a terminal with collections', () => {
  test('notes a payment once, also when it repeats, and after its keys were renewed', async () => {
    const { terminal, notes, paid } = terminalThatHears({ pay: 'accepted', reverse: 'accepted' })
    await terminal.pay(CALL)
    await terminal.pay(CALL)
    const later = terminalThatHears({ pay: 'accepted', reverse: 'accepted' }, paid)
    await later.terminal.pay(CALL)
    expect([...notes, ...later.notes]).toEqual([{ ...NOTED, status: 'S' }])
  })

  test('notes a reversal of what it had noted, and of nothing else', async () => {
    const { terminal, notes } = terminalThatHears({ pay: 'accepted', reverse: 'accepted' })
    await terminal.reverse?.({ ...CALL, reason: 'x' })
    await terminal.pay(CALL)
    await terminal.reverse?.({ ...CALL, reason: 'x' })
    expect(notes).toEqual([
      { ...NOTED, status: 'S' },
      { ...NOTED, status: 'R' },
    ])
  })

  test.each(['no-answer', 'wrong-amount', 'was-reversed', 'already-paid'] as const)(
    'notes nothing for %s',
    async (pay) => {
      const { terminal, notes } = terminalThatHears({ pay, reverse: 'unknown-original' })
      await terminal.pay(CALL)
      await terminal.reverse?.({ ...CALL, reason: 'x' })
      expect(notes).toEqual([])
    },
  )
})
