/** The identity behind every statement, for any hub day, any file and any neighbours. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, startOfDay } from '../../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../../shared/domain/money.ts'
import { BRIDGE_LABELS, type HubEntry } from '../../../../shared/domain/settlement/day.ts'
import { anyChannelDays, anyPayments } from '../../../support/any-channel-days.ts'
import { DAY, settle, type World } from '../../../support/settlement-world.ts'

const FILE_ROWS = BRIDGE_LABELS.slice(0, BRIDGE_LABELS.indexOf('file-total'))

describe('the bridge of any day', () => {
  test('adds up from the hub to the file and from the file to the bank, with nothing unexplained', () => {
    fc.assert(
      fc.property(anyChannelDays, fc.integer({ min: -50_000, max: 50_000 }), (day, off) => {
        const plain = settle(day)
        const credit = { id: 'C1', bookedOn: DAY, amount: rupiah(plain.file.totals.net + off), how: 'named' as const }
        const { statement, file } = settle({ ...day, credits: [credit] })
        const rows = new Map(statement.bridge.map((row) => [row.label, row.amountRupiah]))
        const sum = (labels: readonly string[]) =>
          statement.bridge.filter(({ label }) => labels.includes(label)).reduce((all, row) => all + row.amountRupiah, 0)
        expect(sum(FILE_ROWS)).toBe(file.totals.amount)
        expect(rows.get('file-total')).toBe(file.totals.amount)
        expect(sum(['file-total', 'channel-fees'])).toBe(file.totals.net)
        expect(sum(['file-net', 'bank-awaited', 'bank-difference'])).toBe(rows.get('bank-credit'))
        expect(statement.unexplainedRupiah).toBe(0)
      }),
      { numRuns: 1_500 },
    )
  })

  test('gives every payment and every line exactly one place', () => {
    fc.assert(
      fc.property(anyChannelDays, (day) => {
        const { result } = settle(day)
        const own = (day.payments ?? []).filter((one) => isOfDay(one))
        const inRows = result.items.filter(({ label }) => label !== 'amount-difference' && label !== 'quarantined')
        const linesOf = (label: (name: string) => boolean) =>
          inRows.filter((item) => item.line !== null && label(item.label))
        const matched = [...result.matched()].map(({ line: lineNumber }) => lineNumber)
        // A line stands in at most one row; what stands in none is a pair of its file or a payment's match.
        const placed = linesOf(() => true).map(({ line: lineNumber }) => lineNumber as number)
        expect(new Set(placed).size).toBe(placed.length)
        expect(new Set(matched).size).toBe(matched.length)
        for (const { line: lineNumber, paymentId, status } of day.files[DAY] ?? []) {
          if (placed.includes(lineNumber) || matched.includes(lineNumber)) continue
          expect(hasPartner(day, paymentId, status)).toBe(true)
        }
        const payments = inRows.filter((item) => item.line === null).map(({ paymentId }) => paymentId)
        expect(new Set(payments).size).toBe(payments.length)
        const settledHere = new Set(
          [...result.matched()].filter((one) => one.status === 'settled').map((one) => one.paymentId),
        )
        for (const { paymentId, state } of own) {
          if (state === 'accepted' && !payments.includes(paymentId)) expect(settledHere.has(paymentId)).toBe(true)
          if (state === 'reversed') expect(payments).not.toContain(paymentId)
        }
      }),
      { numRuns: 800 },
    )
  })

  test('is the same whatever the order in which payments and lines came', () => {
    const orders = anyChannelDays.chain((day) =>
      fc.record({
        day: fc.constant(day),
        payments: fc.shuffledSubarray([...(day.payments ?? [])], { minLength: day.payments?.length ?? 0 }),
        lines: fc.shuffledSubarray([...(day.files[DAY] ?? [])], { minLength: day.files[DAY]?.length ?? 0 }),
      }),
    )
    fc.assert(
      fc.property(orders, ({ day, payments: other, lines }) => {
        const mixed = settle({ ...day, payments: other as HubEntry[], files: { ...day.files, [DAY]: lines } })
        const plain = settle(day)
        expect(mixed.statement).toEqual(plain.statement)
        expect(mixed.result.items).toEqual(plain.result.items)
      }),
      { numRuns: 400 },
    )
  })

  test('names every difference once, and their effects with what is explained are their rows', () => {
    fc.assert(
      fc.property(anyChannelDays, (day) => {
        const { result } = settle(day)
        const ids = result.differences.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { id } of result.differences) expect(id).toMatch(/^indomaret-20261118-[0-9a-f]{12}$/)
        // Classes whose every item is somebody's question.
        for (const differenceClass of ['missing-in-file', 'amount-difference', 'ambiguous', 'quarantined'] as const) {
          const effect = result.differences
            .filter((one) => one.class === differenceClass)
            .reduce((all, one) => all + one.effectRupiah, 0)
          expect(effect).toBe(result.sums.get(differenceClass)?.amount ?? 0)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('without an accepted file shows the hub alone and is incomplete', () => {
    fc.assert(
      fc.property(anyPayments, (paid) => {
        const sum = (entries: readonly HubEntry[]) => entries.reduce((all, one) => all + one.amount, 0) as Rupiah
        const own = paid.filter(isOfDay)
        const { statement } = settle({ payments: paid, files: {}, credits: [] })
        expect(statement.verdict).toBe('incomplete')
        expect(statement.bridge[0]).toEqual({ label: 'hub-payments', amountRupiah: sum(own), count: own.length })
      }),
      { numRuns: 50 },
    )
  })
})

function isOfDay({ decidedAt }: HubEntry): boolean {
  return decidedAt >= startOfDay(DAY) && decidedAt < startOfDay(addDays(DAY, 1))
}

/** Whether the file has a line of the other kind for the same id. */
function hasPartner(day: World, paymentId: string, status: string): boolean {
  return (day.files[DAY] ?? []).some((other) => other.paymentId === paymentId && other.status !== status)
}
