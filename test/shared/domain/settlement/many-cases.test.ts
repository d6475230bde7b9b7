/** More differences of a kind than people decide one by one: one case with its count, its sums and a list, and nothing lost. */
import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { Difference } from '../../../../shared/domain/settlement/day.ts'
import { actionsFor } from '../../../../shared/domain/settlement/resolution.ts'
import { DAY, lineOf, payment, settle, type World } from '../../../support/settlement-world.ts'

const LIMIT = 5_000
const withReason = (differences: readonly Difference[], reason: string) =>
  differences.filter(({ evidence }) => evidence.reason === reason)

/** Lines of payments that the hub does not know. */
const unknown = (count: number): World => ({
  files: { [DAY]: Array.from({ length: count }, (_, i) => lineOf(payment(`X-${i}`, { amount: 8_400 + i }), i + 2)) },
})

describe('differences of one class and reason', () => {
  test('up to the limit are each a case of its own', () => {
    const { result } = settle(unknown(LIMIT))
    expect(result.differences).toHaveLength(LIMIT)
    expect(result.listed).toEqual([])
  })

  test('above it are one case, with all their lines in a list', () => {
    const { result, statement } = settle(unknown(LIMIT + 1))
    const sum = rupiah(8_400 * (LIMIT + 1) + (LIMIT * (LIMIT + 1)) / 2)
    const [one, ...more] = result.differences as readonly [Difference]
    expect(more).toEqual([])
    expect(one).toMatchObject({
      class: 'missing-in-hub',
      paymentId: '',
      hubAmountRupiah: null,
      fileAmountRupiah: sum,
      effectRupiah: sum,
      evidence: { reason: 'decision-unknown', count: LIMIT + 1 },
    })
    expect(one.lines).toHaveLength(1_000)
    expect(result.listed.map(({ id }) => id)).toEqual([one.id])
    const listed = result.listed[0]?.items ?? []
    expect(listed.map(({ line }) => line)).toEqual(Array.from({ length: LIMIT + 1 }, (_, i) => i + 2))
    expect(listed.reduce((total, { amount }) => total + amount, 0)).toBe(sum)
    expect(statement.unexplainedRupiah).toBe(0)
  })

  test('are the same case when the day is read again, and another kind beside it stays apart', () => {
    const world = unknown(LIMIT + 1)
    const missing = payment('T-1', { account: '22345678901' })
    const [first, second] = [settle(world), settle({ ...world, payments: [missing] })]
    expect(withReason(second.result.differences, 'decision-unknown')).toEqual(
      withReason(first.result.differences, 'decision-unknown'),
    )
    expect(withReason(second.result.differences, 'not-in-any-file')).toMatchObject([{ paymentId: 'T-1' }])
  })

  test('do not swallow one about which people have decided', () => {
    const { result } = settle(unknown(1))
    const decided = new Set(result.differences.map(({ id }) => id))
    const many = settle({ ...unknown(LIMIT + 2), decided })
    expect(many.result.differences.map(({ id }) => id)).toContain(result.differences[0]?.id)
    const rest = withReason(many.result.differences, 'decision-unknown').find(
      ({ evidence }) => evidence.count !== undefined,
    )
    expect(rest?.evidence.count).toBe(LIMIT + 1)
    expect(many.statement.unexplainedRupiah).toBe(0)
  })

  test('as one case are explained, charged or given up, never posted as if they were one payment', () => {
    const [one] = settle(unknown(LIMIT + 1)).result.differences as readonly [Difference]
    expect(actionsFor(one)).toEqual(['charge-channel', 'accept'])
  })
})

test('lines without id that may be a thousand payments name twenty of them and say how many there are', () => {
  const twins = Array.from({ length: 1_000 }, (_, i) => payment(`TRX-${String(i).padStart(6, '0')}`))
  const lines = twins.map((one, i) => lineOf(one, i + 2, { paymentId: '' }))
  const { result } = settle({ payments: twins, files: { [DAY]: lines } })
  expect(result.differences).toHaveLength(2_000)
  for (const { evidence } of result.differences) {
    expect(evidence.candidateCount).toBe(1_000)
    expect(evidence.candidates ?? evidence.candidateLines).toHaveLength(20)
  }
})
