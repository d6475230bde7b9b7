/** The hub's side of a day, entry by entry of the day index: what counts as a payment, what takes it back, and what finance did to it. */
import { describe, expect, test } from 'vitest'
import { loadHubDay } from '../../../functions/reconcile-settlement/load-day.ts'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import type { HubEntry } from '../../../shared/domain/settlement/day.ts'
import type { DayEntry } from '../../../shared/store/facts/facts.ts'
import { at, date, KPJ } from '../../support/facts.ts'

const DAY = date('2026-11-20')
const NOON = at('2026-11-20T12:00')

type Kind = DayEntry['kind']

function entry(kind: Kind, source: string, id: readonly string[], changed: Partial<DayEntry> = {}): DayEntry {
  const money = { amount: 8_400, adminFee: 2_500, outlet: 'AGEN1' }
  return { account: KPJ, kind, source, id, decidedAt: NOON, ...money, ...changed } as DayEntry
}

/** Which sources were asked, and what they answered, together with the day. */
async function dayOf(...entries: readonly DayEntry[]) {
  const asked: string[] = []
  const byDay = async function* (source: string, day: string) {
    asked.push(`${source} ${day}`)
    yield* entries.filter((each) => each.source === source)
  }
  const { hub, lateReversals } = await loadHubDay({ facts: { byDay } as never }, 'bni', DAY)
  const rows = Array.from({ length: hub.count }, (_, row) => hub.entry(row))
  return { rows, reversed: [...hub.reversals].sort(), lateReversals, asked }
}

const row = (paymentId: string, changed: object = {}): HubEntry => ({
  paymentId,
  account: KPJ,
  amount: 8_400 as never,
  decidedAt: NOON,
  outlet: 'AGEN1',
  state: 'accepted',
  ...changed,
})
const paid = (id: string, changed: Partial<DayEntry> = {}) => entry('payment', 'bni', [id], changed)
const posted = (id: string, changed: Partial<DayEntry> = {}) => entry('posting', 'settlement', ['bni', id], changed)
const released = (id: string, step: string, changed: Partial<DayEntry> = {}) =>
  entry('posting', 'settlement', ['bni', id, 'released', step], changed)
const byFinance = (id: string, changed: Partial<DayEntry> = {}) => entry('reversal', 'finance', ['bni', id], changed)
const later = (minutes: number) => ({ decidedAt: (NOON + minutes * 60_000) as never })

test('the channel, finance and the postings of the settlement are read, of this day', async () => {
  const { asked, rows } = await dayOf(paid('T1'))
  expect(asked.sort()).toEqual(['bni 2026-11-20', 'finance 2026-11-20', 'settlement 2026-11-20'])
  expect(rows).toEqual([row('T1')])
})

describe('the channel’s own', () => {
  test('reversal takes its payment back', async () => {
    const { rows, reversed } = await dayOf(paid('T1'), paid('T2'), entry('reversal', 'bni', ['T1']))
    expect([rows.map(({ paymentId }) => paymentId), reversed]).toEqual([['T1', 'T2'], ['T1']])
  })

  test('reversals that came too late are listed by payment, and take nothing back', async () => {
    const late = (id: string, minutes: number) => entry('late-reversal', 'bni', [id], later(minutes))
    const { rows, reversed, lateReversals } = await dayOf(paid('T2'), late('T2', 1), late('T1', 2), late('T3', 3))
    expect([rows.length, reversed]).toEqual([1, []])
    expect(lateReversals).toEqual([
      { paymentId: 'T1', account: KPJ, amount: 8_400, ...later(2) },
      { paymentId: 'T2', account: KPJ, amount: 8_400, ...later(1) },
      { paymentId: 'T3', account: KPJ, amount: 8_400, ...later(3) },
    ])
  })

  test('other facts of the day are no payments', async () => {
    const { rows, reversed } = await dayOf(entry('refund', 'bni', ['T1']), entry('posting', 'bni', ['T2']))
    expect([rows, reversed]).toEqual([[], []])
  })
})

describe('finance', () => {
  test('takes a payment back, and nothing of another channel', async () => {
    const { reversed } = await dayOf(
      paid('T1'),
      paid('T2'),
      byFinance('T1'),
      entry('reversal', 'finance', ['pos', 'T2']),
    )
    expect(reversed).toEqual(['T1'])
  })

  test('gave parts of a bill back: the payment shows what is left of it', async () => {
    const refund = (id: string, amount: number, channel = 'bni') =>
      entry('refund', 'finance', [channel, id, 'step'], { amount: amount as never })
    const { rows, reversed } = await dayOf(
      paid('T1'),
      paid('T2'),
      refund('T1', 1_000),
      refund('T1', 400),
      refund('T2', 5_000, 'pos'),
    )
    expect(rows).toEqual([row('T1', { amount: 7_000 }), row('T2')])
    expect(reversed).toEqual([])
  })

  test('posted a line that the hub had no payment for: it is money of the day, whoever has it now', async () => {
    const { rows, reversed } = await dayOf(posted('X1', { account: suspenseAccount('bni', 'X1') }))
    expect([rows, reversed]).toEqual([[row('X1', { account: suspenseAccount('bni', 'X1') })], []])
  })

  test('posted for another channel: no money of this one', async () => {
    expect((await dayOf(entry('posting', 'settlement', ['pos', 'X1']))).rows).toEqual([])
  })

  test('moved something else of the settlement: no posting', async () => {
    const { rows, reversed } = await dayOf(
      paid('T1'),
      entry('reversal', 'settlement', ['bni', 'T1', 'released', 'p-1']),
    )
    expect([rows, reversed]).toEqual([[row('T1')], []])
  })
})

describe('under one id', () => {
  test('a payment and the line that was posted after its reversal are one entry, and it stands', async () => {
    const { rows, reversed } = await dayOf(
      paid('T1'),
      entry('reversal', 'bni', ['T1']),
      posted('T1', { ...later(60), amount: 9_000 as never }),
    )
    expect([rows, reversed]).toEqual([[row('T1', { ...later(60), amount: 9_000 })], []])
  })

  test('a payment that was released to another member stays as it was collected', async () => {
    const { rows, reversed } = await dayOf(
      paid('T1'),
      entry('reversal', 'bni', ['T1']),
      released('T1', 'payment-1', { account: '22222222222' as never, ...later(30) }),
    )
    expect([rows, reversed]).toEqual([[row('T1')], []])
  })

  test.each([
    ['before its last posting: it stands', 10, []],
    ['at the same moment: it is gone', 30, ['X1']],
    ['after it: it is gone', 40, ['X1']],
  ])('finance took it back %s', async (_, minutes, gone) => {
    const entries = [posted('X1'), released('X1', 'posting-1', later(30)), byFinance('X1', later(minutes))]
    for (const order of [entries, entries.toReversed()]) {
      const { rows, reversed } = await dayOf(...order)
      expect([rows, reversed]).toEqual([[row('X1')], gone])
    }
  })
})
