/**
 * Days of one pattern alone: the shapes that once cost more than their lines. Each is a hub day and a file of `size` lines, made
 * as they are asked for. The sums and counts of the answer are held against the file's own.
 */
import { type Instant, startOfDay } from '../shared/domain/instant.ts'
import { rupiah } from '../shared/domain/money.ts'
import type { HubEntry } from '../shared/domain/settlement/day.ts'
import type { SettledLine } from '../shared/domain/settlement/line.ts'
import { DATE, FEE } from './settlement-data.ts'

export type Pattern = 'plain' | 'ambiguous' | 'unknown' | 'equal lines without id' | 'one id' | 'reversed and settled'
export const PATTERNS: readonly Pattern[] = [
  'plain',
  'ambiguous',
  'unknown',
  'equal lines without id',
  'one id',
  'reversed and settled',
]

const NOON = (startOfDay(DATE) + 12 * 3_600_000) as Instant
const AMOUNT = rupiah(16_800)
const KPJ = '12345678901'

export function* patternEntries(pattern: Pattern, size: number): Generator<HubEntry> {
  const common = { account: KPJ, amount: AMOUNT, decidedAt: NOON, outlet: 'T1', state: 'accepted' as const }
  switch (pattern) {
    case 'plain':
      for (let i = 0; i < size; i++) yield { ...common, paymentId: idOf(i), account: String(10_000_000_000 + i) }
      return
    case 'ambiguous':
      // One member, one amount, one minute: each line may be each payment.
      for (let i = 0; i < size; i++) yield { ...common, paymentId: idOf(i) }
      return
    case 'unknown':
      return
    case 'equal lines without id':
    case 'one id':
    case 'reversed and settled':
      yield { ...common, paymentId: idOf(0) }
  }
}

export function* patternLines(pattern: Pattern, size: number): Generator<SettledLine> {
  const common = { outlet: 'T1', at: NOON, amount: AMOUNT, adminFee: null, fee: FEE, customerId: KPJ }
  for (let i = 0; i < size; i++) {
    const line = { ...common, line: i + 2, status: 'settled' as const }
    if (pattern === 'plain') yield { ...line, paymentId: idOf(i), customerId: String(10_000_000_000 + i) }
    else if (pattern === 'unknown') yield { ...line, paymentId: idOf(i) }
    else if (pattern === 'one id') yield { ...line, paymentId: idOf(0) }
    else if (pattern === 'reversed and settled') {
      const amount = rupiah(AMOUNT + (i % 7))
      yield { ...line, amount, paymentId: idOf(0), status: i < size / 2 ? 'settled' : 'reversed' }
    } else yield { ...line, paymentId: '' }
  }
}

function idOf(i: number): string {
  return `20261118-${String((i * 7_919) % 20_000).padStart(5, '0')}-${String(i).padStart(9, '0')}`
}
