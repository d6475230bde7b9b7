/** The journal of a day, derived: what each story books, that it always balances, and that days add up to the whole. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Account, suspenseAccount } from '../../../shared/domain/account.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import type { Fact, ShareFact } from '../../../shared/domain/fact.ts'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import {
  addAccount,
  addEntries,
  addFeeMonth,
  addPlacement,
  addStatement,
  balancesAfter,
  entriesOf,
  type JournalEntry,
  type JournalSums,
  type LedgerBalance,
  NOTHING_SETTLED,
  spanBefore,
  spanOf,
  trialBalanceOf,
} from '../../../shared/domain/journal.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { Place } from '../../../shared/domain/settlement/placement.ts'
import { at, close, date, KPJ, pay, post, reverse, suspend, terms } from '../../support/facts.ts'

const registered = terms('2026-11')
const DAY = date('2026-11-20')
const BILL = billCodeOf(17)

function journal(day: BusinessDate, facts: readonly Fact[], account: Account = KPJ): readonly JournalEntry[] {
  const sums: JournalSums = new Map()
  addAccount(sums, account, facts, spanOf(day), RULES)
  return entriesOf(sums)
}

const paid = (channel: string, amount: number) =>
  ({ kind: 'channel-day', channel, date: DAY, amount: rupiah(amount), how: 'named' }) as const

/** `collected receivable bni 8400` is a debit, a minus a credit. */
function words(entries: readonly JournalEntry[]): readonly string[] {
  return entries.flatMap(({ kind, account, channel, program, debit, credit }) =>
    [debit, -credit]
      .filter((amount) => amount !== 0)
      .map((amount) => [kind, account, channel, program, amount].filter((part) => part !== null).join(' ')),
  )
}

