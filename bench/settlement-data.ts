/**
 * A hub day and a file of any size with a known answer: which payments and lines agree, and how many of each defect there
 * are. The same numbers for whoever asks; nothing is kept, so that a million rows cost their reader nothing.
 */
import { type BusinessDate, type Instant, startOfDay } from '../shared/domain/instant.ts'
import { rupiah } from '../shared/domain/money.ts'
import type { HubEntry } from '../shared/domain/settlement/day.ts'
import type { SettledLine } from '../shared/domain/settlement/line.ts'

export const DATE = '2026-11-18' as BusinessDate
export const FEE = rupiah(1_500)
const NOON = startOfDay(DATE) + 12 * 3_600_000
const AMOUNTS = [8_400, 16_800, 25_200, 33_600, 50_400, 100_800]

/** What is wrong with the payment number `i`: one of each in a thousand, and two where money meets itself. */
export type Defect =
  | 'none'
  | 'missing-in-file'
  | 'missing-in-hub'
  | 'amount-difference'
  | 'duplicate-in-file'
  | 'reversed-on-both-sides'
  | 'reversed-here-settled-there'
  | 'settled-here-reversed-there'

const DEFECTS: readonly Defect[] = [
  'missing-in-file',
  'missing-in-hub',
  'amount-difference',
  'duplicate-in-file',
  'reversed-on-both-sides',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
]

export function defectOf(i: number): Defect {
  const at = i % 1_000
  return at % 100 === 7 ? (DEFECTS[(at - 7) / 100] ?? 'none') : 'none'
}

export type Answer = Readonly<Record<Defect, number>>

/** How many of each there are among the first `size`. */
export function answerOf(size: number): Answer {
  const answer = Object.fromEntries(['none', ...DEFECTS].map((defect) => [defect, 0])) as Record<Defect, number>
  for (let i = 0; i < size; i++) answer[defectOf(i)]++
  return answer
}

export function* hubEntries(size: number): Generator<HubEntry> {
  for (let i = 0; i < size; i++) {
    const defect = defectOf(i)
    if (defect === 'missing-in-hub') continue
    const isReversed = defect === 'reversed-on-both-sides' || defect === 'reversed-here-settled-there'
    yield {
      paymentId: idOf(i),
      account: String(10_000_000_000 + i),
      amount: amountOf(i),
      decidedAt: (NOON + (i % 36_000) * 1_000) as Instant,
      outlet: `T${i % 20_000}`,
      state: isReversed ? 'reversed' : 'accepted',
    }
  }
}

/** In another order than the hub's, as files are. */
export function* fileLines(size: number): Generator<SettledLine> {
  const step = stepThrough(size)
  let line = 1
  for (let n = 0, i = 0; n < size; n++, i = (i + step) % size) {
    const defect = defectOf(i)
    const settled: SettledLine = {
      line: line + 1,
      paymentId: idOf(i),
      customerId: String(10_000_000_000 + i),
      outlet: `T${i % 20_000}`,
      at: (NOON + (i % 36_000) * 1_000) as Instant,
      amount: defect === 'amount-difference' ? rupiah(amountOf(i) + 2_500) : amountOf(i),
      adminFee: rupiah(2_500),
      fee: FEE,
      status: 'settled',
    }
    if (defect === 'missing-in-file') continue
    line++
    yield settled
    if (defect === 'duplicate-in-file') yield { ...settled, line: ++line }
    if (defect === 'reversed-on-both-sides' || defect === 'settled-here-reversed-there') {
      yield { ...settled, line: ++line, status: 'reversed' }
    }
  }
}

/** As many settled lines, with nothing wrong. */
export function* plainLines(size: number): Generator<SettledLine> {
  let line = 1
  for (const entry of hubEntries(size + 2 * Math.ceil(size / 100))) {
    if (line > size) return
    const { paymentId, account, outlet, amount, decidedAt } = entry
    const common = { adminFee: rupiah(2_500), fee: FEE, status: 'settled' as const }
    yield { line: ++line, paymentId, customerId: account, outlet, at: decidedAt, amount, ...common }
  }
}

function amountOf(i: number) {
  return rupiah(AMOUNTS[i % AMOUNTS.length] as number)
}

/** As a retailer writes them: date, terminal, and a number that runs. */
function idOf(i: number): string {
  return `20261118-${String((i * 7_919) % 20_000).padStart(5, '0')}-${String(i).padStart(9, '0')}`
}

/** A step that visits every row once: it shares no divisor with the size. */
function stepThrough(size: number): number {
  let step = Math.max(1, Math.floor(size * 0.618))
  while (divisor(step, size) !== 1) step++
  return step
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
