/** The columns give back what went in, and the join by id is the plain one, done quickly. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { hubColumns, lineColumns } from '../../../../shared/domain/settlement/columns.ts'
import type { HubEntry } from '../../../../shared/domain/settlement/day.ts'
import { joinDay } from '../../../../shared/domain/settlement/join.ts'
import type { SettledLine } from '../../../../shared/domain/settlement/line.ts'
import { hashOf } from '../../../../shared/domain/settlement/text-column.ts'
import { lineOf, payment } from '../../../support/settlement-world.ts'

/** Every letter there is, in texts that begin alike. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('TRX-1', 'TRX-10', 'trx-1', 'TRX-1 ', 'TRX%2D1', '\ufeffTRX-1', 'TRХ-1', '💰', ''),
)
const amount = fc.nat({ max: 2 ** 40 }).map(rupiah)
const at = fc.nat({ max: 4_000_000_000_000 }) as fc.Arbitrary<Instant>
const hubEntry: fc.Arbitrary<HubEntry> = fc.record({
  paymentId: text.filter((id) => id !== ''),
  account: text,
  amount,
  decidedAt: at,
  outlet: text,
  state: fc.constantFrom('accepted', 'reversed'),
})
const line: fc.Arbitrary<SettledLine> = fc.record({
  line: fc.nat({ max: 2 ** 31 }),
  paymentId: text,
  customerId: text,
  outlet: text,
  at,
  amount,
  adminFee: fc.option(amount),
  fee: amount,
  status: fc.constantFrom('settled', 'reversed'),
})

test('columns give back every row as it was added, however few rows they expected', () => {
  fc.assert(
    fc.property(fc.array(hubEntry, { maxLength: 40 }), fc.array(line, { maxLength: 40 }), (entries, lines) => {
      const hub = hubColumns(1)
      for (const one of entries) hub.add(one)
      const columns = lineColumns(1)
      for (const one of lines) columns.add(one)
      expect(entries.map((_, row) => hub.entry(row))).toEqual(entries)
      expect(lines.map((_, row) => columns.line(row))).toEqual(lines)
      const signed = (field: keyof SettledLine & ('amount' | 'fee')) =>
        lines.reduce((sum, one) => sum + (one.status === 'reversed' ? -1 : 1) * one[field], 0)
      expect(columns.total()).toEqual({ amount: signed('amount') + 0, fee: signed('fee') + 0 })
    }),
    { numRuns: 300 },
  )
})

test('lines find the payment with exactly their id, and no other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(hubEntry, { selector: ({ paymentId }) => paymentId }),
      fc.array(line),
      (entries, lines) => {
        const hub = hubColumns()
        for (const one of entries) hub.add(one)
        const columns = lineColumns()
        for (const one of lines) columns.add(one)
        const match = joinDay(hub, columns)
        const rows = (isMeant: (one: SettledLine) => boolean) =>
          lines.flatMap((one, row) => (isMeant(one) ? [row] : []))
        entries.forEach(({ paymentId }, row) => {
          expect(match.linesOf(row)).toEqual(rows((one) => one.paymentId === paymentId))
        })
        const ids = new Set(entries.map(({ paymentId }) => paymentId))
        expect(match.orphans).toEqual(rows(({ paymentId }) => !ids.has(paymentId)))
      },
    ),
    { numRuns: 400 },
  )
})

test('two ids with the same hash are two', () => {
  const encoder = new TextEncoder()
  const byHash = new Map<number, string>()
  const collision = () => {
    for (let n = 0; ; n++) {
      const id = `TRX-${String(n).padStart(8, '0')}`
      const bytes = encoder.encode(id)
      const hash = hashOf(bytes, 0, bytes.length)
      const other = byHash.get(hash)
      if (other !== undefined) return [other, id] as const
      byHash.set(hash, id)
    }
  }
  const [first, second] = collision()
  const hub = hubColumns()
  hub.add(payment(first))
  const lines = lineColumns()
  lines.add(lineOf(payment(second), 2))
  expect(joinDay(hub, lines)).toMatchObject({ orphans: [0] })
})

test('a reversal marks its payment whichever came first, and a reversal of nobody is told', () => {
  const hub = hubColumns()
  hub.reverse('TRX-2')
  hub.reverse('TRX-9')
  hub.add(payment('TRX-1'))
  hub.add(payment('TRX-2'))
  hub.reverse('TRX-1')
  const match = joinDay(hub, lineColumns())
  expect([hub.isReversed(0), hub.isReversed(1)]).toEqual([true, true])
  expect(match.strays).toEqual(['TRX-9'])
})

test('a payment id that the day has twice stands once; which one does not depend on the order', () => {
  const [early, late] = [
    payment('TRX-1'),
    payment('TRX-1', { decidedAt: (payment('').decidedAt + 1) as Instant, amount: 9_000 }),
  ]
  const kept = (entries: readonly HubEntry[]) => {
    const hub = hubColumns()
    for (const one of entries) hub.add(one)
    const lines = lineColumns()
    lines.add(lineOf(early, 2))
    const match = joinDay(hub, lines)
    return entries.filter((_, row) => match.linesOf(row).length > 0)
  }
  expect(kept([early, late])).toEqual([early])
  expect(kept([late, early])).toEqual([early])
})