describe('what a day books', () => {
  test('a payment of one month: the channel owes it, the programs have it', () => {
    expect(words(journal(DAY, [registered, pay('A', '2026-11-20T10:00', ['2026-11'])]))).toEqual([
      'collected receivable bni 8400',
      'collected unallocated bni -8400',
      'allocated unallocated bni 8400',
      'allocated contribution bni JKK -5000',
      'allocated contribution bni JKM -3400',
    ])
  })

  test('the day before and the day after book nothing', () => {
    const facts = [registered, pay('A', '2026-11-20T10:00', ['2026-11'])]
    expect(journal(addDays(DAY, -1), facts)).toEqual([])
    expect(journal(addDays(DAY, 1), facts)).toEqual([])
  })

  test('a payment that was healed days later is booked on the day on which it was recorded', () => {
    const late = pay('A', '2026-11-20T10:00', ['2026-11'], { recorded: '2026-11-23T08:00' })
    expect(journal(DAY, [registered, late])).toEqual([])
    expect(words(journal(date('2026-11-23'), [registered, late]))).toContain('collected receivable bni 8400')
  })

  test('a payment and its reversal on one day: both are shown, nothing is left', () => {
    const paid = pay('A', '2026-11-20T10:00', ['2026-11'])
    expect(words(journal(DAY, [registered, paid, reverse(paid, '2026-11-20T10:05')]))).toEqual([
      'collected receivable bni 8400',
      'collected unallocated bni -8400',
      'reversed receivable bni -8400',
      'reversed unallocated bni 8400',
    ])
  })

  test('a reversal on a later day takes back from the programs what the payment gave them', () => {
    const paid = pay('A', '2026-11-20T10:00', ['2026-11'])
    expect(words(journal(date('2026-11-21'), [registered, paid, reverse(paid, '2026-11-21T00:05')]))).toEqual([
      'allocated unallocated bni -8400',
      'allocated contribution bni JKK 5000',
      'allocated contribution bni JKM 3400',
      'reversed receivable bni -8400',
      'reversed unallocated bni 8400',
    ])
  })

  test('a second reversal by finance books nothing more', () => {
    const paid = pay('A', '2026-11-20T10:00', ['2026-11'])
    const facts = [registered, paid, reverse(paid, '2026-11-21T00:05'), reverse(paid, '2026-11-22T09:00', 'finance')]
    expect(journal(date('2026-11-22'), facts)).toEqual([])
  })

  test('money without a month is credit', () => {
    expect(words(journal(DAY, [registered, { ...post('P', '2026-11-20T10:00', 5_000), id: ['bni', 'P'] }]))).toEqual([
      'collected receivable bni 5000',
      'collected unallocated bni -5000',
      'allocated unallocated bni 5000',
      'allocated credit bni -5000',
    ])
  })

  test('money that came after the closing, and money that finance moved, is in suspense', () => {
    const paid = pay('A', '2026-11-20T10:00', ['2026-11'])
    const closed = [registered, close('2026-11-19', '2026-11-20T09:00'), paid]
    expect(words(journal(DAY, closed))).toContain('allocated suspense bni -8400')
    expect(words(journal(date('2026-11-21'), [registered, paid, suspend(paid, '2026-11-21T09:00')]))).toEqual(
      [
        'allocated contribution bni JKK 5000',
        'allocated contribution bni JKM 3400',
        'allocated suspense bni -8400',
      ].toSpliced(0, 0, 'allocated unallocated bni 8400', 'allocated unallocated bni -8400'),
    )
  })

  test('money that belongs to nobody waits on a suspense account of its own', () => {
    const account = suspenseAccount('bni', 'A')
    const found = { ...post('A', '2026-11-20T10:00', 8_400), account, source: 'settlement', id: ['bni', 'A'] }
    expect(words(journal(DAY, [found], account))).toEqual([
      'collected receivable bni 8400',
      'collected unallocated bni -8400',
      'allocated unallocated bni 8400',
      'allocated suspense bni -8400',
    ])
  })

  test('a bill’s money waits in clearing until the members’ shares take it', () => {
    const paid = { ...pay('B', '2026-11-20T23:59', ['2026-11']), account: BILL, kpj: null }
    expect(words(journal(DAY, [paid], BILL))).toContain('allocated bill-clearing bni -8400')
    const { months, amount, decidedAt } = paid
    const stamp = { account: KPJ, source: 'bni', id: [BILL, 'bni', 'B'], decidedAt, recordedAt: at('2026-11-21T00:01') }
    const share: ShareFact = { kind: 'share', ...stamp, billCode: BILL, paymentId: 'B', amount, months }
    expect(words(journal(date('2026-11-21'), [registered, share]))).toEqual([
      'collected unallocated bni -8400',
      'collected bill-clearing bni 8400',
      'allocated unallocated bni 8400',
      'allocated contribution bni JKK -5000',
      'allocated contribution bni JKM -3400',
    ])
  })

  test('a settled statement and its credit turn what the channel owes into fees and money in the bank; a corrected one books the change', () => {
    const sums: JournalSums = new Map()
    const first = { ...NOTHING_SETTLED, fees: rupiah(1_500) }
    addStatement(sums, 'bni', NOTHING_SETTLED, first)
    addPlacement(sums, [], [paid('bni', 6_900)])
    expect(words(entriesOf(sums))).toEqual([
      'settled receivable bni -1500',
      'settled channel-fees bni 1500',
      'banked receivable bni -6900',
      'banked bank 6900',
    ])
    const later: JournalSums = new Map()
    addStatement(later, 'bni', first, { ...first, fees: rupiah(1_000), writtenOff: rupiah(500) })
    expect(words(entriesOf(later))).toEqual([
      'settled receivable bni 500',
      'settled channel-fees bni -500',
      'decided receivable bni -500',
      'decided written-off bni 500',
    ])
  })
})

