/** Which step a program takes by itself: by its state, its bills and the day. Each row changes one thing. */
import { describe, expect, test } from 'vitest'
import { takeStep } from '../../../../shared/domain/sponsors/program.ts'
import type { ProgramState } from '../../../../shared/domain/sponsors/program-life.ts'
import { PROGRAM_NOTICE_RULES } from '../../../../shared/domain/sponsors/program-notice.ts'
import { type BillsOfProgram, lifeOfBill, SYSTEM, stepDue } from '../../../../shared/domain/sponsors/program-steps.ts'
import { type ProgramId, parseProgramId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { at, pay, reverse, suspend } from '../../../support/facts.ts'
import { PLAN } from '../../../support/sponsors.ts'

const PROGRAM = {
  ...PLAN,
  id: parseProgramId('jambi.2027') as ProgramId,
  version: 3,
  createdAt: at('2026-11-20T10:00'),
}
const PAID: BillsOfProgram = { paid: 1, open: 0, reopened: 0, takenBackAt: null, isIssuing: false }
const due = (state: ProgramState, bills: Partial<BillsOfProgram>, now: string, paidAt: string | null = null) =>
  stepDue(
    {
      program: { ...PROGRAM, state },
      bills: { ...PAID, ...bills },
      paidAt: paidAt === null ? null : at(paidAt),
      now: at(now),
    },
    PROGRAM_NOTICE_RULES,
  )

describe('a program from January to December 2027', () => {
  const TAKEN = { takenBackAt: at('2026-12-10T10:00') }
  test.each<[ProgramState, string, Partial<BillsOfProgram>, string | null, string | null]>([
    ['draft', '2028-02-01T10:00', {}, null, null],
    ['enrolling', '2028-02-01T10:00', { paid: 0 }, null, null],
    ['enrolling', '2026-12-01T10:00', {}, null, 'bill'],
    ['enrolling', '2026-12-01T10:00', { paid: 0, open: 1 }, null, 'bill'],
    ['enrolling', '2026-12-01T10:00', { open: 1, isIssuing: true }, null, null],
    ['billed', '2026-12-01T10:00', {}, null, 'pay'],
    ['billed', '2026-12-01T10:00', { open: 1 }, null, null],
    ['billed', '2026-12-01T10:00', { isIssuing: true }, null, null],
    ['billed', '2026-12-01T10:00', { paid: 0 }, null, 'withdraw-bill'],
    ['billed', '2026-12-01T10:00', { paid: 0, open: 1 }, null, null],
    ['billed', '2026-12-01T10:00', { paid: 0, isIssuing: true }, null, null],
    ['paid', '2026-12-31T23:59', {}, null, null],
    ['paid', '2027-01-01T00:00', {}, null, 'start'],
    ['paid', '2027-01-01T00:00', TAKEN, '2026-12-01T10:00', 'take-back'],
    ['paid', '2027-01-01T00:00', TAKEN, '2026-12-11T10:00', 'start'],
    ['paid', '2027-01-01T00:00', { ...TAKEN, open: 1, reopened: 1 }, '2026-12-11T10:00', 'take-back'],
    ['running', '2027-10-01T00:00', { ...TAKEN, open: 1, reopened: 1 }, '2026-12-11T10:00', 'take-back'],
    ['running', '2027-10-01T00:00', { open: 1 }, '2026-12-11T10:00', null],
    ['running', '2027-11-01T23:59', {}, null, null],
    ['running', '2027-11-02T00:00', {}, null, 'announce-end'],
    ['running', '2027-11-02T00:00', TAKEN, '2026-12-01T10:00', 'take-back'],
    ['ending', '2027-12-31T23:59', {}, null, null],
    ['ending', '2028-01-01T00:00', {}, null, 'end'],
    ['ending', '2028-01-01T00:00', TAKEN, '2026-12-01T10:00', 'take-back'],
    ['ended', '2028-02-01T00:00', TAKEN, '2026-12-01T10:00', null],
  ])('%s on %s with %j, paid at %s: %s', (state, now, bills, paidAt, step) => {
    expect(due(state, bills, now, paidAt)).toBe(step)
  })

  test('every step that is due can be made, and no two of them take each other back', () => {
    const states: readonly ProgramState[] = ['enrolling', 'billed', 'paid', 'running', 'ending']
    const worlds = [0, 1].flatMap((paid) =>
      [0, 1].flatMap((open) =>
        [null, TAKEN.takenBackAt].map((takenBackAt) => ({ paid, open, reopened: takenBackAt ? open : 0, takenBackAt })),
      ),
    )
    for (const now of ['2026-12-20T10:00', '2027-01-01T10:00', '2027-11-20T10:00', '2028-01-02T10:00']) {
      for (const bills of worlds) {
        for (const state of states) {
          let program: typeof PROGRAM & { state: ProgramState } = { ...PROGRAM, state }
          let paidAt: string | null = '2026-12-01T10:00'
          let steps = 0
          for (let step = due(state, bills, now, paidAt); step; step = due(program.state, bills, now, paidAt)) {
            const change = takeStep(program, step, { by: SYSTEM, at: at(now), note: '' })
            if (!change) throw new Error(`expected ${step} to be possible in ${program.state}`)
            program = { ...program, ...change.program }
            if (step === 'pay') paidAt = now
            expect(++steps).toBeLessThan(6)
          }
        }
      }
    }
  })
})

describe('a bill', () => {
  const BILL = { paidBy: null, validUntilInstant: at('2026-12-31T23:59') }
  const payment = pay('P1', '2026-11-20T10:00', ['2026-11'])
  const again = pay('P2', '2026-11-22T10:00', ['2026-11'])
  const reversal = reverse(payment, '2026-11-21T10:00')
  const suspension = suspend(payment, '2026-11-21T10:00')
  const now = at('2026-12-01T10:00')
  test.each([
    ['nobody has paid', BILL, [], ['open', null]],
    ['is paid', { ...BILL, paidBy: 'bni#P1' }, [payment], ['paid', null]],
    ['is paid, its fact on the way', { ...BILL, paidBy: 'bni#P1' }, [], ['paid', null]],
    ['is over', { ...BILL, validUntilInstant: at('2026-11-30T23:59') }, [], ['expired', null]],
    ['has changed', { ...BILL, changedAt: now }, [], ['expired', null]],
    ['is free again after a reversal', BILL, [payment, reversal], ['open', reversal.recordedAt]],
    ['is paid again after it', { ...BILL, paidBy: 'bni#P2' }, [payment, reversal, again], ['paid', null]],
    [
      'whose money was set aside',
      { ...BILL, paidBy: 'bni#P1' },
      [payment, suspension],
      ['taken-back', suspension.recordedAt],
    ],
    [
      'was reversed and is over',
      { ...BILL, validUntilInstant: at('2026-11-30T23:59') },
      [payment, reversal],
      ['taken-back', reversal.recordedAt],
    ],
  ])('that %s', (_, bill, facts, [status, takenBackAt]) => {
    expect(lifeOfBill(bill, facts, now)).toEqual({ status, takenBackAt })
  })

  test('whose place another took counts no more', () => {
    expect(lifeOfBill({ ...BILL, replacedBy: '99' }, [], now)).toBeNull()
  })
})
