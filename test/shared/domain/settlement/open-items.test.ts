/** What a channel owes for a day: the books' receivable and its items are one sum, whatever two people resolve. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addPlacement,
  addStatement,
  balancesAfter,
  entriesOf,
  type JournalSums,
  NOTHING_SETTLED,
  type SettledPosition,
  trialBalanceOf,
} from '../../../../shared/domain/journal.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import type { Difference } from '../../../../shared/domain/settlement/day.ts'
import {
  movedAmount,
  movedBy,
  openItemsOf,
  type ResolvedDifference,
} from '../../../../shared/domain/settlement/open-items.ts'
import {
  actionsForRest,
  isDivisible,
  isPartOf,
  openAmountOf,
  type Part,
} from '../../../../shared/domain/settlement/parts.ts'
import { actionsFor, type PartAction } from '../../../../shared/domain/settlement/resolution.ts'
import { anyChannelDays } from '../../../support/any-channel-days.ts'
import { findingOf } from '../../../support/settled.ts'
import { DAY, type Settled, settle, type World } from '../../../support/settlement-world.ts'

const choice = fc.constantFrom<ResolvedDifference['action'] | 'leave'>('write-off', 'charge-channel', 'leave')

/** For each part its action and how many hundredths of what is open it takes; then whether the rest is taken too. */
const anyParts = fc.record({
  parts: fc.array(
    fc.record({
      action: fc.constantFrom('write-off' as const, 'charge-channel' as const),
      share: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 3 },
  ),
  rest: choice,
})
type Chosen = {
  readonly parts: readonly { readonly action: PartAction; readonly share: number }[]
  readonly rest: PartAction | 'leave'
}

function partsFor(difference: Difference, { parts, rest }: Chosen): readonly ResolvedDifference[] {
  const done: Part[] = []
  for (const { action, share } of parts) {
    const open = openAmountOf(difference, done)
    const amount = rupiah(Math.sign(open) * Math.max(1, Math.floor((Math.abs(open) * share) / 100)))
    if (!actionsForRest(difference, done).includes(action) || !isDivisible(difference, action)) continue
    if (isPartOf(open, amount)) done.push({ action, amount })
  }
  const open = openAmountOf(difference, done)
  if (rest !== 'leave' && open !== 0 && actionsForRest(difference, done).includes(rest))
    done.push({ action: rest, amount: open })
  return done.map(({ action, amount }) => ({ difference, action, part: amount }))
}

type Booked = { readonly balances: Readonly<Record<string, number>>; readonly standing: number }

/** The day through the journal: payments that stand, then the statement with what was resolved. */
function book(
  { result, file }: Settled,
  hasFile: boolean,
  credited: number,
  resolved: readonly ResolvedDifference[],
): Booked {
  const sums: JournalSums = new Map()
  const fees = hasFile ? file.totals.fee : ZERO
  addStatement(sums, 'indomaret', NOTHING_SETTLED, { fees, ...movedBy(resolved) })
  const paid = { kind: 'channel-day', channel: 'indomaret', date: DAY, amount: rupiah(credited), how: 'named' } as const
  addPlacement(sums, [], [paid])
  const entries = entriesOf(sums)
  expect(trialBalanceOf(entries)).toBe(0)
  const amountIn = (label: 'hub-payments' | 'hub-reversed') => result.sums.get(label)?.amount ?? 0
  const standing = amountIn('hub-payments') + amountIn('hub-reversed')
  const balances = Object.fromEntries(balancesAfter([], entries).map(({ account, balance }) => [account, balance]))
  return { balances: { ...balances, receivable: (balances.receivable ?? 0) + standing }, standing }
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

describe('the receivable of a channel-day', () => {
  test('equals its open items, line by line, after any resolutions', () => {
    fc.assert(
      fc.property(
        anyChannelDays,
        fc.integer({ min: -50_000, max: 50_000 }),
        fc.boolean(),
        fc.array(choice, { minLength: 30, maxLength: 30 }),
        (days, off, hasFile, choices) => {
          const world: World = hasFile ? days : { ...days, files: {} }
          const plain = settle(world)
          const credited = plain.file.totals.net + off
          const credits = [{ id: 'C1', bookedOn: DAY, amount: rupiah(credited), how: 'named' as const }]
          const settled = settle({ ...world, credits })
          const { result, statement, file } = settled
          const resolved = statement.differences.flatMap((difference, i) => {
            const action = choices[i % choices.length] as ResolvedDifference['action']
            return actionsFor(difference).includes(action) ? [{ difference, action }] : []
          })
          const items = openItemsOf({
            sums: result.sums,
            file: hasFile ? file : null,
            credited: rupiah(credited),
            isBankAwaited: statement.bridge.some(({ label }) => label === 'bank-awaited'),
            resolved,
          })
          const { balances } = book(settled, hasFile, credited, resolved)
          expect(sumOf(items.map(({ amountRupiah }) => amountRupiah))).toBe(balances.receivable)
          if (!hasFile) return
          // Each row by itself: its lines and payments less what was resolved of them.
          const isOfFee = ({ difference }: ResolvedDifference) => difference.class === 'fee-difference'
          for (const { label, amountRupiah } of items.filter(({ label }) => !label.startsWith('bank-'))) {
            const lines = result.items.filter((item) => item.label === label).map(({ amount }) => -amount)
            const gone = resolved.filter(
              ({ difference }) => difference.class === label && !isOfFee({ difference, action: 'write-off' }),
            )
            expect(amountRupiah).toBe(sumOf(lines) + sumOf(gone.map(({ difference }) => difference.effectRupiah)))
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('equals its open items after every part of any resolutions, and the journal books each part', () => {
    fc.assert(
      fc.property(
        anyChannelDays,
        fc.integer({ min: -50_000, max: 50_000 }),
        fc.array(anyParts, { minLength: 12, maxLength: 12 }),
        (days, off, choices) => {
          const plain = settle(days)
          const credited = plain.file.totals.net + off
          const credits = [{ id: 'C1', bookedOn: DAY, amount: rupiah(credited), how: 'named' as const }]
          const settled = settle({ ...days, credits })
          const { result, statement, file } = settled
          const steps = statement.differences.flatMap((difference, i) =>
            partsFor(difference, choices[i % choices.length] as Chosen),
          )
          const isBankAwaited = statement.bridge.some(({ label }) => label === 'bank-awaited')
          const day = { sums: result.sums, file, credited: rupiah(credited), isBankAwaited }
          const sums: JournalSums = new Map()
          let before: SettledPosition = NOTHING_SETTLED
          for (let taken = 0; taken <= steps.length; taken++) {
            const resolved = steps.slice(0, taken)
            const items = openItemsOf({ ...day, resolved })
            const { balances, standing } = book(settled, true, credited, resolved)
            expect(sumOf(items.map(({ amountRupiah }) => amountRupiah))).toBe(balances.receivable)
            for (const { label, amountRupiah } of items.filter(({ label }) => !label.startsWith('bank-'))) {
              const lines = result.items.filter((item) => item.label === label).map(({ amount }) => -amount)
              const gone = resolved.filter(({ difference }) => difference.class === label)
              expect(amountRupiah).toBe(sumOf(lines) - sumOf(gone.map(({ part }) => part ?? 0)))
            }
            // Booked one after the other, the parts come to what is booked at once.
            const after = { fees: file.totals.fee, ...movedBy(resolved) }
            addStatement(sums, 'indomaret', before, after)
            before = after
            const entries = entriesOf(sums)
            expect(trialBalanceOf(entries)).toBe(0)
            const booked = balancesAfter([], entries).find(({ account }) => account === 'receivable')?.balance ?? 0
            expect(booked + standing - credited).toBe(balances.receivable)
          }
          // What was resolved to the last rupiah is no open item of its row any more.
          for (const difference of statement.differences) {
            const own = steps.filter((step) => step.difference === difference)
            const parts = own.map(({ action, part = ZERO }) => ({ action, amount: part }))
            expect(openAmountOf(difference, parts) + sumOf(parts.map(({ amount }) => amount))).toBe(
              movedAmount(difference).amount,
            )
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is nothing for an awaited day whose file and bank agree with the hub', () => {
    const items = openItemsOf({ sums: new Map(), file: null, credited: ZERO, isBankAwaited: false, resolved: [] })
    expect(items).toEqual([])
  })
})

describe('an item', () => {
  const openOf = (changed: Partial<Parameters<typeof openItemsOf>[0]>) =>
    openItemsOf({ sums: new Map(), file: null, credited: ZERO, isBankAwaited: false, resolved: [], ...changed })
  const file = { totals: { lines: 3, amount: rupiah(8_400), fee: rupiah(1_500), net: rupiah(6_900) }, quarantined: [] }
  const sumsOf = (rows: Readonly<Record<string, readonly [amount: number, count: number]>>) =>
    new Map(Object.entries(rows).map(([label, [amount, count]]) => [label, { amount: rupiah(amount), count }])) as never

  test('of a day without a file waits for it: what stands, and less what the bank has paid already', () => {
    const sums = sumsOf({ 'hub-payments': [25_200, 3], 'hub-reversed': [-8_400, 1] })
    expect(openOf({ sums, credited: rupiah(5_000) })).toEqual([
      { label: 'file-awaited', amountRupiah: 16_800, count: 2 },
      { label: 'bank-credit', amountRupiah: -5_000, count: 1 },
    ])
  })

  test.each([true, false])('of the bank and of what nobody explains is one (awaited: %s)', (isBankAwaited) => {
    const sums = sumsOf({ 'hub-payments': [8_405, 1] })
    expect(openOf({ sums, file, credited: rupiah(6_000), isBankAwaited })).toEqual([
      { label: 'unexplained', amountRupiah: 5, count: 1 },
      { label: isBankAwaited ? 'bank-awaited' : 'bank-difference', amountRupiah: 900, count: 1 },
    ])
  })

  test('that is open is never of nothing: it counts what is not resolved to the last rupiah, and at least one', () => {
    const sums = sumsOf({ 'hub-payments': [25_200, 3], 'missing-in-file': [-16_800, 2] })
    const missing = (evidence: object) =>
      findingOf({ class: 'missing-in-file', effectRupiah: rupiah(-8_400), evidence: evidence as never })
    const resolved = (difference: Difference, part: number) =>
      openOf({
        sums,
        file,
        credited: file.totals.net,
        resolved: [{ difference, action: 'write-off', part: rupiah(part) }],
      })
    const one = missing({ reason: 'not-in-any-file' })
    expect(resolved(one, 8_400)).toEqual([{ label: 'missing-in-file', amountRupiah: 8_400, count: 1 }])
    expect(resolved(one, 400)).toEqual([{ label: 'missing-in-file', amountRupiah: 16_400, count: 2 }])
    const ofThree = missing({ reason: 'not-in-any-file', count: 3 })
    expect(resolved(ofThree, 8_400)).toEqual([{ label: 'missing-in-file', amountRupiah: 8_400, count: 1 }])
  })
})

describe('what a resolution moves', () => {
  const differenceWith = (changed: Partial<Difference>): Difference => findingOf(changed)
  test.each([
    [
      'a payment that the channel never settled is its debt',
      { class: 'missing-in-file', effectRupiah: -8_400 },
      'receivable',
      8_400,
    ],
    [
      'money that it paid twice is ours to give back',
      { class: 'duplicate-in-file', effectRupiah: 8_400 },
      'receivable',
      -8_400,
    ],
    ['one rupiah too much at the bank is ours', { class: 'bank-difference', effectRupiah: 1 }, 'receivable', -1],
    ['one rupiah too little is its debt', { class: 'bank-difference', effectRupiah: -1 }, 'receivable', 1],
    [
      'a fee that was taken too much comes off the expensed fee',
      { class: 'fee-difference', hubAmountRupiah: 1_500, fileAmountRupiah: 2_000, effectRupiah: 0 },
      'channel-fees',
      500,
    ],
    [
      'a fee that was given back too little, too',
      { class: 'fee-difference', hubAmountRupiah: -1_500, fileAmountRupiah: -1_000, effectRupiah: 0 },
      'channel-fees',
      500,
    ],
    [
      'a credit that no day has yet moves nothing',
      { class: 'bank-difference', fileAmountRupiah: 8_400, effectRupiah: 0 },
      'receivable',
      0,
    ],
  ] as const)('%s', (_, difference, from, amount) => {
    expect(movedAmount(differenceWith(difference as Partial<Difference>))).toEqual({ from, amount })
  })

  test('a fee never touches what the channel owes', () => {
    const difference = differenceWith({
      class: 'fee-difference',
      hubAmountRupiah: rupiah(1_500),
      fileAmountRupiah: rupiah(2_000),
      effectRupiah: ZERO,
    })
    const sums: JournalSums = new Map()
    addStatement(sums, 'pos', NOTHING_SETTLED, {
      ...NOTHING_SETTLED,
      ...movedBy([{ difference, action: 'charge-channel' }]),
    })
    expect(balancesAfter([], entriesOf(sums)).map(({ account, balance }) => [account, balance])).toEqual([
      ['channel-fees', -500],
      ['channel-charges', 500],
    ])
  })
})