test('a later version of a statement books what changed: fees, and what was given up or charged, of the receivable and of the fees', () => {
  const position = (
    fees: number,
    writtenOff: number,
    feesWrittenOff: number,
    charged: number,
    feesCharged: number,
  ) => ({
    fees: rupiah(fees),
    writtenOff: rupiah(writtenOff),
    feesWrittenOff: rupiah(feesWrittenOff),
    charged: rupiah(charged),
    feesCharged: rupiah(feesCharged),
  })
  const sums: JournalSums = new Map()
  addStatement(sums, 'bni', position(1_000, 300, 100, 400, 150), position(1_200, 1_000, 250, 900, 350))
  expect([...words(entriesOf(sums))].sort()).toEqual([
    'decided channel-charges bni 500',
    'decided channel-fees bni -350',
    'decided receivable bni -850',
    'decided written-off bni 700',
    'settled channel-fees bni 200',
    'settled receivable bni -200',
  ])
  expect(trialBalanceOf(entriesOf(sums))).toBe(0)
})

test('a later version of a month of fees books what changed: billed, taxed, given up and charged', () => {
  const amounts = (fee: number, vat: number, withholding: number) => ({
    fee: rupiah(fee),
    vat: rupiah(vat),
    withholding: rupiah(withholding),
  })
  const before = { billed: amounts(100, 11, 2), writtenOff: amounts(10, 1, 1), charged: amounts(20, 2, 1) }
  const after = { billed: amounts(400, 44, 8), writtenOff: amounts(50, 5, 3), charged: amounts(90, 9, 4) }
  const sums: JournalSums = new Map()
  addFeeMonth(sums, 'bni', before, after)
  expect([...words(entriesOf(sums))].sort()).toEqual([
    'decided channel-charges bni 80',
    'decided channel-fees bni -110',
    'decided vat-in bni -11',
    'decided withholding-payable bni -5',
    'decided written-off bni 46',
    'invoiced channel-fees bni 300',
    'invoiced fees-payable bni -333',
    'invoiced fees-payable bni 6',
    'invoiced vat-in bni 33',
    'invoiced withholding-payable bni -6',
  ])
  expect(trialBalanceOf(entriesOf(sums))).toBe(0)
})

describe('a movement of the bank', () => {
  const booked = (before: readonly Place[], after: readonly Place[]) => {
    const sums: JournalSums = new Map()
    addPlacement(sums, before, after)
    expect(trialBalanceOf(entriesOf(sums))).toBe(0)
    return words(entriesOf(sums))
  }
  const lost: Place = {
    kind: 'unidentified',
    channel: null,
    amount: rupiah(8_400),
    reason: 'no-channel',
    ways: [],
    askedOn: null,
  }

  test.each([
    [
      'that nobody can place is an unidentified receipt',
      [],
      [lost],
      ['banked bank 8400', 'banked unidentified-receipts -8400'],
    ],
    [
      'that is placed later moves the receipt, never the bank',
      [lost],
      [paid('bni', 8_400)],
      ['banked receivable bni -8400', 'banked unidentified-receipts 8400'],
    ],
    [
      'that is moved to another channel moves both receivables',
      [paid('bni', 8_400)],
      [paid('pos', 8_400)],
      ['banked receivable bni 8400', 'banked receivable pos -8400'],
    ],
    [
      'that moves to another day of its channel moves nothing',
      [paid('bni', 8_400)],
      [{ ...paid('bni', 8_400), date: date('2026-11-19') }],
      [],
    ],
    [
      'that pays a charge moves the charge, never the receivable',
      [lost],
      [
        { kind: 'channel-charge', channel: 'bni', differenceId: 'bni-20261120-0123456789ab', amount: rupiah(8_000) },
        { ...lost, amount: rupiah(400) },
      ],
      ['banked unidentified-receipts 8000', 'banked channel-charges bni -8000'],
    ],
    [
      'that pays a fee invoice takes what we owe from the bank',
      [],
      [{ kind: 'fee-invoice', channel: 'bni', number: 'FKT/1', amount: rupiah(-5_000) }],
      ['banked bank -5000', 'banked fees-payable bni 5000'],
    ],
    [
      'of the bank for itself is a charge',
      [],
      [{ kind: 'bank-charges', amount: rupiah(-15_000) }],
      ['banked bank -15000', 'banked bank-charges 15000'],
    ],
    [
      'of interest is income',
      [],
      [{ kind: 'interest', amount: rupiah(120) }],
      ['banked bank 120', 'banked bank-interest -120'],
    ],
    [
      'that is sent back is returned, and the debit ends it',
      [lost],
      [{ kind: 'returned', channel: null, amount: rupiah(8_400) }],
      ['banked unidentified-receipts 8400', 'banked returned -8400'],
    ],
  ] satisfies readonly (readonly [string, readonly Place[], readonly Place[], readonly string[]])[])(
    '%s',
    (_, before, after, lines) => {
      expect(booked(before, after)).toEqual(lines)
    },
  )
})

describe('for any story', () => {
  const story = fc
    .array(
      fc.record({
        months: fc.constantFrom(['2026-11'], ['2026-11', '2026-12'], ['2026-12', '2027-01', '2027-02'], ['2027-01']),
        minute: fc.integer({ min: 0, max: 8_000 }),
        healedAfter: fc.constantFrom(0, 0, 0, 3_000),
        next: fc.constantFrom('nothing', 'nothing', 'reversed', 'suspended', 'closed'),
        after: fc.integer({ min: 1, max: 3_000 }),
      }),
      { maxLength: 7 },
    )
    .map((steps) => {
      const facts: Fact[] = [registered]
      steps.forEach(({ months, minute, healedAfter, next, after }, i) => {
        const paid = pay(`T${i}`, wib(minute), months, { recorded: wib(minute + healedAfter) })
        facts.push(paid)
        if (next === 'reversed') facts.push(reverse(paid, wib(minute + healedAfter + after)))
        if (next === 'suspended') facts.push(suspend(paid, wib(minute + healedAfter + after)))
        if (next === 'closed') facts.push(close(wib(minute + after).slice(0, 10), wib(minute + after)))
      })
      return facts
    })
  const days = Array.from({ length: 12 }, (_, i) => addDays(date('2026-11-01'), i))

  test('each day balances, nothing stays unallocated, and the credit account is the sum of credits', () => {
    fc.assert(
      fc.property(story, (facts) => {
        let balances: readonly LedgerBalance[] = []
        for (const day of days) {
          const entries = journal(day, facts)
          expect(trialBalanceOf(entries)).toBe(0)
          balances = balancesAfter(balances, entries)
          expect(balances.filter(({ account }) => account === 'unallocated')).toEqual([])
        }
        const credit = balances.filter(({ account }) => account === 'credit')
        const sum = credit.reduce((total, { balance }) => total - balance, 0)
        expect(sum).toBe(allocate(facts, RULES).credit)
      }),
      { numRuns: 300 },
    )
  })

  test('books that are opened later open with what the days before had come to', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(...days), (facts, first) => {
        const opening: JournalSums = new Map()
        addAccount(opening, KPJ, facts, spanBefore(first), RULES)
        let balances: readonly LedgerBalance[] = []
        for (const day of days.filter((each) => each < first)) balances = balancesAfter(balances, journal(day, facts))
        expect(balancesAfter([], entriesOf(opening))).toEqual(balances)
      }),
      { numRuns: 100 },
    )
  })

  test('days in parts add up to the day in one', () => {
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 4 }), fc.constantFrom(...days), (accounts, day) => {
        const whole: JournalSums = new Map()
        const parts: JournalSums = new Map()
        for (const facts of accounts) {
          addAccount(whole, KPJ, facts, spanOf(day), RULES)
          addEntries(parts, journal(day, facts))
        }
        expect(entriesOf(parts)).toEqual(entriesOf(whole))
      }),
      { numRuns: 100 },
    )
  })
})

/** Minutes after 1 November 2026, 09:00 WIB. */
function wib(minute: number): string {
  return new Date(at('2026-11-01T09:00') + minute * 60_000 + 7 * 3_600_000).toISOString().slice(0, 19)
}
